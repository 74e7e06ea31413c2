import type { RankedPassage } from './ranking.js';

/** What is said: the passage answers; it is the closest there is and may not answer; or nothing is near. */
export type Outcome = 'answered' | 'closest' | 'not-found';

/** What the decision looks at. */
export interface DecisionFeatures {
  readonly maxSimIdf: number;
  readonly maxSim: number;
  /** How far the first passage's score is ahead of the fifth's: a clear winner is more often right. */
  readonly margin: number;
}

/** Logistic regression: confidence = 1 / (1 + e^-(intercept + sum of factor times feature)). */
export interface DecisionWeights extends DecisionFeatures {
  readonly intercept: number;
}

/** Least confidence for each outcome. */
export interface DecisionThresholds {
  readonly answered: number;
  readonly closest: number;
}

export interface Decision {
  readonly outcome: Outcome;
  /** Probability that the first passage answers the question, 0 to 1. */
  readonly confidence: number;
  /** Null when there was no passage to decide on. */
  readonly features: DecisionFeatures | null;
}

/** The rank whose score the first one's is compared with. */
const MARGIN_RANK = 5;

/** Decides what is said from a ranking, best passage first. */
export function decide(
  ranking: readonly RankedPassage[],
  weights: DecisionWeights,
  thresholds: DecisionThresholds,
): Decision {
  const features = decisionFeatures(ranking);
  if (features === null) return { outcome: 'not-found', confidence: 0, features };
  const confidence = confidenceOf(features, weights);
  const outcome =
    confidence >= thresholds.answered ? 'answered' : confidence >= thresholds.closest ? 'closest' : 'not-found';
  return { outcome, confidence, features };
}

/** What the decision looks at; null for an empty ranking. */
export function decisionFeatures(ranking: readonly RankedPassage[]): DecisionFeatures | null {
  const first = ranking[0];
  const compared = ranking[MARGIN_RANK - 1] ?? ranking.at(-1);
  if (first === undefined || compared === undefined) return null;
  return { maxSimIdf: first.features.maxSimIdf, maxSim: first.features.maxSim, margin: first.score - compared.score };
}

function confidenceOf(features: DecisionFeatures, weights: DecisionWeights): number {
  const logOdds =
    weights.intercept +
    weights.maxSimIdf * features.maxSimIdf +
    weights.maxSim * features.maxSim +
    weights.margin * features.margin;
  return 1 / (1 + Math.exp(-logOdds));
}
