import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DamagedIndexError, isCodeOf } from '../storage/damaged-index-error.js';
import { LOG_ENDINGS } from '../storage/log-files.js';
import { systemCode, UserError } from '../user-error.js';
import { checkVersion, foreignDatabaseError, isForeign, migrate } from './schema.js';

/** The library in an index folder. It is the only file there that cannot be rebuilt from the others. */
export const LIBRARY_FILE = 'library.sqlite';

/**
 * A library that is being rebuilt. It replaces the current one once it is finished; until then, the current one stays in use.
 */
const UNFINISHED_FILE = 'library.unfinished.sqlite';

/**
 * Opens the library of an index folder for writing, and creates or migrates its tables.
 *
 * @param isRebuild Whether to start an empty library, to be put in place of the current one by `replaceLibrary`.
 * @throws {UserError} if the file belongs to another program or was written by a newer version of Footnote.
 * @throws {DamagedIndexError} if it cannot be migrated.
 */
export function openForWriting(folder: string, isRebuild: boolean): Database.Database {
  const current = join(folder, LIBRARY_FILE);
  const unfinished = join(folder, UNFINISHED_FILE);
  refuseFolder(current);
  removeDatabase(unfinished);
  if (isRebuild) refuseForeign(current);
  const file = isRebuild ? unfinished : current;
  const database = new Database(file);
  try {
    // Checked before anything is written: a file that is refused stays as it was.
    checkVersion(database, file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    // The steps of a migration parse what earlier versions stored.
    throw error instanceof SyntaxError
      ? new DamagedIndexError({ part: 'file', indexFolder: folder, cause: error })
      : error;
  }
}

/**
 * Opens a library for reading. If a process that wrote it was killed, what that left half done is undone first, which takes a
 * connection that may write.
 *
 * @throws {UserError} if there is a folder in its place.
 * @throws SQLite's error if the file cannot be opened, or needs that and cannot be written.
 */
export function openForReading(file: string): Database.Database {
  refuseFolder(file);
  try {
    return openAndRead(file, { readonly: true });
  } catch (error) {
    if (!isCodeOf(systemCode(error), 'SQLITE_READONLY')) throw error;
  }
  openAndRead(file, { fileMustExist: true }).close();
  return openAndRead(file, { readonly: true });
}

function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UserError(`${file} is a folder, but the index is kept in a file of that name. Move the folder away.`);
}

/** SQLite opens the file itself with the first statement. */
function openAndRead(file: string, options: Database.Options): Database.Database {
  const database = new Database(file, options);
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether a database is a rebuilt library that has not replaced the current one yet. */
export function isUnfinished(database: Database.Database, folder: string): boolean {
  return database.name !== join(folder, LIBRARY_FILE);
}

/**
 * Closes a rebuilt library and puts it in place of the current one, in one step: readers see either the old one or the
 * new.
 */
export function replaceLibrary(database: Database.Database, folder: string): void {
  const unfinished = database.name;
  if (!closeDatabase(database)) throw new Error(`The write-ahead log of ${unfinished} could not be merged`);
  const file = join(folder, LIBRARY_FILE);
  // SQLite would mistake the old library's log for the new one's.
  removeLogs(file);
  renameSync(unfinished, file);
}

/** Deletes a rebuilt library that did not replace the current one. */
export function removeUnfinished(folder: string): void {
  removeDatabase(join(folder, UNFINISHED_FILE));
}

/**
 * Closes a database, if it is open.
 *
 * @returns Whether it is now a single file. Its write-ahead log stays next to it while someone is reading it.
 */
export function closeDatabase(database: Database.Database): boolean {
  if (!database.open) return true;
  let isSingleFile = false;
  try {
    database.pragma('busy_timeout = 0');
    isSingleFile = database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (!systemCode(error)?.startsWith('SQLITE_')) throw error;
  }
  database.close();
  return isSingleFile;
}

/** A rebuild may replace a library that is damaged or too new, but never the database of another program. */
function refuseForeign(file: string): void {
  if (!existsSync(file)) return;
  const database = new Database(file, { readonly: true });
  try {
    if (!isForeign(database)) return;
  } catch {
    // Damaged, or no database at all.
    return;
  } finally {
    database.close();
  }
  throw foreignDatabaseError(file);
}

function removeDatabase(file: string): void {
  rmSync(file, { force: true });
  removeLogs(file);
}

function removeLogs(file: string): void {
  for (const ending of LOG_ENDINGS) rmSync(`${file}${ending}`, { force: true });
}
