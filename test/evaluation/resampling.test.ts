import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaUnderRoc, mean } from '../../src/evaluation/measures.js';
import { bootstrapInterval, bootstrapStatistic, pairedRandomisationTest } from '../../src/evaluation/resampling.js';
import { mulberry32 } from '../../src/vectors/random.js';

const finite = fc.double({ min: -1, max: 1, noNaN: true });
const values = fc.array(finite, { minLength: 1, maxLength: 20 });
const pairs = fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 20 });

describe('the bootstrap interval', () => {
  test('consists of quantiles of the means of random samples', () => {
    // The samples 00, 01, 10 and 11 of 0 and 1 are equally likely, with means 0 (1/4), 1/2 (1/2) and 1 (1/4).
    // The middle 95% reach from 0 to 1; the middle 40% (quantiles .3 and .7) are all 1/2.
    expect(bootstrapInterval([0, 1], { seed: 1 })).toEqual({ estimate: 0.5, lower: 0, upper: 1 });
    expect(bootstrapInterval([0, 1], { seed: 1, level: 0.4 })).toEqual({ estimate: 0.5, lower: 0.5, upper: 0.5 });
  });

  test('interpolates between the samples', () => {
    // The quantiles .1 and .9 of three samples are at positions .2 and 1.8: a fifth of the way up from the lowest, and a
    // fifth of the way down from the highest.
    const random = mulberry32(7);
    const numbers = [1, 2, 4, 8];
    const means = [0, 1, 2]
      .map(() => mean(numbers.map(() => numbers[Math.floor(random() * 4)] as number)))
      .toSorted((a, b) => a - b);
    const [low = 0, middle = 0, high = 0] = means;
    const { estimate, lower, upper } = bootstrapInterval(numbers, { samples: 3, level: 0.8, seed: 7 });
    expect(estimate).toBe(15 / 4);
    expect(lower).toBeCloseTo(low + 0.2 * (middle - low), 12);
    expect(upper).toBeCloseTo(high - 0.2 * (high - middle), 12);
  });

  test('is about as wide as the normal approximation', () => {
    // 400 of 1,000 are right: .4 ± 1.96 * √(.4 * .6 / 1000) = .4 ± .0304
    const { estimate, lower, upper } = bootstrapInterval(
      Array.from({ length: 1000 }, (_, index) => (index < 400 ? 1 : 0)),
      { seed: 3 },
    );
    expect(estimate).toBe(0.4);
    expect(lower).toBeCloseTo(0.3696, 2);
    expect(upper).toBeCloseTo(0.4304, 2);
  });

  test('contains the true mean about as often as its level', () => {
    // For 200 sets of 60 numbers uniform in 0 to 1, 90% of the intervals should contain .5; by chance 82% to 97% do.
    const random = mulberry32(11);
    const contained = Array.from({ length: 200 }, (_, seed) => {
      const numbers = Array.from({ length: 60 }, random);
      const { lower, upper } = bootstrapInterval(numbers, { samples: 400, level: 0.9, seed });
      return lower <= 0.5 && 0.5 <= upper ? 1 : 0;
    });
    expect(mean(contained)).toBeGreaterThan(0.82);
    expect(mean(contained)).toBeLessThan(0.97);
  });

  test('of constants is a point, and of nothing is NaN', () => {
    expect(bootstrapInterval([0.1, 0.1, 0.1], { seed: 5 })).toEqual(
      expect.objectContaining({ lower: mean([0.1, 0.1, 0.1]), upper: mean([0.1, 0.1, 0.1]) }),
    );
    expect(bootstrapInterval([3], { seed: 5 })).toEqual({ estimate: 3, lower: 3, upper: 3 });
    const nothing = { estimate: Number.NaN, lower: Number.NaN, upper: Number.NaN };
    expect(bootstrapInterval([], { seed: 5 })).toEqual(nothing);
    expect(bootstrapInterval([1, Number.NaN], { seed: 5 })).toEqual(nothing);
    expect(bootstrapStatistic([], () => 1, { seed: 5 })).toEqual(nothing);
  });

  test('is the same for the same seed, and different for a different one', () => {
    const numbers = Array.from({ length: 50 }, mulberry32(2));
    expect(bootstrapInterval(numbers, { seed: 9 })).toEqual(bootstrapInterval(numbers, { seed: 9 }));
    expect(bootstrapInterval(numbers, { seed: 9 })).not.toEqual(bootstrapInterval(numbers, { seed: 10 }));
  });

  test('is the same for a mean that is passed as a statistic', () => {
    fc.assert(
      fc.property(values, fc.integer(), (numbers, seed) => {
        const options = { seed, samples: 50 };
        expect(bootstrapStatistic(numbers, mean, options)).toEqual(bootstrapInterval(numbers, options));
      }),
    );
  });

  test('is within the range of the values, and gets wider with a higher level', () => {
    fc.assert(
      fc.property(values, fc.integer(), (numbers, seed) => {
        const wide = bootstrapInterval(numbers, { seed, samples: 100, level: 0.95 });
        const narrow = bootstrapInterval(numbers, { seed, samples: 100, level: 0.5 });
        expect(wide.lower).toBeGreaterThanOrEqual(Math.min(...numbers) - 1e-12);
        expect(wide.upper).toBeLessThanOrEqual(Math.max(...numbers) + 1e-12);
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower);
        expect(narrow.lower).toBeLessThanOrEqual(narrow.upper);
        expect(narrow.upper).toBeLessThanOrEqual(wide.upper);
      }),
    );
  });

  test('ignores samples for which a statistic is NaN', () => {
    const examples = [
      { score: 0.9, isAnswerable: true },
      { score: 0.1, isAnswerable: false },
    ];
    let ignored = 0;
    const auroc = (sample: readonly (typeof examples)[number][]): number => {
      const [positives, negatives] = [true, false].map((wanted) =>
        sample.filter(({ isAnswerable }) => isAnswerable === wanted).map(({ score }) => score),
      );
      const area = areaUnderRoc(positives ?? [], negatives ?? []);
      if (Number.isNaN(area)) ignored++;
      return area;
    };
    // Half of the samples have the same example twice. In all others the positive has the higher score.
    expect(bootstrapStatistic(examples, auroc, { seed: 1 })).toEqual({ estimate: 1, lower: 1, upper: 1 });
    expect(ignored).toBeGreaterThan(900);
    expect(ignored).toBeLessThan(1100);
    expect(examples[0]?.score).toBe(0.9);
  });

  test('of a ratio uses the sums of each sample', () => {
    // (3 + 1 + 0) / (4 + 1 + 1); the mean of the three ratios would be 7/12.
    const examples = [
      { right: 3, answered: 4 },
      { right: 1, answered: 1 },
      { right: 0, answered: 1 },
    ];
    const { estimate, lower, upper } = bootstrapStatistic(
      examples,
      (sample) => mean(sample.map(({ right }) => right)) / mean(sample.map(({ answered }) => answered)),
      { seed: 1 },
    );
    expect(estimate).toBeCloseTo(4 / 6, 12);
    // One sample in 27 (3.7%) has the wrong example three times, and one the second. Only 2.5% are cut off at each end.
    expect(lower).toBe(0);
    expect(upper).toBe(1);
  });
});

