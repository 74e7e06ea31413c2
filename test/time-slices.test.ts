import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runInSlices, sortInSteps } from '../src/time-slices.js';

function* count(steps: number, onStep: (step: number) => void = () => {}): Generator<undefined, string, undefined> {
  for (let step = 1; step <= steps; step++) {
    onStep(step);
    yield;
  }
  return 'done';
}

describe('work in slices', () => {
  test('returns the result of the work', async () => {
    expect(await runInSlices(count(0))).toBe('done');
    expect(await runInSlices(count(1000))).toBe('done');
  });

  test('lets other events be handled at least every hundred steps', async () => {
    let last = 0;
    let longest = 0;
    let at = 0;
    const work = runInSlices(count(1000, (step) => (at = step)));
    for (let isOver = false; !isOver; ) {
      await nextTurn();
      longest = Math.max(longest, at - last);
      isOver = at === 1000;
      last = at;
    }
    await work;
    // One turn may see the end of a slice, and the next turn the end of the slice after the next.
    expect(longest).toBeLessThanOrEqual(200);
  });

  test('fails if the work fails', async () => {
    const failing = count(500, (step) => {
      if (step === 300) throw new RangeError('broken');
    });
    await expect(runInSlices(failing)).rejects.toThrow(new RangeError('broken'));
  });

  test('does nothing if it is aborted before it starts', async () => {
    const steps: number[] = [];
    const work = runInSlices(
      count(10, (step) => steps.push(step)),
      AbortSignal.abort(new Error('aborted')),
    );
    await expect(work).rejects.toThrow('aborted');
    expect(steps).toEqual([]);
  });

  test('stops when it is aborted, and lets the work clean up', async () => {
    let at = 0;
    let isClosed = false;
    function* endless(): Generator<undefined, never, undefined> {
      try {
        for (;;) {
          at += 1;
          yield;
        }
      } finally {
        isClosed = true;
      }
    }
    const controller = new AbortController();
    const work = runInSlices(endless(), controller.signal);
    controller.abort(new Error('aborted'));
    const stepsBefore = at;
    await expect(work).rejects.toThrow('aborted');
    expect(at).toBe(stepsBefore);
    expect(isClosed).toBe(true);
  });
});

describe('sorting in steps', () => {
  test('returns what toSorted returns, with equal values in their original order', () => {
    const numbered = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 2000, size: 'max' });
    fc.assert(
      fc.property(numbered, (numbers) => {
        const values = numbers.map((number, position) => ({ number, position }));
        const compare = (a: { number: number }, b: { number: number }): number => a.number - b.number;
        expect(resultOf(sortInSteps(values, compare))).toEqual(values.toSorted(compare));
      }),
      { numRuns: 50 },
    );
  });

  test('pauses at least once for every 500 values in every round', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_007);
    let steps = 0;
    for (const _ of sortInSteps(values, (a, b) => a - b)) steps += 1;
    // Runs of 128 values, then seven rounds of merging.
    expect(steps).toBeGreaterThanOrEqual(10_000 / 128 + (7 * 10_000) / 500);
  });
});

function resultOf<Result>(steps: Generator<undefined, Result, undefined>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
