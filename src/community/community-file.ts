import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isDamagedDatabase } from '../storage/damaged-index-error.js';
import { LOG_ENDINGS } from '../storage/log-files.js';
import { makePrivate, restrict } from '../storage/private-files.js';
import { UserError } from '../user-error.js';
import { DamagedCommunityError } from './damaged-community-error.js';
import { migrate } from './schema.js';

/** Name of the file in the index folder. It is separate from the library because rebuilding the index replaces that file. */
export const COMMUNITY_FILE = 'community.sqlite';

/** How long to wait for other shards, which write to the same file. */
const BUSY_TIMEOUT_MS = 5000;

/** What an open file reports. */
export interface CommunityFileEvents {
  /** Something the operator should know, such as that the file was removed. One line each. */
  readonly onNotice: (notice: string) => void;
  /** Called when another file was opened in its place. */
  readonly onReopened: () => void;
}

/**
 * The open file. If another one takes its place, or it is removed, that is noticed before anything is read or written: what is
 * written to a file that was removed is lost.
 */
export class CommunityFile {
  readonly path: string;
  readonly #folder: string;
  readonly #events: CommunityFileEvents;
  /** Null after `close`, and if the file that took its place cannot be opened. */
  #database: Database.Database | null = null;
  #identity: string | null = null;
  #isClosed = false;
  /** Calls of `use` that have not returned. */
  #depth = 0;

  /**
   * Opens the file in an index folder and creates it if it does not exist.
   *
   * @throws {DamagedCommunityError} if it is damaged.
   * @throws {UserError} if it was not written by Footnote, or was written by a newer version.
   */
  constructor(folder: string, events: CommunityFileEvents) {
    this.#folder = folder;
    this.path = join(folder, COMMUNITY_FILE);
    this.#events = events;
    this.use(() => {});
  }

  /**
   * Reads or writes the file that is at its path now. Calls may be nested.
   *
   * @throws {DamagedCommunityError} if it is damaged.
   * @throws {UserError} if it was replaced by a file that cannot be used.
   */
  use<Result>(work: (database: Database.Database) => Result): Result {
    if (this.#isClosed) throw new Error(`${this.path} was closed`);
    this.#depth += 1;
    try {
      return work(this.#current());
    } catch (error) {
      throw toUserError(error, this.path);
    } finally {
      this.#depth -= 1;
    }
  }

  /** Closes the file. */
  close(): void {
    this.#isClosed = true;
    this.#database?.close();
    this.#database = null;
  }

  #current(): Database.Database {
    const database = this.#database;
    if (database !== null && this.#depth > 1) return database;
    const identity = identityOf(this.path);
    if (database !== null && identity === this.#identity) return database;
    // Closed first: two connections of one process to files of the same name would end each other's locks.
    database?.close();
    this.#database = null;
    const isFirst = this.#identity === null;
    const opened = openFile(this.#folder, this.path, this.#events.onNotice);
    this.#database = opened.database;
    this.#identity = opened.identity;
    if (!isFirst) {
      this.#events.onNotice(
        identity === null
          ? `${this.path} was removed while it was in use, and with it settings, votes, pins and stored questions. A new, empty file is used now. To get them back, stop the bot and restore the file from a backup.`
          : `${this.path} was replaced while it was in use. The new file is used now.`,
      );
      this.#events.onReopened();
    }
    return opened.database;
  }
}

function openFile(
  folder: string,
  path: string,
  onNotice: (notice: string) => void,
): { readonly database: Database.Database; readonly identity: string | null } {
  mkdirSync(folder, { recursive: true });
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UserError(
      `${path} is a folder, but settings, votes, pins and stored questions are kept in a file of that name. Move the folder away.`,
    );
  makePrivate(path);
  for (const ending of LOG_ENDINGS) restrict(`${path}${ending}`);
  // Read before the file is opened, so that a file that replaces it in between is noticed later.
  const identity = identityOf(path);
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Overwrite deleted rows with zeros.
    database.pragma('secure_delete = ON');
    migrate(database, path, onNotice);
    // Changes the file, so it has to wait until `migrate` has made sure that the file is ours.
    database.pragma('journal_mode = WAL');
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new DamagedCommunityError(path);
    return { database, identity };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Tells a file from any other that was or will be at its path. Null if there is none. */
function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev} ${found.ino}`;
}

function toUserError(error: unknown, path: string): unknown {
  return !(error instanceof UserError) && isDamagedDatabase(error)
    ? new DamagedCommunityError(path, { cause: error })
    : error;
}
