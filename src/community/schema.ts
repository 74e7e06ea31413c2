import type { Database } from 'better-sqlite3';
import { UserError } from '../user-error.js';

/** "FtCm": tells our file from any other SQLite database. */
const APPLICATION_ID = 0x4674436d;

/** Step i brings version i to version i + 1; a step that was released is never changed. */
export const MIGRATIONS: readonly string[] = [
  // What moderators chose; the place is a channel or, for what holds in the whole server, the server.
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
];

/** Stored as SQLite's user_version. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Creates the tables, or brings those of an earlier version up to date without losing a row.
 *
 * @throws {UserError} when the file is another program's or was written by a newer Footnote.
 */
export function migrate(database: Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (!isEmpty && database.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new UserError(`${file} is not a file of Footnote. Move it away, or name another folder with --index DIR.`);
  if (version > SCHEMA_VERSION) {
    throw new UserError(
      `${file} was written by a newer Footnote (schema ${version}, this one knows ${SCHEMA_VERSION}). Update Footnote.`,
    );
  }
  if (version === SCHEMA_VERSION) return;
  database
    .transaction(() => {
      // Another shard may have done it while this one waited for the lock.
      const present = database.pragma('user_version', { simple: true }) as number;
      for (const step of MIGRATIONS.slice(present)) database.exec(step);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}
