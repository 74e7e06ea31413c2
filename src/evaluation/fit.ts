import type { Coefficients, FittedHalf } from '../answering/confidence/coefficients.js';
import {
  confidenceOf,
  DECISION_FEATURES,
  type DecisionFeatures,
  type DecisionThresholds,
  type DecisionWeights,
} from '../answering/confidence/decision.js';
import { RANKING_FEATURES, type RankingWeights } from '../answering/ranking/ranking.js';
import { isAnyShownRight } from './document-measures.js';
import type { EvaluatedQuestion } from './evaluate.js';
import { areaUnderRoc, type JudgedConfidence, mean, reciprocalRank, successAt } from './measures.js';
import { dot, maximise, sum } from './newton.js';
import { addRankingExample, type RankingExample } from './softmax-regression.js';

/** Nine in ten answers that are called `answered` should be right, and nearly all right ones should at least be shown. */
const GOALS: ThresholdGoals = { rightAmongAnswered: 0.9, rightShown: 0.995 };

/** The questions of judged sets, by what they are about. */
export interface FittingSets {
  /** Sets of running text, such as encyclopedic paragraphs. */
  readonly prose: readonly (readonly EvaluatedQuestion[])[];
  /** Sets of documents with headings, lists and tables: only they show what structure is worth. */
  readonly documents: readonly (readonly EvaluatedQuestion[])[];
}

/** How an answer is decided on, as far as it is fitted. */
export type FittedDecision = Pick<Coefficients, 'decision' | 'thresholds' | 'typical'>;

/** Measures coefficients on one half of a set, for the file that they are stored in. Shares have three decimals. */
export function fittedHalf(
  half: readonly EvaluatedQuestion[],
  use: FittedHalf['use'],
  { decision, thresholds }: Omit<FittedDecision, 'typical'>,
): FittedHalf {
  const decided = half.map((one) => ({
    ...one,
    confidence: one.decision === null ? 0 : confidenceOf(one.decision, decision),
  }));
  const answerable = decided.filter(({ question }) => question.isAnswerable);
  const unanswerable = decided.filter(({ question }) => !question.isAnswerable);
  const answered = decided.filter(({ confidence }) => confidence >= thresholds.answered);
  return {
    use,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    recallAt1: threeDecimals(mean(answerable.map(({ runs }) => successAt(runs.shipped, 1)))),
    reciprocalRankAt10: threeDecimals(mean(answerable.map(({ runs }) => reciprocalRank(runs.shipped, 10)))),
    auroc:
      unanswerable.length === 0
        ? null
        : threeDecimals(areaUnderRoc(confidencesOf(answerable), confidencesOf(unanswerable))),
    coverage: threeDecimals(mean(answerable.map(({ confidence }) => Number(confidence >= thresholds.answered)))),
    rightAmongAnswered:
      answered.length === 0 ? null : threeDecimals(mean(answered.map((one) => Number(isAnyShownRight(one))))),
  };
}

function confidencesOf(all: readonly { readonly confidence: number }[]): number[] {
  return all.map(({ confidence }) => confidence);
}

