import type { IndexReport } from './app-port.js';
import { printableLine } from './screen.js';

/** Describes the files that were skipped, and what of others could not be used: one line each. */
export function sourceProblemLines({ skipped, warnings }: Pick<IndexReport, 'skipped' | 'warnings'>): string[] {
  return [
    ...skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
    ...warnings.map(({ file, reason }) => `warning for ${file}: ${reason}`),
  ].map(printableLine);
}
