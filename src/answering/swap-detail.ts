import { anyOf, DETAIL_PREPOSITIONS } from '../text/english.js';

const PREPOSITION = anyOf(DETAIL_PREPOSITIONS);
/** A word with the marks inside it: "1.88", "x86-64". */
const TOKEN = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.,:+-]*[\\p{L}\\p{N}+])?';

/** "on windows?", "in 2023", "the N5": a preposition or none, and one word. */
const DETAIL = new RegExp(`^(?:(${PREPOSITION})\\s+)?(?:the\\s+)?(${TOKEN})[\\s?!.]*$`, 'iu');
const WITH_PREPOSITION = new RegExp(`(?<![\\p{L}\\p{N}])(?:${PREPOSITION}\\s+(?:the\\s+)?)?(${TOKEN})`, 'giu');
/** The last two words of a question, if the first of them is a preposition. */
const LAST_DETAIL = new RegExp(`(?<![\\p{L}\\p{N}])(${PREPOSITION})\\s+(?:the\\s+)?${TOKEN}[\\s?!.]*$`, 'iu');

/**
 * Puts the detail that a follow-up names in place of the same detail of the earlier question: a number or name with digits in
 * place of the only similar one, or a word in place of the last one after the same preposition.
 *
 * @param followUp Without its opener: "on windows?", "in 2023?", "the N5?".
 * @param earlier "where are the settings on linux?", "when does the N1 leave?".
 * @returns The whole question, such as "where are the settings on windows?", or null if there is no such detail.
 */
export function swapDetail(followUp: string, earlier: string): string | null {
  const [, preposition, word = ''] = DETAIL.exec(followUp) ?? [];
  if (word === '') return null;
  const detail = followUp.replace(/[\s?!.]+$/, '');
  if (/\p{N}/u.test(word)) return swapSimilar(word, preposition === undefined ? null : detail, earlier);
  const last = LAST_DETAIL.exec(earlier);
  if (last === null || last[1]?.toLowerCase() !== preposition?.toLowerCase()) return null;
  return `${earlier.slice(0, last.index)}${detail}?`;
}

/** @param phrase The word with its preposition, which then replaces that of the earlier question too; null if it has none. */
function swapSimilar(word: string, phrase: string | null, earlier: string): string | null {
  const similar = [...earlier.matchAll(WITH_PREPOSITION)].filter(([, token = '']) => shapeOf(token) === shapeOf(word));
  const [match] = similar;
  if (match === undefined || similar.length > 1) return null;
  const [whole, token = ''] = match;
  const start = phrase === null ? match.index + whole.length - token.length : match.index;
  return `${earlier.slice(0, start)}${phrase ?? word}${earlier.slice(match.index + whole.length)}`;
}

/** The same for "N1" and "N12", for 41 and 7, and for two years. */
function shapeOf(word: string): string {
  if (/^(?:1\d|20)\d\d$/.test(word)) return 'year';
  return word.replace(/\p{L}+/gu, 'a').replace(/\p{N}+/gu, '0');
}
