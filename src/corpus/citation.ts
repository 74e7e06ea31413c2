import type { Span } from '../text/span.js';
import type { ArticleReference } from './article.js';
import type { ContextSlice, Excerpt, ExcerptLocation } from './excerpt.js';

/** A part of an article shown as evidence. `quote` and `passage` are exact slices of the article's stored text. */
export interface Citation {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** The question it answers if the message contained several, else null. */
  readonly question: string | null;
  /**
   * What is shown, word for word: the slice `start` to `end` (UTF-16 code units) of the article's text. It may be a part of a
   * passage, or reach into the neighbouring ones.
   */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** The parts of the quote that answer best, as spans of `quote` in text order: one to three sentences, items, rows or lines. */
  readonly highlights: readonly Span[];
  /** The passage that the quote is from; of several neighbouring ones, the likeliest to answer. */
  readonly passage: string;
  /** Where the passage begins in the article's text. @internal Only tests read it. */
  readonly passageStart: number;
  /** What a reader needs beside the quote, word for word: the headings above it, the sentence that introduces its list. */
  readonly context: readonly ContextSlice[];
  /** Where the quote stands in its source, as far as the source says so. */
  readonly location: ExcerptLocation;
  /** The quote with its structure, for showing it. @internal */
  readonly excerpt: Excerpt;
}
