import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { checkLibrary } from '../../src/library/check-library.js';
import { LibraryWriter } from '../../src/library/library-writer.js';
import { UserError } from '../../src/user-error.js';
import { turnIntoVersion1, turnIntoVersion2, turnIntoVersion3 } from './earlier-versions.js';
import { FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { contentsOf, type LibraryContents } from './library-contents.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';

const ARTICLES = 9;
/** A line end cuts a word of it. */
const WRAPPED = `The harbour master of the northern island keeps the lamp of the light-
house burning through the night, whatever the weather may be, and has
done so since the spring of the year in which the old pier was rebuilt.
`;

let seeds: string;
let index: string;
let embedder: FakeEmbedder;
let expectedContents: LibraryContents;
let files: readonly string[];

beforeEach(async () => {
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
  files = writeMadeUpArticles(seeds, ARTICLES - 1);
  writeFileSync(join(seeds, 'wrapped.txt'), WRAPPED);
  files = [...files, 'wrapped.txt'];
  await indexFolder(seeds, index, new FakeEmbedder());
  expectedContents = contentsOf(index);
  turnIntoVersion1(index);
  embedder = new FakeEmbedder();
});

test('indexing upgrades a version 1 library: titles and headings are embedded, passages are kept', async () => {
  expect(await indexFolder(seeds, index, embedder)).toMatchObject({ changed: ARTICLES, added: 0, unchanged: 0 });
  // The title of each article, and the title with its only heading; the wrapped one has neither.
  expect(embedder.embedded).toBe(2 * (ARTICLES - 1));
  const { wordFrequencies: _upgraded, ...contents } = contentsOf(index);
  const { wordFrequencies: _expected, ...expected } = expectedContents;
  expect(contents).toEqual(expected);
  expect(userVersion()).toBe(4);
  const library = await openLibrary(index);
  expect(library.passageCount).toBe(expected.passages.length);
  library.close();
});

test('indexing upgrades a version 2 library: passages keep their embeddings, and it equals a fresh one', async () => {
  const other = join(temporaryFolder(), 'index');
  await indexFolder(seeds, other, new FakeEmbedder());
  turnIntoVersion2(other);
  expect(await indexFolder(seeds, other, embedder)).toMatchObject({ changed: ARTICLES, unchanged: 0 });
  // Only titles, and titles with headings: they were not stored with their tokens.
  expect(embedder.embedded).toBe(2 * (ARTICLES - 1));
  expect(contentsOf(other)).toEqual(expectedContents);
});

test('indexing upgrades a version 3 library without embedding anything, and it is smaller and equals a fresh one', async () => {
  const other = join(temporaryFolder(), 'index');
  await indexFolder(seeds, other, new FakeEmbedder());
  turnIntoVersion3(other);
  writeFileSync(join(other, 'vectors-012345678901.hnsw'), 'an outdated snapshot');
  const { size } = statSync(join(other, 'library.sqlite'));
  expect(await indexFolder(seeds, other, embedder)).toMatchObject({ changed: 0, unchanged: ARTICLES });
  expect(embedder.embedded).toBe(0);
  expect(contentsOf(other)).toEqual(expectedContents);
  expect(statSync(join(other, 'library.sqlite')).size).toBeLessThan(size);
  expect(readdirSync(other).toSorted()).toEqual([
    'library.sqlite',
    expect.stringMatching(/^vectors-(?!012345678901)\w{12}\.hnsw$/),
    'writer.lock',
  ]);
  const notices: string[] = [];
  (await openLibrary(other, (notice) => notices.push(notice))).close();
  expect(notices).toEqual([]);
});

test.each([
  ['an article', "UPDATE articles SET text = 'x' || text WHERE key = 2"],
  ['blocks', "UPDATE articles SET blocks = '[{' WHERE key = 2"],
  ['marks', `UPDATE articles SET marks = '[{"start":0,"end":100000,"kind":"struck"}]' WHERE key = 2`],
  ['the place of a passage', 'UPDATE passages SET end = 100000 WHERE article = 2'],
  ['sentences', "UPDATE passages SET sentences = '[[-1,4,2,0]]' WHERE article = 2"],
  ['codes', "UPDATE passages SET codes = x'00' WHERE article = 2"],
  ['a vector', "UPDATE passages SET vector = x'00' WHERE article = 2"],
])('an upgrade does not declare %s that is damaged already to be intact', async (_what, sql) => {
  const other = join(temporaryFolder(), 'index');
  await indexFolder(seeds, other, new FakeEmbedder());
  turnIntoVersion3(other);
  const database = new Database(join(other, 'library.sqlite'));
  database.exec(sql);
  database.close();
  expect(await indexFolder(seeds, other, embedder)).toMatchObject({
    changed: 1,
    damaged: [{ reason: 'was damaged in the index and has been read again' }],
  });
  expect(contentsOf(other)).toEqual(expectedContents);
});

test('a version 2 library whose files are gone can be searched and emptied after the upgrade', async () => {
  const other = join(temporaryFolder(), 'index');
  await indexFolder(seeds, other, new FakeEmbedder());
  turnIntoVersion2(other);
  LibraryWriter.open(other, { rebuild: false, now: new Date() }).close();
  const library = await openLibrary(other);
  expect(library.searchTerms('lighthouse', 5, null).length).toBeGreaterThan(0);
  expect(library.articles().map(({ id }) => library.articleById(id)?.blocks.length)).not.toContain(0);
  library.close();
  for (const file of files.slice(1)) rmSync(join(seeds, file));
  await indexFolder(seeds, other, embedder);
  const fresh = join(temporaryFolder(), 'fresh');
  await indexFolder(seeds, fresh, new FakeEmbedder());
  expect(contentsOf(other)).toEqual(contentsOf(fresh));
});

test('an upgraded version 1 library has the same word counts as a fresh one', async () => {
  await indexFolder(seeds, index, embedder);
  expect(contentsOf(index).wordFrequencies).toEqual(expectedContents.wordFrequencies);
});

test('an article that has changed since version 1 is embedded only where it changed', async () => {
  writeFileSync(
    join(seeds, files[0] ?? ''),
    '---\ntitle: A new story\n---\n\nThis article was written anew, and nothing that it said before is said in it any more by anybody at all, neither here nor there.\n',
  );
  await indexFolder(seeds, index, embedder);
  // All titles, the headings of the others, and the only passage of the rewritten article.
  expect(embedder.embedded).toBe(2 * (ARTICLES - 1));
});

test('an upgrade of version 1 that failed continues where it stopped', async () => {
  const failing = new FakeEmbedder();
  const embed = failing.embedPassages.bind(failing);
  failing.embedPassages = (passages) =>
    failing.embedded > 3 ? Promise.reject(new Error('out of memory')) : embed(passages);
  await expect(indexFolder(seeds, index, failing)).rejects.toThrow('out of memory');
  const report = await indexFolder(seeds, index, embedder);
  expect(report.changed + report.unchanged).toBe(ARTICLES);
  expect(contentsOf(index).articles).toEqual(expectedContents.articles);
  expect(contentsOf(index).passages).toEqual(expectedContents.passages);
});

test('a reader refuses version 1, says how to upgrade it, and changes nothing', async () => {
  const error: unknown = await openLibrary(index).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toBe(
    `The index in ${index} was written by an earlier version of Footnote (schema 1; this version reads 4). Run \`footnote index\` to upgrade it.`,
  );
  expect(userVersion()).toBe(1);
});

test('the deep checks say how to upgrade an earlier version, and look no further', async () => {
  const other = join(temporaryFolder(), 'index');
  await indexFolder(seeds, other, new FakeEmbedder());
  turnIntoVersion3(other);
  for (const [folder, version] of [
    [index, 1],
    [other, 3],
  ] as const) {
    const problems = [`It is of version ${version}. Run \`footnote index\` to upgrade it.`];
    expect(await checkLibrary(folder, () => {})).toEqual([{ name: 'index file', problems }]);
  }
});

test('opening a library for writing upgrades its tables, once', () => {
  for (let attempt = 0; attempt < 2; attempt++) {
    LibraryWriter.open(index, { rebuild: false, now: new Date() }).close();
    expect(userVersion()).toBe(4);
  }
  const database = new Database(join(index, 'library.sqlite'), { readonly: true });
  expect(database.prepare('SELECT count(*) FROM articles').pluck().get()).toBe(ARTICLES);
  expect(database.prepare("SELECT count(*) FROM article_embeddings WHERE title_codes = x''").pluck().get()).toBe(
    ARTICLES,
  );
  database.close();
});

test('no word count of an upgraded library drops below one when articles are removed', async () => {
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
