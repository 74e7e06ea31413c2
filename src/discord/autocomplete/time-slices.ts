import { setImmediate as nextTurn } from 'node:timers/promises';

/** A slice ends after so much time, or so many steps, whichever comes first. */
const SLICE_MS = 5;
const SLICE_STEPS = 100;

/**
 * Does long work between other events: the bot has to answer Discord within moments, on the same thread.
 *
 * @param steps The work; it yields wherever it may be interrupted, at best every 0.1 ms or so.
 * @returns what the generator returns.
 * @throws the signal's reason when it is aborted; the generator is then closed.
 */
export async function runInSlices<Result>(
  steps: Generator<undefined, Result, undefined>,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const until = performance.now() + SLICE_MS;
      for (let step = 0; step < SLICE_STEPS && performance.now() < until; step++) {
        const { done, value } = steps.next();
        if (done) return value;
      }
      await nextTurn();
    }
  } finally {
    steps.return(undefined as Result);
  }
}

/** Values that are sorted between two steps, and merged between two steps. */
const RUN = 128;
const MERGED_A_STEP = 500;

/** Sorts as `toSorted` does, in steps: 300,000 words would hold up everything else for half a second. */
export function* sortedInSteps<Value>(
  values: readonly Value[],
  compare: (a: Value, b: Value) => number,
): Generator<undefined, Value[], undefined> {
  let sorted: Value[] = [];
  for (let start = 0; start < values.length; start += RUN) {
    for (const value of values.slice(start, start + RUN).sort(compare)) sorted.push(value);
    yield;
  }
  for (let width = RUN; width < values.length; width *= 2) {
    const merged: Value[] = [];
    for (let start = 0; start < sorted.length; start += 2 * width) {
      const middle = Math.min(start + width, sorted.length);
      const end = Math.min(start + 2 * width, sorted.length);
      let left = start;
      let right = middle;
      while (left < middle || right < end) {
        const isLeft = right === end || (left < middle && compare(sorted[left] as Value, sorted[right] as Value) <= 0);
        merged.push(sorted[isLeft ? left++ : right++] as Value);
        if (merged.length % MERGED_A_STEP === 0) yield;
      }
    }
    sorted = merged;
  }
  return sorted;
}
