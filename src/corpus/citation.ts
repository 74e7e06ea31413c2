import type { Span } from '../text/span.js';
import type { ArticleReference } from './article.js';

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
  /** The words of the quote that match words of the question, as spans of `quote`. */
  readonly matches: readonly Span[];
}
