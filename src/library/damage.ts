import { DamagedIndexError, isDamagedDatabase } from '../storage/damaged-index-error.js';

/** Whether an error says that what was read is damaged: it does not have its checksum, or SQLite cannot make it out. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedIndexError || isDamagedDatabase(error);
}

/**
 * Reads from a library.
 *
 * @throws {DamagedIndexError} instead of any error that says that what was read is damaged.
 */
export function readingFrom<Result>(indexFolder: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof DamagedIndexError || !isDamage(error)) throw error;
    throw new DamagedIndexError({ part: 'file', indexFolder, cause: error });
  }
}
