import type { Citation } from '../corpus/citation.js';
import { dotProduct } from '../vectors/dot-product.js';
import type { AnswerNote, AnswerPart } from './answer-notes.js';
import { compareCitations } from './comparison.js';
import type { Outcome } from './confidence/decision.js';
import type { LanguageNote } from './language-check.js';
import type { FoundPassage, QuestionResult } from './question-result.js';

/** The parts of an answer that its notes are derived from. */
export interface NoteSources {
  readonly results: readonly QuestionResult[];
  /** Whether only a part of the message's question was searched for. */
  readonly isShortened: boolean;
  /** How many more questions the message asked. */
  readonly skipped: number;
  /** One per result. */
  readonly outcomes: readonly Outcome[];
  readonly language: LanguageNote | null;
  /** All questions of the message as they were searched for. */
  readonly searched: string;
  readonly citations: readonly Citation[];
  /** The passages of the citations, in the same order. */
  readonly cited: readonly FoundPassage[];
  /** Whether coefficients were fitted for the model in use. */
  readonly isCalibrated: boolean;
}

/** Collects the notes of an answer: how the question was read, then how the sources differ. */
export function collectNotes({
  results,
  isShortened,
  skipped,
  outcomes,
  language,
  searched,
  citations,
  cited,
  isCalibrated,
}: NoteSources): AnswerNote[] {
  const isSingle = results.length === 1;
  return [
    ...followUpNotes(results),
    ...(isShortened || results.some(({ prepared }) => prepared.isCut) ? [{ kind: 'shortened' } as const] : []),
    ...spellingNotes(results),
    ...(isSingle ? [] : [partsNote(results, outcomes, { skipped, isSure: language === null })]),
    ...(language === null ? [] : [language]),
    // Passages that answer different questions are expected to differ.
    ...(isSingle ? compareCitations(citations, searched, similaritiesOf(cited)) : []),
    ...(isCalibrated || citations.length === 0 ? [] : [{ kind: 'uncalibrated' } as const]),
  ];
}

/** What the message follows up on. That its questions follow up on each other can be seen. */
function followUpNotes(results: readonly QuestionResult[]): AnswerNote[] {
  const [first] = results;
  const earlier = results.map(({ reading }) => reading.earlier).find((one) => one !== null && one !== first?.question);
  return earlier == null ? [] : [{ kind: 'follow-up', earlier }];
}

/** One note per word, even if it is misspelt in two questions. */
function spellingNotes(results: readonly QuestionResult[]): AnswerNote[] {
  const changes = results.flatMap(({ prepared }) => prepared.changes);
  const byWord = new Map(changes.map((change) => [change.typed, { kind: 'spelling', ...change } as const]));
  return [...byWord.values()];
}

function partsNote(
  results: readonly QuestionResult[],
  outcomes: readonly Outcome[],
  { skipped, isSure }: { readonly skipped: number; readonly isSure: boolean },
): AnswerNote {
  const parts = results.map(({ question, decision }, index): AnswerPart => {
    return { question, outcome: outcomes[index] ?? 'not-found', confidence: isSure ? decision.confidence : null };
  });
  return { kind: 'parts', parts, skipped };
}

/** Returns a function from the indexes of two citations to the similarity of their passages. */
function similaritiesOf(cited: readonly FoundPassage[]): (a: number, b: number) => number {
  return (a, b) => {
    const [first, second] = [cited[a]?.ranked.passage.vector, cited[b]?.ranked.passage.vector];
    return first === undefined || second === undefined ? 0 : dotProduct(first, second);
  };
}
