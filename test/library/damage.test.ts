/** What is damaged in a library is named, is not shown, and is repaired as the message says. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkLibrary } from '../../src/library/check-library.js';
import { Library } from '../../src/library/library.js';
import { DamagedIndexError } from '../../src/storage/damaged-index-error.js';
import { toUserError } from '../../src/storage/storage-errors.js';
import { FAKE_DIMENSIONS, FAKE_MODEL, FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { contentsOf, type LibraryContents, termScoresOf } from './library-contents.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { createFolder, temporaryFolder } from './temporary-folder.js';

let intact: string;
let files: readonly string[];
let expected: LibraryContents;
let seeds: string;
let index: string;

beforeAll(async () => {
  intact = createFolder();
  files = writeMadeUpArticles(join(intact, 'seeds'), 6);
  await indexFolder(join(intact, 'seeds'), join(intact, 'index'), new FakeEmbedder());
  expected = contentsOf(join(intact, 'index'));
});

afterAll(() => rmSync(intact, { recursive: true, force: true }));

beforeEach(() => {
  const folder = temporaryFolder();
  cpSync(intact, folder, { recursive: true });
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
});

/** Changes a stored library as no program of ours would. */
function damage(sql: string): void {
  const database = new Database(join(index, 'library.sqlite'));
  // SQLite protects the tables of full-text search and its own.
  database.unsafeMode();
  database.exec(sql);
  database.close();
}

function overwrite(change: (bytes: Buffer) => Buffer): void {
  const file = join(index, 'library.sqlite');
  writeFileSync(file, change(readFileSync(file)));
}

async function damageIn(use: (library: Library) => unknown): Promise<DamagedIndexError | null> {
  const library = await openLibrary(index);
  try {
    use(library);
    return null;
  } catch (error) {
    if (error instanceof DamagedIndexError) return error;
    throw error;
  } finally {
    library.close();
  }
}

const THIRD = 'key = 3';
const ARTICLES: readonly [what: string, set: string][] = [
  ['text', "text = replace(text, 'the', 'not')"],
  ['title', "title = 'Another story'"],
  ['address', "url = 'https://example.com/'"],
  ['collection', "collection = 'elsewhere'"],
  ['hash', "sha256 = 'f' || substr(sha256, 2)"],
  ['blocks', "blocks = replace(blocks, '1', '2')"],
  ['marks', "marks = '[{'"],
  ['blocks, which are no JSON any more', "blocks = '[{'"],
  ['text, which is no text any more', 'text = CAST(randomblob(50) AS TEXT)'],
];
const PASSAGES: readonly [what: string, set: string][] = [
  ['start', 'start = start + 1'],
  ['end', 'end = end + 100000'],
  ['number', 'ordinal = ordinal + 20'],
  ['sentences', "sentences = '[[0,5,2'"],
  ['context', 'context = \'[{"start":0,"end":3,"role":"heading"}]\''],
  ['tokens', 'tokens = substr(tokens, 5)'],
  ['codes', 'codes = zeroblob(length(codes))'],
  ['headings', "section_codes = x'00'"],
];

describe('an article whose stored', () => {
  test.each(ARTICLES)('%s is damaged is not shown, and is read again', async (_what, set) => {
    damage(`UPDATE articles SET ${set} WHERE ${THIRD}`);
    const file = files[2] ?? '';
    const error = await damageIn((library) => library.article(3));
    expect(error).toMatchObject({ part: 'article', file, indexFolder: index });
    expect(error?.message).toBe(
      `The index in ${index} is damaged: the article ${file} does not match its checksum. Run \`footnote index\` to read it again; \`footnote doctor --deep\` finds everything that is damaged.`,
    );
    const others = await damageIn((library) => [library.article(1), library.article(2), library.hiddenText()]);
    expect(others).toBeNull();
    await expectRepair(file);
  });
});

