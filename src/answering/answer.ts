import type { Citation } from '../corpus/citation.js';
import type { AnswerNote } from './answer-notes.js';
import type { DecisionFeatures, Outcome } from './decision.js';
import type { WordMatch } from './matched-words.js';
import type { RankingFeatures } from './ranking.js';

/** What is said to a question. */
export interface Answer {
  readonly question: string;
  /** As it was looked for: misspelt words replaced, a follow-up with the question before it. */
  readonly searched: string;
  readonly outcome: Outcome;
  /**
   * Probability that the first citation answers the question, 0 to 1; of several questions in one message that of
   * the least sure that something is cited for. Null
   * for a model that nothing was fitted for, and for a question in another language than the articles.
   */
  readonly confidence: number | null;
  /** What else there is to know: how the question was read, how the sources differ, what the person can do. */
  readonly notes: readonly AnswerNote[];
  /** Best first, at most one an article and question of the message; none when the outcome is `not-found`. */
  readonly citations: readonly Citation[];
  /** The best passages, whatever the outcome. */
  readonly ranking: readonly AnswerRank[];
  readonly trace: AnswerTrace;
  readonly tookMs: number;
}

/** A passage in the ranking of an answer. */
export interface AnswerRank {
  readonly passageId: string;
  readonly articleId: string;
  readonly text: string;
  readonly score: number;
}

/** How an answer came about. */
export interface AnswerTrace {
  readonly candidates: number;
  /** Of the best passages, in the order of the ranking. */
  readonly passages: readonly PassageTrace[];
  readonly decision: DecisionFeatures | null;
}

/** Why one passage stands where it stands. */
export interface PassageTrace {
  /** Which of the questions of a message it was ranked for; null where there was one. */
  readonly question: string | null;
  readonly passageId: string;
  readonly rank: number;
  readonly score: number;
  /** Place by BM25 and by vector similarity, from 1; null where that retriever did not propose it. */
  readonly termRank: number | null;
  readonly vectorRank: number | null;
  readonly features: RankingFeatures;
  readonly words: readonly WordMatch[];
}

/** " (87 % sure)"; nothing where that cannot be said. */
export function confidenceSuffix(confidence: number | null): string {
  if (confidence === null) return '';
  return ` (${percentOf(confidence)} % sure)`;
}

/** Never more certain than certain. @param confidence 0 to 1. @returns 1 to 99. */
export function percentOf(confidence: number): number {
  return Math.min(99, Math.max(1, Math.round(confidence * 100)));
}
