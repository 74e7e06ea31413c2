import type { Decision } from './confidence/decision.js';
import { interleave } from './interleave.js';
import type { PreparedQuestion } from './ranking/rank-question.js';
import type { RankedPassage } from './ranking/ranking.js';
import type { Reading } from './read-questions.js';

/** One question of a message, with its ranking and the decision on it. */
export interface QuestionResult {
  /** The question as it was asked. */
  readonly question: string;
  /** How it was read: alone, or together with an earlier one. */
  readonly reading: Reading;
  readonly prepared: PreparedQuestion;
  /** All candidates, best first. */
  readonly ranking: readonly RankedPassage[];
  readonly decision: Decision;
}

/** A passage and the question that it was found for. */
export interface FoundPassage {
  readonly ranked: RankedPassage;
  readonly result: QuestionResult;
}

/** Returns the best passages of a message, each once. Several questions alternate. */
export function bestPassages(results: readonly QuestionResult[], limit: number): FoundPassage[] {
  const lists = results.map((result) => result.ranking.slice(0, limit).map((ranked) => ({ ranked, result })));
  return interleave(lists, limit, ({ ranked }) => ranked.passage.id);
}

/** Returns all candidates of a message, each once and best first. Several questions alternate. */
export function fullRanking(results: readonly QuestionResult[]): RankedPassage[] {
  return bestPassages(results, Number.POSITIVE_INFINITY).map(({ ranked }) => ranked);
}

/**
 * Identifies a passage together with its question: one passage can answer two questions, each with another sentence.
 */
export function identifyFound({ ranked, result }: FoundPassage): string {
  return `${result.question} ${ranked.passage.id}`;
}
