import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Block } from '../corpus/block.js';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import type { Span } from '../text/span.js';
import { UserError } from '../user-error.js';
import { encodeVector } from '../vectors/stored-vector.js';
import { FrequencyWriter } from './frequencies.js';
import { formatTokens } from './rows.js';
import { articleWords, passageWords } from './searched-text.js';
import { storeChecksums } from './store-checksums.js';

/**
 * The version of the tables, stored as SQLite's user_version. When the tables change, raise it and add a step to
 * MIGRATIONS.
 */
export const SCHEMA_VERSION = 4;

/** "FtNt": tells a library from any other SQLite database. */
const APPLICATION_ID = 0x46744e74;

/** Terms are folded to lower case without diacritics and stemmed by Porter's algorithm. */
const TOKENIZER = "tokenize = 'porter unicode61 remove_diacritics 2'";

/** Step i migrates version i to version i + 1. */
const MIGRATIONS: readonly ((database: Database) => void)[] = [
  createTables,
  addTitlesAndWords,
  addBlocks,
  storeVectorsByArticle,
];

function createTables(database: Database): void {
  database.exec(`
  CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    collection TEXT,
    title TEXT,
    url TEXT,
    publisher TEXT,
    published TEXT,
    language TEXT,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    fingerprint TEXT NOT NULL
  ) STRICT;
  CREATE INDEX articles_by_collection ON articles (collection);
  CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB NOT NULL,
    tokens BLOB NOT NULL,
    codes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX passages_by_article ON passages (article, ordinal);
  CREATE VIRTUAL TABLE passage_terms USING fts5 (text, content = '', ${TOKENIZER});
  CREATE VIRTUAL TABLE article_terms USING fts5 (title, text, content = '', ${TOKENIZER});
  CREATE TABLE token_frequencies (token INTEGER PRIMARY KEY, passages INTEGER NOT NULL) STRICT;
  `);
}

function addTitlesAndWords(database: Database): void {
  database.exec(`
  ALTER TABLE articles ADD COLUMN title_codes BLOB NOT NULL DEFAULT x'';
  CREATE TABLE word_frequencies (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  UPDATE articles SET fingerprint = '';
  `);
}

/** Paragraphs become blocks. Articles are read anew when their folder is indexed; until then they keep what they had. */
function addBlocks(database: Database): void {
  database.exec(`
  ALTER TABLE articles RENAME COLUMN paragraphs TO blocks;
  ALTER TABLE articles ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE articles ADD COLUMN omitted TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE passages ADD COLUMN context TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE passages ADD COLUMN section_codes BLOB NOT NULL DEFAULT x'';
  ALTER TABLE passages ADD COLUMN context_codes BLOB NOT NULL DEFAULT x'';
  DROP TABLE passage_terms;
  CREATE VIRTUAL TABLE passage_terms USING fts5 (text, context, content = '', ${TOKENIZER});
  DROP TABLE article_terms;
  CREATE VIRTUAL TABLE article_terms USING fts5 (title, text, content = '', ${TOKENIZER});
  DELETE FROM word_frequencies;
  `);
  const keys = database.prepare('SELECT key FROM articles').pluck().all() as number[];
  for (const key of keys) convertArticle(database, key);
}

/** Converts the paragraphs of an article, and fills the tables of terms and words, which hold its text in another form now. */
function convertArticle(database: Database, articleKey: number): void {
  const { title, text, paragraphs } = database
    .prepare('SELECT title, text, blocks AS paragraphs FROM articles WHERE key = ?')
    .get(articleKey) as { title: string | null; text: string; paragraphs: string };
  const blocks = (JSON.parse(paragraphs) as [number, number, string][]).map(
    ([start, end, kind]): Block => ({ start, end, kind: BLOCK_KINDS[kind] ?? 'paragraph' }),
  );
  database.prepare('UPDATE articles SET blocks = ? WHERE key = ?').run(JSON.stringify(blocks), articleKey);
  const words = articleWords(text, blocks);
  database
    .prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)')
    .run(articleKey, title ?? '', words);
  new FrequencyWriter(database).updateWords(`${title ?? ''} ${words}`, 1);
  const passages = database
    .prepare('SELECT key, start, end FROM passages WHERE article = ?')
    .all(articleKey) as (Span & { readonly key: number })[];
  // Passages of earlier versions have no context.
  const insert = database.prepare("INSERT INTO passage_terms (rowid, text, context) VALUES (?, ?, '')");
  for (const passage of passages) insert.run(passage.key, passageWords(text, passage));
}

