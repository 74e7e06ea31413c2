import type { Citation } from '../corpus/citation.js';
import type { Span } from '../text/span.js';

/** Returns what people read of a citation before they press or type anything, and where that is in the article. */
export function shownText({ quote, start, end }: Citation): Span & { readonly text: string } {
  return { text: quote, start, end };
}