describe('the randomisation test', () => {
  test('tries all sign assignments if there are few', () => {
    // The differences 3, 2, 1 have the sum 6. Of the 8 sums ±3 ±2 ±1 only 6 and -6 reach it.
    expect(pairedRandomisationTest([3, 2, 2], [0, 0, 1], { seed: 1 })).toEqual({
      difference: 2,
      pValue: 2 / 8,
      isExact: true,
    });
    // The differences 3, 2, -1 have the sum 4. 6, 4, -4 and -6 reach it; 2, 0, -0 and -2 do not.
    expect(pairedRandomisationTest([3, 2, 0], [0, 0, 1], { seed: 1 }).pValue).toBe(4 / 8);
  });

  test('is symmetric in the two runs', () => {
    const [a, b] = [
      [0.9, 0.8, 0.4, 0.7],
      [0.5, 0.1, 0.5, 0.6],
    ];
    const one = pairedRandomisationTest(a, b, { seed: 1 });
    const other = pairedRandomisationTest(b, a, { seed: 1 });
    expect(other.pValue).toBe(one.pValue);
    expect(other.difference).toBe(-one.difference);
  });

  test('treats sums that differ only by floating-point errors as equal', () => {
    // The differences in tenths are 1, 2, -3, 3, 3 with the sum 6. If those with a negative sign add up to m, the sum is
    // 12 - 2m, which is at least 6 if m is at most 3: none, 1, 2, 1 and 2, or one of the threes. These are 7 ways, and 7 more
    // with all signs flipped. In floating point .1 + .2 exceeds .3, so some of them end up below the observed sum.
    expect(pairedRandomisationTest([0.1, 0.2, 0, 0.3, 0.3], [0, 0, 0.3, 0, 0], { seed: 1 }).pValue).toBe(14 / 32);
  });

  test('draws random signs if there are many, and comes close to the exact result', () => {
    const random = mulberry32(4);
    const a = Array.from({ length: 12 }, random);
    const b = a.map((value) => value - 0.1 + 0.4 * (random() - 0.5));
    const exact = pairedRandomisationTest(a, b, { seed: 1 });
    const drawn = pairedRandomisationTest(a, b, { seed: 1, samples: 4000 });
    expect([exact.isExact, drawn.isExact]).toEqual([true, false]);
    expect(exact.pValue).toBeGreaterThan(0.001);
    // Four standard errors for 4,000 samples.
    expect(Math.abs(drawn.pValue - exact.pValue)).toBeLessThan(
      4 * Math.sqrt((exact.pValue * (1 - exact.pValue)) / 4000),
    );
  });

  test.each([
    [0, 1],
    [0, 31],
    [31, 63],
    [0, 32],
    [5, 69],
  ])('draws the signs of questions %i and %i independently', (one, other) => {
    // The others hardly count. The sum reaches the observed one if these two have the same sign: half the time.
    const a = Array.from({ length: 70 }, (_, index) => (index === one || index === other ? 1 : -1e-6));
    const { pValue, isExact } = pairedRandomisationTest(a, Array(70).fill(0), { seed: 1 });
    expect(isExact).toBe(false);
    // Four standard errors for 10,000 samples.
    expect(Math.abs(pValue - 0.5)).toBeLessThan(0.02);
  });

  test('gives 1 for equal runs, and the minimum for a clear difference', () => {
    const a = Array.from({ length: 100 }, mulberry32(8));
    expect(pairedRandomisationTest(a, a, { seed: 1 })).toEqual({ difference: 0, pValue: 1, isExact: true });
    const worse = a.map((value) => value - 0.1);
    const { difference, pValue, isExact } = pairedRandomisationTest(a, worse, { seed: 1 });
    expect(difference).toBeCloseTo(0.1, 12);
    expect(pValue).toBe(1 / 10_001);
    expect(isExact).toBe(false);
  });

  test('gives a p-value below 5% for about 5% of runs that do not differ', () => {
    // For 300 pairs of runs 15 are expected; by chance 5 to 28.
    const random = mulberry32(21);
    const significant = Array.from({ length: 300 }, (_, seed) => {
      const a = Array.from({ length: 40 }, random);
      const b = Array.from({ length: 40 }, random);
      return pairedRandomisationTest(a, b, { samples: 400, seed }).pValue <= 0.05;
    }).filter(Boolean).length;
    expect(significant).toBeGreaterThanOrEqual(5);
    expect(significant).toBeLessThanOrEqual(28);
  });

  test('is the same for the same seed, and different for a different one', () => {
    const a = Array.from({ length: 60 }, mulberry32(5));
    const b = Array.from({ length: 60 }, mulberry32(6));
    const pValue = (seed: number): number => pairedRandomisationTest(a, b, { seed }).pValue;
    expect(pValue(1)).toBe(pValue(1));
    expect(new Set([1, 2, 3, 4].map(pValue)).size).toBeGreaterThan(1);
  });

  test('has a p-value above 0 and at most 1, and questions without a difference do not change it', () => {
    fc.assert(
      fc.property(pairs, fc.integer(), (paired, seed) => {
        const [a, b] = [paired.map(([one]) => one), paired.map(([, other]) => other)];
        const options = { seed, samples: 100 };
        const { pValue } = pairedRandomisationTest(a, b, options);
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(pairedRandomisationTest([...a, 0.5, 1], [...b, 0.5, 1], options).pValue).toBe(pValue);
      }),
    );
  });

  test('requires pairs', () => {
    expect(() => pairedRandomisationTest([1], [1, 2], { seed: 1 })).toThrow(RangeError);
    const none = { difference: Number.NaN, pValue: Number.NaN, isExact: true };
    expect(pairedRandomisationTest([], [], { seed: 1 })).toEqual(none);
    expect(pairedRandomisationTest([1, Number.NaN], [1, 2], { seed: 1 })).toEqual(none);
  });
});
