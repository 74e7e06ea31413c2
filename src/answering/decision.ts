/** What the decision is made from, of each passage of a ranking. */
export interface DecidedPassage {
  readonly passage: { readonly articleKey: number };
  readonly score: number;
  readonly similarity: number;
  readonly beyondTitleMaxSim: number;
  readonly isNearDuplicate: boolean;
}

/** What is said: the passage answers; it is the closest there is and may not answer; or nothing is near. */
export type Outcome = 'answered' | 'closest' | 'not-found';

/** What the decision looks at, of the first passage. */
export interface DecisionFeatures {
  /**
   * MaxSim, over what is asked beyond the title, of the two neighbouring sentences that match best by idf. A question that the articles do not
   * answer mostly names what one of them is about: that words of the title are matched says little.
   */
  readonly beyondTitleMaxSim: number;
  /** Similarity of the passage's vector and the question's. */
  readonly similarity: number;
  /**
   * How far its score is ahead of the best passage of another article that does not just repeat it, at most 4: a clear winner
   * is more often right.
   */
  readonly lead: number;
}

export const DECISION_FEATURES = [
  'beyondTitleMaxSim',
  'similarity',
  'lead',
] as const satisfies readonly (keyof DecisionFeatures)[];

/** Logistic regression: confidence = 1 / (1 + e^-(intercept + sum of factor times feature)). */
export interface DecisionWeights extends DecisionFeatures {
  readonly intercept: number;
}

/** Least confidence for each outcome. */
export interface DecisionThresholds {
  readonly answered: number;
  readonly closest: number;
}

/** What a decision is made by, fitted for one model. */
export interface Calibration {
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
}

export interface Decision {
  readonly outcome: Outcome;
  /** Probability that the first passage answers the question, 0 to 1; null where nothing was fitted for the model. */
  readonly confidence: number | null;
  /** Null when there was no passage to decide on. */
  readonly features: DecisionFeatures | null;
}

/** In log-odds. Beyond it only the number of articles on a subject is told from, not whether the answer is there. */
const MAX_LEAD = 4;

/** Where all candidates are of one article, the first is compared with the passage of this rank. */
const COMPARED_RANK = 5;

/**
 * Decides what is said from a ranking, best passage first.
 *
 * @param calibration Null for a model that none was fitted for: then nothing is called `answered`.
 */
export function decide(ranking: readonly DecidedPassage[], calibration: Calibration | null): Decision {
  const features = decisionFeatures(ranking);
  if (features === null) return { outcome: 'not-found', confidence: calibration === null ? null : 0, features };
  if (calibration === null) return { outcome: 'closest', confidence: null, features };
  const { decision, thresholds } = calibration;
  const confidence = confidenceOf(features, decision);
  const outcome =
    confidence >= thresholds.answered ? 'answered' : confidence >= thresholds.closest ? 'closest' : 'not-found';
  return { outcome, confidence, features };
}

/** What the decision looks at; null for an empty ranking. */
export function decisionFeatures(ranking: readonly DecidedPassage[]): DecisionFeatures | null {
  const [first] = ranking;
  if (first === undefined) return null;
  const others = ranking.slice(1).filter(({ isNearDuplicate }) => !isNearDuplicate);
  const ofOthers = others.filter(({ passage }) => passage.articleKey !== first.passage.articleKey);
  const rivalScore =
    ofOthers.length > 0
      ? Math.max(...ofOthers.map(({ score }) => score))
      : (others[COMPARED_RANK - 2] ?? others.at(-1) ?? first).score;
  return {
    beyondTitleMaxSim: first.beyondTitleMaxSim,
    similarity: first.similarity,
    lead: Math.min(MAX_LEAD, first.score - rivalScore),
  };
}

/** The probability that these features speak of a right first passage. */
export function confidenceOf(features: DecisionFeatures, weights: DecisionWeights): number {
  const logOdds = DECISION_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], weights.intercept);
  return 1 / (1 + Math.exp(-logOdds));
}
