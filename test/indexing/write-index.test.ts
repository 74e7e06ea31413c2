import { getEventListeners } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { UpdateReport } from '../../src/indexing/update-library.js';
import { type OpenedEmbedder, type WriteRequest, writeIndex } from '../../src/indexing/write-index.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { EXIT, UserError } from '../../src/user-error.js';
import { requireBuild } from '../build.js';
import { FAKE_MANIFEST, FAKE_MODEL, FakeEmbedder } from '../library/fake-embedder.js';
import { contentsOf } from '../library/library-contents.js';
import { writeMadeUpArticles } from '../library/made-up-articles.js';
import { temporaryFolder } from '../library/temporary-folder.js';

let seeds: string;
let index: string;
let opened: number;
let closed: number;

beforeEach(() => {
  // Files are read in a thread, which runs the build.
  requireBuild();
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
  opened = 0;
  closed = 0;
});

test('the model is started once for a new index, not at all if nothing has changed, and is always closed', async () => {
  writeMadeUpArticles(seeds, 4);
  expect(await write()).toMatchObject({ added: 4 });
  expect({ opened, closed }).toEqual({ opened: 1, closed: 1 });
  expect(await write()).toMatchObject({ unchanged: 4 });
  expect({ opened, closed }).toEqual({ opened: 1, closed: 1 });
});

test('the model is closed and the index unlocked if embedding fails', async () => {
  writeMadeUpArticles(seeds, 4);
  const failing = new FakeEmbedder();
  failing.embedPassages = () => Promise.reject(new Error('out of memory'));
  await expect(write({}, failing)).rejects.toThrow('out of memory');
  expect({ opened, closed }).toEqual({ opened: 1, closed: 1 });
  expect(await write()).toMatchObject({ added: 4 });
});

test('nothing listens to the signal any more if the index cannot be opened', async () => {
  writeMadeUpArticles(seeds, 1);
  writeFileSync(index, 'a file');
  const { signal } = new AbortController();
  await expect(write({ signal })).rejects.toThrow('is not a folder');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an empty seeds folder has its own error for a new index, and never empties an existing one', async () => {
  mkdirSync(seeds);
  expect(await errorOf(write())).toMatchObject({
    exitCode: EXIT.nothingIndexed,
    message: `There are no articles in ${seeds}. Put .txt, .md, .html or .jsonl files into it, then run \`footnote index\`.`,
  });
  writeMadeUpArticles(seeds, 2);
  await write();
  const empty = temporaryFolder();
  expect(await errorOf(write({ paths: [empty] }))).toMatchObject({
    exitCode: EXIT.failed,
    message: `There are no articles in ${empty}, but 2 are indexed. To remove them all, delete the files library* in ${index}.`,
  });
  expect(contentsOf(index).articles).toHaveLength(2);
});

test('a rebuild that is stopped or finds nothing leaves the index as it was', async () => {
  writeMadeUpArticles(seeds, 3);
  await write();
  const before = contentsOf(index);
  expect(await errorOf(write({ rebuild: true, signal: AbortSignal.abort() }))).toMatchObject({
    message: `The rebuild was stopped: the index in ${index} was left as it was.`,
  });
  const unreadable = temporaryFolder();
  writeFileSync(join(unreadable, 'archive.txt'), Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(4000)]));
  expect(await errorOf(write({ rebuild: true, paths: [unreadable] }))).toMatchObject({
    message: `Nothing could be indexed: the index in ${index} was left as it was.`,
  });
  expect(contentsOf(index)).toEqual(before);
});

test('progress is reported after each stored article and each file, up to all bytes', async () => {
  writeMadeUpArticles(seeds, 3);
  const reported: number[] = [];
  let last = { articles: 0, passages: 0, bytes: 0, totalBytes: -1 };
  const report = await write({
    onProgress(progress) {
      last = progress;
      reported.push(progress.articles);
    },
  });
  expect(reported).toEqual(reported.toSorted((a, b) => a - b));
  expect(reported).toHaveLength(6);
  expect(last).toMatchObject({ articles: 3, passages: report.passages, bytes: last.totalBytes });
});

async function write(options: Partial<WriteRequest> = {}, embedder = new FakeEmbedder()): Promise<UpdateReport> {
  const { paths = [seeds] } = options;
  embedder.close = () => {
    closed += 1;
    return Promise.resolve();
  };
  return writeIndex({
    indexFolder: index,
    paths,
    listing: await listSourceFiles(paths),
    model: FAKE_MODEL,
    openEmbedder(known): Promise<OpenedEmbedder> {
      opened += 1;
      return Promise.resolve({ embedder, manifest: known ?? FAKE_MANIFEST });
    },
    ...options,
  });
}

async function errorOf(failing: Promise<unknown>): Promise<UserError> {
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
