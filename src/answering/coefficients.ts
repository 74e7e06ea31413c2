import type { DecisionThresholds, DecisionWeights } from './decision.js';
import type { RankingWeights } from './ranking.js';

export interface Coefficients {
  readonly ranking: RankingWeights;
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
}

export const COEFFICIENTS: Coefficients = {
  ranking: { maxSimIdf: 11.7, maxSim: 2.7, articleTermShare: 2.9, articleSimilarity: 7.2 },
  decision: { intercept: -6, maxSimIdf: 8, maxSim: 4, margin: 0.5 },
  thresholds: { answered: 0.6, closest: 0.3 },
};
