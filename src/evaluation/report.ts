import { type DocumentsReport, isAnyShownRight, isFirstShownRight, reportOnDocuments } from './document-measures.js';
import { type EvaluatedQuestion, STAGES, type Stage } from './evaluate.js';
import {
  areaUnderRiskCoverage,
  areaUnderRoc,
  averagePrecision,
  expectedCalibrationError,
  type JudgedConfidence,
  type JudgedRanking,
  mean,
  ndcg,
  type ReliabilityBin,
  type RiskCoveragePoint,
  recall,
  reciprocalRank,
  reliabilityBins,
  riskCoverage,
  successAt,
} from './measures.js';
import { type BootstrapInterval, bootstrapStatistic, pairedRandomisationTest } from './resampling.js';
import { meanOf, SEED, shareOf, shareOrNull } from './shares.js';

/** A bootstrap sample of the AUROC sorts all decisions, so it takes fewer samples than the means do. */
const AUROC_SAMPLES = 1000;

/** Share of the answerable questions at which precision is reported, besides that at the thresholds. */
const REPORTED_COVERAGE = 0.6;

/** Measures of one run over the answerable questions, each with a 95% bootstrap interval over the questions. */
export interface RankingMeasures {
  /** Share of questions with something relevant at rank 1 (success@1 of trec_eval). */
  readonly recallAt1: BootstrapInterval;
  /** Share of questions with something relevant in the first five ranks. */
  readonly recallAt5: BootstrapInterval;
  readonly reciprocalRankAt10: BootstrapInterval;
  readonly ndcgAt10: BootstrapInterval;
  readonly averagePrecision: BootstrapInterval;
  /** Share of everything relevant that is in the first hundred ranks. */
  readonly recallAt100: BootstrapInterval;
}

/** The thresholds of a decision: the minimum confidence for each outcome. */
type Thresholds = { readonly answered: number; readonly closest: number };

/** Measures of how well the bot knows when to answer. */
export interface DecisionMeasures {
  /** How well confidence separates answerable from unanswerable questions, 0 to 1; null if one kind is missing. */
  readonly auroc: BootstrapInterval | null;
  /** Share of the answerable questions that are `answered`. */
  readonly coverage: BootstrapInterval;
  /** Share of all `answered` questions that are answered by what is shown; null if none is answered. */
  readonly rightAmongAnswered: BootstrapInterval | null;
  /** The same at the threshold that would answer 60% of the answerable questions. */
  readonly rightAt60: BootstrapInterval | null;
  /** Share of the unanswerable questions that are `answered`; null if there are no such questions. */
  readonly answeredAmongUnanswerable: BootstrapInterval | null;
  readonly expectedCalibrationError: number;
  readonly areaUnderRiskCoverage: number;
  readonly riskCoverage: readonly RiskCoveragePoint[];
  /** The bins of the reliability diagram. */
  readonly reliability: readonly ReliabilityBin[];
  /** The minimum confidence of `answered` and `closest` answers; null if unknown. */
  readonly thresholds: Thresholds | null;
}

/** Two stages compared on the same questions by the paired randomisation test. */
export interface StageComparison {
  readonly first: Stage;
  readonly second: Stage;
  readonly measure: 'recallAt1' | 'reciprocalRankAt10';
  /** Mean of the second stage minus mean of the first. */
  readonly difference: number;
  readonly pValue: number;
}

/** An answerable question whose first passage, or what is shown of the first citation, is wrong. */
export interface Failure {
  readonly id: string;
  readonly question: string;
  readonly outcome: EvaluatedQuestion['outcome'];
  readonly confidence: number | null;
  /** Rank of the first right passage in each stage, from 1; null if it was not found. */
  readonly ranks: Readonly<Record<Stage, number | null>>;
  /** What is shown of the first citation; null if there is none. */
  readonly quote: string | null;
}

/** What `footnote eval` measures. */
export interface EvaluationReport {
  /** Name of the judged set. */
  readonly set: string;
  /** The half that was asked; null for all questions. */
  readonly half: 0 | 1 | null;
  /** Number of answerable questions. */
  readonly answerable: number;
  /** Number of unanswerable questions. */
  readonly unanswerable: number;
  readonly ranking: RankingMeasures;
  /** Null for a model without fitted coefficients. */
  readonly decision: DecisionMeasures | null;
  /** Share of first right passages whose key sentence answers the question; null if sentences are not judged. */
  readonly sentencePrecisionAt1: (BootstrapInterval & { readonly judged: number }) | null;
  /** For a documents folder: what is found, shown and called `answered`, by kind of question. */
  readonly documents?: DocumentsReport;
  /** How many quotes were compared with their article, and how many differ from it. */
  readonly quotes: { readonly checked: number; readonly wrong: number };
  /** Time per question. */
  readonly milliseconds: { readonly median: number; readonly percentile95: number };
  /** With `compare`, if there are answerable questions: the measures of every stage. */
  readonly stages?: Readonly<Record<Stage, RankingMeasures>>;
  /** With `compare`, if there are answerable questions: every stage against every other. */
  readonly comparisons?: readonly StageComparison[];
  /** With `failures`: the worst first. */
  readonly failures?: readonly Failure[];
}

