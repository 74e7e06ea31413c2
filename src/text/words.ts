/** What stands between spaces and punctuation. */
export const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text, in lower case, in order: what stands between spaces and punctuation. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(WORD) ?? [];
}

/** Words between white space. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
