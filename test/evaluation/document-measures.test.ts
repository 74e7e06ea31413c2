import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { type DocumentMeasures, reportOnDocuments } from '../../src/evaluation/document-measures.js';
import type { EvaluatedQuestion } from '../../src/evaluation/evaluate.js';
import { renderDocuments } from '../../src/evaluation/render-documents.js';
import { reportOn } from '../../src/evaluation/report.js';
import { evaluatedQuestion, judgedQuestion } from './made-up-questions.js';

/** The rank of the right passage is null if the question is unanswerable, and 9 if it was not found. */
type Row = readonly [kind: string, outcome: Answer['outcome'], rank: number | null, shown: readonly boolean[]];

const ROWS: readonly Row[] = [
  ['table', 'answered', 1, [true, false]],
  ['table', 'answered', 1, [false, true]],
  ['table', 'closest', 3, [false]],
  ['prose', 'answered', 4, [false, false]],
  ['prose', 'not-found', 9, []],
  ['person', 'answered', null, [false]],
  ['person', 'closest', null, [false]],
];

describe('the measures of a documents folder', () => {
  const report = reportOnDocuments(ROWS.map(question));
  const estimates = (measures: DocumentMeasures | undefined): unknown =>
    Object.fromEntries(
      Object.entries(measures ?? {}).map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'object' && value !== null && 'estimate' in value ? value.estimate : value,
      ]),
    );

  test('count what is found, shown and called answered', () => {
    expect(estimates(report?.all)).toEqual({
      answerable: 5,
      unanswerable: 2,
      answered: 4,
      firstPassage: 2 / 5,
      firstThreePassages: 3 / 5,
      firstShown: 1 / 5,
      anyShown: 2 / 5,
      answeredAmongAnswerable: 3 / 5,
      anyShownAmongAnswered: 2 / 4,
      firstShownWords: { mean: 12, highest: 16 },
      firstPassageAmongAnswered: 2 / 4,
      answeredAmongUnanswerable: 1 / 2,
    });
  });

  test('are given for each kind, sorted by name; a share of nothing is null', () => {
    expect(report?.kinds.map(({ kind }) => kind)).toEqual(['person', 'prose', 'table']);
    const [person, prose, table] = report?.kinds ?? [];
    expect(estimates(person)).toMatchObject({ answerable: 0, firstPassage: null, anyShown: null, answered: 1 });
    expect(estimates(prose)).toMatchObject({ unanswerable: 0, answeredAmongUnanswerable: null, firstShown: 0 });
    expect(estimates(table)).toMatchObject({
      firstPassage: 2 / 3,
      anyShownAmongAnswered: 1,
      firstShownWords: { mean: 12, highest: 14 },
    });
  });

  test('are also given for the questions that follow another one', () => {
    expect(report?.followUps).toBeNull();
    const rows = ROWS.map(question).map((one, index) =>
      index < 2 ? { ...one, question: { ...one.question, after: 'q' } } : one,
    );
    const withFollowUps = reportOnDocuments(rows);
    expect(estimates(withFollowUps?.followUps ?? undefined)).toMatchObject({
      answerable: 2,
      firstPassage: 1,
      firstShown: 1 / 2,
    });
    const printed = withFollowUps === null ? [] : renderDocuments(withFollowUps);
    expect(printed.filter((line) => line.startsWith('asked after another '))).toHaveLength(2);
  });

  test('have intervals that contain the estimate', () => {
    const { estimate = 0, lower = 0, upper = 0 } = report?.all.firstPassage ?? {};
    expect(lower).toBeLessThan(estimate);
    expect(upper).toBeGreaterThan(estimate);
  });

  test('are null, and not in the report, if the questions are of no kind', () => {
    const unjudged = [evaluatedQuestion([{ grade: 1 }])];
    expect(reportOnDocuments(unjudged)).toBeNull();
    expect(reportOn('made up', unjudged)).not.toHaveProperty('documents');
  });

  test('are printed as two tables with a row for each kind and the total', () => {
    if (report === null) throw new Error('There is no report.');
    const rows = renderDocuments(report).map((line) => line.replace(/ \([^)]*\)/g, '').replace(/ {2,}/g, ' | '));
    expect(rows).toEqual([
      'kind | answerable | right passage first | in the first three | shown first answers | any shown answers | words shown first',
      'person | 0 | - | - | - | - | 10',
      'prose | 2 | .00 | .00 | .00 | .00 | 16',
      'table | 3 | .67 | 1.00 | .33 | .67 | 12',
      'total | 5 | .40 | .60 | .20 | .40 | 12',
      '',
      'kind | answerable answered | answered: shown right | answered: passage right | unanswerable | unanswerable answered',
      'person | - | .00 | .00 | 2 | .50',
      'prose | .50 | .00 | .00 | 0 | -',
      'table | .67 | 1.00 | 1.00 | 0 | -',
      'total | .60 | .50 | .50 | 2 | .50',
    ]);
  });
});

test('a question with the right passage first is a failure if what is shown does not answer it', () => {
  const { failures } = reportOn('made up', ROWS.map(question), { failures: 10 });
  expect(failures?.map(({ id }) => id)).toEqual(['q5', 'q4', 'q3', 'q2']);
});

function question([kind, outcome, rank, shown]: Row, index: number): EvaluatedQuestion {
  const isAnswerable = rank !== null;
  return evaluatedQuestion(
    Array.from({ length: 5 }, (_, position) => ({ grade: position + 1 === rank ? 1 : 0 })),
    {
      question: judgedQuestion({ id: `q${index + 1}`, kind, isAnswerable, relevantGrades: isAnswerable ? [1] : [] }),
      outcome,
      shown,
      // 10, 12, 14, 16, none, 10 and 10 words.
      shownWords: shown.length === 0 ? [] : [isAnswerable ? 10 + 2 * index : 10, 99],
    },
  );
}