describe('a passage whose stored', () => {
  test.each(PASSAGES)('%s is damaged is not used, and its article is read again', async (_what, set) => {
    damage(`UPDATE passages SET ${set} WHERE key = (SELECT min(key) + 1 FROM passages WHERE article = 3)`);
    const database = new Database(join(index, 'library.sqlite'), { readonly: true });
    const id = database
      .prepare('SELECT id FROM passages WHERE key = (SELECT min(key) + 1 FROM passages WHERE article = 3)')
      .pluck()
      .get() as string;
    const key = database.prepare('SELECT key FROM passages WHERE id = ?').pluck().get(id) as number;
    database.close();
    for (const use of [
      (library: Library) => library.candidates([key]),
      (library: Library) => library.passageById(id),
    ]) {
      const error = await damageIn(use);
      expect(error).toMatchObject({ part: 'passage', file: files[2] });
      expect(error?.message).toContain(`a passage of the article ${files[2]} does not match its checksum. Run`);
    }
    // Other passages, and suggestions while typing, are still there.
    expect(await damageIn((library) => [library.candidates([key - 1]), library.openingsOf(3, 40)])).toBeNull();
    await expectRepair(files[2] ?? '');
  });
});

describe('an article whose stored', () => {
  test.each([
    ['vectors are damaged', 'UPDATE article_embeddings SET vectors = zeroblob(length(vectors))'],
    ['vectors are cut off', 'UPDATE article_embeddings SET vectors = substr(vectors, 5)'],
    ['title codes are damaged', "UPDATE article_embeddings SET title_codes = x'00'"],
    ['embeddings are gone', 'DELETE FROM article_embeddings'],
  ])('%s is named, others are still found, and it is read again', async (_what, sql) => {
    damage(`${sql} WHERE article = 3`);
    const notices: string[] = [];
    const library = await openLibrary(index, (notice) => notices.push(notice));
    const passages = [3, 4].map((article) => library.passagesOfArticle(article, '', 100));
    const near = library.searchVectors(new Float32Array(FAKE_DIMENSIONS).fill(0.125), 1000, null);
    library.close();
    expect(notices).toEqual([
      expect.stringContaining(
        `a passage of the article ${files[2]} does not match its checksum. Run \`footnote index\``,
      ),
    ]);
    expect(near).toHaveLength(expected.passages.length - (passages[0]?.length ?? 0));
    expect(near.map(({ key }) => key)).toEqual(expect.arrayContaining(passages[1] ?? []));
    expect(await damageIn((opened) => opened.candidates(passages[0] ?? []))).toMatchObject({ file: files[2] });
    expect(await damageIn((opened) => opened.candidates(passages[1] ?? []))).toBeNull();
    await expectRepair(files[2] ?? '');
  });
});

describe('an article that has lost', () => {
  test.each([
    ['its last passage', 'AND ordinal = (SELECT max(ordinal) FROM passages WHERE article = 3)'],
    ['all its passages', ''],
  ])('%s is read again', async (_what, condition) => {
    damage(`DELETE FROM passages WHERE article = 3 ${condition}`);
    await expectRepair(files[2] ?? '');
  });
});

async function expectRepair(file: string): Promise<void> {
  const embedder = new FakeEmbedder();
  const report = await indexFolder(seeds, index, embedder);
  expect(report).toMatchObject({
    changed: 1,
    added: 0,
    removed: 0,
    unchanged: files.length - 1,
    damaged: [{ file, reason: 'was damaged in the index and has been read again' }],
  });
  expect(contentsOf(index)).toEqual(expected);
  expect((await indexFolder(seeds, index, embedder)).damaged).toEqual([]);
  expect(await problemsIn(index)).toEqual([]);
}

test('a damaged article whose file is gone is no longer in the index, and the report says so', async () => {
  damage(`UPDATE articles SET text = 'nothing' WHERE ${THIRD}`);
  rmSync(join(seeds, files[2] ?? ''));
  const report = await indexFolder(seeds, index, new FakeEmbedder());
  expect(report).toMatchObject({ articles: files.length - 1, changed: 0, removed: 1 });
  expect(report.damaged).toEqual([
    {
      file: files[2],
      reason:
        'was damaged in the index and is no longer in it: its file is gone or cannot be read. Put it back from a backup and index again',
    },
  ]);
  const fresh = join(temporaryFolder(), 'fresh');
  await indexFolder(seeds, fresh, new FakeEmbedder());
  expect(contentsOf(index)).toEqual(contentsOf(fresh));
  expect(termScoresOf(index)).toEqual(termScoresOf(fresh));
});

