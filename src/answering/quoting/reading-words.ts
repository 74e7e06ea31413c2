import { type Span, sliceOf } from '../../text/span.js';
import { countWords } from '../../text/words.js';

/** An address, a line of base64 or a Chinese sentence is one word, and takes as long to read as many. */
const CHARACTERS_PER_WORD = 12;

/** The words of a part of a text, or what takes as long to read. A very long part isn't counted: it is more than fits anywhere. */
export function readingWords(text: string, span: Span): number {
  const byLength = Math.ceil((span.end - span.start) / CHARACTERS_PER_WORD);
  return byLength > MAX_COUNTED ? byLength : Math.max(byLength, countWords(sliceOf(text, span)));
}

/** Far more words than a quote may have. */
const MAX_COUNTED = 1000;
