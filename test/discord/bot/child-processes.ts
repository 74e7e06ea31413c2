import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The processes that a process has started, from `/proc`; none if it has ended. */
export function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks)
      .flatMap((task) => readFileSync(join(tasks, task, 'children'), 'utf8').split(' '))
      .filter(Boolean)
      .map(Number);
  } catch {
    // It ended while it was being read.
    return [];
  }
}

/** The children of a process, then theirs. */
export function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendantsOf)];
}

/** Whether a process is running. A zombie, which has ended and waits for its parent, is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
