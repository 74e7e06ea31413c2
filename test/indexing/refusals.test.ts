import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { turnIntoVersion1 } from '../library/earlier-versions.js';
import { type CommandResult, programWith, runFootnote } from '../library/footnote-process.js';
import { contentsOf, type LibraryContents } from '../library/library-contents.js';
import { writeMadeUpArticles } from '../library/made-up-articles.js';
import { createFolder, temporaryFolder } from '../library/temporary-folder.js';

const models = fileURLToPath(new URL('../../models', import.meta.url));
const BUNDLED = 'Xenova/all-MiniLM-L6-v2';
const QUESTION = 'Who sold the two bronze bells?';

let folder: string;
let seeds: string;
let untouched: string;
let expectedContents: LibraryContents;
let index: string;
let libraryFile: string;
/** How messages name the program. */
let program: string;
let damaged: string;

beforeAll(async () => {
  folder = createFolder();
  seeds = join(folder, 'seeds');
  untouched = join(folder, 'index');
  writeMadeUpArticles(seeds, 5);
  const { code, stderr } = await runFootnote(['--seeds', seeds, '--index', untouched, 'index']);
  expect(code, stderr).toBe(0);
  expectedContents = contentsOf(untouched);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  index = join(temporaryFolder(), 'index');
  cpSync(untouched, index, { recursive: true });
  libraryFile = join(index, 'library.sqlite');
  program = programWith(['--seeds', seeds, '--index', index]);
  damaged = `is damaged. Rebuild it with \`${program} index --rebuild\`.`;
});

test('ask and index refuse an index built with another model until it is rebuilt', async () => {
  const others = temporaryFolder();
  cpSync(join(models, BUNDLED), join(others, 'test/other'), { recursive: true });
  // One more line break in its tokenizer makes it another model.
  appendFileSync(join(others, 'test/other/tokenizer.json'), '\n');
  const env = { FOOTNOTE_MODEL: 'test/other', FOOTNOTE_MODELS: others };
  for (const args of [['ask', QUESTION], ['index']]) {
    expectRefusal(
      await footnote(args, env),
      `The index was built with the model ${BUNDLED}, but the configured model is test/other. Embeddings of different models cannot be compared. ` +
        `Run \`${program} index --rebuild\`, or set FOOTNOTE_MODEL=${BUNDLED}.`,
    );
  }
  // The refused commands changed nothing.
  expect(contentsOf(index)).toEqual(expectedContents);

  expect((await footnote(['index', '--rebuild'], env)).code).toBe(0);
  expect((await footnote(['ask', QUESTION], env)).code).toBe(0);
  expectRefusal(await footnote(['ask', QUESTION]), 'The index was built with the model test/other');
});

test('an index built with other files of the same model is refused', async () => {
  const others = temporaryFolder();
  cpSync(models, others, { recursive: true });
  appendFileSync(join(others, BUNDLED, 'tokenizer.json'), '\n');
  expectRefusal(
    await footnote(['ask', QUESTION], { FOOTNOTE_MODELS: others }),
    `The index was built with a different version of the model ${BUNDLED}, and embeddings of different versions cannot be compared. Run \`${program} index --rebuild\`.`,
  );
});

test('an index from a newer version of Footnote is refused and stays unchanged', async () => {
  setSchemaVersion(99);
  for (const args of [['ask', QUESTION], ['index'], ['articles']]) {
    const ended = await footnote(args);
    expectRefusal(ended, 'was written by a newer version of Footnote (schema 99; this version reads up to 4).');
    expect(ended.stderr).toContain(`Update Footnote, or run \`${program} index --rebuild\`.`);
  }
  setSchemaVersion(4);
  expect(contentsOf(index)).toEqual(expectedContents);
});

test('ask refuses an index from an earlier version of Footnote, and its advice works', async () => {
  turnIntoVersion1(index);
  for (const args of [['ask', QUESTION], ['articles']]) {
    expectRefusal(
      await footnote(args),
      `The index in ${index} was written by an earlier version of Footnote (schema 1; this version reads 4). Run \`${program} index\` to upgrade it.`,
    );
  }
  const { code, stderr } = await footnote(['index']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('(5 changed)')]);
  expect((await footnote(['ask', QUESTION])).code).toBe(0);
});

test('a database of another program is refused and stays unchanged', async () => {
  writeForeignDatabase();
  for (const args of [['ask', QUESTION], ['index']]) {
    const ended = await footnote(args);
    expectRefusal(ended, `${libraryFile} is not a Footnote index.`);
    expect(ended.stderr).toContain('Choose another index folder, or move that file away.');
  }
  expect(bookmarks()).toEqual(['https://example.org']);
});

test('a refused file stays the same, byte for byte', async () => {
  writeForeignDatabase();
  const before = readFileSync(libraryFile);
  expectRefusal(await footnote(['index']), 'is not a Footnote index.');
  expect(readFileSync(libraryFile).equals(before)).toBe(true);
});

