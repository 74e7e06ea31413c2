import type { Span } from '../text/span.js';
import type { ArticleReference } from './article.js';

/** A passage shown as evidence. `quote` and `passage` are exact slices of the article's stored text. */
export interface Citation {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** The question it answers if the message contained several, else null. */
  readonly question: string | null;
  /**
   * One to three sentences: the slice `start`..`end` of the article's text. It may begin before the passage if the passage
   * opens with a reference such as "He".
   */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** The whole passage: the slice of the article's text that begins at `passageStart`. */
  readonly passage: string;
  /** @internal Only tests read it. */
  readonly passageStart: number;
  /** The words of the quote that match words of the question, as spans of `quote`. */
  readonly matches: readonly Span[];
}
