import type { Citation } from '../corpus/citation.js';
import { dotProduct } from '../vectors/dot-product.js';
import type { AnswerNote } from './answer-notes.js';
import { compareCitations } from './comparison.js';
import type { Outcome } from './confidence/decision.js';
import type { LanguageNote } from './language-check.js';
import type { FoundPassage, QuestionResult } from './question-result.js';

/** The parts of an answer that its notes are derived from. */
export interface NoteSources {
  readonly results: readonly QuestionResult[];
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
    ...spellingNotes(results),
    ...(isSingle ? [] : [partsNote(results, outcomes)]),
    ...(language === null ? [] : [language]),
    // Passages that answer different questions are expected to differ.
    ...(isSingle ? compareCitations(citations, searched, similaritiesOf(cited)) : []),
    ...(isCalibrated || citations.length === 0 ? [] : [{ kind: 'uncalibrated' } as const]),
  ];
}

/** One note for each earlier question, even if two questions follow up on it. */
function followUpNotes(results: readonly QuestionResult[]): AnswerNote[] {
  const earlier = new Set(results.flatMap(({ reading }) => reading.earlier ?? []));
  return [...earlier].map((question) => ({ kind: 'follow-up', earlier: question }));
}

/** One note per word, even if it is misspelt in two questions. */
function spellingNotes(results: readonly QuestionResult[]): AnswerNote[] {
  const changes = results.flatMap(({ prepared }) => prepared.changes);
  const byWord = new Map(changes.map((change) => [change.typed, { kind: 'spelling', ...change } as const]));
  return [...byWord.values()];
}

function partsNote(results: readonly QuestionResult[], outcomes: readonly Outcome[]): AnswerNote {
  return {
    kind: 'parts',
    parts: results.map(({ question }, index) => ({ question, outcome: outcomes[index] ?? 'not-found' })),
  };
}

/** Returns a function from the indexes of two citations to the similarity of their passages. */
function similaritiesOf(cited: readonly FoundPassage[]): (a: number, b: number) => number {
  return (a, b) => {
    const [first, second] = [cited[a]?.ranked.passage.vector, cited[b]?.ranked.passage.vector];
    return first === undefined || second === undefined ? 0 : dotProduct(first, second);
  };
}
