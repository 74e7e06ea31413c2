import { pluralise } from '../text/pluralise.js';
import { escapeLineFeeds, oneLine } from '../text/visible-text.js';
import { EXIT, UserError } from '../user-error.js';
import { STAGES } from './evaluate.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import { renderDocuments } from './render-documents.js';
import type { EvaluationReport, Failure, RankingMeasures, StageComparison } from './report.js';
import type { BootstrapInterval } from './resampling.js';
import { textTable } from './text-table.js';

/**
 * Renders a report as text: the measures with their 95% intervals, then the tables that were asked for.
 *
 * @param columns How wide the tables may be. Default: as wide as they are.
 */
export function renderReport(report: EvaluationReport, columns = Number.POSITIVE_INFINITY): string {
  if (report.answerable + report.unanswerable === 0) return `${titleOf(report)}: no questions`;
  return [
    `${titleOf(report)}: ${pluralise(report.answerable, 'answerable question')}, ${pluralise(report.unanswerable, 'unanswerable one')}`,
    '',
    ...(report.answerable === 0 ? [] : renderRanking(report.ranking, columns)),
    '',
    ...renderDecision(report.decision, columns),
    '',
    ...renderQuotesAndTimes(report, columns),
    ...(report.documents === undefined ? [] : ['', ...renderDocuments(report.documents, columns)]),
    ...(report.stages === undefined
      ? []
      : ['', ...renderStages(report.stages, columns), '', ...renderComparisons(report.comparisons ?? [], columns)]),
    ...(report.failures === undefined ? [] : ['', ...renderFailures(report.failures)]),
  ].join('\n');
}

/**
 * Draws the reliability diagram of a report.
 *
 * @returns An SVG file.
 * @throws {UserError} if the model has no fitted coefficients, so that answers have no confidence.
 */
export function diagramOf(report: EvaluationReport): string {
  const { decision } = report;
  if (decision === null)
    throw new UserError(
      'There is nothing to draw: no decision was fitted for this model, so answers have no confidence.',
      {
        exitCode: EXIT.usageError,
      },
    );
  const { reliability: bins, expectedCalibrationError, thresholds } = decision;
  return reliabilityDiagram({
    title: titleOf(report),
    bins,
    expectedCalibrationError,
    ...(thresholds !== null && { thresholds }),
  });
}

/** "squad, half 1" */
function titleOf({ set, half }: EvaluationReport): string {
  return escapeLineFeeds(half === null ? set : `${set}, half ${half}`);
}

const MEASURES: readonly (readonly [name: keyof RankingMeasures, label: string])[] = [
  ['recallAt1', 'R@1'],
  ['recallAt5', 'R@5'],
  ['reciprocalRankAt10', 'MRR@10'],
  ['ndcgAt10', 'nDCG@10'],
  ['averagePrecision', 'MAP'],
  ['recallAt100', 'recall@100'],
];

function renderRanking(ranking: RankingMeasures, columns: number): string[] {
  return textTable(
    MEASURES.map(([name, label]) => [label, renderInterval(ranking[name])]),
    { columns },
  );
}

function renderDecision(decision: EvaluationReport['decision'], columns: number): string[] {
  if (decision === null) return ['No decision was fitted for this model, so only the ranking is measured.'];
  return textTable(
    [
      ['AUROC, answerable vs. unanswerable', renderInterval(decision.auroc)],
      ['answerable questions answered', renderInterval(decision.coverage)],
      ['unanswerable questions answered', renderInterval(decision.answeredAmongUnanswerable)],
      ['right answers', renderInterval(decision.rightAmongAnswered)],
      ['right answers at 60% coverage', renderInterval(decision.rightAt60)],
      ['expected calibration error', figure(decision.expectedCalibrationError)],
      ['area under the risk-coverage curve', figure(decision.areaUnderRiskCoverage)],
    ],
    { columns },
  );
}

function renderQuotesAndTimes(
  { sentencePrecisionAt1, quotes, milliseconds }: EvaluationReport,
  columns: number,
): string[] {
  const { median, percentile95 } = milliseconds;
  return textTable(
    [
      ...(sentencePrecisionAt1 === null
        ? []
        : [[`sentence P@1 (${sentencePrecisionAt1.judged} judged)`, renderInterval(sentencePrecisionAt1)]]),
      ['quotes identical to the article', `${quotes.checked - quotes.wrong} of ${quotes.checked}`],
      ['time per question', `${median.toFixed(1)} ms (95th percentile: ${percentile95.toFixed(1)} ms)`],
    ],
    { columns },
  );
}

function renderStages(stages: NonNullable<EvaluationReport['stages']>, columns: number): string[] {
  return textTable(
    STAGES.map((stage) => [stage, ...MEASURES.map(([name]) => figure(stages[stage][name].estimate))]),
    { header: ['ranking by', ...MEASURES.map(([, label]) => label)], columns },
  );
}

/** One row for each pair of stages: how much better the second is, and the p-value of the difference. */
function renderComparisons(comparisons: readonly StageComparison[], columns: number): string[] {
  const rows = new Map<string, string[]>();
  for (const { first, second, difference, pValue } of comparisons) {
    const name = `${second} over ${first}`;
    const sign = difference < 0 ? '' : '+';
    const p = pValue < 0.001 ? 'p < .001' : `p = ${figure(pValue)}`;
    rows.set(name, [...(rows.get(name) ?? []), `${sign}${difference.toFixed(3)}`, p]);
  }
  return textTable(
    [...rows].map(([name, cells]) => [name, ...cells]),
    { header: ['', 'R@1', '', 'MRR@10', ''], columns },
  );
}

function renderFailures(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return ['No failures: the first passage is right for every answerable question.'];
  return failures.flatMap(({ id, question, outcome, confidence, ranks, quote }) => [
    escapeLineFeeds(`${id} (${outcome}${confidence === null ? '' : ` ${figure(confidence)}`}): ${question}`),
    `  right passage at rank: ${STAGES.map((stage) => `${stage} ${ranks[stage] ?? 'none'}`).join(', ')}`,
    `  quoted instead: ${quote === null ? 'nothing' : shorten(quote)}`,
  ]);
}

const MAX_QUOTE_CHARACTERS = 160;

function shorten(quote: string): string {
  const line = oneLine(quote);
  return line.length <= MAX_QUOTE_CHARACTERS ? line : `${line.slice(0, MAX_QUOTE_CHARACTERS).replace(/\s\S*$/, ' ')}…`;
}

function renderInterval(interval: BootstrapInterval | null): string {
  return interval === null || Number.isNaN(interval.estimate)
    ? 'none'
    : `${figure(interval.estimate)}  (${figure(interval.lower)} to ${figure(interval.upper)})`;
}

/** ".945" */
function figure(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(3).replace(/^0(?=\.)/, '');
}
