import type { Citation } from '../corpus/citation.js';
import type { Span } from '../text/span.js';
import { countWords } from '../text/words.js';

/** Returns the quote of a citation and where it is in the article. What is shown around the quote is not judged. */
export function shownText({ quote, start, end }: Citation): Span & { readonly text: string } {
  return { text: quote, start, end };
}

/** Returns how many words a citation shows: its quote and the context beside it. */
export function shownWords({ quote, context }: Citation): number {
  return [quote, ...context.map(({ text }) => text)].reduce((sum, text) => sum + countWords(text), 0);
}
