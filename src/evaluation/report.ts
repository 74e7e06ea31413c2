import type { EvaluatedQuestion, Stage } from './evaluate.js';
import { STAGES } from './evaluate.js';
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
import {
  type BootstrapInterval,
  bootstrapInterval,
  bootstrapStatistic,
  pairedRandomisationTest,
} from './resampling.js';

/** Every interval and test draws the same lots, so that the same run gives the same report. */
const SEED = 1;

/** The share of the answerable questions at which the risk is stated besides that of the thresholds. */
const STATED_COVERAGE = 0.6;

/** Measures of one run over the answerable questions, each with a 95 % bootstrap interval over the questions. */
export interface RankingMeasures {
  /** Share of questions with something relevant at rank 1, and among the first five (trec_eval's success). */
  readonly recallAt1: BootstrapInterval;
  readonly recallAt5: BootstrapInterval;
  readonly reciprocalRankAt10: BootstrapInterval;
  readonly ndcgAt10: BootstrapInterval;
  readonly averagePrecision: BootstrapInterval;
  /** Share of what is relevant that is among the first hundred. */
  readonly recallAt100: BootstrapInterval;
}

/** What of the decision is measured; null for a model that nothing was fitted for. */
export interface DecisionMeasures {
  /** How well confidence tells answerable questions from the others; null without both kinds. */
  readonly auroc: BootstrapInterval | null;
  /** Share of the answerable questions that are `answered`. */
  readonly coverage: BootstrapInterval;
  /** Share of all `answered` questions whose first passage is right; null when none was. */
  readonly rightAmongAnswered: BootstrapInterval | null;
  /** The same for a threshold at which 60 % of the answerable questions would be answered. */
  readonly rightAt60: BootstrapInterval | null;
  /** Share of the unanswerable questions that are `answered`; null without such questions. */
  readonly answeredAmongUnanswerable: BootstrapInterval | null;
  readonly expectedCalibrationError: number;
  readonly areaUnderRiskCoverage: number;
  readonly riskCoverage: readonly RiskCoveragePoint[];
  readonly reliability: readonly ReliabilityBin[];
  /** From which confidence on a question is `answered`, and `closest`; null where that is not known. */
  readonly thresholds: { readonly answered: number; readonly closest: number } | null;
}

/** Two stages on the same questions, by the paired randomisation test. */
export interface StageComparison {
  readonly first: Stage;
  readonly second: Stage;
  readonly measure: 'recallAt1' | 'reciprocalRankAt10';
  /** Of the second over the first. */
  readonly difference: number;
  readonly pValue: number;
}

/** A question whose right passage is not first. */
export interface Failure {
  readonly id: string;
  readonly question: string;
  readonly outcome: EvaluatedQuestion['outcome'];
  readonly confidence: number | null;
  /** Rank of the first right passage in each stage, from 1; null where it was not found. */
  readonly ranks: Readonly<Record<Stage, number | null>>;
  /** What was quoted first instead. */
  readonly quote: string | null;
}

export interface EvaluationReport {
  readonly set: string;
  readonly half: 0 | 1 | null;
  readonly answerable: number;
  readonly unanswerable: number;
  readonly ranking: RankingMeasures;
  readonly decision: DecisionMeasures | null;
  /** Share of quotes built round a sentence that answers, in the first right passage; null where sentences are not judged. */
  readonly sentencePrecisionAt1: (BootstrapInterval & { readonly judged: number }) | null;
  /** Quotes checked against their article, and those that are not the slice they say. */
  readonly quotes: { readonly checked: number; readonly wrong: number };
  readonly milliseconds: { readonly median: number; readonly percentile95: number };
  /** With `compare`, where something can be answered: every stage, and each tested against every other. */
  readonly stages?: Readonly<Record<Stage, RankingMeasures>>;
  readonly comparisons?: readonly StageComparison[];
  /** With `failures`: the worst first. */
  readonly failures?: readonly Failure[];
}

export interface ReportOptions {
  readonly half?: 0 | 1;
  /** Those that the answers were decided by, to be drawn. */
  readonly thresholds?: DecisionMeasures['thresholds'];
  readonly compare?: boolean;
  /** How many failures are listed. */
  readonly failures?: number;
}

