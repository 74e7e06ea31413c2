import { join } from 'node:path';
import { type Lock, tryLock } from '../storage/process-lock.js';
import { UserError } from '../user-error.js';

/**
 * Lets one process at a time write an index folder.
 *
 * @throws {UserError} when another process does.
 */
export function lockForWriting(folder: string, startedAt: Date): Lock {
  const attempt = tryLock(join(folder, 'writer'), startedAt);
  if (attempt.lock !== null) return attempt.lock;
  const { heldBy, cause } = attempt;
  const who = heldBy === null ? 'Another process' : `Process ${heldBy.pid} (since ${heldBy.startedAt})`;
  throw new UserError(
    `${who} is writing the index in ${folder}. Wait until it has finished, or end it; what it has done is kept.`,
    { cause },
  );
}
