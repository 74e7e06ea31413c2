import { FUNCTION_WORDS } from './english.js';
import { wordsOf } from './words.js';

/** Returns the words of a text that a search can find something by, in order and in lower case; repeated words stay. */
export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));
}