test('an id that is damaged does not keep its article from being read again', async () => {
  damage(`UPDATE articles SET id = 'aaaaaaaaaa' WHERE ${THIRD}`);
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(contentsOf(index)).toEqual(expected);
});

describe('full-text tables that are damaged are noticed, and written again:', () => {
  test.each([
    ['a block of terms', 'UPDATE passage_terms_data SET block = zeroblob(length(block)) WHERE id > 100'],
    ['the lengths of passages', "UPDATE passage_terms_docsize SET sz = x'01' WHERE id = 2"],
    ['the terms of articles', "UPDATE article_terms_data SET block = block || x'00' WHERE id > 100"],
    ['the counts of tokens', 'UPDATE token_frequencies SET passages = passages + 1'],
    ['the counts of words', "UPDATE word_frequencies SET word = 'x' || word"],
  ])('%s', async (_what, sql) => {
    damage(sql);
    const notices: string[] = [];
    (await openLibrary(index, (notice) => notices.push(notice))).close();
    expect(notices).toEqual([
      `The index in ${index} is damaged: the full-text tables do not match their checksum, so some passages may not be found. Run \`footnote index\` to write them again.`,
    ]);
    const problems = await problemsIn(index);
    expect(problems.join('\n')).toContain('search tables: They do not match their checksum.');
    const embedder = new FakeEmbedder();
    expect(await indexFolder(seeds, index, embedder)).toMatchObject({ unchanged: files.length, damaged: [] });
    expect(embedder.embedded).toBe(0);
    expect(contentsOf(index)).toEqual(expected);
    expect(await problemsIn(index)).toEqual([]);
  });
});

test('a large library is open before its full-text tables are checked, and then they are', async () => {
  damage('UPDATE token_frequencies SET passages = passages + 1');
  const notices: string[] = [];
  const onNotice = (notice: string): void => void notices.push(notice);
  const library = await Library.open({ folder: index, model: FAKE_MODEL, onNotice, loadedAtOnce: 0 });
  expect(notices).toEqual([]);
  await expect
    .poll(() => notices, { timeout: 20_000 })
    .toEqual([expect.stringContaining('the full-text tables do not match')]);
  library.close();
});

describe('what cannot be read any more is named, and --rebuild repairs it:', () => {
  test.each<[string, () => void]>([
    ['the manifest', () => damage("UPDATE manifest SET value = replace(value, '1', '2') WHERE name = 'manifest'")],
    ['the version', () => damage('PRAGMA user_version = 0')],
    ['an earlier version', () => damage('PRAGMA user_version = 2')],
    ['the first page', () => overwrite((bytes) => bytes.fill('ink ', 0, 4096))],
    ['the schema', () => overwrite((bytes) => bytes.fill('ink ', 100, 4096))],
    ['the end', () => overwrite((bytes) => bytes.subarray(0, bytes.length - 20_000))],
    ['everything', () => overwrite((bytes) => bytes.fill('ink '))],
  ])('%s', async (_what, spoil) => {
    spoil();
    // An earlier version is upgraded by `index`, which then finds that it is none.
    const error: unknown = await indexFolder(seeds, index, new FakeEmbedder()).then(
      () => null,
      (problem: unknown) => problem,
    );
    expect(error).toBeInstanceOf(DamagedIndexError);
    expect((error as DamagedIndexError).message).toContain('`footnote index --rebuild`');
    expect((await problemsIn(index)).join('\n')).not.toBe('');
    await indexFolder(seeds, index, new FakeEmbedder(), { rebuild: true });
    expect(contentsOf(index)).toEqual(expected);
    expect(await problemsIn(index)).toEqual([]);
  });
});