test('index --rebuild does not delete the database of another program', async () => {
  writeForeignDatabase();
  expectRefusal(await footnote(['index', '--rebuild']), 'is not a Footnote index');
  expect(bookmarks()).toEqual(['https://example.org']);
});

test('a file that is not a database is refused, and index --rebuild replaces it with an index', async () => {
  writeFileSync(libraryFile, 'Dear diary,\n'.repeat(1000));
  for (const args of [['ask', QUESTION], ['index']]) {
    expectRefusal(await footnote(args), `The index in ${index} ${damaged}`);
  }
  expect((await footnote(['index', '--rebuild'])).code).toBe(0);
  expect(contentsOf(index)).toEqual(expectedContents);
});

test('a truncated index is refused, and the advice works', async () => {
  const bytes = readFileSync(libraryFile);
  for (const size of [100, bytes.length >> 1]) {
    writeFileSync(libraryFile, bytes.subarray(0, size));
    for (const args of [['ask', QUESTION], ['index']]) expectRefusal(await footnote(args), damaged);
  }
  expect((await footnote(['index', '--rebuild'])).code).toBe(0);
  expect(contentsOf(index)).toEqual(expectedContents);
});

test('every command that reads a damaged page refuses the index and says what to do', async () => {
  damagePageOf('articles');
  for (const args of [['ask', QUESTION], ['index']]) expectRefusal(await footnote(args), damaged);
});

test('an index with a damaged page in its full-text tables is refused with advice', async () => {
  damagePageOf('article_terms_data');
  expectRefusal(await footnote(['ask', QUESTION]), damaged);
});

test('the articles command exits with code 1 when the index is damaged', async () => {
  damagePageOf('articles');
  expect(await footnote(['articles'], {}, 4000)).toMatchObject({ code: 1, signal: null });
});

test('ask says that nothing is indexed in an empty or missing folder, and exits with code 3', async () => {
  for (const where of [join(index, 'nothing'), join(temporaryFolder(), 'empty')]) {
    if (where.endsWith('empty')) mkdirSync(where);
    const { code, stderr } = await runFootnote(['--index', where, 'ask', QUESTION]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      `Nothing is indexed in ${where}. Put articles into the seeds folder, then run \`${programWith(['--index', where])} index\`.\n`,
    );
    // Nothing was created.
    expect(existsSync(join(where, 'library.sqlite'))).toBe(false);
  }
});

test('ask says that nothing is indexed in a library without passages, and exits with code 3', async () => {
  const database = new Database(libraryFile);
  database.exec('PRAGMA foreign_keys = ON; DELETE FROM articles');
  database.close();
  const { code, stderr } = await footnote(['ask', QUESTION]);
  expect(code).toBe(3);
  expect(stderr).toContain('Nothing is indexed in');
});

test('a file in place of the index folder is refused with advice', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'not a folder');
  expectRefusal(
    await runFootnote(['--seeds', seeds, '--index', file, 'index']),
    `${file} is not a folder. Choose another index folder.`,
  );
});

test('a seeds folder that is suddenly empty does not empty the index', async () => {
  const empty = temporaryFolder();
  const ended = await runFootnote(['--seeds', empty, '--index', index, 'index']);
  expectRefusal(
    ended,
    `There are no articles in ${empty}, but 5 are indexed. To remove them all, delete the files library* in ${index}.`,
  );
  expect(contentsOf(index)).toEqual(expectedContents);
});

function footnote(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  timeoutMs?: number,
): Promise<CommandResult> {
  return runFootnote(['--seeds', seeds, '--index', index, ...args], { env, ...(timeoutMs && { timeoutMs }) });
}

/** A refusal is one message for people: what is wrong and what to do, without a stack trace. */
function expectRefusal({ code, stdout, stderr }: CommandResult, message: string): void {
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at |Error:/m);
  expect(stdout).toBe('');
  expect(code).toBe(1);
}

function setSchemaVersion(version: number): void {
  const database = new Database(libraryFile);
  database.pragma(`user_version = ${version}`);
  database.close();
}

function writeForeignDatabase(): void {
  rmSync(libraryFile);
  const database = new Database(libraryFile);
  database.exec("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('https://example.org')");
  database.close();
}

function bookmarks(): unknown[] {
  const database = new Database(libraryFile, { readonly: true });
  try {
    return database.prepare('SELECT url FROM bookmarks').pluck().all();
  } finally {
    database.close();
  }
}

/** Flips every bit of the root page of a table. */
function damagePageOf(table: string): void {
  const database = new Database(libraryFile, { readonly: true });
  const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  const size = database.pragma('page_size', { simple: true }) as number;
  database.close();
  const bytes = readFileSync(libraryFile);
  for (let at = (page - 1) * size; at < page * size; at++) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(libraryFile, bytes);
}
