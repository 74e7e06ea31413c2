import type { Script } from '../text/scripts.js';
import type { Outcome } from './confidence/decision.js';
import { percentOf } from './confidence/percent-of.js';
import { MAX_QUESTIONS } from './question/question.js';
import type { SpellingChange } from './question/spelling.js';

/** Something worth knowing about an answer, besides its citations. */
export type AnswerNote =
  /** A person pinned the first citation to this question, or to one that is nearly the same in wording. */
  | { readonly kind: 'pinned'; readonly question: string; readonly passageId: string }
  /** The question is in another script than the articles. */
  | { readonly kind: 'script'; readonly asked: Script; readonly written: Script }
  /** The question seems to be in another language than the articles. ISO 639-1 codes. */
  | { readonly kind: 'language'; readonly asked: string; readonly written: string }
  /** A word of the question was read as another. */
  | ({ readonly kind: 'spelling' } & SpellingChange)
  /** The question was read together with an earlier one. */
  | { readonly kind: 'follow-up'; readonly earlier: string }
  /** The question is so long that only a part of it was searched for. */
  | { readonly kind: 'shortened' }
  /** The message asked several questions, each with its own outcome. So many others were skipped. */
  | { readonly kind: 'parts'; readonly parts: readonly AnswerPart[]; readonly skipped: number }
  /**
   * The cited articles were published a year or more apart. Dates in the order of the citations, null for an undated
   * one.
   */
  | { readonly kind: 'years-apart'; readonly published: readonly (string | null)[] }
  /** Quotes about the same thing give different numbers. Lists the ones that differ, by citation number (from 1). */
  | {
      readonly kind: 'figures-differ';
      readonly figures: readonly { readonly citation: number; readonly figures: readonly string[] }[];
    }
  /** Passages that only come close were held back. */
  | { readonly kind: 'withheld' }
  /** Nothing was fitted for the model in use, so the answer has no confidence. */
  | { readonly kind: 'uncalibrated' };

/** What became of one of the questions in a message. */
export interface AnswerPart {
  readonly question: string;
  readonly outcome: Outcome;
  /** Probability that what is shown for it answers it, 0 to 1; null where the whole answer has no confidence. */
  readonly confidence: number | null;
}

/** Writes a note as a sentence in English. */
export function noteText(note: AnswerNote): string {
  switch (note.kind) {
    case 'pinned':
      return `Pinned: a person chose the first source for the question “${note.question}”.`;
    case 'script':
      return `The question is in ${note.asked} script, but the articles are in ${note.written} script. Try asking in the language of the articles.`;
    case 'language':
      return `The question seems to be in ${languageName(note.asked)}, but the articles are in ${languageName(note.written)}. Ask in ${languageName(note.written)} for a better answer.`;
    case 'spelling':
      return `Searched for “${note.read}” instead of “${note.typed}”.`;
    case 'follow-up':
      return `Treated as a follow-up to “${note.earlier}”.`;
    case 'shortened':
      return 'The question is long, so only the part that asks was searched for. Ask in a sentence or two for a better answer.';
    case 'parts':
      return `You asked several questions at once: ${note.parts.map(partText).join('; ')}.${skippedText(note.skipped)}`;
    case 'years-apart':
      return `The sources are a year or more apart (${note.published.map((date, index) => `[${index + 1}] ${date ?? 'undated'}`).join(', ')}). They are sorted by how well they match the question, not by date.`;
    case 'figures-differ':
      return `The sources give different figures (${note.figures.map(({ citation, figures }) => `[${citation}] ${figures.join(' and ')}`).join('; ')}). Compare them: the order shows how well each source matches the question, not which figure is right.`;
    case 'withheld':
      return 'Some passages come close, but only answers that I am sure about are shown here.';
    case 'uncalibrated':
      return 'This model’s accuracy has not been measured, so there is no percentage. The best matches come first; judge for yourself whether they answer the question.';
  }
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  answered: 'was answered',
  closest: 'has only close matches',
  'not-found': 'has no answer in the articles',
};

function partText({ question, outcome, confidence }: AnswerPart): string {
  const sure = confidence === null || outcome === 'not-found' ? '' : ` (${percentOf(confidence)}% sure)`;
  return `“${question}” ${OUTCOME_WORDS[outcome]}${sure}`;
}

function skippedText(skipped: number): string {
  if (skipped === 0) return '';
  const were = skipped === 1 ? 'The last one was' : `The last ${skipped} were`;
  return ` ${were} not looked up: ask up to ${MAX_QUESTIONS} questions at once.`;
}

function languageName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(code) ?? code;
}
