import type { Citation } from '../corpus/citation.js';
import type { Span } from '../text/span.js';

/** Returns the quote of a citation and where it is in the article. What is shown around the quote is not judged. */
export function shownText({ quote, start, end }: Citation): Span & { readonly text: string } {
  return { text: quote, start, end };
}
