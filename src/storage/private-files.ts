import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { systemCode } from '../user-error.js';

/** Only the owner can read and write it. */
const PRIVATE = 0o600;

/**
 * Creates a file that only its owner can read and write, or removes everyone else's permissions. SQLite gives the files that it
 * makes beside a database the same rights.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE));
  } catch (error) {
    // It must not be opened if it exists: closing it would end the locks that SQLite holds on it for this process.
    if (systemCode(error) !== 'EEXIST') throw error;
    restrict(path);
  }
}

/** Removes everyone else's permissions, if the file exists and is ours. */
export function restrict(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true || (found.mode & 0o077) === 0) return;
  try {
    chmodSync(path, found.mode & 0o700);
  } catch (error) {
    // Its owner decides who can read it.
    if (systemCode(error) !== 'EPERM' && systemCode(error) !== 'EROFS') throw error;
  }
}
