import { WORD, wordsOf } from '../../text/words.js';

/** Shorter words too often have an unrelated neighbour one letter away ("Lyon" and "lion"). */
const MIN_LETTERS = 5;

/** Looks up words of the articles for spelling correction. */
export interface Spelling {
  /**
   * Returns the word of the articles that a misspelt word was probably meant to be, or null if the articles have the
   * word itself or nothing similar.
   *
   * @param word In lower case.
   */
  nearestWord(word: string): string | null;
}

/** A word that was replaced in a question. Both forms are in lower case. */
export interface SpellingChange {
  readonly typed: string;
  readonly read: string;
}

/**
 * Replaces misspelt words by the most similar word of the articles. A word that the model knows as a whole stays: it is
 * a real word that these articles just do not use.
 *
 * @param knownWords Words that the model has a token for, in lower case.
 * @returns The corrected question, and each change once.
 */
export function correctSpelling(
  question: string,
  knownWords: ReadonlySet<string>,
  spelling: Spelling,
): { readonly question: string; readonly changes: readonly SpellingChange[] } {
  const changes = [...new Set(wordsOf(question))].flatMap((typed): SpellingChange[] => {
    if (typed.length < MIN_LETTERS || !/^\p{L}+$/u.test(typed) || knownWords.has(typed)) return [];
    const read = spelling.nearestWord(typed);
    return read === null ? [] : [{ typed, read }];
  });
  const replacements = new Map(changes.map(({ typed, read }) => [typed, read]));
  const corrected = question.normalize('NFC').replace(WORD, (word) => replacements.get(word.toLowerCase()) ?? word);
  return { question: corrected, changes };
}
