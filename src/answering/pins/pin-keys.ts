import { WORD } from '../../text/words.js';
import type { SpellingChange } from '../question/spelling.js';
import { foldQuestion } from './fold-question.js';

/** How a question was read, as far as its spelling is concerned. */
export interface ReadSpelling {
  readonly changes: readonly SpellingChange[];
  /** The text of each token of the model. */
  readonly vocabulary: readonly string[];
}

/**
 * The folded forms under which a question may have been pinned: as it was typed, and with the slips of the finger corrected that
 * the search corrects too.
 */
export function pinKeys(question: string, { changes, vocabulary }: ReadSpelling): string[] {
  const names = capitalisedWords(question);
  const slips = changes.filter(
    ({ typed, read }) => !names.has(typed) && isSlip(typed, read) && isEverydayWord(read, vocabulary),
  );
  const readAs = new Map(slips.map(({ typed, read }) => [typed, read]));
  const corrected = question.normalize('NFC').replace(WORD, (word) => readAs.get(word.toLowerCase()) ?? word);
  return [...new Set([question, corrected].map(foldQuestion))];
}

/** The words with a capital inside a question, in lower case: names that nobody has written about yet are no misspelt words. */
function capitalisedWords(question: string): ReadonlySet<string> {
  if (question === question.toUpperCase()) return new Set();
  const words = [...question.normalize('NFC').matchAll(WORD)].slice(1);
  return new Set(words.flatMap(([word]) => (/^\p{Lu}/u.test(word) ? [word.toLowerCase()] : [])));
}

/**
 * Whether a word is another one with a single letter too many, missing or wrong inside it, or with two neighbours swapped. At the
 * first letter ("typical" and "atypical") and at the last ("muted" and "muter") a letter more often makes another word.
 */
function isSlip(typed: string, read: string): boolean {
  if (typed.charAt(0) !== read.charAt(0)) return false;
  let same = 0;
  while (same < typed.length && typed[same] === read[same]) same += 1;
  const [restTyped, restRead] = [typed.slice(same), read.slice(same)];
  const isSwap =
    restTyped.slice(0, 2) === `${restRead.charAt(1)}${restRead.charAt(0)}` && restTyped.slice(2) === restRead.slice(2);
  if (isSwap) return true;
  if (typed.at(-1) !== read.at(-1)) return false;
  return restTyped.slice(1) === restRead || restTyped === restRead.slice(1) || restTyped.slice(1) === restRead.slice(1);
}

/** Whether the model has a token for the whole word: most names are in pieces. */
function isEverydayWord(word: string, vocabulary: readonly string[]): boolean {
  return vocabulary.includes(word) || vocabulary.includes(`▁${word}`);
}
