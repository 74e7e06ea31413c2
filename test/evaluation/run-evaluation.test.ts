import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FITTED } from '../../src/answering/confidence/fitted-coefficients.js';
import { judgedSetOpener } from '../../src/app.js';
import type { EvaluatedEngine } from '../../src/evaluation/evaluated-engine.js';
import type { EvaluationReport } from '../../src/evaluation/report.js';
import { evaluateSetAt, fitSetsAt } from '../../src/evaluation/run-evaluation.js';
import { readSettings, type Settings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { bundledModel } from '../embedding/bundled-model.js';
import { createFolder } from '../library/temporary-folder.js';
import { TINY_ARTICLES, TINY_COUNTS, writeTinySet } from './tiny-set.js';

let folder: string;
let set: string;
let settings: Settings;
let embedded: number;
let report: EvaluationReport;

beforeAll(async () => {
  requireBuild();
  folder = createFolder();
  set = writeTinySet(join(folder, 'tiny'));
  settings = readSettings({ FOOTNOTE_INDEX: join(folder, 'index'), FOOTNOTE_WORKERS: '1' }, folder);
  ({ report, embedded } = await evaluate(set));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the bundled model answers the questions about the eight articles', () => {
  expect(report).toMatchObject({ set: 'tiny', half: null, ...TINY_COUNTS });
  expect(report.ranking.recallAt1.estimate).toBeGreaterThan(0.9);
  expect(report.decision?.auroc?.estimate).toBeGreaterThan(0.5);
  expect(report.quotes.checked).toBeGreaterThanOrEqual(TINY_COUNTS.answerable - 1);
  expect(report.quotes.wrong).toBe(0);
  expect(report.milliseconds.percentile95).toBeGreaterThanOrEqual(report.milliseconds.median);
});

test('every interval contains its estimate, and the thresholds are those of the decision', () => {
  const { auroc, coverage, rightAmongAnswered, rightAt60, answeredAmongUnanswerable } = report.decision ?? {};
  const intervals = [
    ...Object.values(report.ranking),
    ...[auroc, coverage, rightAmongAnswered, rightAt60, answeredAmongUnanswerable].flatMap((one) => one ?? []),
  ];
  expect(intervals.length).toBeGreaterThanOrEqual(10);
  for (const { estimate, lower, upper } of intervals) {
    expect(lower).toBeLessThanOrEqual(estimate);
    expect(upper).toBeGreaterThanOrEqual(estimate);
    expect(lower).toBeGreaterThanOrEqual(0);
    expect(upper).toBeLessThanOrEqual(1);
  }
  expect(report.decision?.thresholds).toEqual(FITTED.thresholds);
});

test('a second run embeds nothing and reports the same, apart from times', async () => {
  expect(embedded).toBeGreaterThanOrEqual(TINY_ARTICLES.length);
  const again = await evaluate(set);
  expect(again.embedded).toBe(0);
  expect(withoutTimes(again.report)).toEqual(withoutTimes(report));
});

test('the halves add up to the whole', async () => {
  const halves = [await evaluate(set, { half: 0 }), await evaluate(set, { half: 1 })];
  expect(halves.map(({ report: { half } }) => half)).toEqual([0, 1]);
  for (const count of ['answerable', 'unanswerable'] as const)
    expect(halves.reduce((sum, one) => sum + one.report[count], 0)).toBe(report[count]);
  expect(halves.reduce((sum, one) => sum + one.report.quotes.checked, 0)).toBe(report.quotes.checked);
});

test('a set with changed articles gets an index of its own', async () => {
  const [first, ...others] = TINY_ARTICLES;
  const changed = [{ ...first, text: first?.text.replace('nineteen cars', 'ninety bicycles') }, ...others];
  const other = await evaluate(writeTinySet(join(folder, 'changed', 'tiny'), changed));
  expect(other.embedded).toBe(embedded);
  expect(readdirSync(join(folder, 'index', 'evaluation'))).toHaveLength(2);
  const cars = other.report.failures?.find(({ question }) => question.includes('cars'));
  expect(other.report.answerable).toBe(TINY_COUNTS.answerable);
  expect(cars === undefined || cars.ranks.shipped === null || cars.ranks.shipped > 1).toBe(true);
});

test('a set is closed even if a question cannot be asked', async () => {
  let closed = 0;
  const engine = { ask: () => Promise.reject(new Error('The model ended.')) } as unknown as EvaluatedEngine;
  const sourceProblems = { skipped: [], warnings: [] };
  const openSet = () => Promise.resolve({ engine, thresholds: null, sourceProblems, close: async () => void closed++ });
  await expect(evaluateSetAt(set, {}, openSet)).rejects.toThrow('The model ended.');
  await expect(fitSetsAt([set], { fittedAt: '2026-01-02' }, openSet, FITTED.model)).rejects.toThrow('The model ended.');
  expect(closed).toBe(2);
});

test('fitting measures both halves of a set, and gives the same result each time', async () => {
  const fitTinySet = async () =>
    fitSetsAt([set], { fittedAt: '2026-01-02' }, judgedSetOpener(settings, {}), await bundledModel());
  const fitted = await fitTinySet();
  expect(fitted).toMatchObject({ model: FITTED.model, fittedAt: '2026-01-02', sets: [{ name: 'tiny' }] });
  const [fittedSet] = fitted.sets;
  const halves = fittedSet?.halves ?? [];
  expect(fittedSet?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(halves.map(({ use }) => use)).toEqual(['fitting', 'reporting']);
  expect(halves.reduce((sum, { answerable }) => sum + answerable, 0)).toBe(TINY_COUNTS.answerable);
  expect(await fitTinySet()).toEqual(fitted);
});

async function evaluate(
  path: string,
  options: { half?: 0 | 1 } = {},
): Promise<{ report: EvaluationReport; embedded: number }> {
  let stored = 0;
  const openSet = judgedSetOpener(settings, { onIndexing: ({ passages }) => (stored = passages) });
  const made = await evaluateSetAt(path, { ...options, compare: true, failures: 20 }, openSet);
  return { report: made, embedded: stored };
}

function withoutTimes({ milliseconds: _milliseconds, ...rest }: EvaluationReport): object {
  return rest;
}
