/** Turns well-formed questions into questions as people type them. */

const STOP_WORDS = new Set(
  `a an the and or but nor of in on at to from by for with without into onto over under about after before between during as than
  is are was were be been being am do does did done has have had having can could will would shall should may might must
  who whom whose what which when where why how that this these those there here it its he him his she her they them their
  i me my we us our you your not no so if then also s`.split(/\s+/),
);

/** Lower-cases a question and removes its question mark. */
export function carelessly(question: string): string {
  return question.replace(/\?\s*$/, '').toLowerCase();
}

/** Removes function words, as people do in a search box. */
export function asKeywords(question: string): string {
  const words = question.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word.toLowerCase())).join(' ');
}

/** Swaps two adjacent letters in the middle of the longest word, or of the first one if several are equally long. */
export function misspelt(question: string): string {
  const words = question.match(/\p{L}+/gu) ?? [];
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  return question.replace(longest, swapLetters(longest));
}

/** Swaps the first two different letters from the middle on. */
function swapLetters(word: string): string {
  for (let index = Math.floor(word.length / 2); index + 1 < word.length; index++) {
    const [first = '', second = ''] = [word[index], word[index + 1]];
    if (first !== second) return word.slice(0, index) + second + first + word.slice(index + 2);
  }
  return word;
}
