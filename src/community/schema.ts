import Database from 'better-sqlite3';
import { UserError } from '../user-error.js';

/** "FtCm" in ASCII: distinguishes our file from other SQLite databases. */
const APPLICATION_ID = 0x4674436d;

/** Step i upgrades version i to version i + 1. Released steps never change. */
export const MIGRATIONS: readonly string[] = [
  // What moderators chose. `place` is the id of a channel, or of the server for server-wide settings.
  `
  CREATE TABLE settings (
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    server TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (place, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE votes (
    message TEXT NOT NULL,
    person TEXT NOT NULL,
    server TEXT,
    passage TEXT NOT NULL,
    is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    voted_at INTEGER NOT NULL,
    PRIMARY KEY (message, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX votes_by_person ON votes (person);
  CREATE INDEX votes_by_server ON votes (server, voted_at);
  `,
  `
  CREATE TABLE questions (
    asked_in TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    server TEXT NOT NULL,
    link TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('not-found', 'voted-wrong')),
    passage TEXT,
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX questions_by_person ON questions (person);
  CREATE INDEX questions_by_server ON questions (server, asked_at);
  CREATE INDEX questions_by_expiry ON questions (expires_at);
  `,
  // What people pinned to questions. `server` is NULL for what applies everywhere, `text` is what the article says there.
  `
  CREATE TABLE pins (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT,
    question TEXT NOT NULL,
    article TEXT NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    person TEXT,
    pinned_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX pins_by_server ON pins (server);
  CREATE INDEX pins_by_person ON pins (person);
  `,
  // Questions of answers that were voted on, if the server allows storing them. `message` is the answer, as in votes.
  `
  CREATE TABLE judged_questions (
    message TEXT PRIMARY KEY,
    asked_in TEXT NOT NULL,
    person TEXT NOT NULL,
    server TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX judged_questions_by_asked_in ON judged_questions (asked_in);
  CREATE INDEX judged_questions_by_person ON judged_questions (person);
  CREATE INDEX judged_questions_by_server ON judged_questions (server);
  `,
  // A question can also be there because somebody told the team about it.
  `
  ALTER TABLE questions RENAME TO questions_before;
  CREATE TABLE questions (
    asked_in TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    server TEXT NOT NULL,
    link TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('not-found', 'voted-wrong', 'told')),
    passage TEXT,
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO questions SELECT * FROM questions_before;
  DROP TABLE questions_before;
  CREATE INDEX questions_by_person ON questions (person);
  CREATE INDEX questions_by_server ON questions (server, asked_at);
  CREATE INDEX questions_by_expiry ON questions (expires_at);
  `,
  // Articles that people added. `channel` is NULL for what everyone in the server may see; `message` is the one it was made from.
  `
  CREATE TABLE added_articles (
    id TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    channel TEXT,
    message TEXT UNIQUE,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content TEXT NOT NULL,
    url TEXT,
    author TEXT,
    author_name TEXT,
    added_by TEXT,
    added_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX added_articles_by_server ON added_articles (server);
  CREATE INDEX added_articles_by_author ON added_articles (author);
  `,
];

/** The version of the schema, stored as SQLite's `user_version`. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Creates the tables, or upgrades those of an earlier version without losing a row.
 *
 * The version and the application id are two numbers in the first bytes of the file. If one of them is damaged but the tables are
 * exactly those of a version, the number is put right.
 *
 * @param file Path of the database, for messages.
 * @param onNotice Called if a number was put right.
 * @throws {UserError} if the file belongs to another program or was written by a newer Footnote.
 */
export function migrate(database: Database.Database, file: string, onNotice: (notice: string) => void): void {
  const stored = versionOf(database);
  const tables = tablesOf(database);
  const isOurs = tables === '' || database.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (isOurs && stored === SCHEMA_VERSION) return;
  const known = versionWith(tables);
  if (!isOurs && known === null)
    throw new UserError(`${file} was not written by Footnote. Move it away, or choose another index folder.`);
  // A newer version may have the same tables, but not a number as far ahead as a damaged one.
  const isNewer = stored > SCHEMA_VERSION && (known === null || stored <= SCHEMA_VERSION + MAX_VERSIONS_AHEAD);
  if (isNewer) {
    throw new UserError(
      `${file} was written by a newer Footnote (schema ${stored}; this version supports up to ${SCHEMA_VERSION}). Update Footnote.`,
    );
  }
  database
    .transaction(() => {
      // Another shard may have upgraded the file while this one waited for the lock.
      const current = versionWith(tablesOf(database)) ?? versionOf(database);
      for (const step of MIGRATIONS.slice(current)) database.exec(step);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
  if (!isOurs || (known !== null && known !== stored))
    onNotice(
      `A number that says which version wrote ${file} was damaged and has been put right. Everything in it is there.`,
    );
}

/** Says what is wrong with the numbers that `migrate` puts right, or returns null. */
export function numbersProblem(database: Database.Database, file: string): string | null {
  const known = versionWith(tablesOf(database));
  const isDamaged =
    known === null ||
    known !== versionOf(database) ||
    database.pragma('application_id', { simple: true }) !== APPLICATION_ID;
  return isDamaged && known !== 0
    ? `${file} has the tables of version ${known ?? '(none)'}, but says that it is of version ${versionOf(database)}. The next start of the bot puts that right, or says why it cannot.`
    : null;
}

/** How many versions a program may be behind the file before the number of the file is taken for damaged. */
const MAX_VERSIONS_AHEAD = 100;

function versionOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** The statements that created the tables, without differences of spacing. Empty if there are none. */
function tablesOf(database: Database.Database): string {
  const statements = database
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .pluck()
    .all();
  return statements.join(';').replace(/\s+/g, ' ');
}

/** The version that has these tables, or null if none has. */
function versionWith(tables: string): number | null {
  const example = new Database(':memory:');
  try {
    for (const [version, step] of [...MIGRATIONS, ''].entries()) {
      if (tablesOf(example) === tables) return version;
      example.exec(step);
    }
    return null;
  } finally {
    example.close();
  }
}
