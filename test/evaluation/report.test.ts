import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { type EvaluatedQuestion, judgedRanking, STAGES } from '../../src/evaluation/evaluate.js';
import { diagramOf, renderReport } from '../../src/evaluation/render-report.js';
import { type EvaluationReport, isRight, reportOn } from '../../src/evaluation/report.js';
import { UserError } from '../../src/user-error.js';
import { evaluatedQuestion, judgedQuestion, type MadeUpCandidate } from './made-up-questions.js';
import { measuresShape, shapeOf } from './report-shape.js';

/** Outcome, confidence and rank of the right passage of a question. The rank is null if no right passage was found. */
type Row = readonly [outcome: Answer['outcome'], confidence: number, rank: number | null, isAnswerable?: boolean];

const ROWS: readonly Row[] = [
  ['answered', 0.95, 1],
  ['answered', 0.9, 1],
  ['answered', 0.85, 2],
  ['closest', 0.6, 1],
  ['closest', 0.4, 7],
  ['not-found', 0.1, null, true],
  ['answered', 0.88, null, false],
  ['closest', 0.3, null, false],
  ['not-found', 0.05, null, false],
];

describe('a ranking of judged units', () => {
  const question = judgedQuestion({ relevantGrades: [2, 1] });

  test('counts several passages of one unit once, at the rank of the first', () => {
    const { grades, relevantGrades } = judgedRanking(question, [
      { unit: 'a', grade: 0, score: 5 },
      { unit: 'b', grade: 2, score: 4 },
      { unit: 'a', grade: 0, score: 3 },
      { unit: 'b', grade: 2, score: 2 },
      { unit: 'c', grade: 1, score: 1 },
    ]);
    // a, b, c
    expect(grades).toEqual([0, 2, 1]);
    expect(relevantGrades).toEqual([2, 1]);
  });

  test('orders equal scores as trec_eval does: by descending name', () => {
    const tied = ['a', 'c', 'b'].map((unit) => ({ unit, grade: unit === 'c' ? 1 : 0, score: 1 }));
    // c, b, a
    expect(judgedRanking(question, tied).grades).toEqual([1, 0, 0]);
  });

  test('takes the grade of a unit’s best passage, and is empty if nothing was found', () => {
    const twice = [
      { unit: 'a', grade: 0, score: 1 },
      { unit: 'a', grade: 1, score: 2 },
    ];
    expect(judgedRanking(question, twice).grades).toEqual([1]);
    expect(judgedRanking(question, []).grades).toEqual([]);
  });
});