/** The candidates of a text that asks several questions are not the ranking of one question. */
function onlySingleQuestions(sets: readonly (readonly EvaluatedQuestion[])[]): EvaluatedQuestion[][] {
  return sets.map((set) => set.filter(({ isSingleQuestion }) => isSingleQuestion));
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
 * @param sets Those of prose have equal weight, whatever their size; one of documents has `DOCUMENTS_WEIGHT` of that. Texts that
 *   were read as several questions are ignored, and so are questions whose candidates are all right or all wrong.
 * @returns Weights with three decimals.
 */
export function fitRanking({ prose, documents }: FittingSets): RankingWeights {
  const total = prose.length + DOCUMENTS_WEIGHT * documents.length;
  const examples = [
    ...onlySingleQuestions(prose).flatMap((set) => rankingExamples(set, 1 / total)),
    ...onlySingleQuestions(documents).flatMap((set) => rankingExamples(set, DOCUMENTS_WEIGHT / total)),
  ];
  const coefficients = maximise(RANKING_FEATURES.length, (objective, current) => {
    for (const example of examples) addRankingExample(objective, example, current);
  });
  return named(RANKING_FEATURES, coefficients);
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

/**
 * Fits the decision, and then its thresholds.
 *
 * @param sets Questions that were asked with the ranking that the decision is for, and with everything shown however unsure it is.
 *   Texts that were read as several questions are ignored.
 */
export function fitDecision(sets: FittingSets): FittedDecision {
  const prose = onlySingleQuestions(sets.prose).map(decisionExamples);
  const documents = onlySingleQuestions(sets.documents).map(decisionExamples);
  const decision = fitDecisionWeights(prose, documents);
  const judge = (examples: readonly DecisionExample[]): JudgedConfidence[] =>
    examples.map(({ features, isRight }) => ({ confidence: confidenceOf(features, decision), isRight }));
  // A collection of documents has too few questions to achieve anything by itself.
  const judged = [...prose, documents.flat()].filter((examples) => examples.length > 0).map(judge);
  return { decision, thresholds: fitThresholds(judged, GOALS), typical: meanFeatures(weighted(prose, documents)) };
}

/** What the decision sees of a question. */
export interface DecisionExample {
  readonly features: DecisionFeatures;
  /** Whether anything that is shown answers. */
  readonly isRight: boolean;
}

function decisionExamples(set: readonly EvaluatedQuestion[]): DecisionExample[] {
  return set.flatMap((one) =>
    one.decision === null ? [] : [{ features: one.decision, isRight: isAnyShownRight(one) }],
  );
}

/**
 * Fits the weights of the decision by logistic regression: the probability that what is shown answers.
 *
 * @param prose Sets that count the same, whatever their size.
 * @param documents Sets that count the same, and all together as much as all of `prose`.
 * @returns Weights with three decimals.
 * @internal Exported for tests.
 */
export function fitDecisionWeights(
  prose: readonly (readonly DecisionExample[])[],
  documents: readonly (readonly DecisionExample[])[] = [],
): DecisionWeights {
  const examples = weighted(prose, documents).map(({ weight, example: { features, isRight } }) => ({
    weight,
    row: [1, ...DECISION_FEATURES.map((name) => features[name])],
    isRight,
  }));
  const [intercept = 0, ...coefficients] = maximise(DECISION_FEATURES.length + 1, (objective, current) => {
    for (const { weight, row, isRight } of examples) {
      const probability = 1 / (1 + Math.exp(-dot(row, current)));
      objective.value += weight * Math.log(Math.max(Number.MIN_VALUE, isRight ? probability : 1 - probability));
      objective.add(row, weight * ((isRight ? 1 : 0) - probability), weight * probability * (1 - probability));
    }
  });
  return { ...named(['intercept'], [intercept]), ...named(DECISION_FEATURES, coefficients) };
}

/** An example and what it counts. */
interface WeightedExample {
  /** All of them add up to 1. */
  readonly weight: number;
  readonly example: DecisionExample;
}

/** Gives the sets of a group the same weight, and the groups too. */
function weighted(...groups: readonly (readonly (readonly DecisionExample[])[])[]): WeightedExample[] {
  const filled = groups.map((group) => group.filter((set) => set.length > 0)).filter(({ length }) => length > 0);
  return filled.flatMap((group) =>
    group.flatMap((set) =>
      set.map((example) => ({ weight: 1 / (set.length * group.length * filled.length), example })),
    ),
  );
}

function meanFeatures(examples: readonly WeightedExample[]): DecisionFeatures {
  const means = DECISION_FEATURES.map((name) =>
    sum(examples.map(({ weight, example }) => weight * example.features[name])),
  );
  return named(DECISION_FEATURES, means);
}

/** Goals for the thresholds of the decision. */
interface ThresholdGoals {
  /** In each set, the minimum share of questions called `answered` that what is shown answers; 0 to 1. */
  readonly rightAmongAnswered: number;
  /** Over all sets, the minimum share of questions that what is shown would answer that are at least called `closest`; 0 to 1. */
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
