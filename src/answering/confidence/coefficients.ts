import type { RankingWeights } from '../ranking/ranking.js';
import type { DecisionFeatures, DecisionThresholds, DecisionWeights } from './decision.js';

/** The numbers that ranking and decision use, fitted on questions with relevance judgements. */
export interface Coefficients {
  readonly ranking: RankingWeights;
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
  /** The mean of each decision feature over the questions that the decision was fitted on: what a confidence is explained against. */
  readonly typical: DecisionFeatures;
}

/** Coefficients and where they come from. Written by `npm run fit`. */
export interface FittedCoefficients extends Coefficients {
  /** The model whose similarities they are for. */
  readonly model: { readonly id: string; readonly fingerprint: string };
  /** `YYYY-MM-DD`. */
  readonly fittedAt: string;
  readonly sets: readonly FittedSet[];
}

/** A set that coefficients were fitted on, with their measures on its two halves. */
export interface FittedSet {
  readonly name: string;
  /** SHA-256 of its articles, in hexadecimal. */
  readonly sha256: string;
  readonly halves: readonly FittedHalf[];
}

/** Measures of coefficients on one half of a set. Only `reporting` halves were not fitted on. */
export interface FittedHalf {
  readonly use: 'fitting' | 'reporting';
  /** Number of questions that the articles answer. */
  readonly answerable: number;
  /** Number of questions that they do not answer. */
  readonly unanswerable: number;
  /** R@1 of the answerable questions, 0 to 1. */
  readonly recallAt1: number;
  /** MRR@10 of the answerable questions, 0 to 1. */
  readonly reciprocalRankAt10: number;
  /**
   * How well confidence separates answerable from unanswerable questions, 0 to 1; null if the half has no unanswerable
   * ones.
   */
  readonly auroc: number | null;
  /** Share of the answerable questions whose outcome is `answered`. */
  readonly coverage: number;
  /** Share of the `answered` questions that what is shown answers; null if none is answered. */
  readonly rightAmongAnswered: number | null;
}
