import { mainScript } from '../text/scripts.js';
import type { AnswerNote } from './answer-notes.js';

/** Number of top passages that the language of the articles is detected from. */
export const LANGUAGE_PASSAGES = 3;

/**
 * Compares the languages of a question and of passages. Returns both as ISO 639-1 codes, or null if they are the same
 * or cannot be told.
 */
export type CompareLanguages = (
  question: string,
  passages: string,
) => { readonly asked: string; readonly written: string } | null;

/** A note that the question is in another script or language than the articles. */
export type LanguageNote = Extract<AnswerNote, { readonly kind: 'script' | 'language' }>;

/**
 * Checks that a question is in the language of the articles, because its words cannot match theirs otherwise.
 *
 * @param passages The texts of the best passages.
 * @param compareLanguages Only called if both are in the same script.
 * @returns What differs, or null if nothing does.
 */
export function checkLanguage(
  question: string,
  passages: readonly string[],
  compareLanguages: CompareLanguages = () => null,
): LanguageNote | null {
  const text = passages.join(' ');
  const asked = mainScript(question);
  const written = mainScript(text);
  if (asked !== null && written !== null && asked !== written) return { kind: 'script', asked, written };
  const languages = compareLanguages(question, text);
  return languages === null ? null : { kind: 'language', ...languages };
}
