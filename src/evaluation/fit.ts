import type { Coefficients, FittedHalf } from '../answering/confidence/coefficients.js';
import {
  confidenceOf,
  DECISION_FEATURES,
  type DecisionFeatures,
  type DecisionThresholds,
  type DecisionWeights,
  decisionFeatures,
} from '../answering/confidence/decision.js';
import { RANKING_FEATURES, type RankingWeights, scoreOf } from '../answering/ranking/ranking.js';
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
import { dot, maximise, type Objective } from './newton.js';

/** Nine in ten answers that are called `answered` should be right, and nearly all right ones should at least be shown. */
const GOALS: ThresholdGoals = { rightAmongAnswered: 0.9, rightShown: 0.995 };

/** The questions of judged sets, by what is fitted on them. */
export interface FittingSets {
  /** Sets of running text, such as encyclopedic paragraphs. The decision is fitted on them alone. */
  readonly prose: readonly (readonly EvaluatedQuestion[])[];
  /** Sets of documents with headings, lists and tables: only they show what structure is worth. */
  readonly documents: readonly (readonly EvaluatedQuestion[])[];
}

/**
 * Fits ranking, decision and thresholds, each with the results of the ones before.
 *
 * @param sets The questions of each judged set. Sets of prose have equal weight, whatever their size; a set of documents has `DOCUMENTS_WEIGHT` of that. The
 * decision and the thresholds are fitted on prose alone. Texts that were read as
 * several questions are ignored: their candidates are not the ranking of one question.
 */
export function fitCoefficients({ prose, documents }: FittingSets): Coefficients {
  const singleQuestions = prose.map(onlySingleQuestions);
  const ranking = fitRanking(singleQuestions, documents.map(onlySingleQuestions));
  const decision = fitDecision(singleQuestions, ranking);
  const judged = singleQuestions.map((set) =>
    decisionExamples(set, ranking).map(({ features, isRight }) => ({
      confidence: confidenceOf(features, decision),
      isRight,
    })),
  );
  return { ranking, decision, thresholds: fitThresholds(judged, GOALS) };
}

function onlySingleQuestions(set: readonly EvaluatedQuestion[]): EvaluatedQuestion[] {
  return set.filter(({ isSingleQuestion }) => isSingleQuestion);
}

/** Measures coefficients on one half of a set, for the file that they are stored in. Shares have three decimals. */
export function fittedHalf(
  half: readonly EvaluatedQuestion[],
  use: FittedHalf['use'],
  { ranking, decision, thresholds }: Coefficients,
): FittedHalf {
  const reranked = rerank(half, ranking).map((one) => ({
    ...one,
    confidence: one.features === null ? 0 : confidenceOf(one.features, decision),
  }));
  const answerable = reranked.filter(({ question }) => question.isAnswerable);
  const unanswerable = reranked.filter(({ question }) => !question.isAnswerable);
  const answered = reranked.filter(({ confidence }) => confidence >= thresholds.answered);
  return {
    use,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    recallAt1: threeDecimals(mean(answerable.map(({ run }) => successAt(run, 1)))),
    reciprocalRankAt10: threeDecimals(mean(answerable.map(({ run }) => reciprocalRank(run, 10)))),
    auroc:
      unanswerable.length === 0
        ? null
        : threeDecimals(areaUnderRoc(confidencesOf(answerable), confidencesOf(unanswerable))),
    coverage: threeDecimals(mean(answerable.map(({ confidence }) => (confidence >= thresholds.answered ? 1 : 0)))),
    rightAmongAnswered:
      answered.length === 0 ? null : threeDecimals(mean(answered.map(({ isRight }) => (isRight ? 1 : 0)))),
  };
}

function confidencesOf(all: readonly { readonly confidence: number }[]): number[] {
  return all.map(({ confidence }) => confidence);
}

/**
 * What a set of documents counts compared with a set of prose. More makes the ranking of prose worse: with 0.2, R@1 on the half of
 * SQuAD that is reported falls from .971 to .962. Chosen by leaving one collection of documents out at a time.
 */
const DOCUMENTS_WEIGHT = 0.03;

/**
 * Fits the ranking by softmax regression: finds the weights that make the right passages of each question most likely
 * among its candidates.
 *
 * @param prose As for `fitCoefficients`. Questions whose candidates are all right or all wrong have no influence.
 * @param documents As for `fitCoefficients`.
 * @returns Weights with three decimals.
 * @internal Exported for tests.
 */
