import type { DecisionThresholds, DecisionWeights } from './decision.js';
import { FITTED } from './fitted.js';
import type { RankingWeights } from './ranking.js';

/** What was fitted on questions with relevance judgements. */
export interface Coefficients {
  readonly ranking: RankingWeights;
  readonly decision: DecisionWeights;
  readonly thresholds: DecisionThresholds;
}

/** One of the sets that coefficients were fitted on, with what they reach on its two halves. */
export interface FittedSet {
  readonly name: string;
  /** SHA-256 of its articles. */
  readonly sha256: string;
  readonly halves: readonly FittedHalf[];
}

export interface FittedHalf {
  readonly use: 'fitting' | 'reporting';
  readonly answerable: number;
  readonly unanswerable: number;
  /** R@1 and MRR@10 of the answerable questions. */
  readonly recallAt1: number;
  readonly reciprocalRankAt10: number;
  readonly auroc: number | null;
  /** Share of the answerable questions that are `answered`, and of all `answered` those whose first passage is right. */
  readonly coverage: number;
  readonly rightAmongAnswered: number;
}

/** Coefficients with where they come from; written by `npm run fit`. */
export interface FittedCoefficients extends Coefficients {
  /** The model whose similarities they are for. */
  readonly model: { readonly id: string; readonly fingerprint: string };
  /** `YYYY-MM-DD`. */
  readonly fittedAt: string;
  readonly sets: readonly FittedSet[];
}

/** The coefficients for a model, or null where none were fitted for it: another model's similarities have another scale. */
export function coefficientsFor(modelFingerprint: string): Coefficients | null {
  return FITTED.model.fingerprint === modelFingerprint ? FITTED : null;
}
