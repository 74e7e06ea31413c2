/**
 * How much a measure would vary with other questions, and whether one run is really better than another, estimated by
 * resampling the questions. Everything is deterministic: the same values, options and seed give the same numbers on every
 * machine.
 */
import { mulberry32 } from '../vectors/random.js';

/** Options of `bootstrapInterval` and `bootstrapStatistic`. */
export interface BootstrapOptions {
  /** Number of samples. Default: 2,000. */
  readonly samples?: number;
  /** Share of the distribution inside the interval, above 0 and below 1. Default: 0.95. */
  readonly level?: number;
  /** Seed of the random numbers. */
  readonly seed: number;
}

/** A measure with its confidence interval. */
export interface BootstrapInterval {
  /** The measure of the examples themselves. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Percentile bootstrap interval of the mean (Efron 1979; Efron & Tibshirani 1993, chapter 13): a sample of the same
 * size is drawn with replacement, `samples` times; the bounds are the (1 - level) / 2 and (1 + level) / 2 quantiles of
 * the means. For the difference of two runs, pass the differences of the paired values.
 *
 * @param values One for each question.
 * @returns All NaN if there are no values or one of them is NaN.
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
 * @param examples What to draw from.
 * @param statistic Computes the statistic of a sample. The array is reused for the next sample, so do not store it. Samples
 * for which it is NaN, such as an area under the ROC curve without negatives, are ignored.
 * @returns All NaN if there are no examples or their own statistic is NaN.
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

/** @param statistic Receives the indices of a sample's examples. */
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
  const sorted = statistics.filter((one) => !Number.isNaN(one)).toSorted();
  return { estimate, lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) };
}

/** Interpolates linearly between the order statistics; the first is quantile 0 and the last 1 (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below === above ? below : below + (position - Math.floor(position)) * (above - below);
}

/** Options of `pairedRandomisationTest`. */
export interface RandomisationOptions {
  /** Number of sign assignments to draw. Default: 10,000. */
  readonly samples?: number;
  /** Seed of the random numbers. */
  readonly seed: number;
}

/** The result of a randomisation test. */
export interface RandomisationTest {
  /** Mean of `a` minus mean of `b`. */
  readonly difference: number;
  /** How often random signs give a difference at least as large, in either direction; above 0, at most 1. */
  readonly pValue: number;
  /**
   * Whether all sign assignments were tried instead of a random sample.
   *
   * @internal Only tests read it.
   */
  readonly isExact: boolean;
}

/**
 * Fisher's randomisation test of two runs over the same questions (Fisher 1935; Smucker, Allan & Carterette 2007). If the
 * runs did not differ, each question's two values could as well be swapped, so the sign of their difference is a coin toss.
 * The p-value is the share of sign assignments whose mean difference is at least as far from 0 as the observed one.
 *
 * With m differences other than 0 there are 2^m assignments. If these are at most `samples`, all are tried and
 * p = count / 2^m. Otherwise `samples` are drawn and p = (count + 1) / (samples + 1), which counts the observed one among
 * them, so p is never 0 (Davison & Hinkley 1997; Phipson & Smyth 2010).
 *
 * @param a One value for each question. The result is NaN if there are none or one of them is NaN.
 * @param b The values of the other run, question by question.
 * @throws {RangeError} if `a` and `b` differ in length.
 */
export function pairedRandomisationTest(
  a: readonly number[],
  b: readonly number[],
  options: RandomisationOptions,
): RandomisationTest {
  if (a.length !== b.length)
    throw new RangeError(`The values must be pairs, but there are ${a.length} and ${b.length}.`);
  const { samples = 10_000, seed } = options;
  const differences = Float64Array.from(a, (value, index) => value - (b[index] as number)).filter((one) => one !== 0);
  const observed = differences.reduce((sum, one) => sum + one, 0);
  if (a.length === 0 || Number.isNaN(observed)) return { difference: Number.NaN, pValue: Number.NaN, isExact: true };
  const size = differences.reduce((sum, one) => sum + Math.abs(one), 0);
  // Summing in another order can change the last digits; such a sum still counts as reaching the observed one.
  const threshold = Math.abs(observed) - 1e-12 * size;
  const assignments = 2 ** differences.length;
  const isExact = assignments <= samples;
  const random = mulberry32(seed);
  const signs = new Uint32Array(Math.ceil(differences.length / 32));
  let count = 0;
  for (let sample = 0; sample < (isExact ? assignments : samples); sample++) {
    if (isExact) signs[0] = sample;
    else for (let i = 0; i < signs.length; i++) signs[i] = random() * 2 ** 32;
    // Numbers that are not chosen count negatively, so the signed sum is twice the chosen sum minus the total.
    if (Math.abs(2 * sumOfChosen(differences, signs) - observed) >= threshold) count++;
  }
  return {
    difference: observed / a.length,
    pValue: isExact ? count / assignments : (count + 1) / (samples + 1),
    isExact,
  };
}

/** Sums the numbers whose bit is set. It multiplies because an unpredictable branch takes three times as long. */
function sumOfChosen(numbers: Float64Array, bits: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] as number) * (((bits[i >>> 5] as number) >>> i) & 1);
  return sum;
}