/** Computes the measures; those over no questions at all are NaN. */
export function reportOn(
  set: string,
  evaluated: readonly EvaluatedQuestion[],
  { half, thresholds = null, compare = false, failures = 0 }: ReportOptions = {},
): EvaluationReport {
  const answerable = evaluated.filter(({ question }) => question.isAnswerable);
  const judgedSentences = answerable.flatMap(({ isSentenceRight }) =>
    isSentenceRight === null ? [] : Number(isSentenceRight),
  );
  const times = evaluated.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return {
    set,
    half: half ?? null,
    answerable: answerable.length,
    unanswerable: evaluated.length - answerable.length,
    ranking: rankingMeasures(answerable, 'shipped'),
    decision: decisionMeasures(evaluated, thresholds),
    sentencePrecisionAt1:
      judgedSentences.length === 0 ? null : { ...interval(judgedSentences), judged: judgedSentences.length },
    quotes: {
      checked: evaluated.reduce((sum, { quotes }) => sum + quotes, 0),
      wrong: evaluated.reduce((sum, { wrongQuotes }) => sum + wrongQuotes, 0),
    },
    milliseconds: { median: quantile(times, 0.5), percentile95: quantile(times, 0.95) },
    ...(compare &&
      answerable.length > 0 && {
        stages: Object.fromEntries(STAGES.map((stage) => [stage, rankingMeasures(answerable, stage)])) as Record<
          Stage,
          RankingMeasures
        >,
        comparisons: pairsOf(STAGES).flatMap(([first, second]) => compareStages(answerable, first, second)),
      }),
    ...(failures > 0 && { failures: failuresOf(answerable).slice(0, failures) }),
  };
}

/** Whether the first passage is right. */
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
      interval(answerable.map(({ runs }) => measure(runs[stage]))),
    ]),
  ) as unknown as RankingMeasures;
}

/** Each two, the earlier first. */
function pairsOf<One>(all: readonly One[]): (readonly [One, One])[] {
  return all.flatMap((first, index) => all.slice(index + 1).map((second) => [first, second] as const));
}

function compareStages(answerable: readonly EvaluatedQuestion[], first: Stage, second: Stage): StageComparison[] {
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
  thresholds: DecisionMeasures['thresholds'],
): DecisionMeasures | null {
  const decisions = evaluated.flatMap((one): JudgedDecision[] =>
    one.confidence === null
      ? []
      : [
          {
            confidence: one.confidence,
            isRight: isRight(one),
            isAnswerable: one.question.isAnswerable,
            isAnswered: one.outcome === 'answered',
          },
        ],
  );
  if (decisions.length === 0) return null;
  const answerable = decisions.filter(({ isAnswerable }) => isAnswerable);
  const unanswerable = decisions.filter(({ isAnswerable }) => !isAnswerable);
  const answered = decisions.filter(({ isAnswered }) => isAnswered);
  const confidences = answerable.map(({ confidence }) => confidence).sort((a, b) => b - a);
  const threshold = confidences[Math.ceil(STATED_COVERAGE * confidences.length) - 1];
  const at60 = decisions.filter(({ confidence }) => threshold !== undefined && confidence >= threshold);
  return {
    auroc:
      answerable.length === 0 || unanswerable.length === 0
        ? null
        : bootstrapStatistic(decisions, aurocOf, { seed: SEED, samples: 1000 }),
    coverage: shareOf(answerable, ({ isAnswered }) => isAnswered),
    rightAmongAnswered: answered.length === 0 ? null : shareOf(answered, (one) => one.isRight),
    rightAt60: at60.length === 0 ? null : shareOf(at60, (one) => one.isRight),
    answeredAmongUnanswerable: unanswerable.length === 0 ? null : shareOf(unanswerable, ({ isAnswered }) => isAnswered),
    expectedCalibrationError: expectedCalibrationError(decisions),
    areaUnderRiskCoverage: areaUnderRiskCoverage(decisions),
    riskCoverage: riskCoverage(decisions),
    reliability: reliabilityBins(decisions),
    thresholds,
  };
}

function aurocOf(decisions: readonly JudgedDecision[]): number {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (const { confidence, isAnswerable } of decisions) (isAnswerable ? positives : negatives).push(confidence);
  return areaUnderRoc(positives, negatives);
}

/** Worst: never found, then by how far down the right passage stands. */
function failuresOf(answerable: readonly EvaluatedQuestion[]): Failure[] {
  const depth = (rank: number | null): number => rank ?? Number.POSITIVE_INFINITY;
  return answerable
    .filter((one) => !isRight(one))
    .map(({ question, outcome, confidence, runs, quote }): Failure => {
      const ranks = Object.fromEntries(STAGES.map((stage) => [stage, firstRank(runs[stage])])) as Failure['ranks'];
      return { id: question.id, question: question.text, outcome, confidence, ranks, quote };
    })
    .sort((a, b) => {
      const [x, y] = [depth(a.ranks.shipped), depth(b.ranks.shipped)];
      return x === y ? (b.confidence ?? 0) - (a.confidence ?? 0) : y > x ? 1 : -1;
    });
}

function firstRank({ grades }: JudgedRanking): number | null {
  const index = grades.findIndex((grade) => grade > 0);
  return index === -1 ? null : index + 1;
}

function interval(values: readonly number[]): BootstrapInterval {
  return bootstrapInterval(values, { seed: SEED });
}

function shareOf<One>(all: readonly One[], test: (one: One) => boolean): BootstrapInterval {
  return interval(all.map((one) => (test(one) ? 1 : 0)));
}

/** @param sorted In ascending order; NaN for none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? mean(sorted);
}
