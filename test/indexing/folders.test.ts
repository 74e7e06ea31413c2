import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type CommandResult, runFootnote } from '../library/footnote-process.js';
import { contentsOf, type LibraryContents } from '../library/library-contents.js';
import { writeMadeUpArticles } from '../library/made-up-articles.js';
import { createFolder, temporaryFolder } from '../library/temporary-folder.js';

/** The user "nobody", who has no write permissions. */
const NOBODY = 65_534;
const QUESTION = 'Who sold the two bronze bells?';

let folder: string;
let seeds: string;
let untouched: string;
let expectedContents: LibraryContents;
let expectedAnswer: unknown;

beforeAll(async () => {
  folder = createFolder();
  chmodSync(folder, 0o755);
  seeds = join(folder, 'seeds');
  untouched = join(folder, 'index');
  writeMadeUpArticles(seeds, 14);
  const { code, stderr } = await index(untouched);
  expect(code, stderr).toBe(0);
  expectedContents = contentsOf(untouched);
  expectedAnswer = answerOf(await ask(untouched));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('indexing reports a full disk, and with more space the same command finishes', async ({ skip }) => {
  const index = join(mountOrSkip('size=640k', skip), 'index');
  const failed = await runFootnote(['--seeds', seeds, '--index', index, 'index']);
  expect(lastLineOf(failed.stderr)).toBe(
    `The disk is full, so the index in ${index} cannot grow. Free some space and run the same command again; it continues where it stopped.`,
  );
  expect(failed).toMatchObject({ code: 1, signal: null });

  execFileSync('mount', ['-o', 'remount,size=64m', dirname(index)]);
  const finished = await runFootnote(['--seeds', seeds, '--index', index, 'index']);
  expect(finished.code, finished.stderr).toBe(0);
  // The first run stored some of them.
  expect(Number(/\((\d+) added\)/.exec(finished.stderr)?.[1])).toBeLessThan(14);
  expect(contentsOf(index)).toEqual(expectedContents);
  expect(answerOf(await ask(index))).toEqual(expectedAnswer);
});

for (const kibibytes of [4, 200, 900]) {
  test(`on a disk of ${kibibytes} KiB, indexing fails with a message and loses nothing`, async ({ skip }) => {
    const index = join(mountOrSkip(`size=${kibibytes}k`, skip), 'index');
    const failed = await runFootnote(['--seeds', seeds, '--index', index, 'index']);
    expect(lastLineOf(failed.stderr)).toMatch(/^The disk is full|the disk is probably full/);
    expect(failed).toMatchObject({ code: 1, signal: null });
    execFileSync('mount', ['-o', 'remount,size=64m', dirname(index)]);
    const finished = await runFootnote(['--seeds', seeds, '--index', index, 'index']);
    expect(finished.code, finished.stderr).toBe(0);
    expect(contentsOf(index)).toEqual(expectedContents);
  });
}

test('an index on a read-only disk can answer questions, and indexing says that it cannot be written', async ({
  skip,
}) => {
  const place = mountOrSkip('size=64m', skip);
  const index = join(place, 'index');
  cpSync(untouched, index, { recursive: true });
  execFileSync('mount', ['-o', 'remount,ro', place]);
  expect(answerOf(await ask(index))).toEqual(expectedAnswer);
  const refused = await runFootnote(['--seeds', seeds, '--index', index, 'index']);
  expectCannotBeWritten(refused, index);
});

test('a user who can only read an index folder can ask questions, and indexing says that it cannot be written', async ({
  skip,
}) => {
  const copy = copyForNobody(skip);
  const index = join(copy, 'index');
  expect(answerOf(await ask(index, NOBODY))).toEqual(expectedAnswer);
  expectCannotBeWritten(await runFootnote(['--seeds', seeds, '--index', index, 'index'], { uid: NOBODY }), index);
  expectCannotBeWritten(
    await runFootnote(['--seeds', seeds, '--index', join(copy, 'new'), 'index'], { uid: NOBODY }),
    join(copy, 'new'),
  );
});

test('articles in a folder that can no longer be listed stay in the library', async ({ skip }) => {
  const copy = copyForNobody(skip);
  const own = join(copy, 'seeds');
  const index = join(copy, 'own');
  cpSync(seeds, own, { recursive: true });
  mkdirSync(index);
  chownSync(index, NOBODY, NOBODY);
  const update = (): Promise<CommandResult> =>
    runFootnote(['--seeds', own, '--index', index, 'index'], { uid: NOBODY });
  expect((await update()).code).toBe(0);
  chmodSync(join(own, 'collection-1'), 0o700);
  chmodSync(join(own, 'collection-2/article-002.md'), 0o600);
  const { code, stderr } = await update();
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('skipped collection-1: it cannot be listed (EACCES): check its permissions');
  expect(stderr).toContain('skipped collection-2/article-002.md: it cannot be read (EACCES): check its permissions');
  expect(stderr).toContain('14 articles');
  expect(contentsOf(index)).toEqual(expectedContents);
});

function index(indexFolder: string): Promise<CommandResult> {
  return runFootnote(['--seeds', seeds, '--index', indexFolder, 'index']);
}

function ask(indexFolder: string, uid?: number): Promise<CommandResult> {
  return runFootnote(['--index', indexFolder, '--json', 'ask', QUESTION], uid === undefined ? {} : { uid });
}

function answerOf({ code, stdout, stderr }: CommandResult): unknown {
  expect(code, stderr).toBe(0);
  expect(stderr).toBe('');
  const { tookMs: _tookMs, ...answer } = JSON.parse(stdout) as Record<string, unknown>;
  return answer;
}

function expectCannotBeWritten(ended: CommandResult, where: string): void {
  expect(ended.stderr).toMatch(
    /^The index folder .* cannot be written \((?:EROFS|EACCES|SQLITE_\w+)\)\. Change its permissions, or choose another index folder\.$/m,
  );
  expect(ended.stderr).toContain(where);
  expectNoStackTrace(ended);
  expect(ended.code).toBe(1);
}

function lastLineOf(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function expectNoStackTrace({ stderr }: CommandResult): void {
  expect(stderr).not.toMatch(/^\s+at |Error:/m);
}

/** Mounts a small disk in memory until the end of the test. Skips the test if that is not permitted. */
function mountOrSkip(options: string, skip: (reason: string) => void): string {
  const place = mkdtempSync(join(tmpdir(), 'footnote-disk-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    skip('mounting a small disk in memory is not permitted here');
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', place]);
  });
  return place;
}

/** Copies the index so that everyone can read it, for a process that does not run as root. */
function copyForNobody(skip: (reason: string) => void): string {
  if (process.getuid?.() !== 0) skip('only root can start a process as another user');
  const project = fileURLToPath(new URL('../../', import.meta.url));
  for (let at = join(project, 'dist'); at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) skip(`other users cannot read ${at}`);
  }
  const copy = temporaryFolder();
  chmodSync(copy, 0o755);
  cpSync(untouched, join(copy, 'index'), { recursive: true });
  return copy;
}
