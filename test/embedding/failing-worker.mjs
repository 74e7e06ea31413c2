/**
 * Stands in for the process of the model, and ends where it is told to. WORKER_FAILS says when:
 * - "task": at every task;
 * - "poison": at a task that contains the word poison;
 * - "start-after-first": it starts once (the file WORKER_MARK remembers that) and never again, and ends at its first task;
 * - "second-start": of two that are started at once the second does not start.
 */
import { writeFileSync } from 'node:fs';

const { WORKER_FAILS, WORKER_MARK } = process.env;
const isFirst = claimFirst();

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message.kind === 'setup') {
    if (!isFirst && (WORKER_FAILS === 'start-after-first' || WORKER_FAILS === 'second-start')) process.exit(7);
    process.send({ kind: 'ready', dimensions: 8 });
    return;
  }
  const isPoison = message.task.texts?.includes('poison') ?? false;
  if (WORKER_FAILS === 'task' || WORKER_FAILS === 'start-after-first' || (WORKER_FAILS === 'poison' && isPoison))
    process.exit(9);
  process.send({ kind: 'result', result: message.task.texts?.map(() => new Uint32Array([1])) });
});

function claimFirst() {
  if (WORKER_MARK === undefined) return true;
  try {
    writeFileSync(WORKER_MARK, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
