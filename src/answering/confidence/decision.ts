/** The fields of a ranked passage that the decision uses. */
export interface DecidedPassage {
  readonly passage: { readonly articleKey: number };
  readonly score: number;
  readonly similarity: number;
  readonly contentSimilarity: number;
  readonly features: { readonly titleMaxSim: number };
  readonly isNearDuplicate: boolean;
}

/**
 * What an answer claims: what it shows answers the question (`answered`), is close but may not answer it (`closest`), or
 * nothing is close (`not-found`).
 */
export type Outcome = 'answered' | 'closest' | 'not-found';

/** What the decision is based on: the first passage, the one behind it, and the question. */
export interface DecisionFeatures {
  /** Similarity of the vectors of passage and question, -1 to 1. */
  readonly similarity: number;
  /**
   * How far its score is ahead of the best passage of another article, near duplicates aside; at most 4, in log-odds. A
   * clear winner is more often right.
   */
  readonly lead: number;
  /** How well the passage matches the content words of the question, about 0 to 1. */
  readonly contentSimilarity: number;
  /** MaxSim of the title, weighted by idf. A question that the articles do not answer usually still names what one of them is about. */
  readonly titleMaxSim: number;
  /** ln(1 + number of content words in the question). A few words are easily matched by chance. */
  readonly questionLength: number;
}

/** The names of the decision features, in the order they are summed. */
export const DECISION_FEATURES = [
  'similarity',
  'lead',
  'contentSimilarity',
  'titleMaxSim',
  'questionLength',
] as const satisfies readonly (keyof DecisionFeatures)[];

/** Logistic regression: confidence = 1 / (1 + e^-(intercept + sum of weight * feature)). */
export interface DecisionWeights extends DecisionFeatures {
  /** Log-odds of an answer whose features are all 0. */
  readonly intercept: number;
}

/** The minimum confidence of each outcome, 0 to 1; below `closest` the outcome is `not-found`. */
export interface DecisionThresholds {
  readonly answered: number;
  readonly closest: number;
}

/** The weights and thresholds of the decision, fitted for one model. */
export interface Calibration {
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
}

/** The outcome of a ranking, with its confidence. */
export interface Decision {
  readonly outcome: Outcome;
  /** Probability that what is shown answers the question, 0 to 1; null if nothing was fitted for the model. */
  readonly confidence: number | null;
  /** Null if the ranking is empty. */
  readonly features: DecisionFeatures | null;
}

/** In log-odds. A longer lead only shows how few articles there are on the subject, not whether one has the answer. */
const MAX_LEAD = 4;

/** If all candidates are from one article, the lead is that over the passage of this rank. */
const RIVAL_RANK = 5;

/**
 * Decides what an answer may claim.
 *
 * @param ranking Best passage first.
 * @param contentWords Number of content words in the question.
 * @param calibration Null for a model that was not fitted: then nothing counts as `answered`.
 */
export function decide(
  ranking: readonly DecidedPassage[],
  contentWords: number,
  calibration: Calibration | null,
): Decision {
  const features = decisionFeatures(ranking, contentWords);
  if (features === null) return { outcome: 'not-found', confidence: calibration === null ? null : 0, features };
  if (calibration === null) return { outcome: 'closest', confidence: null, features };
  const confidence = confidenceOf(features, calibration.decision);
  return { outcome: outcomeOf(confidence, calibration.thresholds), confidence, features };
}

function outcomeOf(confidence: number, { answered, closest }: DecisionThresholds): Outcome {
  if (confidence >= answered) return 'answered';
  return confidence >= closest ? 'closest' : 'not-found';
}

/** Returns the features of a ranking that the decision is based on, or null if it is empty. */
export function decisionFeatures(ranking: readonly DecidedPassage[], contentWords: number): DecisionFeatures | null {
  const [first] = ranking;
  if (first === undefined) return null;
  return {
    similarity: first.similarity,
    lead: Math.min(MAX_LEAD, first.score - (rivalOf(ranking) ?? first).score),
    contentSimilarity: first.contentSimilarity,
    titleMaxSim: first.features.titleMaxSim,
    questionLength: Math.log(1 + contentWords),
  };
}

/**
 * Returns what the lead is over: the best passage of another article, or else the one at `RIVAL_RANK`, or else the last one.
 * Near duplicates do not count. Null if there is nothing but the first passage.
 */
export function rivalOf<Passage extends DecidedPassage>([first, ...others]: readonly Passage[]): Passage | null {
  const rivals = others.filter(({ isNearDuplicate }) => !isNearDuplicate);
  const fromOtherArticles = rivals.filter(({ passage }) => passage.articleKey !== first?.passage.articleKey);
  if (fromOtherArticles.length > 0) return fromOtherArticles.reduce((a, b) => (b.score > a.score ? b : a));
  return rivals[RIVAL_RANK - 2] ?? rivals.at(-1) ?? null;
}

/** Returns the probability, 0 to 1, that what is shown answers the question if the first passage has these features. */
export function confidenceOf(features: DecisionFeatures, weights: DecisionWeights): number {
  const logOdds = DECISION_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], weights.intercept);
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * What an answer to several questions claims, besides the outcomes that all of them can have in common: some are `answered`, but
 * not all (`partly`).
 */
export type AnswerOutcome = Outcome | 'partly';

/** Combines the outcomes of the questions in one message. If none is `answered`, one that is `closest` decides. */
export function overallOutcome(outcomes: readonly Outcome[]): AnswerOutcome {
  if (outcomes.every((outcome) => outcome === 'answered')) return 'answered';
  if (outcomes.includes('answered')) return 'partly';
  return outcomes.includes('closest') ? 'closest' : 'not-found';
}

/**
 * Combines the confidences of the questions in one message: the lowest of those that are `answered`, or else of those that are
 * `closest`, or else the highest of all. So it says how sure the claim of {@link overallOutcome} is.
 */
export function overallConfidence(decisions: readonly Decision[]): number | null {
  const having = (outcome: Outcome): number[] =>
    decisions.flatMap((one) => (one.outcome === outcome ? (one.confidence ?? []) : []));
  const [claimed = having('not-found')] = [having('answered'), having('closest')].filter(({ length }) => length > 0);
  if (claimed.length === 0) return null;
  return decisions.every(({ outcome }) => outcome === 'not-found') ? Math.max(...claimed) : Math.min(...claimed);
}
