import type { DecisionThresholds, DecisionWeights } from './decision.js';
import type { RankingWeights } from './ranking.js';

/** What was fitted on questions with relevance judgements. */
export interface Coefficients {
  readonly ranking: RankingWeights;
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
}

/**
 * Fitted by `npm run fit` on 2026-11-21 with the bundled model, on the questions of half the articles of two public sets:
 * SQuAD (740 answerable and 127 unanswerable, from XQuAD and SQuAD 2.0) and ClapNQ (150 and 148). The questions of the
 * other half are what is reported. `answered` begins where 90 % of the first passages above it are right, `closest` where
 * 97 % of the right first passages lie above it.
 */
export const COEFFICIENTS: Coefficients = {
  ranking: { maxSimIdf: 13.34, maxSim: 11.493, termShare: 1.03, articleTermShare: 3.47, articleSimilarity: 6.421 },
  decision: { intercept: -7.359, maxSimIdf: 7.31, maxSim: 7.14, margin: 0.067 },
  thresholds: { answered: 0.825, closest: 0.304 },
};
