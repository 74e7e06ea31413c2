import { type Span, sliceOf } from '../text/span.js';
import type { Article } from './article.js';

/** Words of an article, with what its author struck out in them. */
export interface StruckSlice {
  readonly text: string;
  /** The struck parts of `text`. */
  readonly struck: readonly Span[];
}

/** Cuts a part out of an article, with what is struck in it. */
export function struckSlice({ text, marks }: Pick<Article, 'text' | 'marks'>, span: Span): StruckSlice {
  const struck = marks.filter(({ kind, start, end }) => kind === 'struck' && start < span.end && end > span.start);
  return { text: sliceOf(text, span), struck: struck.map((mark) => clip(mark, span)) };
}

/** Cuts off what lies outside a span, and counts from its beginning. */
export function clip<Part extends Span>(part: Part, { start, end }: Span): Part {
  const inside = (offset: number): number => Math.min(Math.max(offset, start), end) - start;
  return { ...part, start: inside(part.start), end: inside(part.end) };
}
