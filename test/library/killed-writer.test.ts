/** A process that wrote the library was killed: what it left half done is undone by whoever opens it next, if that may write. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { requireBuild } from '../build.js';
import { FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { contentsOf, type LibraryContents } from './library-contents.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';

const SCRIPT = fileURLToPath(new URL('./killed-writer.mjs', import.meta.url));
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** Nobody, on every system that has such a user. */
const NOBODY = 65_534;

let folder: string;
let index: string;
let expected: LibraryContents;

beforeEach(async () => {
  folder = temporaryFolder();
  index = join(folder, 'index');
  const seeds = join(folder, 'seeds');
  writeMadeUpArticles(seeds, 10);
  await indexFolder(seeds, index, new FakeEmbedder());
  expected = contentsOf(index);
});

async function killWriter(mode: 'DELETE' | 'WAL'): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, join(index, 'library.sqlite'), mode], { stdio: 'ignore' });
  const [, signal] = (await once(child, 'exit')) as [number | null, string];
  expect(signal).toBe('SIGKILL');
}

test('a reader undoes what a killed process left half done', async () => {
  await killWriter('DELETE');
  expect(existsSync(join(index, 'library.sqlite-journal'))).toBe(true);
  const library = await openLibrary(index);
  expect(library.passageCount).toBe(expected.passages.length);
  library.close();
  expect(existsSync(join(index, 'library.sqlite-journal'))).toBe(false);
  expect(contentsOf(index)).toEqual(expected);
});

test.each(['DELETE', 'WAL'] as const)(
  'who may not write the folder is told what happened (journal mode %s)',
  async (mode) => {
    await killWriter(mode);
    // Left by a system that went down, as there is no shared memory after that.
    rmSync(join(index, 'library.sqlite-shm'), { force: true });
    for (const name of readdirSync(index)) chmodSync(join(index, name), 0o644);
    chmodSync(index, 0o555);
    chmodSync(folder, 0o755);
    onTestFinished(() => chmodSync(index, 0o755));
    const { code, stderr } = await listArticles();
    expect(stderr).toContain(
      `A process that was writing in ${index} was killed, and its unfinished changes cannot be rolled back`,
    );
    expect(stderr).toContain('doctor` once as a user who may write the folder');
    expect(stderr).not.toMatch(/permissions|^\s+at /m);
    expect(code).toBe(1);
  },
);

/** Runs as a user whom permissions bind: the tests may run as one whom they do not. */
async function listArticles(): Promise<{ readonly code: number | null; readonly stderr: string }> {
  requireBuild();
  const child = spawn(process.execPath, [CLI, '--index', index, 'articles'], {
    cwd: '/',
    env: { FOOTNOTE_HUB: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { code, stderr };
}
