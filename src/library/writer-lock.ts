import { join } from 'node:path';
import { type Lock, tryLock } from '../storage/process-lock.js';
import { UserError } from '../user-error.js';

/**
 * Locks an index folder so that no other process can write it.
 *
 * @param startedAt Stored with the lock, for the message that another process shows.
 * @throws {UserError} if another process is writing the folder.
 */
export function lockForWriting(folder: string, startedAt: Date): Lock {
  const attempt = tryLock(join(folder, 'writer'), startedAt);
  if (attempt.lock !== null) return attempt.lock;
  const { heldBy, cause } = attempt;
  const who = heldBy === null ? 'Another process' : `Process ${heldBy.pid} (since ${heldBy.startedAt})`;
  throw new UserError(
    `${who} is writing the index in ${folder}. Wait for it to finish, or stop it; whatever it has indexed is kept.`,
    { cause },
  );
}