/** Options of `reportOn`. */
export interface ReportOptions {
  /** The half that was asked. Default: all questions. */
  readonly half?: 0 | 1;
  /** The thresholds of the decision, for the diagram. Default: unknown. */
  readonly thresholds?: Thresholds | null;
  /** Whether to compare the stages. Default: false. */
  readonly compare?: boolean;
  /** Maximum number of failures to list. Default: 0. */
  readonly failures?: number;
}

/**
 * Computes the measures of a set. Means over no questions are NaN.
 *
 * @param set Name of the set.
 */
export function reportOn(
  set: string,
  evaluated: readonly EvaluatedQuestion[],
  { half, thresholds = null, compare = false, failures = 0 }: ReportOptions = {},
): EvaluationReport {
  const answerable = evaluated.filter(({ question }) => question.isAnswerable);
  const documents = reportOnDocuments(evaluated);
  return {
    set,
    half: half ?? null,
    answerable: answerable.length,
    unanswerable: evaluated.length - answerable.length,
    ranking: rankingMeasures(answerable, 'shipped'),
    decision: decisionMeasures(evaluated, thresholds),
    sentencePrecisionAt1: sentencePrecision(answerable),
    ...(documents !== null && { documents }),
    quotes: {
      checked: evaluated.reduce((sum, { quotes }) => sum + quotes, 0),
      wrong: evaluated.reduce((sum, { wrongQuotes }) => sum + wrongQuotes, 0),
    },
    milliseconds: timesOf(evaluated),
    ...(compare && answerable.length > 0 && compareStages(answerable)),
    ...(failures > 0 && { failures: failuresOf(answerable).slice(0, failures) }),
  };
}

/** Whether the first passage of an answerable question is right. */
export function isRight({ runs, question }: EvaluatedQuestion): boolean {
  return question.isAnswerable && successAt(runs.shipped, 1) === 1;
}

const MEASURES = {
  recallAt1: (ranking: JudgedRanking) => successAt(ranking, 1),
  recallAt5: (ranking: JudgedRanking) => successAt(ranking, 5),
  reciprocalRankAt10: (ranking: JudgedRanking) => reciprocalRank(ranking, 10),
  ndcgAt10: (ranking: JudgedRanking) => ndcg(ranking, 10),
  averagePrecision,
  recallAt100: (ranking: JudgedRanking) => recall(ranking, 100),
} as const satisfies Record<keyof RankingMeasures, (ranking: JudgedRanking) => number>;

function rankingMeasures(answerable: readonly EvaluatedQuestion[], stage: Stage): RankingMeasures {
  return Object.fromEntries(
    Object.entries(MEASURES).map(([name, measure]) => [
      name,
      meanOf(answerable.map(({ runs }) => measure(runs[stage]))),
    ]),
  ) as unknown as RankingMeasures;
}

function sentencePrecision(answerable: readonly EvaluatedQuestion[]): EvaluationReport['sentencePrecisionAt1'] {
  const judged = answerable.flatMap(({ isSentenceRight }) => (isSentenceRight === null ? [] : Number(isSentenceRight)));
  return judged.length === 0 ? null : { ...meanOf(judged), judged: judged.length };
}

function timesOf(evaluated: readonly EvaluatedQuestion[]): EvaluationReport['milliseconds'] {
  const times = evaluated.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  return { median: upperQuantile(times, 0.5), percentile95: upperQuantile(times, 0.95) };
}

function compareStages(
  answerable: readonly EvaluatedQuestion[],
): Required<Pick<EvaluationReport, 'stages' | 'comparisons'>> {
  return {
    stages: Object.fromEntries(STAGES.map((stage) => [stage, rankingMeasures(answerable, stage)])) as Record<
      Stage,
      RankingMeasures
    >,
    comparisons: pairsOf(STAGES).flatMap(([first, second]) => compareTwoStages(answerable, first, second)),
  };
}

/** Returns every pair of two elements, the earlier one first. */
function pairsOf<One>(all: readonly One[]): (readonly [One, One])[] {
  return all.flatMap((first, index) => all.slice(index + 1).map((second) => [first, second] as const));
}

