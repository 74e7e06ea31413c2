import { readSources } from '../reading/read-sources.js';
import type { SourceListing } from '../reading/source-files.js';
import type { UpdateReport } from './update-library.js';

/** What of the source files cannot be read or used. */
export type SourceProblems = Pick<UpdateReport, 'skipped' | 'warnings'>;

/** Reads all source files, without indexing them, and returns the problems that indexing would report. */
export async function checkSources(listing: SourceListing): Promise<SourceProblems> {
  const skipped = [...listing.skipped];
  const warnings: SourceProblems['warnings'][number][] = [];
  for await (const { results } of readSources(listing)) {
    for (const result of results) {
      if (result.kind === 'article') continue;
      const { kind, file, reason } = result;
      (kind === 'skipped' ? skipped : warnings).push({ file, reason });
    }
  }
  return { skipped, warnings };
}
