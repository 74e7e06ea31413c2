/** The minimum quality of answers: a change to reading, ranking or deciding that makes them worse fails here. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgedSetOpener } from '../../src/app.js';
import { type EvaluatedQuestion, evaluateSet } from '../../src/evaluation/evaluate.js';
import type { JudgedQuestion, JudgedSet } from '../../src/evaluation/judged-set.js';
import { readJudgedSet } from '../../src/evaluation/read-judged-set.js';
import { type EvaluationReport, isRight, reportOn } from '../../src/evaluation/report.js';
import type { OpenedSet } from '../../src/evaluation/run-evaluation.js';
import { readSettings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { createFolder } from '../library/temporary-folder.js';
import { asKeywords, carelessly, misspelt } from './perturbed.js';

interface AskedSet {
  readonly set: JudgedSet;
  readonly opened: OpenedSet;
  /** All questions, or only those of the held-out half if the set was used for fitting. */
  readonly evaluated: readonly EvaluatedQuestion[];
  readonly report: EvaluationReport;
}

type Skip = (reason: string) => void;

/** Indexing and asking a set of a thousand questions takes a minute or two. */
const LARGE_SET_MS = 400_000;

let folder: string;
const openedSets: OpenedSet[] = [];

beforeAll(() => {
  requireBuild();
  folder = createFolder();
});

afterAll(async () => {
  for (const opened of openedSets) await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the sample articles', () => {
  const ask = once(() => askSet(local('../evaluation/sample-questions.json'), local('../../seeds')));

  // The articles are deliberately hard: ten are about the same few meetings, and two are accounts of the same talk.
  test('have the right passage first for at least 19 of 32 questions, and in the first five for 28', async () => {
    const { evaluated } = await ask();
    const ranks = ranksOf(evaluated);
    expect(ranks).toHaveLength(32);
    expect(within(ranks, 1), listed(evaluated)).toBeGreaterThanOrEqual(19);
    expect(within(ranks, 5), listed(evaluated)).toBeGreaterThanOrEqual(28);
  });

  test('reach an MRR@10 of .71', async () => {
    const { report } = await ask();
    expect(report.ranking.reciprocalRankAt10.estimate).toBeGreaterThanOrEqual(0.71);
  });

  test('lead to the outcome "not-found" for at most seven of the 32 questions', async () => {
    const answerable = (await ask()).evaluated.filter(({ question }) => question.isAnswerable);
    const silent = answerable.filter(({ outcome }) => outcome === 'not-found');
    expect(silent.length, listed(silent)).toBeLessThanOrEqual(7);
  });

  test('lead to "not-found" for all six questions about unrelated subjects', async () => {
    const { evaluated } = await ask();
    const offTopic = evaluated.filter(({ question }) => /^u1[1-6]$/.test(question.id));
    expect(offTopic).toHaveLength(6);
    expect(
      offTopic.map(({ outcome }) => outcome),
      listed(offTopic),
    ).toEqual(offTopic.map(() => 'not-found'));
  });

  test('lead to "answered" for at most two of 16 unanswerable questions', async () => {
    const unanswerable = (await ask()).evaluated.filter(({ question }) => !question.isAnswerable);
    expect(unanswerable).toHaveLength(16);
    const answered = unanswerable.filter(({ outcome }) => outcome === 'answered');
    expect(answered.length, listed(answered)).toBeLessThanOrEqual(2);
  });

  test('are quoted word for word', async () => {
    const { quotes } = (await ask()).report;
    expect(quotes.checked).toBeGreaterThan(30);
    expect(quotes.wrong).toBe(0);
  });
});

describe('five raw news pages', () => {
  const ask = shared('eval/seed-questions.json', () =>
    askSet(local('../../../shared/eval/seed-questions.json'), local('../../../shared/seeds')),
  );

  test('have the right passage first for at least 12 of 14 questions, and in the first three for all', async ({
    skip,
  }) => {
    const { evaluated } = await ask(skip);
    const ranks = ranksOf(evaluated);
    expect(ranks).toHaveLength(14);
    expect(within(ranks, 1), listed(evaluated)).toBeGreaterThanOrEqual(12);
    expect(within(ranks, 3), listed(evaluated)).toBe(14);
  });

  test('lead to "answered" for none of six unanswerable questions', async ({ skip }) => {
    const unanswerable = (await ask(skip)).evaluated.filter(({ question }) => !question.isAnswerable);
    expect(unanswerable).toHaveLength(6);
    expect(unanswerable.filter(({ outcome }) => outcome === 'answered').map(({ question }) => question.text)).toEqual(
      [],
    );
  });

  test('are quoted word for word', async ({ skip }) => {
    const { quotes } = (await ask(skip)).report;
    expect(quotes.checked).toBeGreaterThan(14);
    expect(quotes.wrong).toBe(0);
  });
});

const ofSquad = shared('eval/squad', () => askSet(local('../../../shared/eval/squad'), folder, 1));
const ofClapNq = shared('eval/clapnq', () => askSet(local('../../../shared/eval/clapnq'), folder, 1));

/** A measure of the held-out half, and its minimum. */
type Floor = readonly [what: string, floor: number, estimate: (report: EvaluationReport) => number | undefined];

const recallAt1 = ({ ranking }: EvaluationReport): number => ranking.recallAt1.estimate;
const reciprocalRank = ({ ranking }: EvaluationReport): number => ranking.reciprocalRankAt10.estimate;
const auroc = ({ decision }: EvaluationReport): number | undefined => decision?.auroc?.estimate;
const coverage = ({ decision }: EvaluationReport): number | undefined => decision?.coverage.estimate;
const rightAmongAnswered = ({ decision }: EvaluationReport): number | undefined =>
  decision?.rightAmongAnswered?.estimate;
