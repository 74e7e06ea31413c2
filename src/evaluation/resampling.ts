/**
 * How far a measure would differ with other questions, and whether one run is better than another, found by drawing the
 * questions anew. All are deterministic: the same values, options and seed give the same numbers on every machine.
 */
import { mulberry32 } from '../vectors/mulberry32.js';

export interface BootstrapOptions {
  /** How many samples are drawn; 2,000 by default. */
  readonly samples?: number;
  /** How much of the distribution the interval holds, above 0 and below 1; 0.95 by default. */
  readonly level?: number;
  readonly seed: number;
}

/** What was measured, with a confidence interval. */
export interface BootstrapInterval {
  /** The statistic of the examples themselves. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Percentile bootstrap interval of the mean (Efron 1979; Efron & Tibshirani 1993, chapter 13): of `samples` samples, each
 * of as many values drawn with replacement, the (1 - level) / 2 and (1 + level) / 2 quantiles of the means. For the
 * difference of two runs give the differences of the paired values.
 *
 * @param values One for each question. None, or one that is NaN, gives NaN for all three numbers; equal ones give an
 * interval that is a point.
 */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions): BootstrapInterval {
  const numbers = Float64Array.from(values);
  return intervalOf(numbers.length, options, (drawn) => {
    let sum = 0;
    for (const index of drawn) sum += numbers[index] as number;
    return sum / numbers.length;
  });
}

/**
 * The same interval for a statistic that is not a mean over questions, such as an area under a curve or a ratio of sums.
 *
 * @param examples What is drawn from. None gives NaN for all three numbers, as does a statistic that is NaN for them all.
 * @param statistic Computed from as many examples as there are, drawn with replacement; the array is used again for the
 * next sample and must not be kept. Samples for which it is NaN, such as an area under the ROC curve where no negative
 * was drawn, are left out.
 */
export function bootstrapStatistic<Example>(
  examples: readonly Example[],
  statistic: (sample: readonly Example[]) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  const sample = [...examples];
  return intervalOf(examples.length, options, (drawn) => {
    for (let i = 0; i < drawn.length; i++) sample[i] = examples[drawn[i] as number] as Example;
    return statistic(sample);
  });
}

/** @param statistic Given the indices of the examples of a sample. */
function intervalOf(
  size: number,
  options: BootstrapOptions,
  statistic: (drawn: Uint32Array) => number,
): BootstrapInterval {
  const { samples = 2000, level = 0.95, seed } = options;
  const drawn = Uint32Array.from({ length: size }, (_, index) => index);
  const estimate = size === 0 ? Number.NaN : statistic(drawn);
  if (Number.isNaN(estimate)) return { estimate, lower: Number.NaN, upper: Number.NaN };
  const random = mulberry32(seed);
  const statistics = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < size; i++) drawn[i] = Math.floor(random() * size);
    statistics[sample] = statistic(drawn);
  }
  const sorted = statistics.filter((one) => !Number.isNaN(one)).sort();
  return { estimate, lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) };
}

/** Linear between the order statistics, the first being quantile 0 and the last 1 (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below === above ? below : below + (place - Math.floor(place)) * (above - below);
}

export interface RandomisationOptions {
  /** How many assignments of signs are drawn; 10,000 by default. */
  readonly samples?: number;
  readonly seed: number;
}

export interface RandomisationTest {
  /** Mean of `a` less mean of `b`. */
  readonly difference: number;
  /** How often the signs alone would make a difference at least as large, in either direction; above 0, at most 1. */
  readonly pValue: number;
  /** Whether all assignments of signs were gone through instead of drawn. */
  readonly isExact: boolean;
}

/**
 * Fisher's randomisation test of two runs over the same questions (Fisher 1935; Smucker, Allan & Carterette 2007). If the
 * runs did not differ, each question's two values might as well have been the other way round, so that the sign of their
 * difference is a toss-up. The p-value is the share of assignments of signs for which the mean difference is at least as
 * far from 0 as it is.
 *
 * With m differences that are not 0 (the others are 0 under either sign) there are 2^m assignments. Up to `samples` of
 * them are all gone through, and p = count / 2^m. Else `samples` are drawn and p = (count + 1) / (samples + 1), which
 * counts the observed one among them, so that p is never 0 (Davison & Hinkley 1997; Phipson & Smyth 2010).
 *
 * @param a One value for each question. None, or one that is NaN, gives NaN.
 * @param b The values of the other run, question by question.
 * @throws {RangeError} when there are not as many of both.
 */
export function pairedRandomisationTest(
  a: readonly number[],
  b: readonly number[],
  options: RandomisationOptions,
): RandomisationTest {
  if (a.length !== b.length) throw new RangeError(`Values are paired, but there are ${a.length} and ${b.length}.`);
  const { samples = 10_000, seed } = options;
  const differences = Float64Array.from(a, (value, index) => value - (b[index] as number)).filter((one) => one !== 0);
  const observed = differences.reduce((sum, one) => sum + one, 0);
  if (a.length === 0 || Number.isNaN(observed)) return { difference: Number.NaN, pValue: Number.NaN, isExact: true };
  const size = differences.reduce((sum, one) => sum + Math.abs(one), 0);
  // The same sum in another order can differ in its last digits, and would then not be counted as reaching the observed.
  const reach = Math.abs(observed) - 1e-12 * size;
  const assignments = 2 ** differences.length;
  const isExact = assignments <= samples;
  const random = mulberry32(seed);
  const signs = new Uint32Array(Math.ceil(differences.length / 32));
  let count = 0;
  for (let sample = 0; sample < (isExact ? assignments : samples); sample++) {
    if (isExact) signs[0] = sample;
    else for (let i = 0; i < signs.length; i++) signs[i] = random() * 2 ** 32;
    // What is not chosen is taken away: the sum over both signs is twice the chosen, less everything.
    if (Math.abs(2 * sumOfChosen(differences, signs) - observed) >= reach) count++;
  }
  return {
    difference: observed / a.length,
    pValue: isExact ? count / assignments : (count + 1) / (samples + 1),
    isExact,
  };
}

/** Sum of the numbers whose bit is set. Multiplied, because a branch that is a toss-up takes three times as long. */
function sumOfChosen(numbers: Float64Array, bits: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] as number) * (((bits[i >>> 5] as number) >>> i) & 1);
  return sum;
}
