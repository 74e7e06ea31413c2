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
];

const DECISION_COLUMNS: readonly Column[] = [
  ['answerable answered', ({ answeredAmongAnswerable }) => share(answeredAmongAnswerable)],
  ['answered: shown right', ({ firstShownAmongAnswered }) => share(firstShownAmongAnswered)],
  ['answered: passage right', ({ firstPassageAmongAnswered }) => share(firstPassageAmongAnswered)],
  ['unanswerable', ({ unanswerable }) => String(unanswerable)],
  ['unanswerable answered', ({ answeredAmongUnanswerable }) => share(answeredAmongUnanswerable)],
];

/** Renders the measures of a documents folder as two tables: what is found and shown, and what is called `answered`. */
export function renderDocuments(report: DocumentsReport): string[] {
  return [...renderTable(report, PASSAGE_COLUMNS), '', ...renderTable(report, DECISION_COLUMNS)];
}

function renderTable({ all, kinds, followUps }: DocumentsReport, columns: readonly Column[]): string[] {
  const row = (name: string, measures: DocumentMeasures): string[] => [
    name,
    ...columns.map(([, cell]) => cell(measures)),
  ];
  return textTable([
    ['kind', ...columns.map(([label]) => label)],
    ...kinds.map((one) => row(one.kind, one)),
    ...(followUps === null ? [] : [row('asked after another', followUps)]),
    row('total', all),
  ]);
}

/** ".63 (.56 to .70)" */
function share(interval: BootstrapInterval | null): string {
  if (interval === null) return '-';
  const [estimate, lower, upper] = [interval.estimate, interval.lower, interval.upper].map((value) =>
    value.toFixed(2).replace(/^0(?=\.)/, ''),
  );
  return `${estimate} (${lower} to ${upper})`;
}