export function fitRanking(
  prose: readonly (readonly EvaluatedQuestion[])[],
  documents: readonly (readonly EvaluatedQuestion[])[] = [],
): RankingWeights {
  const total = prose.length + DOCUMENTS_WEIGHT * documents.length;
  const examples = [
    ...prose.flatMap((set) => rankingExamples(set, 1 / total)),
    ...documents.flatMap((set) => rankingExamples(set, DOCUMENTS_WEIGHT / total)),
  ];
  const coefficients = maximise(RANKING_FEATURES.length, (objective, current) => {
    for (const example of examples) addRankingExample(objective, example, current);
  });
  return named(RANKING_FEATURES, coefficients);
}

/** A question with the features of its candidates. */
interface RankingExample {
  readonly weight: number;
  readonly rows: readonly (readonly number[])[];
  /** For each row, whether its passage is right. */
  readonly isRight: readonly boolean[];
}

/** @param weight What all questions of the set count together. */
function rankingExamples(set: readonly EvaluatedQuestion[], weight: number): RankingExample[] {
  const usable = set.flatMap(({ candidates }) => {
    const isRight = candidates.map(({ judgement }) => judgement.grade > 0);
    return isRight.some(Boolean) && !isRight.every(Boolean) ? [{ candidates, isRight }] : [];
  });
  return usable.map(({ candidates, isRight }) => ({
    weight: weight / usable.length,
    rows: candidates.map(({ features }) => RANKING_FEATURES.map((name) => features[name])),
    isRight,
  }));
}

function addRankingExample(
  objective: Objective,
  { weight, rows, isRight }: RankingExample,
  coefficients: readonly number[],
): void {
  const scores = rows.map((row) => dot(row, coefficients));
  const maxScore = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - maxScore));
  const totalOdds = sum(odds);
  // Far from the optimum the right passages can be too unlikely for a number. The step that leads there is halved.
  const rightOdds = Math.max(Number.MIN_VALUE, sum(odds.filter((_, index) => isRight[index])));
  objective.value += weight * Math.log(rightOdds / totalOdds);
  const shares = odds.map((one) => one / totalOdds);
  const expected = coefficients.map((_, feature) =>
    sum(rows.map((row, index) => (shares[index] ?? 0) * (row[feature] ?? 0))),
  );
  rows.forEach((row, index) => {
    const share = shares[index] ?? 0;
    const shareOfRight = isRight[index] ? (odds[index] ?? 0) / rightOdds : 0;
    objective.add(row, weight * (shareOfRight - share), 0);
    // The covariance of the features over all candidates. Subtracting that of the right ones would only make steps bolder.
    objective.add(
      row.map((value, feature) => value - (expected[feature] ?? 0)),
      0,
      weight * share,
    );
  });
}

/**
 * Fits the decision by logistic regression: the probability that the first passage is right.
 *
 * @param sets As for `fitCoefficients`. Questions without candidates have no influence.
 * @param weights The ranking that decides which passage is first.
 * @returns Weights with three decimals.
 * @internal Exported for tests.
 */
export function fitDecision(sets: readonly (readonly EvaluatedQuestion[])[], weights: RankingWeights): DecisionWeights {
  const examples = sets.flatMap((set) => {
    const reranked = decisionExamples(set, weights);
    return reranked.map(({ features, isRight }) => ({
      weight: 1 / (reranked.length * sets.length),
      row: [1, ...DECISION_FEATURES.map((name) => features[name])],
      isRight,
    }));
  });
  const [intercept = 0, ...coefficients] = maximise(DECISION_FEATURES.length + 1, (objective, current) => {
    for (const { weight, row, isRight } of examples) {
      const probability = 1 / (1 + Math.exp(-dot(row, current)));
      objective.value += weight * Math.log(Math.max(Number.MIN_VALUE, isRight ? probability : 1 - probability));
      objective.add(row, weight * ((isRight ? 1 : 0) - probability), weight * probability * (1 - probability));
    }
  });
  return { ...named(['intercept'], [intercept]), ...named(DECISION_FEATURES, coefficients) };
}

