/** What stands around a question in a chat must not change its answer. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { app } from '../../src/app.js';
import { type Engine, openEngine } from '../../src/engine.js';
import { readSettings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { createFolder } from '../library/temporary-folder.js';
import { OTHER_WRAPPINGS, WRAPPINGS, type Wrapping } from './chat-wrappings.js';
import { FURTHER_QUESTIONS } from './further-questions.js';

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url));
const SAMPLE_QUESTIONS = new URL('./sample-questions.json', import.meta.url);

const MIN_SHARE = 0.95;
const MAX_CONFIDENCE_CHANGE = 0.05;

interface Plain {
  readonly question: string;
  readonly answer: Answer;
}

let folder: string;
let engine: Engine;
let plain: readonly Plain[];

beforeAll(async () => {
  requireBuild();
  folder = createFolder();
  const settings = readSettings({ FOOTNOTE_SEEDS: SEEDS, FOOTNOTE_INDEX: join(folder, 'index') }, folder);
  await app.indexArticles(settings, {});
  engine = await openEngine(settings);
  plain = await askAll([...sampleQuestions(), ...FURTHER_QUESTIONS]);
});

afterAll(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('there are a hundred questions, and most find something', () => {
  expect(plain).toHaveLength(100);
  expect(plain.filter(({ answer }) => answer.outcome !== 'not-found').length).toBeGreaterThan(70);
});

test('a question in one of ten wrappings has the same first passage and about the same confidence in 95 of 100 cases', async () => {
  expectUnchanged(await compareAll(WRAPPINGS, plain), 1000);
});

// Every fifth question is enough to notice if one of these kinds stops working.
test('so it has in ten wrappings of other kinds', async () => {
  expectUnchanged(
    await compareAll(
      OTHER_WRAPPINGS,
      plain.filter((_, index) => index % 5 === 0),
    ),
    200,
  );
});

interface Comparison {
  readonly wrapped: string;
  readonly hasSamePassage: boolean;
  readonly confidenceChange: number;
}

async function compareAll(wrappings: readonly Wrapping[], asked: readonly Plain[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const { wrap } of wrappings) {
    const wrapped = await askAll(asked.map(({ question }) => wrap(question)));
    comparisons.push(...wrapped.map((one, index) => compare(one, asked[index])));
  }
  return comparisons;
}

function compare({ question, answer }: Plain, expected: Plain | undefined): Comparison {
  return {
    wrapped: question,
    hasSamePassage: answer.ranking[0]?.passageId === expected?.answer.ranking[0]?.passageId,
    confidenceChange: Math.abs((answer.confidence ?? Number.NaN) - (expected?.answer.confidence ?? Number.NaN)),
  };
}

function expectUnchanged(comparisons: readonly Comparison[], count: number): void {
  expect(comparisons).toHaveLength(count);
  const samePassage = comparisons.filter(({ hasSamePassage }) => hasSamePassage);
  const sameConfidence = comparisons.filter(({ confidenceChange }) => confidenceChange <= MAX_CONFIDENCE_CHANGE);
  expect(samePassage.length / count, listed(comparisons)).toBeGreaterThanOrEqual(MIN_SHARE);
  expect(sameConfidence.length / count, listed(comparisons)).toBeGreaterThanOrEqual(MIN_SHARE);
}

async function askAll(questions: readonly string[]): Promise<Plain[]> {
  const all: Plain[] = [];
  for (const question of questions) all.push({ question, answer: await engine.ask(question) });
  return all;
}

function sampleQuestions(): string[] {
  const { questions } = JSON.parse(readFileSync(SAMPLE_QUESTIONS, 'utf8')) as { questions: { q: string }[] };
  return questions.map(({ q }) => q);
}

/** Lists what changed, for the message of a failing test. */
function listed(comparisons: readonly Comparison[]): string {
  return comparisons
    .filter((one) => !one.hasSamePassage || one.confidenceChange > MAX_CONFIDENCE_CHANGE)
    .map(({ wrapped, hasSamePassage, confidenceChange }) =>
      JSON.stringify({ hasSamePassage, confidenceChange: Number(confidenceChange.toFixed(2)), wrapped }),
    )
    .join('\n');
}
