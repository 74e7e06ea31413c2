import { wordsOf } from '../text/words.js';

/** With fewer words that are not in the passages, a question is mostly names, which belong to no language. */
const MIN_WORDS = 3;

/**
 * How much higher eld's score for another language must be than its score for the language of the articles. With this
 * and MIN_WORDS, 1 of 2,290 English questions (SQuAD and ClapNQ) was taken for another language, and 133 of 135 questions in
 * nine other languages were noticed.
 */
const MIN_MARGIN = 0.1;

/** More text says no more about the language of the passages. */
const MAX_CHARACTERS = 1000;

/**
 * Loads eld's language model (one megabyte).
 *
 * @returns A function that returns the languages of a question and of passages as ISO 639-1 codes, or null if they are the same
 * or cannot be determined.
 */
export async function openLanguageComparison(): Promise<
  (question: string, passages: string) => { asked: string; written: string } | null
> {
  const { eld } = await import('eld/extrasmall');
  return (question, passages) => {
    const known = new Set(wordsOf(passages));
    const words = (question.match(/[\p{L}\p{M}'’]+/gu) ?? []).filter((word) => !known.has(word.toLowerCase()));
    if (words.length < MIN_WORDS) return null;
    const found = eld.detect(passages.slice(0, MAX_CHARACTERS));
    const written = found.isReliable() ? found.language : '';
    if (written === '') return null;
    const result = eld.detect(question);
    const scores = result.getScores();
    const asked = result.language;
    const margin = (scores[asked] ?? 0) - (scores[written] ?? 0);
    return asked === '' || asked === written || margin < MIN_MARGIN ? null : { asked, written };
  };
}
