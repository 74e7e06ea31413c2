import type { Decision } from '../confidence/decision.js';
import type { PreparedQuestion } from '../ranking/rank-question.js';
import type { RankedPassage } from '../ranking/ranking.js';

/** What the reasons are derived from: a question with its ranking and the decision on it. */
export interface ExplainedQuestion {
  readonly prepared: PreparedQuestion;
  /** All candidates, best first. */
  readonly ranking: readonly RankedPassage[];
  readonly decision: Decision;
}

/** A passage in the ranking of a question. */
export interface ExplainedPassage {
  readonly ranked: RankedPassage;
  readonly result: ExplainedQuestion;
}
