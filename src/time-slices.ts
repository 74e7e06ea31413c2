import { setImmediate as nextTurn } from 'node:timers/promises';

/** A slice ends after this many milliseconds or this many steps, whichever comes first. */
const SLICE_MS = 5;
const SLICE_STEPS = 100;

/** Number of values sorted in one step, and number of values merged in one step. */
const SORTED_PER_STEP = 128;
const MERGED_PER_STEP = 500;

/**
 * Runs long work in slices of a few milliseconds and lets other events through in between: signals, questions, requests.
 *
 * @param steps The work. It yields wherever it may be interrupted, ideally about every 0.1 ms.
 * @param signal Stops the work between two slices. The generator is closed, so its `finally` blocks run.
 * @returns What the generator returns.
 * @throws The signal's reason once it is aborted, and whatever the work throws.
 */
export async function runInSlices<Result>(
  steps: Generator<unknown, Result, undefined>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const deadline = performance.now() + SLICE_MS;
      for (let step = 0; step < SLICE_STEPS && performance.now() < deadline; step++) {
        const { done, value } = steps.next();
        if (done === true) return value;
      }
      await nextTurn();
    }
  } finally {
    steps.return(undefined as Result);
  }
}

/** Does work that is written in steps all at once. */
export function runAtOnce<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Sorts like `toSorted`, in steps for {@link runInSlices}. Sorting 300,000 words in one go would block the event loop for
 * half a second. A merge sort, because it can pause anywhere:
 *
 *     [c a][d b]  short runs, sorted with Array.prototype.sort
 *     [a c][b d]  then neighbouring runs are merged, doubling the width each round
 *     [a b c d]
 *
 * @returns A new sorted array. Equal values keep their order.
 */
export function* sortInSteps<Value>(
  values: readonly Value[],
  compare: (a: Value, b: Value) => number,
): Generator<undefined, Value[], undefined> {
  let sorted: Value[] = [];
  for (let start = 0; start < values.length; start += SORTED_PER_STEP) {
    for (const value of values.slice(start, start + SORTED_PER_STEP).toSorted(compare)) sorted.push(value);
    yield;
  }
  for (let width = SORTED_PER_STEP; width < values.length; width *= 2) {
    sorted = yield* mergeNeighbours(sorted, width, compare);
  }
  return sorted;
}

/** Merges each sorted run of `width` values with the run after it. */
function* mergeNeighbours<Value>(
  runs: readonly Value[],
  width: number,
  compare: (a: Value, b: Value) => number,
): Generator<undefined, Value[], undefined> {
  const merged: Value[] = [];
  for (let start = 0; start < runs.length; start += 2 * width) {
    const middle = Math.min(start + width, runs.length);
    const end = Math.min(start + 2 * width, runs.length);
    let left = start;
    let right = middle;
    while (left < middle || right < end) {
      const takesLeft = right === end || (left < middle && compare(runs[left] as Value, runs[right] as Value) <= 0);
      merged.push(runs[takesLeft ? left++ : right++] as Value);
      if (merged.length % MERGED_PER_STEP === 0) yield;
    }
  }
  return merged;
}