function compareTwoStages(answerable: readonly EvaluatedQuestion[], first: Stage, second: Stage): StageComparison[] {
  return (['recallAt1', 'reciprocalRankAt10'] as const).map((measure) => {
    const valuesOf = (stage: Stage): number[] => answerable.map(({ runs }) => MEASURES[measure](runs[stage]));
    const { difference, pValue } = pairedRandomisationTest(valuesOf(second), valuesOf(first), { seed: SEED });
    return { first, second, measure, difference, pValue };
  });
}

interface JudgedDecision extends JudgedConfidence {
  readonly isAnswerable: boolean;
  readonly isAnswered: boolean;
}

function decisionMeasures(
  evaluated: readonly EvaluatedQuestion[],
  thresholds: Thresholds | null,
): DecisionMeasures | null {
  const decisions = evaluated.flatMap(judgedDecision);
  if (decisions.length === 0) return null;
  const answerable = decisions.filter(({ isAnswerable }) => isAnswerable);
  const unanswerable = decisions.filter(({ isAnswerable }) => !isAnswerable);
  const hasBothKinds = answerable.length > 0 && unanswerable.length > 0;
  return {
    auroc: hasBothKinds ? bootstrapStatistic(decisions, aurocOf, { seed: SEED, samples: AUROC_SAMPLES }) : null,
    coverage: shareOf(answerable, isAnswered),
    rightAmongAnswered: shareOrNull(decisions.filter(isAnswered), (one) => one.isRight),
    rightAt60: shareOrNull(decisionsAtCoverage(decisions, REPORTED_COVERAGE), (one) => one.isRight),
    answeredAmongUnanswerable: shareOrNull(unanswerable, isAnswered),
    expectedCalibrationError: expectedCalibrationError(decisions),
    areaUnderRiskCoverage: areaUnderRiskCoverage(decisions),
    riskCoverage: riskCoverage(decisions),
    reliability: reliabilityBins(decisions),
    thresholds,
  };
}

/** Returns the decision on a question, in a list that is empty if it has no confidence. */
function judgedDecision(evaluated: EvaluatedQuestion): JudgedDecision[] {
  const { confidence, outcome, question } = evaluated;
  if (confidence === null) return [];
  return [
    {
      confidence,
      // Of an answer that shows nothing, what it found counts.
      isRight: outcome === 'not-found' ? isRight(evaluated) : isAnyShownRight(evaluated),
      isAnswerable: question.isAnswerable,
      isAnswered: outcome === 'answered',
    },
  ];
}

function isAnswered(decision: JudgedDecision): boolean {
  return decision.isAnswered;
}

/** Returns the decisions above the highest threshold that includes this share of the answerable questions. */
function decisionsAtCoverage(decisions: readonly JudgedDecision[], coverage: number): JudgedDecision[] {
  const confidences = decisions
    .filter(({ isAnswerable }) => isAnswerable)
    .map(({ confidence }) => confidence)
    .toSorted((a, b) => b - a);
  const threshold = confidences[Math.ceil(coverage * confidences.length) - 1];
  return threshold === undefined ? [] : decisions.filter(({ confidence }) => confidence >= threshold);
}

function aurocOf(decisions: readonly JudgedDecision[]): number {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (const { confidence, isAnswerable } of decisions) (isAnswerable ? positives : negatives).push(confidence);
  return areaUnderRoc(positives, negatives);
}

/** Sorts failures by the rank of the right passage, those without one first, and then by descending confidence. */
function failuresOf(answerable: readonly EvaluatedQuestion[]): Failure[] {
  return answerable
    .filter((one) => !isRight(one) || !isFirstShownRight(one))
    .map(({ question, outcome, confidence, runs, quote }): Failure => {
      const ranks = Object.fromEntries(STAGES.map((stage) => [stage, firstRank(runs[stage])])) as Failure['ranks'];
      return { id: question.id, question: question.text, outcome, confidence, ranks, quote };
    })
    .toSorted((a, b) => {
      const [rankOfA, rankOfB] = [a, b].map(({ ranks }) => ranks.shipped ?? Number.POSITIVE_INFINITY) as [
        number,
        number,
      ];
      // Two infinite ranks have no difference.
      if (rankOfA !== rankOfB) return rankOfB > rankOfA ? 1 : -1;
      return (b.confidence ?? 0) - (a.confidence ?? 0);
    });
}

function firstRank({ grades }: JudgedRanking): number | null {
  const index = grades.findIndex((grade) => grade > 0);
  return index === -1 ? null : index + 1;
}

/**
 * The number at index share * n, rounded down: the upper of two neighbours, without the interpolation that confidence
 * intervals use. NaN for no numbers.
 *
 * @param sorted In ascending order.
 */
function upperQuantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? mean(sorted);
}
