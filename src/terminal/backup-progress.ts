import { UserError } from '../user-error.js';
import type { BackupOptions } from './app-port.js';
import type { CommandContext } from './command.js';

/**
 * Runs a backup or its restoring with a progress line. Ctrl-C stops it.
 *
 * @throws {UserError} if it was interrupted.
 */
export async function withBackupProgress<Result>(
  context: CommandContext,
  work: (options: BackupOptions) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const stopListening = context.runtime.onInterrupt(() => interruption.abort());
  const progress = context.startProgress();
  try {
    return await work({ signal: interruption.signal, onProgress: (share) => progress?.show(share, []) });
  } catch (error) {
    if (interruption.signal.aborted) throw new UserError('Interrupted. Nothing was changed.', { cause: error });
    throw error;
  } finally {
    progress?.clear();
    stopListening();
  }
}
