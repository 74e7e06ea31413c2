import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childrenOf, isAlive, runFootnote, startFootnote, until } from '../library/footnote-process.js';
import { contentsOf, type LibraryContents, termScoresOf } from '../library/library-contents.js';
import { writeMadeUpArticles } from '../library/made-up-articles.js';
import { randomNumbers } from '../library/random.js';
import { createFolder, temporaryFolder } from '../library/temporary-folder.js';

const KILLS = 12;
const QUESTIONS = [
  'Who sold the two bronze bells?',
  'What did the baker do while the river was frozen?',
  'Tell me about the ferry',
];

let folder: string;
let seeds: string;
let expectedContents: LibraryContents;
let expectedAnswers: unknown;
let undisturbedMs: number;

beforeAll(async () => {
  folder = createFolder();
  seeds = join(folder, 'seeds');
  writeMadeUpArticles(seeds, 60);
  const startedAt = performance.now();
  const { code, stderr } = await index(join(folder, 'undisturbed'));
  undisturbedMs = performance.now() - startedAt;
  expect(code, stderr).toBe(0);
  expectedContents = contentsOf(join(folder, 'undisturbed'));
  expectedAnswers = await answersOf(join(folder, 'undisturbed'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('indexing that is killed twelve times ends up with the same library as an undisturbed run', async () => {
  const random = randomNumbers(20_260_101);
  const root = temporaryFolder();
  const notices: string[] = [];
  let kills = 0;
  let rounds = 0;
  let indexFolder = join(root, String(rounds));
  while (kills < KILLS) {
    // Anywhere from before the model is loaded to near the end of the run.
    const delayMs = 100 + random() * undisturbedMs * 0.75;
    const run = startFootnote(['--seeds', seeds, '--index', indexFolder, 'index'], { env: { FOOTNOTE_WORKERS: '2' } });
    const timer = setTimeout(() => {
      workers = childrenOf(run.pid);
      process.kill(run.pid, 'SIGKILL');
    }, delayMs);
    let workers: number[] = [];
    const { code, signal, stderr } = await run.ended;
    clearTimeout(timer);
    notices.push(stderr);
    if (signal === 'SIGKILL') {
      kills += 1;
      await until(
        () => !workers.some(isAlive),
        5000,
        'the processes of the model end with the process that started them',
      );
    } else {
      expect(code, stderr).toBe(0);
      expect(contentsOf(indexFolder)).toEqual(expectedContents);
      rounds += 1;
      indexFolder = join(root, String(rounds));
    }
  }
  const last = await index(indexFolder);
  expect(last.code, last.stderr).toBe(0);
  expect(contentsOf(indexFolder)).toEqual(expectedContents);
  expect(termScoresOf(indexFolder)).toEqual(termScoresOf(join(folder, 'undisturbed')));
  expect(await answersOf(indexFolder)).toEqual(expectedAnswers);
  expect(notices.join('\n')).toMatch(
    /Process \d+ started indexing at .* but did not finish; picking up where it left off\./,
  );
  // No temporary files are left.
  expect(readdirSync(indexFolder).toSorted()).toEqual(['library.sqlite', 'writer.lock']);
}, 300_000);

function index(indexFolder: string): ReturnType<typeof runFootnote> {
  return runFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
}

/** The answers, without what varies from run to run. */
async function answersOf(indexFolder: string): Promise<unknown> {
  const { code, stdout, stderr } = await runFootnote(['--index', indexFolder, '--json', 'ask'], {
    stdin: QUESTIONS.join('\n'),
  });
  expect(code, stderr).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const { tookMs: _tookMs, ...answer } = JSON.parse(line) as Record<string, unknown>;
      return answer;
    });
}
