import { WORD, wordsOf } from '../text/words.js';

/** Shorter words have a neighbour one letter away too often ("Lyon" and "lion"). */
const MIN_LETTERS = 5;

/** What spelling asks of the library. */
export interface Spelling {
  /**
   * The word of the articles that a word was probably meant for; null where the articles have the word itself or none near it.
   *
   * @param word In lower case.
   */
  nearestWord(word: string): string | null;
}

/** A word that was typed and the one it was read as. */
export interface SpellingChange {
  readonly typed: string;
  readonly read: string;
}

/**
 * Reads misspelt words as the words of the articles that are nearest. A word that the model knows as a whole is left alone: it
 * is a word, only none of these articles'.
 *
 * @param vocabulary The text of each token of the model.
 */
export function correctSpelling(
  question: string,
  vocabulary: ReadonlySet<string>,
  spelling: Spelling,
): { readonly question: string; readonly changes: readonly SpellingChange[] } {
  const changes = [...new Set(wordsOf(question))].flatMap((typed): SpellingChange[] => {
    if (typed.length < MIN_LETTERS || !/^\p{L}+$/u.test(typed) || vocabulary.has(typed)) return [];
    const read = spelling.nearestWord(typed);
    return read === null ? [] : [{ typed, read }];
  });
  const readAs = new Map(changes.map(({ typed, read }) => [typed, read]));
  const corrected = question.normalize('NFC').replace(WORD, (word) => readAs.get(word.toLowerCase()) ?? word);
  return { question: corrected, changes };
}
