import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { LibraryWriter } from '../../src/library/library-writer.js';
import { UserError } from '../../src/user-error.js';
import { FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { contentsOf, type LibraryContents } from './library-contents.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';
import { turnIntoVersion1 } from './version-1.js';

const ARTICLES = 9;

let seeds: string;
let index: string;
let embedder: FakeEmbedder;
let whole: LibraryContents;
let files: readonly string[];

beforeEach(async () => {
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
  files = writeMadeUpArticles(seeds, ARTICLES);
  await indexFolder(seeds, index, new FakeEmbedder());
  whole = contentsOf(index);
  turnIntoVersion1(index);
  embedder = new FakeEmbedder();
});

test('a library of version 1 is brought up to date by indexing: titles are embedded, passages are kept', async () => {
  expect(await indexFolder(seeds, index, embedder)).toMatchObject({ changed: ARTICLES, added: 0, unchanged: 0 });
  expect(embedder.embedded).toBe(ARTICLES);
  const { wordFrequencies: _of, ...contents } = contentsOf(index);
  const { wordFrequencies: _whole, ...expected } = whole;
  expect(contents).toEqual(expected);
  expect(userVersion()).toBe(2);
  const library = await openLibrary(index);
  expect(library.passageCount).toBe(expected.passages.length);
  library.close();
});

test('a library of version 1 that was brought up to date counts words like a fresh one', async () => {
  await indexFolder(seeds, index, embedder);
  expect(contentsOf(index).wordFrequencies).toEqual(whole.wordFrequencies);
});

test('articles that changed since version 1 are embedded where they changed', async () => {
  writeFileSync(
    join(seeds, files[0] ?? ''),
    '---\ntitle: A new story\n---\n\nThis article was written anew, and nothing that it said before is said in it any more by anybody at all, neither here nor there.\n',
  );
  await indexFolder(seeds, index, embedder);
  // The titles, and the one passage of the article that is new.
  expect(embedder.embedded).toBe(ARTICLES + 1);
});

test('indexing of version 1 that is stopped goes on where it stopped', async () => {
  const failing = new FakeEmbedder();
  const embed = failing.embedPassages.bind(failing);
  failing.embedPassages = (passages) =>
    failing.embedded > 3 ? Promise.reject(new Error('out of memory')) : embed(passages);
  await expect(indexFolder(seeds, index, failing)).rejects.toThrow('out of memory');
  const report = await indexFolder(seeds, index, embedder);
  expect(report.changed + report.unchanged).toBe(ARTICLES);
  expect(contentsOf(index).articles).toEqual(whole.articles);
  expect(contentsOf(index).passages).toEqual(whole.passages);
});

test('a reader that meets version 1 says how to bring it up to date, and changes nothing', async () => {
  const error: unknown = await openLibrary(index).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toBe(
    `The index in ${index} was written by an earlier Footnote (schema 1, this one reads 2). Bring it up to date with: footnote index`,
  );
  expect(userVersion()).toBe(1);
});

test('opening for writing alone brings the tables up to date, once', () => {
  for (let time = 0; time < 2; time++) {
    LibraryWriter.open(index, { rebuild: false, now: new Date() }).close();
    expect(userVersion()).toBe(2);
  }
  const database = new Database(join(index, 'library.sqlite'), { readonly: true });
  expect(database.prepare('SELECT count(*) FROM articles').pluck().get()).toBe(ARTICLES);
  expect(database.prepare("SELECT count(*) FROM articles WHERE title_codes = x''").pluck().get()).toBe(ARTICLES);
  database.close();
});

test('no word of a library of version 1 is counted less than once after articles left', async () => {
  for (const file of files.slice(1)) rmSync(join(seeds, file));
  await indexFolder(seeds, index, embedder);
  const fresh = join(temporaryFolder(), 'fresh');
  await indexFolder(seeds, fresh, new FakeEmbedder());
  expect(contentsOf(index).articles).toEqual(contentsOf(fresh).articles);
  expect((contentsOf(index).wordFrequencies as { articles: number }[]).every(({ articles }) => articles > 0)).toBe(
    true,
  );
});

function userVersion(): unknown {
  const database = new Database(join(index, 'library.sqlite'), { readonly: true });
  try {
    return database.pragma('user_version', { simple: true });
  } finally {
    database.close();
  }
}
