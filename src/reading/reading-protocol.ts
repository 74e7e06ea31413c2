import type { ReadResult } from './source-article.js';
import type { SourceFile } from './source-files.js';

/** Something that a reading thread is asked to do. It answers each request with any number of results and one `end`. */
export type ReadingRequest =
  /** Forget what was read before, but for these collection files. */
  | { readonly kind: 'begin'; readonly collectionFiles: readonly SourceFile[] }
  /** Read a file that describes the articles of a folder. What it states holds for the articles that are read after it. */
  | { readonly kind: 'collection'; readonly source: SourceFile }
  /** Read the first articles of a file. */
  | { readonly kind: 'articles'; readonly source: SourceFile }
  /** Read the next articles of the same file. */
  | { readonly kind: 'next' };

/** What a reading thread answers. */
export type ReadingReply =
  | { readonly kind: 'result'; readonly result: ReadResult }
  /** The request is done. */
  | { readonly kind: 'end'; readonly isLast: boolean };
