import type { ArticleReference, Span } from './article.js';

/** A passage shown as evidence. `quote` and `passage` are slices of the article's text as it is stored. */
export interface Citation {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** One to three sentences: the slice `start`..`end` of the article's text. */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** The whole passage: the slice that begins at `passageStart`. */
  readonly passage: string;
  readonly passageStart: number;
  /** The words of the quote that answer words of the question, as spans of `quote`. */
  readonly matches: readonly Span[];
}
