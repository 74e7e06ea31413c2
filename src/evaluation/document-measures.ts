import type { EvaluatedQuestion } from './evaluate.js';
import { mean, successAt } from './measures.js';
import type { BootstrapInterval } from './resampling.js';
import { shareOrNull } from './shares.js';

/** How many of the first passages the second measure looks at. */
const FIRST_PASSAGES = 3;

/**
 * What people see of the answers to some questions about documents. Each share has a 95% bootstrap interval over the questions,
 * and is null if it is a share of nothing.
 */
export interface DocumentMeasures {
  /** Number of answerable questions. */
  readonly answerable: number;
  /** Number of unanswerable questions. */
  readonly unanswerable: number;
  /** Number of `answered` questions, answerable or not. */
  readonly answered: number;
  /** Share of the answerable questions whose first passage is right. */
  readonly firstPassage: BootstrapInterval | null;
  /** Share of the answerable questions with a right one among the first three passages. */
  readonly firstThreePassages: BootstrapInterval | null;
  /** Share of the answerable questions that are answered by what is shown of the first citation. */
  readonly firstShown: BootstrapInterval | null;
  /** Share of the answerable questions that are answered by what is shown of any citation. */
  readonly anyShown: BootstrapInterval | null;
  /** Words of the first citation, its context included: the mean over the questions with one, and the highest number. */
  readonly firstShownWords: { readonly mean: number; readonly highest: number } | null;
  /** Share of the answerable questions that are `answered`. */
  readonly answeredAmongAnswerable: BootstrapInterval | null;
  /** Share of all `answered` questions that are answered by what is shown of any citation. */
  readonly anyShownAmongAnswered: BootstrapInterval | null;
  /** Share of all `answered` questions whose first passage is right. */
  readonly firstPassageAmongAnswered: BootstrapInterval | null;
  /** Share of the unanswerable questions that are `answered`. */
  readonly answeredAmongUnanswerable: BootstrapInterval | null;
}

/** The measures of a documents folder. */
export interface DocumentsReport {
  /** All questions. */
  readonly all: DocumentMeasures;
  /** The questions of each kind, by its name. */
  readonly kinds: readonly (DocumentMeasures & { readonly kind: string })[];
  /** The questions of any kind that follow up on another one; null if there are none. */
  readonly followUps: DocumentMeasures | null;
}

/** Measures the questions that are of some kind, all together and by kind; null if there are none. */
export function reportOnDocuments(evaluated: readonly EvaluatedQuestion[]): DocumentsReport | null {
  const judged = evaluated.filter(({ question }) => question.kind !== undefined);
  if (judged.length === 0) return null;
  const kinds = [...new Set(judged.flatMap(({ question }) => question.kind ?? []))].toSorted();
  const followUps = judged.filter(({ question }) => question.after !== undefined);
  return {
    all: documentMeasures(judged),
    kinds: kinds.map((kind) => ({
      kind,
      ...documentMeasures(judged.filter(({ question }) => question.kind === kind)),
    })),
    followUps: followUps.length === 0 ? null : documentMeasures(followUps),
  };
}

/** Whether what is shown of the first citation answers the question. */
export function isFirstShownRight({ question, shown }: EvaluatedQuestion): boolean {
  return question.isAnswerable && shown[0] === true;
}

/** Whether what is shown of any citation answers the question. */
export function isAnyShownRight({ question, shown }: EvaluatedQuestion): boolean {
  return question.isAnswerable && shown.includes(true);
}

function documentMeasures(evaluated: readonly EvaluatedQuestion[]): DocumentMeasures {
  const answerable = evaluated.filter(({ question }) => question.isAnswerable);
  const unanswerable = evaluated.filter(({ question }) => !question.isAnswerable);
  const answered = evaluated.filter(isAnswered);
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    answered: answered.length,
    firstPassage: shareOrNull(answerable, (one) => isRightWithin(one, 1)),
    firstThreePassages: shareOrNull(answerable, (one) => isRightWithin(one, FIRST_PASSAGES)),
    firstShown: shareOrNull(answerable, isFirstShownRight),
    anyShown: shareOrNull(answerable, isAnyShownRight),
    firstShownWords: wordsOf(evaluated),
    answeredAmongAnswerable: shareOrNull(answerable, isAnswered),
    anyShownAmongAnswered: shareOrNull(answered, isAnyShownRight),
    firstPassageAmongAnswered: shareOrNull(answered, (one) => isRightWithin(one, 1)),
    answeredAmongUnanswerable: shareOrNull(unanswerable, isAnswered),
  };
}

function wordsOf(evaluated: readonly EvaluatedQuestion[]): DocumentMeasures['firstShownWords'] {
  const words = evaluated.flatMap(({ shownWords: [first] }) => first ?? []);
  return words.length === 0 ? null : { mean: mean(words), highest: Math.max(...words) };
}

function isAnswered({ outcome }: EvaluatedQuestion): boolean {
  return outcome === 'answered';
}

function isRightWithin({ question, runs }: EvaluatedQuestion, passages: number): boolean {
  return question.isAnswerable && successAt(runs.shipped, passages) === 1;
}
