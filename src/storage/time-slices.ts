import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work may keep the event loop waiting: a signal or a question then waits no longer than this. */
const SLICE_MS = 10;

/** Does work that is written in steps all at once. */
export function runAtOnce<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Does work in slices, so that the process stays responsive and the work can be stopped.
 *
 * @param steps The work. It yields wherever it may be interrupted.
 * @param signal Stops the work at the end of a slice.
 * @returns what the work returns.
 * @throws the reason of the signal, once the work was stopped.
 */
export async function runInSlices<Result>(steps: Generator<void, Result, void>, signal?: AbortSignal): Promise<Result> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const endsAt = performance.now() + SLICE_MS;
      while (performance.now() < endsAt) {
        const { done, value } = steps.next();
        if (done === true) return value;
      }
      await nextTurn();
    }
  } finally {
    steps.return(undefined as Result);
  }
}
