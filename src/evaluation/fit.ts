import type { Coefficients, FittedHalf } from '../answering/coefficients.js';
import {
  confidenceOf,
  DECISION_FEATURES,
  type DecisionFeatures,
  type DecisionThresholds,
  type DecisionWeights,
  decisionFeatures,
} from '../answering/decision.js';
import { RANKING_FEATURES, type RankingWeights, scoreOf } from '../answering/ranking.js';
import { type EvaluatedQuestion, judgedRanking } from './evaluate.js';
import type { JudgedQuestion } from './judged-set.js';
import {
  areaUnderRoc,
  type JudgedConfidence,
  type JudgedRanking,
  mean,
  reciprocalRank,
  successAt,
} from './measures.js';

/** At least nine in ten answers called `answered` right; of the right ones nearly all at least shown. */
const GOALS: ThresholdGoals = { rightAmongAnswered: 0.9, rightShown: 0.995 };

/**
 * Fits ranking, decision and thresholds, each with the ones before it. Messages that were read as several questions are left
 * out: their candidates are no ranking of one question.
 */
export function fitCoefficients(sets: readonly (readonly EvaluatedQuestion[])[]): Coefficients {
  const whole = sets.map((set) => set.filter(({ isWhole }) => isWhole));
  const ranking = fitRanking(whole);
  const decision = fitDecision(whole, ranking);
  const judged = whole.map((set) =>
    rerank(set, ranking).map(({ features, isRight }) => ({ confidence: confidenceOf(features, decision), isRight })),
  );
  return { ranking, decision, thresholds: fitThresholds(judged, GOALS) };
}

/** What coefficients reach on one half of a set, for the file that holds them. */
export function fittedHalf(
  half: readonly EvaluatedQuestion[],
  use: FittedHalf['use'],
  { ranking, decision, thresholds }: Coefficients,
): FittedHalf {
  const reranked = rerankAll(half, ranking).map((one) => ({
    ...one,
    confidence: one.features === null ? 0 : confidenceOf(one.features, decision),
  }));
  const answerable = reranked.filter(({ question }) => question.isAnswerable);
  const unanswerable = reranked.filter(({ question }) => !question.isAnswerable);
  const answered = reranked.filter(({ confidence }) => confidence >= thresholds.answered);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  const confidenceOfEach = (all: readonly { readonly confidence: number }[]): number[] =>
    all.map(({ confidence }) => confidence);
  return {
    use,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    recallAt1: rounded(mean(answerable.map(({ run }) => successAt(run, 1)))),
    reciprocalRankAt10: rounded(mean(answerable.map(({ run }) => reciprocalRank(run, 10)))),
    auroc:
      unanswerable.length === 0
        ? null
        : rounded(areaUnderRoc(confidenceOfEach(answerable), confidenceOfEach(unanswerable))),
    coverage: rounded(mean(answerable.map(({ confidence }) => (confidence >= thresholds.answered ? 1 : 0)))),
    rightAmongAnswered: rounded(mean(answered.map(({ isRight }) => (isRight ? 1 : 0)))),
  };
}

/** Keeps factors from growing without bound where a feature separates perfectly. */
const PENALTY = 1e-4;
const MAX_STEPS = 50;
/** Factors are written with three decimals. */
const TOLERANCE = 1e-5;

/**
 * Fits the ranking by softmax regression: the factors that make the right passages of each question likeliest among its
 * candidates. Every set counts the same, whatever its size.
 */
