import type { Database } from 'better-sqlite3';
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
];

/** The version of the schema, stored as SQLite's `user_version`. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Creates the tables, or upgrades those of an earlier version without losing a row.
 *
 * @param file Path of the database, for error messages.
 * @throws {UserError} if the file belongs to another program or was written by a newer Footnote.
 */
export function migrate(database: Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (!isEmpty && database.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new UserError(`${file} was not written by Footnote. Move it away, or choose another index folder.`);
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `${file} was written by a newer Footnote (schema ${version}; this version supports up to ${SCHEMA_VERSION}). Update Footnote.`,
    );
  }
  if (version === SCHEMA_VERSION) return;
  database
    .transaction(() => {
      // Another shard may have upgraded the file while this one waited for the lock.
      const current = database.pragma('user_version', { simple: true }) as number;
      for (const step of MIGRATIONS.slice(current)) database.exec(step);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}
