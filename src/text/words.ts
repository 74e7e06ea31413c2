/**
 * Matches one word: a run of letters, combining marks and digits. Global, so use it with `match`, `matchAll` or
 * `replace`.
 */
export const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Splits a text into words, in order and in lower case, with accents composed (NFC). Punctuation is dropped. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(WORD) ?? [];
}

/** Folds a word to lower case without accents: "São" becomes "sao". */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  // Most words are ASCII, and the rest takes ten times as long.
  return ASCII_WORD.test(lower) ? lower : lower.normalize('NFD').replace(/\p{Mn}/gu, '');
}

const ASCII_WORD = /^[\da-z]*$/;

/** Counts the words of a text as a word processor does, at whitespace only. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
