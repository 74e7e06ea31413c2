import { existsSync } from 'node:fs';
import { systemCode, UserError } from '../user-error.js';

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
  {
    codes: ['SQLITE_NOTADB', 'SQLITE_CORRUPT'],
    describe: (folder) =>
      `The index in ${existsSync(folder) ? folder : 'its folder'} is damaged. Rebuild it with \`footnote index --rebuild\`.`,
  },
];

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
  const remedy = REMEDIES.find(({ codes }) => codes.some((known) => isCodeOf(code, known)));
  return remedy === undefined ? error : new UserError(remedy.describe(folder, code), { cause: error });
}

/** SQLite appends the cause to a code: `SQLITE_READONLY_DBMOVED` is a kind of `SQLITE_READONLY`. */
function isCodeOf(code: string, known: string): boolean {
  return code === known || code.startsWith(`${known}_`);
}
