import type { DocumentMeasures, DocumentsReport } from './document-measures.js';
import type { BootstrapInterval } from './resampling.js';
import { textTable } from './text-table.js';

type Column = readonly [label: string, cell: (measures: DocumentMeasures) => string];

const PASSAGE_COLUMNS: readonly Column[] = [
  ['answerable', ({ answerable }) => String(answerable)],
  ['right passage first', ({ firstPassage }) => share(firstPassage)],
  ['in the first three', ({ firstThreePassages }) => share(firstThreePassages)],
  ['shown first answers', ({ firstShown }) => share(firstShown)],
  ['any shown answers', ({ anyShown }) => share(anyShown)],
  ['words shown first', ({ firstShownWords }) => words(firstShownWords)],
];

const DECISION_COLUMNS: readonly Column[] = [
  ['answerable answered', ({ answeredAmongAnswerable }) => share(answeredAmongAnswerable)],
  ['answered: shown right', ({ anyShownAmongAnswered }) => share(anyShownAmongAnswered)],
  ['answered: passage right', ({ firstPassageAmongAnswered }) => share(firstPassageAmongAnswered)],
  ['unanswerable', ({ unanswerable }) => String(unanswerable)],
  ['unanswerable answered', ({ answeredAmongUnanswerable }) => share(answeredAmongUnanswerable)],
];

/**
 * Renders the measures of a documents folder as two tables: what is found and shown, and what is called `answered`.
 *
 * @param columns How wide the tables may be. Default: as wide as they are.
 */
export function renderDocuments(report: DocumentsReport, columns = Number.POSITIVE_INFINITY): string[] {
  return [...renderTable(report, PASSAGE_COLUMNS, columns), '', ...renderTable(report, DECISION_COLUMNS, columns)];
}

function renderTable(
  { all, kinds, followUps }: DocumentsReport,
  measures: readonly Column[],
  columns: number,
): string[] {
  const row = (name: string, values: DocumentMeasures): string[] => [name, ...measures.map(([, cell]) => cell(values))];
  const rows = [
    ...kinds.map((one) => row(one.kind, one)),
    ...(followUps === null ? [] : [row('asked after another', followUps)]),
    row('total', all),
  ];
  return textTable(rows, { header: ['kind', ...measures.map(([label]) => label)], columns });
}

/** "96 (at most 170)" */
function words(measured: DocumentMeasures['firstShownWords']): string {
  return measured === null ? '-' : `${measured.mean.toFixed(0)} (at most ${measured.highest})`;
}

/** ".63 (.56 to .70)" */
function share(interval: BootstrapInterval | null): string {
  if (interval === null) return '-';
  const [estimate, lower, upper] = [interval.estimate, interval.lower, interval.upper].map((value) =>
    value.toFixed(2).replace(/^0(?=\.)/, ''),
  );
  return `${estimate} (${lower} to ${upper})`;
}
