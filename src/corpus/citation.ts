import type { Span } from '../text/span.js';
import type { ArticleReference } from './article.js';

/** A passage shown as evidence. `quote` and `passage` are slices of the article's text as it is stored. */
export interface Citation {
  readonly passageId: string;
  readonly article: ArticleReference;
  /** Which of the questions of a message it was found for; null where there was one. */
  readonly question: string | null;
  /**
   * One to three sentences: the slice `start`..`end` of the article's text. It may begin before the passage, where the passage
   * begins with a sentence that says "He".
   */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  /** The whole passage: the slice that begins at `passageStart`. */
  readonly passage: string;
  readonly passageStart: number;
  /** The words of the quote that answer words of the question, as spans of `quote`. */
  readonly matches: readonly Span[];
}