export function fitRanking(sets: readonly (readonly EvaluatedQuestion[])[]): RankingWeights {
  const examples = sets.flatMap((set) => {
    const usable = set.flatMap(({ candidates }) => {
      const isRight = candidates.map(({ judgement }) => judgement.grade > 0);
      return isRight.some(Boolean) && !isRight.every(Boolean) ? [{ candidates, isRight }] : [];
    });
    return usable.map(({ candidates, isRight }) => ({
      weight: 1 / (usable.length * sets.length),
      rows: candidates.map(({ features }) => RANKING_FEATURES.map((name) => features[name])),
      isRight,
    }));
  });
  const factors = maximise(RANKING_FEATURES.length, (current, slope) => {
    for (const { weight, rows, isRight } of examples) {
      const scores = rows.map((row) => dot(row, current));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const all = sum(odds);
      // Far from the best factors the right ones can be too unlikely for a number; such a step is halved.
      const right = Math.max(Number.MIN_VALUE, sum(odds.filter((_, index) => isRight[index])));
      slope.value += weight * Math.log(right / all);
      const shares = odds.map((one) => one / all);
      const expected = current.map((_, feature) =>
        sum(rows.map((row, index) => (shares[index] ?? 0) * (row[feature] ?? 0))),
      );
      rows.forEach((row, index) => {
        const share = shares[index] ?? 0;
        const shareOfRight = isRight[index] ? (odds[index] ?? 0) / right : 0;
        slope.add(row, weight * (shareOfRight - share), 0);
        // The covariance of the features over all candidates; that of the right ones would only make the steps bolder.
        slope.add(
          row.map((value, feature) => value - (expected[feature] ?? 0)),
          0,
          weight * share,
        );
      });
    }
  });
  return named(RANKING_FEATURES, factors);
}

/** A question with its candidates in the order that given weights put them in. */
interface Reranked {
  readonly question: JudgedQuestion;
  readonly run: JudgedRanking;
  /** Null without candidates. */
  readonly features: DecisionFeatures | null;
  /** Whether the first passage is right. */
  readonly isRight: boolean;
}

function rerankAll(set: readonly EvaluatedQuestion[], weights: RankingWeights): Reranked[] {
  return set.map(({ question, candidates }) => {
    const ranking = candidates
      // That one article repeats another depends on the order, and judged sets have no repetitions.
      .map((candidate) => ({ ...candidate, score: scoreOf(candidate.features, weights), isNearDuplicate: false }))
      .sort((a, b) => b.score - a.score || a.passage.key - b.passage.key);
    const run = judgedRanking(
      question,
      ranking.map(({ judgement, score }) => ({ ...judgement, score })),
    );
    return { question, run, features: decisionFeatures(ranking), isRight: (ranking[0]?.judgement.grade ?? 0) > 0 };
  });
}

/** What the decision sees when these weights rank; questions without candidates are left out. */
function rerank(
  set: readonly EvaluatedQuestion[],
  weights: RankingWeights,
): { readonly features: DecisionFeatures; readonly isRight: boolean }[] {
  return rerankAll(set, weights).flatMap(({ features, isRight }) => (features === null ? [] : [{ features, isRight }]));
}

/** Fits the decision by logistic regression: the chance that the first passage is right. Every set counts the same. */
export function fitDecision(sets: readonly (readonly EvaluatedQuestion[])[], weights: RankingWeights): DecisionWeights {
  const examples = sets.flatMap((set) => {
    const reranked = rerank(set, weights);
    return reranked.map(({ features, isRight }) => ({
      weight: 1 / (reranked.length * sets.length),
      row: [1, ...DECISION_FEATURES.map((name) => features[name])],
      isRight,
    }));
  });
  const [intercept = 0, ...factors] = maximise(DECISION_FEATURES.length + 1, (current, slope) => {
    for (const { weight, row, isRight } of examples) {
      const chance = 1 / (1 + Math.exp(-dot(row, current)));
      slope.value += weight * Math.log(Math.max(Number.MIN_VALUE, isRight ? chance : 1 - chance));
      slope.add(row, weight * ((isRight ? 1 : 0) - chance), weight * chance * (1 - chance));
    }
  });
  return { ...named(['intercept'], [intercept]), ...named(DECISION_FEATURES, factors) };
}

/** What the thresholds of the decision must keep. */
export interface ThresholdGoals {
  /** Share of the questions called `answered` whose first passage is right, in each set. */
  readonly rightAmongAnswered: number;
  /** Share of the questions whose first passage is right that are at least called `closest`, over all sets. */
  readonly rightShown: number;
}

