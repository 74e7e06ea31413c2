/**
 * Replaces the worker in tests and exits at the moment that WORKER_FAILS names:
 * - "task": on every task;
 * - "silent": never, but it answers no task either;
 * - "poison": on a task that contains the text "poison";
 * - "start-after-first": on its first task; after that, no other worker starts (the file WORKER_MARK marks the first);
 * - "first-start": killed on start, if it is the first to create the file WORKER_MARK;
 * - "second-start": on start, unless it is the first to create the file WORKER_MARK.
 */
import { writeFileSync } from 'node:fs';

const { WORKER_FAILS, WORKER_MARK } = process.env;
const isFirst = claimFirst();

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message.kind === 'setup') {
    if (isFirst && WORKER_FAILS === 'first-start') process.kill(process.pid, 'SIGKILL');
    if (!isFirst && (WORKER_FAILS === 'start-after-first' || WORKER_FAILS === 'second-start')) process.exit(7);
    process.send({ kind: 'ready', dimensions: 8 });
    return;
  }
  const isPoison = message.task.texts?.includes('poison') ?? false;
  if (WORKER_FAILS === 'task' || WORKER_FAILS === 'start-after-first' || (WORKER_FAILS === 'poison' && isPoison))
    process.exit(9);
  if (WORKER_FAILS === 'silent') return;
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
