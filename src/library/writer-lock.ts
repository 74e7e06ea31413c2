import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemCode, UserError } from '../user-error.js';

export interface WriterLock {
  /** The process that held the lock before and ended without giving it back. */
  readonly takenOverFrom: LockHolder | null;
  release(): void;
}

export interface LockHolder {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Lets one process at a time write an index folder. The lock is SQLite's own lock on a file without content: the operating
 * system takes it back when the process ends in whatever way, so it cannot go stale. A note beside it says who holds it.
 *
 * @throws {UserError} when another process holds it.
 */
export function lockForWriting(folder: string, startedAt: Date): WriterLock {
  const lockFile = join(folder, 'writer.lock');
  const noteFile = join(folder, 'writer.json');
  const database = new Database(lockFile, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (systemCode(error) !== 'SQLITE_BUSY') throw error;
    const holder = readNote(noteFile);
    const who = holder === null ? 'Another process' : `Process ${holder.pid} (since ${holder.startedAt})`;
    throw new UserError(
      `${who} is writing the index in ${folder}. Wait until it has finished, or end it; what it has done is kept.`,
      undefined,
      { cause: error },
    );
  }
  const takenOverFrom = readNote(noteFile);
  writeFileSync(noteFile, JSON.stringify({ pid: process.pid, startedAt: startedAt.toISOString() }));
  return {
    takenOverFrom,
    release() {
      rmSync(noteFile, { force: true });
      database.close();
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