describe('a report', () => {
  const report = reportOn('made up', ROWS.map(question), { thresholds: { answered: 0.8, closest: 0.2 } });

  test('counts questions, quotes and times', () => {
    expect(report).toMatchObject({
      set: 'made up',
      half: null,
      answerable: 6,
      unanswerable: 3,
      quotes: { checked: 9, wrong: 0 },
      // The times are 1 to 9.
      milliseconds: { median: 5, percentile95: 9 },
    });
    expect(report).not.toHaveProperty('stages');
    expect(report).not.toHaveProperty('failures');
  });

  test('measures the ranking on the answerable questions only', () => {
    const estimates = Object.fromEntries(
      Object.entries(report.ranking).map(([name, { estimate }]) => [name, estimate]),
    );
    // The ranks of the right passages are 1, 1, 2, 1, 7 and none.
    expect(estimates.recallAt1).toBeCloseTo(3 / 6, 12);
    expect(estimates.recallAt5).toBeCloseTo(4 / 6, 12);
    expect(estimates.reciprocalRankAt10).toBeCloseTo((1 + 1 + 1 / 2 + 1 + 1 / 7) / 6, 12);
    expect(estimates.ndcgAt10).toBeCloseTo((3 + 1 / Math.log2(3) + 1 / Math.log2(8)) / 6, 12);
    expect(estimates.averagePrecision).toBeCloseTo((1 + 1 + 1 / 2 + 1 + 1 / 7) / 6, 12);
    expect(estimates.recallAt100).toBeCloseTo(5 / 6, 12);
  });

  test('measures the decision on all questions', () => {
    const { decision } = report;
    // In 2 (against .88) + 5 (.3) + 6 (.05) of 18 pairs, the answerable question has more confidence than the other.
    expect(decision?.auroc?.estimate).toBeCloseTo(13 / 18, 12);
    expect(decision?.coverage.estimate).toBeCloseTo(3 / 6, 12);
    expect(decision?.rightAmongAnswered?.estimate).toBeCloseTo(2 / 4, 12);
    expect(decision?.answeredAmongUnanswerable?.estimate).toBeCloseTo(1 / 3, 12);
    // 60% of six answerable questions are four, down to .6. Of the five questions from there on, three are right.
    expect(decision?.rightAt60?.estimate).toBeCloseTo(3 / 5, 12);
    expect(decision?.thresholds).toEqual({ answered: 0.8, closest: 0.2 });
    expect(decision?.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(9);
    expect(decision?.riskCoverage.at(-1)).toMatchObject({ coverage: 1, risk: 6 / 9 });
  });

  test('has the estimate inside every interval', () => {
    for (const { estimate, lower, upper } of intervalsOf(report)) {
      expect(lower).toBeLessThanOrEqual(estimate);
      expect(upper).toBeGreaterThanOrEqual(estimate);
    }
    expect(intervalsOf(report)).toHaveLength(11);
  });

  test('is the same for the same questions', () => {
    expect(reportOn('made up', ROWS.map(question), { thresholds: { answered: 0.8, closest: 0.2 } })).toEqual(report);
  });

  test('counts a question as right if its first passage is, and never an unanswerable one', () => {
    expect(ROWS.map(question).map(isRight)).toEqual([
      true,
      true,
      false,
      true,
      ...Array.from({ length: 5 }, () => false),
    ]);
    // A set may have relevant passages for a question that it declares unanswerable.
    expect(isRight(evaluatedQuestion([{ grade: 1 }], { question: judgedQuestion({ isAnswerable: false }) }))).toBe(
      false,
    );
  });

  test('counts sentences only where they were judged, and wrong quotes', () => {
    const judged = [true, false, true, true].map((isSentenceRight) =>
      evaluatedQuestion([{ grade: 1 }], { isSentenceRight, quotes: 2, wrongQuotes: isSentenceRight ? 0 : 1 }),
    );
    const { sentencePrecisionAt1, quotes } = reportOn('made up', [...judged, evaluatedQuestion([{ grade: 1 }])]);
    expect(sentencePrecisionAt1).toMatchObject({ estimate: 0.75, judged: 4 });
    expect(quotes).toEqual({ checked: 9, wrong: 1 });
    expect(report.sentencePrecisionAt1).toBeNull();
  });

  test('has no decision and no diagram for a model without fitted coefficients', () => {
    const plain = reportOn(
      'made up',
      ROWS.map(question).map((one) => ({ ...one, confidence: null })),
    );
    expect(plain.decision).toBeNull();
    expect(plain.ranking).toEqual(report.ranking);
    expect(renderReport(plain)).toContain('No decision was fitted for this model');
    expect(() => diagramOf(plain)).toThrow(UserError);
  });

  test('has no area under the ROC curve without unanswerable questions, and no ranking without answerable ones', () => {
    const answerable = reportOn('made up', ROWS.slice(0, 6).map(question));
    expect(answerable.decision).toMatchObject({ auroc: null, answeredAmongUnanswerable: null });
    const unanswerable = reportOn('made up', ROWS.slice(6).map(question));
    expect(unanswerable.decision).toMatchObject({ auroc: null, rightAt60: null });
    expect(unanswerable.ranking.recallAt1.estimate).toBeNaN();
    const printed = renderReport(unanswerable);
    expect(printed).toContain('made up: 0 answerable questions, 3 unanswerable ones');
    expect(printed).not.toMatch(/NaN|MRR/);
  });

  test('says so if there are no questions, without times and decision', () => {
    const printed = renderReport(reportOn('made up', []));
    expect(printed).not.toMatch(/NaN|fitted/);
  });
});

describe('a comparison of the stages', () => {
  const better = (candidates: readonly MadeUpCandidate[], worse: number): EvaluatedQuestion => {
    const one = evaluatedQuestion(candidates);
    const grades = Array.from({ length: 5 }, (_, index) => (index + 1 === worse ? 1 : 0));
    return { ...one, runs: { ...one.runs, bm25: { ...one.runs.bm25, grades } } };
  };
  const questions = Array.from({ length: 20 }, (_, index) => better([{ grade: 1 }], 1 + (index % 2)));
  const report = reportOn('made up', questions, { compare: true });

  test('has every stage with every measure', () => {
    expect(Object.keys(report.stages ?? {})).toEqual(['bm25', 'vectors', 'fusion', 'late interaction', 'shipped']);
    expect(report.stages?.shipped).toEqual(report.ranking);
    expect(report.stages?.bm25.recallAt1.estimate).toBe(0.5);
    expect(report.stages?.bm25.reciprocalRankAt10.estimate).toBe(0.75);
  });

  test('tests each stage against every other, in both measures', () => {
    expect(report.comparisons?.map(({ first, second, measure }) => [first, second, measure])).toEqual(
      STAGES.flatMap((first, index) =>
        STAGES.slice(index + 1).flatMap((second) =>
          ['recallAt1', 'reciprocalRankAt10'].map((measure) => [first, second, measure]),
        ),
      ),
    );
    const [recall, reciprocalRank] = report.comparisons ?? [];
    expect(recall).toMatchObject({ first: 'bm25', second: 'vectors', difference: 0.5 });
    // Ten of twenty questions got better and none worse. Two of 2^10 sign assignments are as extreme.
    expect(recall?.pValue).toBeCloseTo(2 / 1024, 10);
    expect(reciprocalRank).toMatchObject({ difference: 0.25 });
    expect(report.comparisons?.find(({ first }) => first === 'vectors')).toMatchObject({ difference: 0, pValue: 1 });
  });

  test('is omitted without answerable questions', () => {
    const unanswerable = reportOn('made up', [evaluatedQuestion([{ grade: 0 }])], { compare: true });
    expect(unanswerable.comparisons).toBeUndefined();
    expect(renderReport(unanswerable)).not.toContain('NaN');
  });
});

describe('a list of failures', () => {
  const failures = (count: number): EvaluationReport['failures'] =>
    reportOn('made up', ROWS.map(question), { failures: count }).failures;

  test('contains the answerable questions whose first passage is wrong, worst first', () => {
    expect(failures(10)?.map(({ id, ranks }) => [id, ranks.shipped])).toEqual([
      ['q6', null],
      ['q5', 7],
      ['q3', 2],
    ]);
    expect(failures(2)?.map(({ id }) => id)).toEqual(['q6', 'q5']);
    expect(failures(0)).toBeUndefined();
    expect(failures(1)?.[0]).toEqual({
      id: 'q6',
      question: 'Question 6?',
      outcome: 'not-found',
      confidence: 0.1,
      ranks: { bm25: null, vectors: null, fusion: null, 'late interaction': null, shipped: null },
      quote: 'A quote.',
    });
  });

  test('has the more confident ones first if they are equally bad', () => {
    const rows: Row[] = [
      ['closest', 0.3, 2],
      ['answered', 0.9, 2],
      ['closest', 0.5, 2],
    ];
    const listed = reportOn('made up', rows.map(question), { failures: 10 }).failures;
    expect(listed?.map(({ confidence }) => confidence)).toEqual([0.9, 0.5, 0.3]);
  });
});

test('a report is printed with all measures, their intervals and the tables that were asked for', () => {
  const report = reportOn('made up', ROWS.map(question), {
    half: 1,
    compare: true,
    failures: 1,
    thresholds: { answered: 0.8, closest: 0.2 },
  });
  expect(shapeOf(renderReport(report))).toBe(`made up, half 1: 6 answerable questions, 3 unanswerable ones
${measuresShape({ quotes: 9 })}
ranking by  R@1  R@5  MRR@10  nDCG@10  MAP  recall@100
bm25  #  #  #  #  #  #
vectors  #  #  #  #  #  #
fusion  #  #  #  #  #  #
late interaction  #  #  #  #  #  #
shipped  #  #  #  #  #  #

  R@1  MRR@10
vectors over bm25  +#  p = #  +#  p = #
fusion over bm25  +#  p = #  +#  p = #
late interaction over bm25  +#  p = #  +#  p = #
shipped over bm25  +#  p = #  +#  p = #
fusion over vectors  +#  p = #  +#  p = #
late interaction over vectors  +#  p = #  +#  p = #
shipped over vectors  +#  p = #  +#  p = #
late interaction over fusion  +#  p = #  +#  p = #
shipped over fusion  +#  p = #  +#  p = #
shipped over late interaction  +#  p = #  +#  p = #

q6 (not-found #): Question 6?
  right passage at rank: bm25 none, vectors none, fusion none, late interaction none, shipped none
  quoted instead: A quote.`);
});

test('sentence precision is printed with the number of judged sentences', () => {
  const judged = evaluatedQuestion([{ grade: 1 }], { isSentenceRight: true });
  expect(renderReport(reportOn('made up', [judged]))).toContain('sentence P@1 (1 judged)');
});

test('the diagram is titled after the set and its half, and shows the thresholds', () => {
  const thresholds = { answered: 0.8, closest: 0.2 };
  const drawn = diagramOf(reportOn('made up', ROWS.map(question), { half: 1, thresholds }));
  expect(drawn).toContain('<title>made up, half 1</title>');
  const without = diagramOf(reportOn('made up', ROWS.map(question)));
  expect(without).toContain('<title>made up</title>');
  expect(drawn.length).toBeGreaterThan(without.length);
});

function question([outcome, confidence, rank, isAnswerable = rank !== null]: Row, index: number): EvaluatedQuestion {
  const candidates = Array.from({ length: 8 }, (_, position) => ({ grade: position + 1 === rank ? 1 : 0 }));
  return evaluatedQuestion(candidates, {
    question: judgedQuestion({
      id: `q${index + 1}`,
      text: `Question ${index + 1}?`,
      isAnswerable,
      relevantGrades: isAnswerable ? [1] : [],
    }),
    outcome,
    confidence,
    tookMs: index + 1,
  });
}

function intervalsOf({ ranking, decision }: EvaluationReport): { estimate: number; lower: number; upper: number }[] {
  const { auroc, coverage, rightAmongAnswered, rightAt60, answeredAmongUnanswerable } = decision ?? {};
  return [...Object.values(ranking), auroc, coverage, rightAmongAnswered, rightAt60, answeredAmongUnanswerable].flatMap(
    (interval) => interval ?? [],
  );
}
