import type { Citation } from '../corpus/citation.js';
import type { AnswerNote } from './answer-notes.js';
import type { AnswerOutcome, DecisionFeatures, Outcome } from './confidence/decision.js';
import type { ConfidenceReason, PassageReason } from './explanation/reasons.js';
import type { WordMatch } from './quoting/matched-words.js';
import type { RankingFeatures } from './ranking/ranking.js';

/** The answer to a question. */
export interface Answer {
  /** The message as it was asked, on one line. */
  readonly question: string;
  /**
   * The question as it was searched for: without courtesies, with the rare words of a pasted text, misspelt words replaced,
   * and a follow-up with the question before it.
   */
  readonly searched: string;
  /** The last question, this one or an earlier one, that can be understood alone: what a follow-up would be about. */
  readonly topic: string;
  readonly outcome: AnswerOutcome;
  /**
   * Probability that what is shown answers the question, 0 to 1. With several questions in one message, the lowest
   * among the questions that are answered, or else among those with a citation. Null for a model that was not fitted, for a
   * question in another language than the articles, and where a person pinned the first citation.
   */
  readonly confidence: number | null;
  /** How the question was read, how the sources differ, and what the person can do. */
  readonly notes: readonly AnswerNote[];
  /** Best first; a pinned one comes before them. Several may be from one article. Empty if the outcome is `not-found`. */
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
  /** Higher is better. Comparable within one answer only. */
  readonly score: number;
}

/** Explains an answer: its candidates, their ranks and the decision. */
export interface AnswerTrace {
  /** Number of passages that were compared closely. */
  readonly candidates: number;
  /** The passages of the ranking, in its order, then the citations that are not among them. */
  readonly passages: readonly PassageTrace[];
  /** What the decision was based on; null if there were no candidates. With several questions, for the first. */
  readonly decision: DecisionFeatures | null;
  /** How sure the answer to each question of the message is, and why. Empty if a person pinned the first citation. */
  readonly questions: readonly QuestionTrace[];
}

/** Explains how a question was read and how sure its answer is. */
export interface QuestionTrace {
  /** Null if the message asks only one. */
  readonly question: string | null;
  /** The earlier question that it was read together with; null if none. */
  readonly earlier: string | null;
  /** Whether words of what was pasted with it were searched for too. */
  readonly hasPaste: boolean;
  readonly outcome: Outcome;
  /** As in {@link Answer}, for this question. */
  readonly confidence: number | null;
  /** What made the confidence higher or lower than usual, the strongest first. Empty if there is no confidence. */
  readonly reasons: readonly ConfidenceReason[];
}

/** Explains why a passage was found, and its rank. */
export interface PassageTrace {
  /** The question of the message that it was ranked for; null if there is only one. */
  readonly question: string | null;
  readonly passageId: string;
  /** The name of its article: the title, or the file if it has none. */
  readonly article: string;
  /** The headings above its text, from the highest to the nearest, on one line each. */
  readonly headings: readonly string[];
  readonly reasons: readonly PassageReason[];
  /** From 1. */
  readonly rank: number;
  readonly score: number;
  /** Rank by BM25, from 1; null if that search did not find the passage. */
  readonly termRank: number | null;
  /** Rank by vector similarity, from 1; null if that search did not find the passage. */
  readonly vectorRank: number | null;
  readonly features: RankingFeatures;
  /** What the priors of its collection add to the score for sorting; 0 if it has learned none. */
  readonly prior: number;
  readonly words: readonly WordMatch[];
}
