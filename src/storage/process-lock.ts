import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemCode } from '../user-error.js';

/** Who has a lock, as the note beside it says. */
export interface LockHolder {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export interface Lock {
  /** The process that held the lock before and ended without giving it back. */
  readonly takenOverFrom: LockHolder | null;
  release(): void;
}

/** The lock, or who has it (null when no note can be read). */
export type LockAttempt =
  | { readonly lock: Lock }
  | { readonly lock: null; readonly heldBy: LockHolder | null; readonly cause: unknown };

/**
 * Takes a lock that one process at a time can have: SQLite's own lock on a file without content. The operating system takes it back
 * when the process ends in whatever way, so it cannot go stale. A note beside it says who holds it.
 *
 * @param path Of the lock, without the endings of its two files, `.lock` and `.json`.
 */
export function tryLock(path: string, startedAt: Date): LockAttempt {
  const noteFile = `${path}.json`;
  const database = new Database(`${path}.lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (systemCode(error) !== 'SQLITE_BUSY') throw error;
    return { lock: null, heldBy: readNote(noteFile), cause: error };
  }
  const takenOverFrom = readNote(noteFile);
  try {
    writeFileSync(noteFile, JSON.stringify({ pid: process.pid, startedAt: startedAt.toISOString() }));
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    lock: {
      takenOverFrom,
      release() {
        rmSync(noteFile, { force: true });
        database.close();
      },
    },
  };
}

function readNote(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch {
    // No note, or one that was cut off by the end of its process: nobody can be named.
    return null;
  }
}
