import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runFootnote, startFootnote, until } from '../library/footnote-process.js';
import { contentsOf, type LibraryContents } from '../library/library-contents.js';
import { writeMadeUpArticles } from '../library/made-up-articles.js';
import { createFolder, temporaryFolder } from '../library/temporary-folder.js';

const ARTICLES = 40;

let folder: string;
let seeds: string;
let expectedContents: LibraryContents;

beforeAll(async () => {
  folder = createFolder();
  seeds = join(folder, 'seeds');
  writeMadeUpArticles(seeds, ARTICLES);
  const { code, stderr } = await index(join(folder, 'undisturbed'));
  expect(code, stderr).toBe(0);
  expectedContents = contentsOf(join(folder, 'undisturbed'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('Ctrl-C stops indexing with code 1, and the next run continues from there', async () => {
  const indexFolder = join(temporaryFolder(), 'index');
  const run = startFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
  const log = join(indexFolder, 'library.sqlite-wal');
  await until(() => existsSync(log) && statSync(log).size > 500_000, 20_000, 'a few articles are in the library');
  process.kill(run.pid, 'SIGINT');
  const interrupted = await run.ended;
  expect(interrupted).toMatchObject({ code: 1, signal: null });
  expect(interrupted.stderr).toContain('Stopped early: run it again to continue.');
  const done = contentsOf(indexFolder).articles.length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(ARTICLES);

  const next = await index(indexFolder);
  expect(next.code).toBe(0);
  expect(next.stderr).toContain(`(${ARTICLES - done} added)`);
  expect(contentsOf(indexFolder)).toEqual(expectedContents);
});

test('a second process that indexes exits with code 1 and names the first, which finishes', async () => {
  const indexFolder = join(temporaryFolder(), 'index');
  mkdirSync(indexFolder);
  const first = startFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
  await until(() => readdirSync(indexFolder).includes('writer.json'), 20_000, 'the first process has started');
  const second = await index(indexFolder);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`Process ${first.pid} (since `);
  expect(second.stderr).toContain('is writing the index');
  expect(second.stderr).toContain('Wait for it to finish, or stop it; whatever it has indexed is kept.');
  expect(second.stderr).not.toMatch(/^\s+at /m);
  const { code, stderr } = await first.ended;
  expect(code, stderr).toBe(0);
  expect(contentsOf(indexFolder)).toEqual(expectedContents);
});

test('questions are answered while another process indexes', async () => {
  const indexFolder = join(temporaryFolder(), 'index');
  const few = join(temporaryFolder(), 'few');
  writeMadeUpArticles(few, 10);
  await runFootnote(['--seeds', few, '--index', indexFolder, 'index']);
  const questions = ['Who sold the two bronze bells?', 'Tell me about the ferry', 'What did the baker paint?'];
  const writing = startFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
  const answers = await runFootnote(['--index', indexFolder, '--json', 'ask'], { stdin: questions.join('\n') });
  expect(answers.code, answers.stderr).toBe(0);
  expect(answers.stdout.trim().split('\n')).toHaveLength(questions.length);
  const { code, stderr } = await writing.ended;
  expect(code, stderr).toBe(0);
  expect(contentsOf(indexFolder)).toEqual(expectedContents);
});

function index(indexFolder: string): ReturnType<typeof runFootnote> {
  return runFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
}
