import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemCode } from '../user-error.js';
import { makePrivate } from './private-files.js';

/** The process that holds a lock, as recorded in the note next to the lock file. */
export interface LockHolder {
  readonly pid: number;
  /** When it took the lock: ISO 8601, UTC. */
  readonly startedAt: string;
}

/** A lock held by this process. */
export interface Lock {
  /** The previous holder if it ended without releasing the lock, else null. */
  readonly takenOverFrom: LockHolder | null;
  /** Releases the lock and deletes the note. */
  release(): void;
}

/** The lock, or who holds it: `heldBy` is null when the note cannot be read. */
export type LockAttempt =
  | { readonly lock: Lock }
  | { readonly lock: null; readonly heldBy: LockHolder | null; readonly cause: unknown };

/**
 * Tries to take a lock that only one process can hold, without waiting for it.
 *
 * It is SQLite's own lock on an empty database. The operating system releases it however the process ends, so it never goes
 * stale as a file with a process id would. A JSON note next to it says who holds it.
 *
 * @param path Path of the lock without the extensions of its two files, `.lock` and `.json`.
 * @param startedAt The time to record in the note.
 * @throws SQLite and I/O errors other than the lock being taken.
 */
export function tryLock(path: string, startedAt: Date): LockAttempt {
  const noteFile = `${path}.json`;
  makePrivate(`${path}.lock`);
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
    makePrivate(noteFile);
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
    // There is no note, or its process was killed while writing it.
    return null;
  }
}
