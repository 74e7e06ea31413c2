import type { ReadResult } from './source-article.js';
import type { SourceFile } from './source-files.js';

/** What a reading thread starts with. */
export interface ReadingSetup {
  /** Collection files that an earlier thread could read. */
  readonly collectionFiles: readonly SourceFile[];
}

/** Something that a reading thread is asked to do. It answers each request with one {@link ReadingReply}. */
export type ReadingRequest =
  /** Read a file that describes the articles of a folder. What it states holds for the articles that are read after it. */
  | { readonly kind: 'collection'; readonly source: SourceFile }
  /** Read the first articles of a file. */
  | { readonly kind: 'articles'; readonly source: SourceFile }
  /** Read the next articles of the same file. */
  | { readonly kind: 'next' };

/** What was read. */
export interface ReadingReply {
  readonly results: readonly ReadResult[];
  /** Whether the file has no further articles. */
  readonly isLast: boolean;
}