/**
 * The lowest thresholds that reach the goals, so that as many questions as possible are answered. `answered` must be reached
 * in every set by itself: sets differ in how many of their questions cannot be answered, and so will those of users.
 */
export function fitThresholds(
  sets: readonly (readonly JudgedConfidence[])[],
  goals: ThresholdGoals,
): DecisionThresholds {
  const thresholds = [...new Set(sets.flat().map(({ confidence }) => rounded(confidence)))].sort((a, b) => a - b);
  const holds = (threshold: number): boolean =>
    sets.every((set) => {
      const kept = set.filter(({ confidence }) => confidence >= threshold);
      return kept.filter(({ isRight }) => isRight).length >= goals.rightAmongAnswered * kept.length;
    });
  const answered = sets.flat().length === 0 ? 0 : (thresholds.find(holds) ?? 1);
  const right = sets
    .flatMap((set) => set.map((one) => ({ ...one, weight: 1 / set.length })))
    .filter(({ isRight }) => isRight)
    .sort((a, b) => b.confidence - a.confidence);
  const wanted = goals.rightShown * sum(right.map(({ weight }) => weight));
  let shown = 0;
  let closest = answered;
  for (const { confidence, weight } of right) {
    if (shown >= wanted) break;
    shown += weight;
    closest = confidence;
  }
  return { answered, closest: rounded(Math.min(closest, answered)) };
}

/** With three decimals, and never higher: what it was taken from is let in. */
function rounded(confidence: number): number {
  return Math.floor(confidence * 1000 + 1e-9) / 1000;
}

/** Value, gradient and (negative) curvature of what is maximised, summed over examples. */
class Slope {
  /** The log-likelihood, less the penalty. */
  value: number;
  readonly gradient: number[];
  readonly curvature: number[][];

  constructor(factors: readonly number[]) {
    this.value = -0.5 * PENALTY * dot(factors, factors);
    this.gradient = factors.map((factor) => -PENALTY * factor);
    this.curvature = factors.map((_, row) => factors.map((__, column) => (row === column ? PENALTY : 0)));
  }

  /** Adds `pull` times the features to the gradient and `weight` times their outer product to the curvature. */
  add(features: readonly number[], pull: number, weight: number): void {
    features.forEach((value, row) => {
      this.gradient[row] = (this.gradient[row] ?? 0) + pull * value;
      const curves = this.curvature[row];
      if (curves === undefined || weight === 0) return;
      features.forEach((other, column) => {
        curves[column] = (curves[column] ?? 0) + weight * value * other;
      });
    });
  }
}

/** Newton's method from zero; a step that makes things worse is halved. */
function maximise(size: number, derive: (factors: readonly number[], slope: Slope) => void): number[] {
  let factors = Array.from({ length: size }, () => 0);
  let slope = new Slope(factors);
  derive(factors, slope);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = solve(slope.curvature, slope.gradient);
    for (let share = 1; share > 1e-6; share /= 2) {
      const moved = factors.map((factor, index) => factor + share * (move[index] ?? 0));
      const there = new Slope(moved);
      derive(moved, there);
      if (there.value < slope.value) continue;
      factors = moved;
      slope = there;
      break;
    }
    if (Math.max(...move.map(Math.abs)) < TOLERANCE) break;
  }
  return factors;
}

/** Solves a small symmetric positive definite system by Gauss-Jordan elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  rows.forEach((pivot, column) => {
    const divisor = pivot[column] ?? 1;
    for (let i = 0; i < pivot.length; i++) pivot[i] = (pivot[i] ?? 0) / divisor;
    rows.forEach((row, index) => {
      if (index === column) return;
      const factor = row[column] ?? 0;
      for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) - factor * (pivot[i] ?? 0);
    });
  });
  return rows.map((row) => row.at(-1) ?? 0);
}

function named<Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> {
  return Object.fromEntries(
    names.map((name, index) => [name, Math.round((values[index] ?? 0) * 1000) / 1000]),
  ) as Record<Name, number>;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, index) => total + value * (b[index] ?? 0), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
