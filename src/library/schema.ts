import type { Database } from 'better-sqlite3';
import { UserError } from '../user-error.js';

/** Stored as SQLite's user_version. Raise it with a step in MIGRATIONS whenever the tables change. */
export const SCHEMA_VERSION = 2;

/** "FtNt": tells our file from any other SQLite database. */
const APPLICATION_ID = 0x46744e74;

/** Terms are folded to lower case without diacritics and stemmed by Porter's algorithm. */
const TOKENIZER = "tokenize = 'porter unicode61 remove_diacritics 2'";

/** Step i brings version i to version i + 1. */
const MIGRATIONS: readonly string[] = [
  `
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
  `,
  `
  ALTER TABLE articles ADD COLUMN title_codes BLOB NOT NULL DEFAULT x'';
  CREATE TABLE word_frequencies (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  UPDATE articles SET fingerprint = '';
  `,
];

/** Creates the tables, or brings those of an earlier version up to date; to be called after `checkVersion`. */
export function migrate(database: Database): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version === SCHEMA_VERSION) return;
  database.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}

/** @throws {UserError} when the file is not a library or was written by a newer Footnote. */
export function checkVersion(database: Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (isForeign(database)) {
    throw new UserError(
      `${file} is not an index of Footnote. Name another folder with --index DIR, or move that file away.`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `The index in ${file} was written by a newer Footnote (schema ${version}, this one knows ${SCHEMA_VERSION}). ` +
        'Update Footnote, or build the index anew with: footnote index --rebuild',
    );
  }
}

/** Whether a database is not empty and not ours. */
export function isForeign(database: Database): boolean {
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  return !isEmpty && database.pragma('application_id', { simple: true }) !== APPLICATION_ID;
}