/** Counts of terms that were wrong when they were sealed: only counting again finds them. */
test('counts that do not follow from the articles are found by the deep checks', async () => {
  damage(`
    DELETE FROM manifest WHERE name = 'search-tables';
    UPDATE token_frequencies SET passages = passages + 1 WHERE token = (SELECT min(token) FROM token_frequencies);
    DELETE FROM word_frequencies WHERE word = (SELECT min(word) FROM word_frequencies);
  `);
  expect(await problemsIn(index)).toEqual([
    'frequencies: 1 token is counted wrong. Run `footnote index`, and `footnote index --rebuild` if this stays.',
    'frequencies: 1 word is counted wrong. Run `footnote index`, and `footnote index --rebuild` if this stays.',
  ]);
});

async function problemsIn(folder: string): Promise<string[]> {
  const checks = await checkLibrary(folder, () => {});
  return checks.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}

test('a passage that other tables refer to and that is gone is noticed, and not taken for removed', async () => {
  damage('DELETE FROM passages WHERE key = 3');
  const error = await damageIn((library) => library.candidates([1, 2, 3]));
  expect(error).toMatchObject({ part: 'file' });
  expect(await damageIn((library) => library.candidates([1, 2, 10_000]))).toBeNull();
  expect((await problemsIn(index)).join('\n')).toContain('search tables: They differ from the passages in 1 row.');
  expect((await indexFolder(seeds, index, new FakeEmbedder())).damaged).toHaveLength(1);
  expect(contentsOf(index)).toEqual(expected);
});

test('a passage that has lost its article is noticed', async () => {
  damage('PRAGMA foreign_keys = OFF; UPDATE passages SET article = 1000 WHERE key = 3');
  expect(await damageIn((library) => library.candidates([3]))).toMatchObject({ part: 'passage', file: null });
  expect((await problemsIn(index)).join('\n')).toContain('index file: 1 passage has no article');
  await expect(indexFolder(seeds, index, new FakeEmbedder())).rejects.toThrow('--rebuild');
});

test('a mistake in a statement, or in its use, is not taken for damage', () => {
  const database = new Database(':memory:');
  const errorOf = (sql: string): unknown => {
    try {
      return database.exec(sql);
    } catch (error) {
      return error;
    }
  };
  for (const sql of ['SELECT * FROM passages', 'SELECT passages'])
    expect(toUserError(errorOf(sql), index)).toBeInstanceOf(DamagedIndexError);
  for (const sql of ['SELEC 1', 'BEGIN; BEGIN']) {
    const error = errorOf(sql);
    expect(error).toMatchObject({ code: 'SQLITE_ERROR' });
    expect(toUserError(error, index)).toBe(error);
  }
  database.close();
});

test('what a refresh could not read is read by the next one', async () => {
  const notices: string[] = [];
  let isFailing = true;
  const library = await openLibrary(index, (notice) => {
    if (isFailing) throw new Error('out of memory');
    notices.push(notice);
  });
  writeFileSync(join(seeds, 'new.md'), 'The ferry was late again because of the fog on the river.');
  await indexFolder(seeds, index, new FakeEmbedder());
  damage("UPDATE article_embeddings SET title_codes = x'00' WHERE article = (SELECT max(key) FROM articles)");
  // Searched by comparing vectors: the graph is not used for a scope.
  const search = (): unknown =>
    library.searchVectors(new Float32Array(FAKE_DIMENSIONS).fill(0.125), 1000, { collections: library.collections() });
  const before = search();
  expect(before).toHaveLength(expected.passages.length);
  expect(() => library.refresh()).toThrow('out of memory');
  expect(library.passageCount).toBe(expected.passages.length);
  expect(search()).toEqual(before);
  isFailing = false;
  expect(library.refresh()).toBe(true);
  expect(library.passageCount).toBe(expected.passages.length + 1);
  expect(notices).toEqual([expect.stringContaining('new.md')]);
  expect(library.refresh()).toBe(false);
  library.close();
});

test('a folder in place of the index is named', async () => {
  const file = join(index, 'library.sqlite');
  rmSync(file);
  mkdirSync(file);
  const message = `${file} is a folder, but the index is kept in a file of that name. Move the folder away.`;
  await expect(openLibrary(index)).rejects.toThrow(message);
  await expect(indexFolder(seeds, index, new FakeEmbedder())).rejects.toThrow(message);
  expect(await problemsIn(index)).toEqual([`index file: ${message}`]);
});
