/** Splits folded text into its words; see {@link fold}. */
export function wordsIn(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}

/**
 * Reduces text to what suggestions compare: lower case, no accents, only letters and digits, single spaces.
 * "Café–Bar" becomes "cafe bar".
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
