import { oneLine } from '../text/visible-text.js';
import { EXIT, UserError } from '../user-error.js';
import { STAGES } from './evaluate.js';
import { reliabilityDiagram } from './reliability-diagram.js';
import type { EvaluationReport, RankingMeasures } from './report.js';
import type { BootstrapInterval } from './resampling.js';

/** A report as a person reads it: measures with their 95 % intervals, and the tables that were asked for. */
export function renderReport(report: EvaluationReport): string {
  const { ranking, decision, sentencePrecisionAt1: sentences, quotes, milliseconds } = report;
  if (report.answerable + report.unanswerable === 0) return `${nameOf(report)}: no questions`;
  const lines = [
    `${nameOf(report)}: ${report.answerable} answerable questions, ${report.unanswerable} unanswerable ones`,
    '',
    ...(report.answerable === 0 ? [] : table(MEASURES.map(([name, label]) => [label, shown(ranking[name])]))),
  ];
  if (decision !== null) {
    lines.push(
      '',
      ...table([
        ['AUROC, answerable against not', shown(decision.auroc)],
        ['answered, of the answerable', shown(decision.coverage)],
        ['answered, of the unanswerable', shown(decision.answeredAmongUnanswerable)],
        ['right, of the answered', shown(decision.rightAmongAnswered)],
        ['right, where 60 % of the answerable are answered', shown(decision.rightAt60)],
        ['expected calibration error', figure(decision.expectedCalibrationError)],
        ['area under risk and coverage', figure(decision.areaUnderRiskCoverage)],
      ]),
    );
  } else lines.push('', 'No decision was fitted for this model: only its ranking is measured.');
  lines.push(
    '',
    ...table([
      ...(sentences === null ? [] : [[`sentence P@1 (${sentences.judged} judged)`, shown(sentences)]]),
      ['quotes that are the slice they say', `${quotes.checked - quotes.wrong} of ${quotes.checked}`],
      ['time a question', `${milliseconds.median.toFixed(1)} ms (95 %: ${milliseconds.percentile95.toFixed(1)} ms)`],
    ]),
  );
  if (report.stages !== undefined) lines.push('', ...renderStages(report.stages), ...renderComparisons(report));
  if (report.failures !== undefined) lines.push('', ...renderFailures(report.failures));
  return lines.join('\n');
}

/** The reliability diagram of a report, as SVG. @throws {UserError} when nothing was fitted for the model. */
export function diagramOf(report: EvaluationReport): string {
  const { decision } = report;
  if (decision === null)
    throw new UserError('There is no confidence to draw: nothing was fitted for this model.', {
      exitCode: EXIT.wrongUse,
    });
  const { reliability: bins, expectedCalibrationError, thresholds } = decision;
  return reliabilityDiagram({
    title: nameOf(report),
    bins,
    expectedCalibrationError,
    ...(thresholds !== null && { thresholds }),
  });
}

/** "squad, half 1" */
function nameOf({ set, half }: EvaluationReport): string {
  return half === null ? set : `${set}, half ${half}`;
}

const MEASURES: readonly (readonly [keyof RankingMeasures, string])[] = [
  ['recallAt1', 'R@1'],
  ['recallAt5', 'R@5'],
  ['reciprocalRankAt10', 'MRR@10'],
  ['ndcgAt10', 'nDCG@10'],
  ['averagePrecision', 'MAP'],
  ['recallAt100', 'recall@100'],
];

function renderStages(stages: NonNullable<EvaluationReport['stages']>): string[] {
  return table([
    ['ranking by', ...MEASURES.map(([, label]) => label)],
    ...STAGES.map((stage) => [stage, ...MEASURES.map(([name]) => figure(stages[stage][name].estimate))]),
  ]);
}

/** One line for each two stages: by how much the second is better, and how likely chance alone would make it so. */
function renderComparisons({ comparisons = [] }: EvaluationReport): string[] {
  const pairs = new Map<string, string[]>();
  for (const { first, second, difference, pValue } of comparisons) {
    const name = `${second} over ${first}`;
    const cells = [
      `${difference < 0 ? '' : '+'}${difference.toFixed(3)}`,
      `p ${pValue < 0.001 ? '< .001' : `= ${figure(pValue)}`}`,
    ];
    pairs.set(name, [...(pairs.get(name) ?? []), ...cells]);
  }
  return ['', ...table([['', 'R@1', '', 'MRR@10', ''], ...[...pairs].map(([name, cells]) => [name, ...cells])])];
}

function renderFailures(failures: NonNullable<EvaluationReport['failures']>): string[] {
  if (failures.length === 0) return ['No misses: the first passage is right for every question that can be answered.'];
  return failures.flatMap(({ id, question, outcome, confidence, ranks, quote }) => [
    `${id} (${outcome}${confidence === null ? '' : ` ${figure(confidence)}`}): ${question}`,
    `  right passage at rank: ${STAGES.map((stage) => `${stage} ${ranks[stage] ?? 'none'}`).join(', ')}`,
    `  quoted instead: ${quote === null ? 'nothing' : beginning(quote)}`,
  ]);
}

function beginning(text: string): string {
  const line = oneLine(text);
  return line.length <= 160 ? line : `${line.slice(0, 160)}…`;
}

function shown(interval: BootstrapInterval | null): string {
  return interval === null || Number.isNaN(interval.estimate)
    ? 'none'
    : `${figure(interval.estimate)}  (${figure(interval.lower)} to ${figure(interval.upper)})`;
}

/** ".945" */
function figure(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(3).replace(/^0(?=\.)/, '');
}

/** Columns of equal width; two spaces between. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