/** What the decision sees of a question whose candidates were ranked. */
interface DecisionExample {
  readonly features: DecisionFeatures;
  /** Whether the first passage is right. */
  readonly isRight: boolean;
}

function decisionExamples(set: readonly EvaluatedQuestion[], weights: RankingWeights): DecisionExample[] {
  return rerank(set, weights).flatMap(({ features, isRight }) => (features === null ? [] : [{ features, isRight }]));
}

/** A question whose candidates were ranked again with other weights. */
interface RerankedQuestion {
  readonly question: JudgedQuestion;
  readonly run: JudgedRanking;
  /** Null without candidates. */
  readonly features: DecisionFeatures | null;
  /** Whether the first passage is right. */
  readonly isRight: boolean;
}

function rerank(set: readonly EvaluatedQuestion[], weights: RankingWeights): RerankedQuestion[] {
  return set.map(({ question, candidates }) => {
    const ranking = candidates
      // Which of two similar passages is the duplicate depends on the order, and judged sets have no duplicates.
      .map((candidate) => ({ ...candidate, score: scoreOf(candidate.features, weights), isNearDuplicate: false }))
      .toSorted((a, b) => b.score - a.score || a.passage.key - b.passage.key);
    const run = judgedRanking(
      question,
      ranking.map(({ judgement, score }) => ({ ...judgement, score })),
    );
    return { question, run, features: decisionFeatures(ranking), isRight: (ranking[0]?.judgement.grade ?? 0) > 0 };
  });
}

/**
 * Goals for the thresholds of the decision.
 *
 * @internal Exported for tests.
 */
export interface ThresholdGoals {
  /** In each set, the minimum share of questions called `answered` whose first passage is right; 0 to 1. */
  readonly rightAmongAnswered: number;
  /** Over all sets, the minimum share of questions with a right first passage that are at least called `closest`; 0 to 1. */
  readonly rightShown: number;
}

/**
 * Finds the lowest thresholds that achieve the goals, so that as many questions as possible are answered. Each set has to
 * achieve `rightAmongAnswered` by itself: sets differ in how many of their questions cannot be answered, and so do users.
 *
 * @returns Thresholds with three decimals, `closest` at most `answered`. `answered` is 1 if no lower threshold is good enough.
 * @internal Exported for tests.
 */
export function fitThresholds(
  sets: readonly (readonly JudgedConfidence[])[],
  goals: ThresholdGoals,
): DecisionThresholds {
  const answered = fitAnsweredThreshold(sets, goals.rightAmongAnswered);
  const closest = lowestShownConfidence(sets, goals.rightShown) ?? answered;
  return { answered, closest: roundDown(Math.min(closest, answered)) };
}

function fitAnsweredThreshold(sets: readonly (readonly JudgedConfidence[])[], minShareRight: number): number {
  const confidences = sets.flat().map(({ confidence }) => confidence);
  if (confidences.length === 0) return 0;
  const isGoodEnough = (threshold: number): boolean =>
    sets.every((set) => {
      const answered = set.filter(({ confidence }) => confidence >= threshold);
      return answered.filter(({ isRight }) => isRight).length >= minShareRight * answered.length;
    });
  const thresholds = [...new Set(confidences.map(roundDown))].toSorted((a, b) => a - b);
  return thresholds.find(isGoodEnough) ?? 1;
}

/** Returns the highest threshold that shows a share of the right passages, or null if there are none. */
function lowestShownConfidence(sets: readonly (readonly JudgedConfidence[])[], minShare: number): number | null {
  const right = sets
    .flatMap((set) => set.map((one) => ({ ...one, weight: 1 / set.length })))
    .filter(({ isRight }) => isRight)
    .toSorted((a, b) => b.confidence - a.confidence);
  const minWeight = minShare * sum(right.map(({ weight }) => weight));
  let shownWeight = 0;
  let lowest: number | null = null;
  for (const { confidence, weight } of right) {
    if (shownWeight >= minWeight) break;
    shownWeight += weight;
    lowest = confidence;
  }
  return lowest;
}

/** Rounds down to three decimals, so that the threshold includes the confidence it was taken from. */
function roundDown(confidence: number): number {
  return Math.floor(confidence * 1000 + 1e-9) / 1000;
}

function threeDecimals(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function named<Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, threeDecimals(values[index] ?? 0)])) as Record<
    Name,
    number
  >;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
