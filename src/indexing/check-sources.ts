import { Collections } from '../reading/collections.js';
import { readArticles } from '../reading/read-articles.js';
import type { SourceListing } from '../reading/source-files.js';
import type { UpdateReport } from './update-library.js';

/** What of the source files cannot be read or used. */
export type SourceProblems = Pick<UpdateReport, 'skipped' | 'warnings'>;

/** Reads all source files, without indexing them, and returns the problems that indexing would report. */
export async function checkSources(listing: SourceListing): Promise<SourceProblems> {
  const collections = await Collections.read(listing.collectionFiles);
  const skipped = [...listing.skipped];
  const warnings = [...collections.problems];
  for (const source of listing.files) {
    for await (const result of readArticles(source, collections)) {
      if (result.kind === 'article') continue;
      const { kind, file, reason } = result;
      (kind === 'skipped' ? skipped : warnings).push({ file, reason });
    }
  }
  return { skipped, warnings };
}
