import type { IndexReport } from './app-port.js';
import { printable } from './screen.js';

/** Describes the files that were skipped, and what of others could not be used or was damaged: one line each. */
export function sourceProblemLines({
  skipped,
  warnings,
  damaged = [],
}: Pick<IndexReport, 'skipped' | 'warnings'> & Partial<Pick<IndexReport, 'damaged'>>): string[] {
  return [
    ...skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
    ...warnings.map(({ file, reason }) => `warning for ${file}: ${reason}`),
    ...damaged.map(({ file, reason }) => `${file} ${reason}`),
  ].map(printable);
}
