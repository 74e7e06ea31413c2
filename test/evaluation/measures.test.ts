import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areaUnderRiskCoverage,
  areaUnderRoc,
  averagePrecision,
  expectedCalibrationError,
  type JudgedConfidence,
  type JudgedRanking,
  mean,
  ndcg,
  recall,
  reciprocalRank,
  reliabilityBins,
  riskCoverage,
  sortRun,
  successAt,
} from '../../src/evaluation/measures.js';

/**
 * rank     1  2  3  4  5   not retrieved
 * grade    0  2  0  1  3   2
 */
const GRADED: JudgedRanking = { grades: [0, 2, 0, 1, 3], relevantGrades: [1, 2, 2, 3] };
const NOTHING_RELEVANT: JudgedRanking = { grades: [0, 0], relevantGrades: [] };
const NEVER_FOUND: JudgedRanking = { grades: [0, 0, 0], relevantGrades: [1, 1] };
const NOTHING_RETRIEVED: JudgedRanking = { grades: [], relevantGrades: [2] };
const IDEAL: JudgedRanking = { grades: [3, 2, 1], relevantGrades: [1, 2, 3] };

/** A ranking of up to eight documents, and up to four relevant documents that were not retrieved. */
const rankings = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
  )
  .map(
    ([grades, missed]): JudgedRanking => ({
      grades,
      relevantGrades: [...grades.filter((grade) => grade > 0), ...missed],
    }),
  );

