import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderRoc, mean, recallAt, reciprocalRankAt } from '../../dist/evaluation/measures.js';

/** First right passage of six questions; null where none was found. */
const RANKS = [1, 3, null, 2, 1, 11];

test('recall is the share of questions with a right passage so far up', () => {
  // k   ranks within k          recall
  // 1   1, 1                    2/6
  // 2   1, 2, 1                 3/6
  // 5   1, 3, 2, 1              4/6
  // 20  1, 3, 2, 1, 11          5/6
  expect([1, 2, 5, 20].map((k) => recallAt(RANKS, k))).toEqual([2 / 6, 3 / 6, 4 / 6, 5 / 6]);
});

test('the mean reciprocal rank counts 1/rank down to rank k, and nothing below', () => {
  // 1 + 1/3 + 0 + 1/2 + 1 + (rank 11: 0 at 10, 1/11 at 20)
  expect(reciprocalRankAt(RANKS, 10)).toBeCloseTo((1 + 1 / 3 + 1 / 2 + 1) / 6, 12);
  expect(reciprocalRankAt(RANKS, 20)).toBeCloseTo((1 + 1 / 3 + 1 / 2 + 1 + 1 / 11) / 6, 12);
});

test('the area under the ROC curve is the share of pairs in which the positive is higher', () => {
  // Pairs (positive, negative): .9>.5, .9>.3, .4<.5, .4>.3, .8>.5, .8>.3 → 5 of 6.
  expect(areaUnderRoc([0.9, 0.4, 0.8], [0.5, 0.3])).toBeCloseTo(5 / 6, 12);
  expect(areaUnderRoc([2, 3], [1])).toBe(1);
  expect(areaUnderRoc([1], [2, 3])).toBe(0);
});

test('a tie counts half', () => {
  // .5=.5 → ½, .5>.3 → 1, .9>.5 → 1, .9>.3 → 1: 3.5 of 4.
  expect(areaUnderRoc([0.5, 0.9], [0.5, 0.3])).toBeCloseTo(3.5 / 4, 12);
  expect(areaUnderRoc([1, 1], [1, 1, 1])).toBe(0.5);
});

test('the area under the ROC curve is what counting all pairs gives', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      const won = positives.flatMap((a) => negatives.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      expect(areaUnderRoc(positives, negatives)).toBeCloseTo(mean(won), 9);
    }),
  );
});

test('of nothing there is no mean', () => {
  expect(mean([])).toBeNaN();
  expect(mean([1, 2, 6])).toBe(3);
  expect(areaUnderRoc([1], [])).toBeNaN();
  expect(areaUnderRoc([], [1])).toBeNaN();
});