const sentencePrecision = (report: EvaluationReport): number | undefined => report.sentencePrecisionAt1?.estimate;

describe('the held-out half of SQuAD', () => {
  test.for<Floor>([
    ['an R@1', 0.95, recallAt1],
    ['an MRR@10', 0.968, reciprocalRank],
    ['an AUROC', 0.66, auroc],
    ['a coverage of answerable questions', 0.55, coverage],
    ['a share of right answers', 0.89, rightAmongAnswered],
    ['a sentence precision', 0.85, sentencePrecision],
  ])('has %s of at least %d', { timeout: LARGE_SET_MS }, async ([, floor, estimate], { skip }) => {
    const { report: reporting } = await ofSquad(skip);
    expect(reporting.answerable).toBeGreaterThan(600);
    expect(estimate(reporting)).toBeGreaterThanOrEqual(floor);
  });

  test.for<[how: string, floor: number, change: (question: string) => string]>([
    ['in lower case without a question mark', 0.924, carelessly],
    ['as keywords', 0.924, asKeywords],
    ['with the longest word misspelt', 0.947, misspelt],
  ])('asked %s, has an R@1 of at least %d', { timeout: LARGE_SET_MS }, async ([, floor, change], { skip }) => {
    const { set, opened } = await ofSquad(skip);
    const questions = everyEighth(set).map(
      (question): JudgedQuestion => ({ ...question, text: change(question.text) }),
    );
    expect(questions.length).toBeGreaterThan(80);
    const evaluated = await evaluateSet({ ...set, questions }, opened.engine);
    const wrong = evaluated.filter((one) => !isRight(one));
    expect(1 - wrong.length / questions.length, listed(wrong)).toBeGreaterThanOrEqual(floor);
  });
});

describe('the held-out half of ClapNQ', () => {
  test.for<Floor>([
    ['an R@1', 0.96, recallAt1],
    ['an MRR@10', 0.975, reciprocalRank],
    ['an AUROC', 0.85, auroc],
    ['a coverage of answerable questions', 0.5, coverage],
    ['a share of right answers', 0.88, rightAmongAnswered],
    ['a sentence precision', 0.73, sentencePrecision],
  ])('has %s of at least %d', { timeout: LARGE_SET_MS }, async ([, floor, estimate], { skip }) => {
    const { report: reporting } = await ofClapNq(skip);
    expect(reporting.answerable).toBeGreaterThan(100);
    expect(estimate(reporting)).toBeGreaterThanOrEqual(floor);
  });
});

test.for([
  ['SQuAD', ofSquad],
  ['ClapNQ', ofClapNq],
] as const)(
  'every quote for every question of the held-out half of %s equals the slice of the article that it claims to be',
  { timeout: LARGE_SET_MS },
  async ([, ask], { skip }) => {
    const { set, evaluated, report } = await ask(skip);
    expect(evaluated).toHaveLength(set.questions.filter(({ half }) => half === 1).length);
    expect(report.quotes.checked).toBeGreaterThan(200);
    expect(report.quotes.wrong).toBe(0);
  },
);

/** Indexes the articles of a set and asks its questions: all, or those of one half. */
async function askSet(path: string, seedsFolder = folder, half?: 0 | 1): Promise<AskedSet> {
  const set = await readJudgedSet(path);
  const settings = readSettings({ FOOTNOTE_SEEDS: seedsFolder, FOOTNOTE_INDEX: join(folder, 'index') }, folder);
  const opened = await judgedSetOpener(settings, {})(set);
  openedSets.push(opened);
  const evaluated = await evaluateSet(set, opened.engine, half === undefined ? {} : { half });
  return { set, opened, evaluated, report: reportOn(set.name, evaluated) };
}

/** Every eighth answerable question of the held-out half. */
function everyEighth({ questions }: JudgedSet): JudgedQuestion[] {
  return questions.filter(({ half, isAnswerable }) => half === 1 && isAnswerable).filter((_, index) => index % 8 === 0);
}

/** Runs a function on the first call and returns its result from then on. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | null = null;
  return () => (result ??= work());
}

/** Asks a set from the folder `shared` next to the repository, once for all tests. Skips the tests if it is not there. */
function shared(name: string, work: () => Promise<AskedSet>): (skip: Skip) => Promise<AskedSet> {
  const asked = once(work);
  return (skip) => {
    if (!existsSync(local(`../../../shared/${name}`))) skip(`shared/${name} is not next to the repository`);
    return asked();
  };
}

/** The path of a file relative to this one. */
function local(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Rank of the first right passage for each answerable question, from 1; null if there is none. */
function ranksOf(evaluated: readonly EvaluatedQuestion[]): (number | null)[] {
  return evaluated.filter(({ question }) => question.isAnswerable).map(rankOf);
}

function rankOf({ runs }: EvaluatedQuestion): number | null {
  const index = runs.shipped.grades.findIndex((grade) => grade > 0);
  return index === -1 ? null : index + 1;
}

/** How many ranks are at most k. */
function within(ranks: readonly (number | null)[], k: number): number {
  return ranks.filter((rank) => rank !== null && rank <= k).length;
}

/** Lists questions with the rank of the right passage and the outcome, for the message of a failing test. */
function listed(evaluated: readonly EvaluatedQuestion[]): string {
  return evaluated
    .map((one) => {
      const { question, outcome, confidence } = one;
      return `${question.id} rank ${rankOf(one) ?? 'none'} ${outcome} ${confidence?.toFixed(2)}: ${question.text}`;
    })
    .join('\n');
}
