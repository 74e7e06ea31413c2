import { type BootstrapInterval, bootstrapInterval } from './resampling.js';

/** All intervals and tests of a report use the same random numbers, so the same run gives the same report. */
export const SEED = 1;

/** The mean of values with its 95% interval. All NaN if there are none. */
export function meanOf(values: readonly number[]): BootstrapInterval {
  return bootstrapInterval(values, { seed: SEED });
}

/** The share that passes a test, with its 95% interval. All NaN if there is nothing to test. */
export function shareOf<One>(all: readonly One[], test: (one: One) => boolean): BootstrapInterval {
  return meanOf(all.map((one) => (test(one) ? 1 : 0)));
}

/** The share that passes a test, with its 95% interval; null if there is nothing to test. */
export function shareOrNull<One>(all: readonly One[], test: (one: One) => boolean): BootstrapInterval | null {
  return all.length === 0 ? null : shareOf(all, test);
}