describe('the measures of one ranking', () => {
  test('success is 1 if anything relevant is in the first k ranks', () => {
    // The first relevant document has rank 2.
    expect([1, 2, 5, 100].map((k) => successAt(GRADED, k))).toEqual([0, 1, 1, 1]);
    expect(successAt(IDEAL, 1)).toBe(1);
  });

  test('the reciprocal rank is that of the first relevant document, down to rank k', () => {
    expect([1, 2, 10, Number.POSITIVE_INFINITY].map((k) => reciprocalRank(GRADED, k))).toEqual([
      0,
      1 / 2,
      1 / 2,
      1 / 2,
    ]);
    expect(reciprocalRank(IDEAL, 1)).toBe(1);
  });

  test('recall counts documents that were not retrieved as missing', () => {
    // k                1    2    4    5    10
    // retrieved of 4   0    1    2    3    3
    expect([1, 2, 4, 5, 10].map((k) => recall(GRADED, k))).toEqual([0, 1 / 4, 2 / 4, 3 / 4, 3 / 4]);
    expect([1, 2, 3].map((k) => recall(IDEAL, k))).toEqual([1 / 3, 2 / 3, 1]);
  });

  test('average precision is the mean precision at the ranks of the relevant documents, 0 for those not retrieved', () => {
    // rank of a relevant document   2      4      5      none
    // precision there               1/2    2/4    3/5    0          sum 1.6, of 4
    expect(averagePrecision(GRADED)).toBeCloseTo(1.6 / 4, 12);
    expect(averagePrecision(IDEAL)).toBe(1);
  });

  test('nDCG discounts each grade by its rank, and divides by the DCG of the ideal ranking', () => {
    // rank r            1       2               3        4               5
    // log2(r + 1)       1       1.584963        2        2.321928        2.584963
    // grade / that      0       2/1.584963      0        1/2.321928      3/2.584963
    // DCG                       1.261860        1.261860 1.692536        2.853094
    // ideal grades      3       2               2        1
    // ideal DCG         3       4.261860        5.261860 5.692536        5.692536
    expect(ndcg(GRADED, 1)).toBe(0);
    expect(ndcg(GRADED, 2)).toBeCloseTo(1.26186 / 4.26186, 6);
    expect(ndcg(GRADED, 3)).toBeCloseTo(1.26186 / 5.26186, 6);
    expect(ndcg(GRADED, 4)).toBeCloseTo(1.692536 / 5.692536, 6);
    expect(ndcg(GRADED, 5)).toBeCloseTo(2.853094 / 5.692536, 6);
    expect(ndcg(GRADED, 10)).toBe(ndcg(GRADED, 5));
    expect([1, 2, 3, 10].map((k) => ndcg(IDEAL, k))).toEqual([1, 1, 1, 1]);
  });

  test.each([
    ['nothing is relevant', NOTHING_RELEVANT],
    ['nothing relevant was retrieved', NEVER_FOUND],
    ['nothing was retrieved', NOTHING_RETRIEVED],
    ['there is nothing at all', { grades: [], relevantGrades: [] }],
  ])('all are 0 if %s', (_, ranking) => {
    expect([
      successAt(ranking, 5),
      reciprocalRank(ranking, 5),
      recall(ranking, 5),
      averagePrecision(ranking),
      ndcg(ranking, 5),
    ]).toEqual([0, 0, 0, 0, 0]);
  });

  test('the order of the relevant grades does not matter, and is not changed', () => {
    const relevantGrades = Object.freeze([1, 3, 2, 2]);
    expect(ndcg({ ...GRADED, relevantGrades }, 3)).toBe(ndcg(GRADED, 3));
  });

  test('all are between 0 and 1, and only nDCG can decrease with more ranks', () => {
    fc.assert(
      fc.property(rankings, fc.integer({ min: 1, max: 9 }), (ranking, k) => {
        for (const value of [
          successAt(ranking, k),
          reciprocalRank(ranking, k),
          recall(ranking, k),
          averagePrecision(ranking),
          ndcg(ranking, k),
        ]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
        for (const measure of [successAt, reciprocalRank, recall])
          expect(measure(ranking, k + 1)).toBeGreaterThanOrEqual(measure(ranking, k));
      }),
    );
  });

  test('none decreases when a better document moves up one rank', () => {
    fc.assert(
      fc.property(rankings, fc.nat(), fc.integer({ min: 1, max: 9 }), (ranking, seed, k) => {
        const { grades, relevantGrades } = ranking;
        fc.pre(grades.length > 1);
        const index = seed % (grades.length - 1);
        const [upper, lower] = [grades[index] as number, grades[index + 1] as number];
        fc.pre(lower > upper);
        const better = { grades: grades.with(index, lower).with(index + 1, upper), relevantGrades };
        for (const measure of [successAt, reciprocalRank, recall, ndcg])
          expect(measure(better, k)).toBeGreaterThanOrEqual(measure(ranking, k));
        expect(averagePrecision(better)).toBeGreaterThanOrEqual(averagePrecision(ranking));
      }),
    );
  });
});

describe('a run', () => {
  test('is sorted by descending score, equal scores by descending id', () => {
    const run = [
      { id: 'a', score: 0.5 },
      { id: 'b', score: 0.5 },
      { id: 'c', score: 0.5 },
      { id: 'd', score: 0.9 },
      { id: 'ab', score: -1 },
    ];
    expect(sortRun(run).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a', 'ab']);
    expect(run[0]?.id).toBe('a');
    expect(sortRun([])).toEqual([]);
  });

  test('compares ids byte by byte in UTF-8: 10 before 1, lower case before capitals', () => {
    // 𝒳 starts with F0 and ｚ with EF in UTF-8, but with D835 and FF5A in UTF-16, which is the reverse order.
    const ids = ['1', '10', '2', 'A', 'a', 'Ä', 'ｚ', '𝒳'];
    const run = ids.map((id) => ({ id, score: 1 }));
    expect(sortRun(run).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('may contain infinite scores', () => {
    const scores = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY];
    const run = scores.map((score, index) => ({ id: String(index), score }));
    expect(sortRun(run).map(({ id }) => id)).toEqual(['1', '2', '3', '0']);
  });

  test('gets the measures that trec_eval prints', () => {
    // qrels: q1 a 0, b 2, d 1, e 3, never 2; q2 a 1, b 0, c 2; q3 a 0.
    // run:   q1 a .9, b .8, c .7, d .6, e .5; q2 a, b, c .5 (ranks 1, 2, 3), d .9 (rank 4); q3 a 1.
    // trec_eval 10.0-rc3 -q -m success.1,5 -m recall.2,5 -m ndcg_cut.3,5 -m map -m recip_rank
    const judgements = new Map<string, Readonly<Record<string, number>>>([
      ['q1', { a: 0, b: 2, d: 1, e: 3, never: 2 }],
      ['q2', { a: 1, b: 0, c: 2 }],
      ['q3', { a: 0 }],
    ]);
    const run = new Map<string, Readonly<Record<string, number>>>([
      ['q1', { a: 0.9, b: 0.8, c: 0.7, d: 0.6, e: 0.5 }],
      ['q2', { a: 0.5, b: 0.5, c: 0.5, d: 0.9 }],
      ['q3', { a: 1 }],
    ]);
    const printed = [...run].map(([question, scores]) => {
      const grades = judgements.get(question) ?? {};
      const sorted = sortRun(Object.entries(scores).map(([id, score]) => ({ id, score })));
      const ranking: JudgedRanking = {
        grades: sorted.map(({ id }) => grades[id] ?? 0),
        relevantGrades: Object.values(grades).filter((grade) => grade > 0),
      };
      return [
        successAt(ranking, 1),
        successAt(ranking, 5),
        recall(ranking, 2),
        recall(ranking, 5),
        ndcg(ranking, 3),
        ndcg(ranking, 5),
        averagePrecision(ranking),
        reciprocalRank(ranking, Number.POSITIVE_INFINITY),
      ].map((value) => value.toFixed(4));
    });
    expect(printed).toEqual([
      ['0.0000', '1.0000', '0.2500', '0.7500', '0.2398', '0.5012', '0.4000', '0.5000'],
      ['0.0000', '1.0000', '0.5000', '1.0000', '0.4796', '0.6433', '0.5000', '0.5000'],
      ['0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000'],
    ]);
  });
});

describe('selective answering', () => {
  test('each distinct confidence is a point of the risk-coverage curve', () => {
    // confidence   right   answered   wrong   coverage   risk
    // .9           yes     1          0       1/4        0
    // .7           no
    // .7           yes     3          1       3/4        1/3
    // .2           no      4          2       4/4        2/4
    expect(riskCoverage(answers([0.7, 0], [0.9, 1], [0.2, 0], [0.7, 1]))).toEqual([
      { confidence: 0.9, coverage: 1 / 4, risk: 0 },
      { confidence: 0.7, coverage: 3 / 4, risk: 1 / 3 },
      { confidence: 0.2, coverage: 1, risk: 1 / 2 },
    ]);
    expect(riskCoverage([])).toEqual([]);
  });

  test('the area under the curve is the mean risk of the i most confident answers', () => {
    // i      1    2    3    4
    // right  yes  no   yes  no
    // risk   0    1/2  1/3  2/4      sum 4/3, of 4
    expect(areaUnderRiskCoverage(answers([0.9, 1], [0.8, 0], [0.7, 1], [0.2, 0]))).toBeCloseTo(1 / 3, 12);
    // The two wrong answers last: 0, 0, 1/3, 2/4. First: 1, 1, 2/3, 2/4.
    expect(areaUnderRiskCoverage(answers([0.9, 1], [0.8, 1], [0.7, 0], [0.2, 0]))).toBeCloseTo(5 / 6 / 4, 12);
    expect(areaUnderRiskCoverage(answers([0.9, 0], [0.8, 0], [0.7, 1], [0.2, 1]))).toBeCloseTo(19 / 6 / 4, 12);
    expect(areaUnderRiskCoverage(answers([0.9, 1], [0.8, 1]))).toBe(0);
    expect(areaUnderRiskCoverage(answers([0.9, 0], [0.8, 0]))).toBe(1);
    expect(areaUnderRiskCoverage([])).toBeNaN();
  });

  test('equal confidences count as the mean over all orders they could be in', () => {
    // .9 is right, then two of .5 are right and one is wrong, in any of three orders:
    // wrong at     risks of i = 1..4
    // 2            0, 1/2, 1/3, 1/4
    // 3            0, 0,   1/3, 1/4
    // 4            0, 0,   0,   1/4
    // mean         0, 1/6, 2/9, 1/4      sum 23/36, of 4
    const tied = answers([0.5, 1], [0.5, 0], [0.9, 1], [0.5, 1]);
    expect(areaUnderRiskCoverage(tied)).toBeCloseTo(23 / 36 / 4, 12);
    expect(areaUnderRiskCoverage(tied.toReversed())).toBe(areaUnderRiskCoverage(tied));
    // All tied: the risk is the share of wrong answers at every i.
    expect(areaUnderRiskCoverage(answers([0.5, 1], [0.5, 0], [0.5, 0], [0.5, 0]))).toBeCloseTo(3 / 4, 12);
  });

  test('the area equals the mean over all orders of the ties', () => {
    const few = fc.array(fc.record({ confidence: fc.constantFrom(0.2, 0.5, 0.8), isRight: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(few, (judged) => {
        const areas = permutations(judged)
          .filter((order) =>
            order.every(({ confidence }, i) => i === 0 || (order[i - 1]?.confidence ?? 0) >= confidence),
          )
          .map((order) =>
            mean(order.map((_, i) => mean(order.slice(0, i + 1).map(({ isRight }) => (isRight ? 0 : 1))))),
          );
        expect(areaUnderRiskCoverage(judged)).toBeCloseTo(mean(areas), 9);
      }),
    );
  });

  test('coverage rises to 1, where the risk is the share of wrong answers', () => {
    fc.assert(
      fc.property(judgedConfidences(1), (judged) => {
        const points = riskCoverage(judged);
        const wrong = judged.filter(({ isRight }) => !isRight).length;
        expect(points.at(-1)?.coverage).toBe(1);
        expect(points.at(-1)?.risk).toBe(wrong / judged.length);
        for (const [index, { confidence, coverage, risk }] of points.entries()) {
          expect(coverage).toBeGreaterThan(points[index - 1]?.coverage ?? 0);
          expect(confidence).toBeLessThan(points[index - 1]?.confidence ?? 2);
          expect(risk).toBeGreaterThanOrEqual(0);
          expect(risk).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('calibration', () => {
  test('a bin includes its upper edge, and the first one also 0', () => {
    // Two bins: 0 to 1/2 has 0, .1 and .5; 1/2 to 1 has .6 and 1.
    expect(reliabilityBins(answers([0, 0], [0.1, 1], [0.5, 0], [0.6, 1], [1, 1]), 2)).toEqual([
      { from: 0, to: 0.5, count: 3, meanConfidence: (0 + 0.1 + 0.5) / 3, shareRight: 1 / 3 },
      { from: 0.5, to: 1, count: 2, meanConfidence: 0.8, shareRight: 1 },
    ]);
  });

  test.each([1, 3, 7, 10, 15, 49, 100])('a confidence on an edge of %i bins is in the bin below it', (bins) => {
    for (let index = 0; index < bins; index++) {
      const found = reliabilityBins(answers([(index + 1) / bins, 1]), bins);
      expect(found.findIndex(({ count }) => count === 1)).toBe(index);
    }
  });

  test('the means of an empty bin are NaN', () => {
    const [first, second] = reliabilityBins(answers([0.9, 1]), 2);
    expect(first).toEqual({ from: 0, to: 0.5, count: 0, meanConfidence: Number.NaN, shareRight: Number.NaN });
    expect(second?.count).toBe(1);
    expect(reliabilityBins([])).toHaveLength(10);
  });

  test('the expected calibration error weights the gap of each bin by its share of the answers', () => {
    // bin        answers            mean confidence   share right   gap    weight
    // .2 to .3   .25 wrong, right   .25               1/2           .25    2/5
    // .8 to .9   .85, .87 right     .86               1             .14    2/5
    // .9 to 1    1 wrong            1                 0             1      1/5
    const judged = answers([0.25, 0], [0.25, 1], [0.85, 1], [0.87, 1], [1, 0]);
    expect(expectedCalibrationError(judged)).toBeCloseTo(0.25 * 0.4 + 0.14 * 0.4 + 1 * 0.2, 12);
    // One bin: mean confidence 3.22/5 = .644, right 3/5.
    expect(expectedCalibrationError(judged, 1)).toBeCloseTo(0.044, 12);
  });

  test('the error is 0 for certain and right answers, 1 for certain and wrong ones', () => {
    expect(expectedCalibrationError(answers([1, 1], [0, 0]))).toBe(0);
    expect(expectedCalibrationError(answers([1, 0], [0, 1]))).toBe(1);
    expect(expectedCalibrationError([])).toBeNaN();
  });

  test('a confidence outside 0 to 1 is rejected', () => {
    for (const confidence of [-0.01, 1.01, Number.NaN])
      expect(() => reliabilityBins([{ confidence, isRight: true }])).toThrow(RangeError);
  });

  test('every answer is in exactly one bin, the one for its confidence', () => {
    fc.assert(
      fc.property(judgedConfidences(0), fc.integer({ min: 1, max: 30 }), (judged, bins) => {
        const found = reliabilityBins(judged, bins);
        expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(judged.length);
        for (const [index, { from, to, count }] of found.entries())
          expect(count).toBe(
            judged.filter(
              ({ confidence }) => (confidence > from || (index === 0 && confidence === 0)) && confidence <= to,
            ).length,
          );
        if (judged.length === 0) return;
        expect(expectedCalibrationError(judged, bins)).toBeGreaterThanOrEqual(0);
        expect(expectedCalibrationError(judged, bins)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('the area under the ROC curve is the share of pairs in which the positive has the higher score', () => {
  // Pairs (positive, negative): .9>.5, .9>.3, .4<.5, .4>.3, .8>.5, .8>.3 → 5 of 6.
  expect(areaUnderRoc([0.9, 0.4, 0.8], [0.5, 0.3])).toBeCloseTo(5 / 6, 12);
  expect(areaUnderRoc([2, 3], [1])).toBe(1);
  expect(areaUnderRoc([1], [2, 3])).toBe(0);
});

test('a tie counts half', () => {
  // .5=.5 → ½, .5>.3 → 1, .9>.5 → 1, .9>.3 → 1: 3.5 of 4.
  expect(areaUnderRoc([0.5, 0.9], [0.5, 0.3])).toBeCloseTo(3.5 / 4, 12);
  expect(areaUnderRoc([1, 1], [1, 1, 1])).toBe(0.5);
  // ∞=∞ → ½, ∞>-∞ → 1: 1.5 of 2.
  expect(areaUnderRoc([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(0.75);
});

test('the area under the ROC curve equals the count over all pairs', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      const won = positives.flatMap((a) => negatives.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      expect(areaUnderRoc(positives, negatives)).toBeCloseTo(mean(won), 9);
    }),
  );
});

test('means and areas of nothing are NaN', () => {
  expect(mean([])).toBeNaN();
  expect(mean([1, 2, 6])).toBe(3);
  expect(areaUnderRoc([1], [])).toBeNaN();
  expect(areaUnderRoc([], [1])).toBeNaN();
  expect(areaUnderRoc([], [])).toBeNaN();
});

function answers(...rows: readonly (readonly [confidence: number, isRight: 0 | 1])[]): JudgedConfidence[] {
  return rows.map(([confidence, isRight]) => ({ confidence, isRight: isRight === 1 }));
}

/** Confidences with many ties and bin edges. */
function judgedConfidences(minLength: number): fc.Arbitrary<JudgedConfidence[]> {
  const confidence = fc.oneof(
    fc.integer({ min: 0, max: 20 }).map((part) => part / 20),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  return fc.array(fc.record({ confidence, isRight: fc.boolean() }), { minLength, maxLength: 30 });
}

function permutations<Member>(members: readonly Member[]): Member[][] {
  if (members.length === 0) return [[]];
  return members.flatMap((first, index) =>
    permutations(members.toSpliced(index, 1)).map((others) => [first, ...others]),
  );
}
