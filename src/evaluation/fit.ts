import {
  decisionFeatures,
  type DecisionFeatures,
  type DecisionThresholds,
  type DecisionWeights,
} from '../answering/decision.js';
import type { RankingFeatures, RankingWeights } from '../answering/ranking.js';
import type { EvaluatedQuestion } from './evaluate.js';

const RANKING_FEATURES = [
  'maxSimIdf',
  'maxSim',
  'articleTermShare',
  'articleSimilarity',
] as const satisfies readonly (keyof RankingFeatures)[];
const DECISION_FEATURES = ['maxSimIdf', 'maxSim', 'margin'] as const satisfies readonly (keyof DecisionFeatures)[];

/** Keeps factors from growing without bound where a feature separates perfectly. */
const PENALTY = 1e-4;
const STEPS = 500;

/**
 * Fits the ranking by softmax regression: the factors that make the right passages of each question likeliest among its
 * candidates. Every set counts the same, whatever its size.
 */
export function fitRanking(sets: readonly (readonly EvaluatedQuestion[])[]): RankingWeights {
  const examples = sets.flatMap((set) => {
    const usable = set.filter(({ isRight }) => isRight.some(Boolean) && !isRight.every(Boolean));
    return usable.map(({ ranking, isRight }) => ({
      weight: 1 / (usable.length * sets.length),
      rows: ranking.map(({ features }) => RANKING_FEATURES.map((name) => features[name])),
      isRight,
    }));
  });
  const factors = maximise(RANKING_FEATURES.length, (current) => {
    const gradient = current.map((factor) => -PENALTY * factor);
    for (const { weight, rows, isRight } of examples) {
      const scores = rows.map((row) => dot(row, current));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const all = sum(odds);
      const right = sum(odds.filter((_, index) => isRight[index]));
      rows.forEach((row, index) => {
        const share = (odds[index] ?? 0) / all;
        const shareOfRight = isRight[index] ? (odds[index] ?? 0) / right : 0;
        row.forEach((value, feature) => {
          gradient[feature] = (gradient[feature] ?? 0) + weight * (shareOfRight - share) * value;
        });
      });
    }
    return gradient;
  });
  return named(RANKING_FEATURES, factors);
}

/** Fits the decision by logistic regression: the chance that the first passage is right. Every set counts the same. */
export function fitDecision(sets: readonly (readonly EvaluatedQuestion[])[]): DecisionWeights {
  const examples = sets.flatMap((set) =>
    set.flatMap(({ ranking, rank }) => {
      const features = decisionFeatures(ranking);
      if (features === null) return [];
      return [
        {
          weight: 1 / (set.length * sets.length),
          row: [1, ...DECISION_FEATURES.map((name) => features[name])],
          isRight: rank === 1,
        },
      ];
    }),
  );
  const [intercept = 0, ...factors] = maximise(DECISION_FEATURES.length + 1, (current) => {
    const gradient = current.map((factor, index) => (index === 0 ? 0 : -PENALTY * factor));
    for (const { weight, row, isRight } of examples) {
      const miss = (isRight ? 1 : 0) - 1 / (1 + Math.exp(-dot(row, current)));
      row.forEach((value, feature) => {
        gradient[feature] = (gradient[feature] ?? 0) + weight * miss * value;
      });
    }
    return gradient;
  });
  return { ...named(['intercept'], [intercept]), ...named(DECISION_FEATURES, factors) };
}

/** What the thresholds of the decision must keep. */
export interface ThresholdGoals {
  /** Share of the questions called `answered` whose first passage is right. */
  readonly rightAmongAnswered: number;
  /** Share of the questions whose first passage is right that are at least called `closest`. */
  readonly rightShown: number;
}

/** The lowest thresholds that reach the goals, so that as many questions as possible are answered. Every set counts the same. */
export function fitThresholds(
  sets: readonly (readonly { readonly confidence: number; readonly isRight: boolean }[])[],
  goals: ThresholdGoals,
): DecisionThresholds {
  const examples = sets
    .flatMap((set) => set.map((example) => ({ ...example, weight: 1 / set.length })))
    .sort((a, b) => b.confidence - a.confidence);
  const allRight = sum(examples.filter(({ isRight }) => isRight).map(({ weight }) => weight));
  let right = 0;
  let all = 0;
  let answered = 1;
  let closest: number | null = null;
  for (const { confidence, isRight, weight } of examples) {
    all += weight;
    if (isRight) right += weight;
    if (right / all >= goals.rightAmongAnswered) answered = confidence;
    if (closest === null && right >= goals.rightShown * allRight) closest = confidence;
  }
  const rounded = (threshold: number): number => Math.round(threshold * 1000) / 1000;
  return { answered: rounded(answered), closest: rounded(Math.min(closest ?? answered, answered)) };
}

/** Gradient ascent with Adam (Kingma & Ba 2015) from zero: slower than Newton's method, and it needs the gradient only. */
function maximise(size: number, gradientAt: (factors: number[]) => number[]): number[] {
  const factors = new Array<number>(size).fill(0);
  const first = new Array<number>(size).fill(0);
  const second = new Array<number>(size).fill(0);
  for (let step = 1; step <= STEPS; step++) {
    const rate = 0.05 * (1 - (step - 1) / STEPS);
    gradientAt(factors).forEach((slope, index) => {
      first[index] = 0.9 * (first[index] ?? 0) + 0.1 * slope;
      second[index] = 0.999 * (second[index] ?? 0) + 0.001 * slope * slope;
      const direction =
        (first[index] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((second[index] ?? 0) / (1 - 0.999 ** step)) + 1e-12);
      factors[index] = (factors[index] ?? 0) + rate * direction;
    });
  }
  return factors;
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