/** What versions 1 and 2 called the kinds of paragraphs. */
const BLOCK_KINDS: Readonly<Record<string, Block['kind']>> = {
  body: 'paragraph',
  heading: 'heading',
  title: 'title',
  furniture: 'boilerplate',
};

/**
 * Vectors take a byte a coordinate and stand together, an article in a row, to be read in one go; the tokens of passages take half the
 * bytes. Rows get checksums: those that are damaged already get one that is wrong, so that they are found and read anew.
 */
function storeVectorsByArticle(database: Database): void {
  database.exec(`
  CREATE TABLE article_embeddings (
    article INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE,
    first_passage INTEGER NOT NULL,
    title_codes BLOB NOT NULL,
    vectors BLOB NOT NULL
  ) STRICT;
  `);
  const select = database.prepare('SELECT key, vector, tokens FROM passages WHERE article = ? ORDER BY key');
  const insert = database.prepare(
    'INSERT INTO article_embeddings SELECT key, @firstPassage, title_codes, @vectors FROM articles WHERE key = @article',
  );
  const update = database.prepare('UPDATE passages SET tokens = ? WHERE key = ?');
  for (const article of database.prepare('SELECT key FROM articles').pluck().all() as number[]) {
    const passages = select.all(article) as { key: number; vector: Buffer; tokens: Buffer }[];
    const vectors = Buffer.concat(passages.map(({ vector }) => encodeVector(new Float32Array(wholeNumbers(vector)))));
    insert.run({ article, firstPassage: passages[0]?.key ?? 0, vectors });
    for (const { key, tokens } of passages) update.run(formatTokens(new Uint32Array(wholeNumbers(tokens))), key);
  }
  database.exec(`
  ALTER TABLE passages DROP COLUMN vector;
  ALTER TABLE articles DROP COLUMN title_codes;
  `);
  for (const table of ['articles', 'passages', 'article_embeddings', 'manifest'])
    database.exec(`ALTER TABLE ${table} ADD COLUMN checksum INTEGER NOT NULL DEFAULT -1`);
  storeChecksums(database);
}

/** Copies numbers of four bytes, because SQLite's buffers are not aligned to them. A damaged row may end within one. */
function wholeNumbers({ buffer, byteOffset, byteLength }: Buffer): ArrayBufferLike {
  return buffer.slice(byteOffset, byteOffset + byteLength - (byteLength % 4));
}

/** Returns the version of a library's tables; 0 if it has none yet. */
export function schemaVersionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** Creates the tables, or migrates those of an earlier version. Call `checkVersion` first. */
export function migrate(database: Database): void {
  const version = schemaVersionOf(database);
  if (version === SCHEMA_VERSION) return;
  database.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) step(database);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
  if (version > 0) giveBackSpace(database);
}

/**
 * Makes the file as small as its contents. That takes as much space as the file, for a moment, and cannot be interrupted; without it,
 * new articles use the space.
 */
function giveBackSpace(database: Database): void {
  try {
    database.exec('VACUUM');
  } catch {
    // The upgrade is finished without it.
  }
}

/**
 * Checks that a database can be used as a library. It may be empty, or of an earlier version.
 *
 * @param file The database's path, for the message.
 * @throws {UserError} if it belongs to another program or was written by a newer version of Footnote.
 * @throws {DamagedIndexError} if it has tables, but no version.
 */
export function checkVersion(database: Database, file: string): void {
  const version = schemaVersionOf(database);
  if (isForeign(database)) throw foreignDatabaseError(file);
  if (version < 0 || (version === 0 && !isEmpty(database)))
    throw new DamagedIndexError({ part: 'file', indexFolder: dirname(file) });
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `The index in ${file} was written by a newer version of Footnote (schema ${version}; this version reads up to ${SCHEMA_VERSION}). ` +
        'Update Footnote, or run `footnote index --rebuild`.',
    );
  }
}

/** Returns whether a database belongs to another program: it is not empty and does not carry our application id. */
export function isForeign(database: Database): boolean {
  return !isEmpty(database) && database.pragma('application_id', { simple: true }) !== APPLICATION_ID;
}

function isEmpty(database: Database): boolean {
  return database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

/** The error for a database of another program. */
export function foreignDatabaseError(file: string): UserError {
  return new UserError(`${file} is not a Footnote index. Choose another index folder, or move that file away.`);
}
