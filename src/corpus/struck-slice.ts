import { clip, overlap, type Span, sliceOf } from '../text/span.js';
import type { Article } from './article.js';

/** Words of an article, with what its author struck out in them. */
export interface StruckSlice {
  readonly text: string;
  /** The struck parts of `text`. */
  readonly struck: readonly Span[];
}

/** Cuts a part out of an article, with what is struck in it. */
export function struckSlice({ text, marks }: Pick<Article, 'text' | 'marks'>, span: Span): StruckSlice {
  const struck = marks.filter((mark) => mark.kind === 'struck' && overlap(mark, span));
  return { text: sliceOf(text, span), struck: struck.map((mark) => clip(mark, span)) };
}
