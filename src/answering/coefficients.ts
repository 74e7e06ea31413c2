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
  ranking: { maxSimIdf: 15.92, maxSim: 12.809, articleTermShare: 4.122, articleSimilarity: 5.087 },
  decision: { intercept: -7.46, maxSimIdf: 7.538, maxSim: 7.442, margin: 0.054 },
  thresholds: { answered: 0.819, closest: 0.303 },
};
