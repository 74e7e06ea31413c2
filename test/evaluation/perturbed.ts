/** Questions as people type them, made from well-formed ones. */

const FUNCTION_WORDS = new Set(
  `a an the and or but nor of in on at to from by for with without into onto over under about after before between during as than
  is are was were be been being am do does did done has have had having can could will would shall should may might must
  who whom whose what which when where why how that this these those there here it its he him his she her they them their
  i me my we us our you your not no so if then also s`.split(/\s+/),
);

/** In lower case and without the question mark. */
export function carelessly(question: string): string {
  return question.replace(/\?\s*$/, '').toLowerCase();
}

/** Without function words: what people type into a search box. */
export function asKeywords(question: string): string {
  const words = question.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.filter((word) => !FUNCTION_WORDS.has(word.toLowerCase())).join(' ');
}

/** Two neighbouring letters in the middle of the longest word have changed places; of equally long words it is the first. */
export function misspelt(question: string): string {
  const words = question.match(/\p{L}+/gu) ?? [];
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  return question.replace(longest, swapLetters(longest));
}

/** Equal neighbours would make no difference: the next pair that differs is taken. */
function swapLetters(word: string): string {
  for (let at = Math.floor(word.length / 2); at + 1 < word.length; at++) {
    const [first = '', second = ''] = [word[at], word[at + 1]];
    if (first !== second) return word.slice(0, at) + second + first + word.slice(at + 2);
  }
  return word;
}
