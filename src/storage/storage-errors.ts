import { existsSync, readdirSync } from 'node:fs';
import { systemCode, UserError } from '../user-error.js';
import { DamagedIndexError, isCodeOf, isDamagedDatabase } from './damaged-index-error.js';

/** The message for a group of error codes. */
interface Remedy {
  readonly codes: readonly string[];
  /** @param code The code that was thrown: one of `codes`, or an extended SQLite code of one of them. */
  describe(folder: string, code: string): string;
}

/** Checked in order. Codes are the system's (`ENOSPC`) or SQLite's; `SQLITE_CORRUPT` includes `SQLITE_CORRUPT_INDEX` and so on. */
const REMEDIES: readonly Remedy[] = [
  {
    codes: ['ENOSPC', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'],
    describe: (folder) =>
      `The disk is full, so the index in ${folder} cannot grow. Free some space and run the same command again; it continues where it stopped.`,
  },
  {
    codes: ['EACCES', 'EROFS', 'EPERM', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'],
    describe: (folder, code) =>
      `The index folder ${folder} cannot be written (${code}). Change its permissions, or choose another index folder.`,
  },
  {
    codes: ['ENOTDIR', 'EEXIST'],
    describe: (folder) => `${folder} is not a folder. Choose another index folder.`,
  },
];

/** SQLite's codes for what a killed process left, which only a process that may write can undo or complete. */
const UNFINISHED_CODES = ['SQLITE_READONLY_ROLLBACK', 'SQLITE_READONLY_RECOVERY', 'SQLITE_READONLY_CANTINIT'];

/** With a write-ahead log that nobody has open, SQLite only says that it cannot open a file. */
function isUnfinishedWrite(folder: string, code: string): boolean {
  if (UNFINISHED_CODES.includes(code)) return true;
  return (
    isCodeOf(code, 'SQLITE_CANTOPEN') && existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('-wal'))
  );
}

function unfinishedWrite(folder: string, code: string): string {
  return (
    `A process that was writing in ${folder} was killed, and its unfinished changes cannot be rolled back, because this process ` +
    `may not write there (${code}). Run \`footnote doctor\` once as a user who may write the folder; after that, it can be read-only.`
  );
}

/**
 * Turns an I/O or SQLite error into a {@link UserError} that says what to do about it.
 *
 * @param error Anything that was thrown.
 * @param folder The index folder that was being read or written.
 * @returns The error to throw. Errors without a known remedy, bugs among them, are returned as they are.
 */
export function toUserError(error: unknown, folder: string): unknown {
  if (error instanceof UserError) return error;
  const code = systemCode(error);
  if (code === null) return error;
  if (isDamagedDatabase(error)) return new DamagedIndexError({ part: 'file', indexFolder: folder, cause: error });
  if (isUnfinishedWrite(folder, code)) return new UserError(unfinishedWrite(folder, code), { cause: error });
  const remedy = REMEDIES.find(({ codes }) => codes.some((known) => isCodeOf(code, known)));
  return remedy === undefined ? error : new UserError(remedy.describe(folder, code), { cause: error });
}
