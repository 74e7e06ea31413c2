import { foldWord, WORD } from '../../text/words.js';

/** Returns a function from a folded word to the way it is first written in a text; to itself if it isn't there. */
export function writtenWords(text: string): (folded: string) => string {
  const written = new Map<string, string>();
  for (const [word] of text.matchAll(WORD)) {
    const folded = foldWord(word);
    if (!written.has(folded)) written.set(folded, word);
  }
  return (folded) => written.get(folded) ?? folded;
}
