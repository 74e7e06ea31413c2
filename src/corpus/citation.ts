import type { Span } from '../text/span.js';
import type { ArticleReference } from './article.js';
import type { ContextSlice, Excerpt, ExcerptLocation } from './excerpt.js';

/** A passage shown as evidence. `quote` and `passage` are exact slices of the article's stored text. */
export interface Citation {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** The question it answers if the message contained several, else null. */
  readonly question: string | null;
  /**
   * One to three sentences, word for word: the slice `start` to `end` (UTF-16 code units) of the article's text. It may
   * begin before the passage if the passage opens with a reference such as "He".
   */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** The whole passage that the quote is from. */
  readonly passage: string;
  /** Where the passage begins in the article's text. @internal Only tests read it. */
  readonly passageStart: number;
  /** What a reader needs beside the quote, word for word: the headings above it, the sentence that introduces its list. */
  readonly context: readonly ContextSlice[];
  /** Where the quote stands in its source, as far as the source says so. */
  readonly location: ExcerptLocation;
  /** The quote with its structure, for showing it. @internal */
  readonly excerpt: Excerpt;
  /** The words of the quote that match words of the question, as spans of `quote`. */
  readonly matches: readonly Span[];
}
