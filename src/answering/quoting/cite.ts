import type { Citation } from '../../corpus/citation.js';
import { excerptOf } from '../../corpus/excerpt.js';
import { type Span, shiftSpan, sliceOf } from '../../text/span.js';
import type { CitableArticle } from '../ports/passage-store.js';

/** A part of an article to cite. */
export interface CitedPart extends Span {
  /** The passage it is from, by its id and place. */
  readonly passage: Span & { readonly id: string };
  /** The parts of it that decide, as spans of the article's text. */
  readonly highlights: readonly Span[];
}

/**
 * Makes a citation of a part of an article.
 *
 * @param question The question it is for, if the message asked several; otherwise null.
 */
export function cite(
  { passage, start, end, highlights }: CitedPart,
  article: CitableArticle,
  question: string | null,
): Citation {
  const excerpt = excerptOf(article, { start, end });
  return {
    passageId: passage.id,
    article: article.reference,
    question,
    quote: excerpt.text,
    start,
    end,
    highlights: highlights.map((highlight) => shiftSpan({ start: highlight.start, end: highlight.end }, -start)),
    passage: sliceOf(article.text, passage),
    passageStart: passage.start,
    context: excerpt.context,
    location: excerpt.location,
    excerpt,
  };
}
