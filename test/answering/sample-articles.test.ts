import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../dist/answering/answer.js';
import { type Answering, indexArticles, openAnswering } from '../../dist/app.js';
import { type Article, sliceOf } from '../../dist/corpus/article.js';
import { readSettings } from '../../dist/settings.js';
import { createFolder } from '../library/temporary-folder.js';

interface JudgedQuestion {
  readonly id: string;
  readonly q: string;
  /** Any of them is right: how the article's file begins, and a text that the passage contains. */
  readonly gold?: readonly (readonly [file: string, text: string])[];
  readonly answerable?: boolean;
}

interface Asked {
  readonly question: JudgedQuestion;
  readonly answer: Answer;
  /** Rank of the first right passage, from 1; null when it is not among the first five. */
  readonly rank: number | null;
}

const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
const sampleQuestions = fileURLToPath(new URL('../evaluation/sample-questions.json', import.meta.url));
const rawSeeds = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));
const rawQuestions = fileURLToPath(new URL('../../../shared/eval/seed-questions.json', import.meta.url));

let folder: string;
let answering: Answering;
let asked: readonly Asked[];

beforeAll(async () => {
  folder = createFolder();
  answering = await openSeeds(seeds, folder);
  asked = await askAll(answering, questionsOf(sampleQuestions));
});

afterAll(async () => {
  await answering?.close();
  await (await rawOnce)?.answering.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every quote is a slice of its article at its offsets, and so is every passage', () => {
  expect(asked).toHaveLength(48);
  const citations = asked.flatMap(({ answer }) => answer.citations);
  expect(citations.length).toBeGreaterThan(30);
  for (const { article, quote, start, end, passage, passageStart } of citations) {
    const { text } = articleOf(answering, article.id);
    expect(quote).toBe(text.slice(start, end));
    expect(passage).toBe(text.slice(passageStart, passageStart + passage.length));
    expect(start).toBeGreaterThanOrEqual(passageStart);
    expect(end).toBeLessThanOrEqual(passageStart + passage.length);
    expect(quote.trim()).toBe(quote);
    expect(quote).not.toBe('');
  }
});

test('no quote has any part of a title, a heading or furniture, and each has one to three sentences', () => {
  for (const { question, answer } of asked) {
    for (const { article, passageId, start, end } of answer.citations) {
      const { paragraphs, text } = articleOf(answering, article.id);
      const touched = paragraphs.filter((paragraph) => paragraph.start < end && paragraph.end > start);
      expect(
        touched.map(({ kind }) => kind),
        `${question.q}: ${sliceOf(text, { start, end })}`,
      ).toEqual(touched.map(() => 'body'));
      const { sentences = [] } = answering.library.passageById(passageId)?.passage ?? {};
      const quoted = sentences.filter((sentence) => sentence.start >= start && sentence.end <= end);
      expect(quoted[0]?.start).toBe(start);
      expect(quoted.at(-1)?.end).toBe(end);
      expect(quoted.length).toBeLessThanOrEqual(3);
    }
  }
});

test('matched words are words of the quote', () => {
  const matches = asked.flatMap(({ answer }) =>
    answer.citations.flatMap(({ quote, matches: spans }) => spans.map((span) => sliceOf(quote, span))),
  );
  expect(matches.length).toBeGreaterThan(30);
  for (const match of matches) expect(match).toMatch(/^[\p{L}\p{M}\p{N}].*[\p{L}\p{M}\p{N}]$|^[\p{L}\p{N}]$/su);
});

test('an answer cites an article once, and nothing when nothing was found', () => {
  for (const { answer } of asked) {
    const articles = answer.citations.map(({ article }) => article.id);
    expect(new Set(articles).size).toBe(articles.length);
    expect(articles.length > 0).toBe(answer.outcome !== 'not-found');
    expect(articles.length).toBeLessThanOrEqual(3);
    expect(answer.confidence).toBeGreaterThanOrEqual(0);
    expect(answer.confidence).toBeLessThanOrEqual(1);
  }
});

// Many of the 32 are near misses on purpose: ten articles on the same few meetings, with two accounts of the same talk.
test('of 32 sample questions a right passage comes first for 15, and in the first five for 28', () => {
  const answerable = asked.filter(({ question }) => question.answerable !== false);
  expect(answerable).toHaveLength(32);
  const within = (k: number): number => answerable.filter(({ rank }) => rank !== null && rank <= k).length;
  expect(within(1), listed(answerable)).toBeGreaterThanOrEqual(15);
  expect(within(5), listed(answerable)).toBeGreaterThanOrEqual(28);
});

test('of the sample questions that the articles do not answer at most two in ten are called answered', () => {
  const unanswerable = asked.filter(({ question }) => question.answerable === false);
  expect(unanswerable).toHaveLength(16);
  const answered = unanswerable.filter(({ answer }) => answer.outcome === 'answered');
  expect(answered.length, listed(answered)).toBeLessThanOrEqual(3);
});

test('the same question has the same answer each time', async () => {
  const question = 'When did Blinken and Lavrov meet in Iceland?';
  const { tookMs: _first, ...first } = await answering.ask(question);
  const { tookMs: _second, ...second } = await answering.ask(question);
  expect(second).toEqual(first);
});

test('of five raw news pages the right passage comes first for 11 of 14 questions, in the first three for 13, in the first five for all', async ({
  skip,
}) => {
  const raw = await askRaw(skip);
  const answerable = raw.asked.filter(({ question }) => question.answerable !== false);
  expect(answerable).toHaveLength(14);
  const within = (k: number): number => answerable.filter(({ rank }) => rank !== null && rank <= k).length;
  expect(within(1), listed(answerable)).toBeGreaterThanOrEqual(11);
  expect(within(3), listed(answerable)).toBeGreaterThanOrEqual(13);
  expect(within(5), listed(answerable)).toBe(14);
});

test('of six questions that the raw news pages do not answer at most one is called answered', async ({ skip }) => {
  const raw = await askRaw(skip);
  const unanswerable = raw.asked.filter(({ question }) => question.answerable === false);
  expect(unanswerable).toHaveLength(6);
  const answered = unanswerable.filter(({ answer }) => answer.outcome === 'answered');
  expect(answered.length, listed(unanswerable)).toBeLessThanOrEqual(1);
});

test('quotes from raw news pages are slices of their body', async ({ skip }) => {
  const raw = await askRaw(skip);
  for (const { answer } of raw.asked) {
    for (const { article, quote, start, end } of answer.citations) {
      const { text, paragraphs } = articleOf(raw.answering, article.id);
      expect(quote).toBe(text.slice(start, end));
      const touched = paragraphs.filter((paragraph) => paragraph.start < end && paragraph.end > start);
      expect(new Set(touched.map(({ kind }) => kind)), quote).toEqual(new Set(['body']));
    }
  }
});

let rawOnce: Promise<{ answering: Answering; asked: readonly Asked[] }> | null = null;

/** Indexes the raw pages and asks their questions, once for all tests. */
function askRaw(skip: (reason: string) => void): Promise<{ answering: Answering; asked: readonly Asked[] }> {
  if (!existsSync(rawSeeds) || !existsSync(rawQuestions))
    skip('the folder with the raw pages is not beside the repository');
  rawOnce ??= (async () => {
    const raw = await openSeeds(rawSeeds, join(folder, 'raw'));
    return { answering: raw, asked: await askAll(raw, questionsOf(rawQuestions)) };
  })();
  return rawOnce;
}

async function openSeeds(seedsFolder: string, indexParent: string): Promise<Answering> {
  const settings = readSettings(
    { FOOTNOTE_SEEDS: seedsFolder, FOOTNOTE_INDEX: join(indexParent, 'index') },
    indexParent,
  );
  await indexArticles(settings);
  return openAnswering(settings);
}

function questionsOf(file: string): JudgedQuestion[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { questions: JudgedQuestion[] }).questions;
}

async function askAll(parts: Answering, questions: readonly JudgedQuestion[]): Promise<Asked[]> {
  const files = new Map(parts.library.articles().map(({ id, file }) => [id, file]));
  const all: Asked[] = [];
  for (const question of questions) {
    const answer = await parts.ask(question.q, { limit: 5 });
    const isRight = ({ articleId, text }: Answer['ranking'][number]): boolean =>
      (question.gold ?? []).some(
        ([file, contained]) =>
          (files.get(articleId) ?? '').startsWith(file) && foldSpaces(text).includes(foldSpaces(contained)),
      );
    const index = answer.ranking.findIndex(isRight);
    all.push({ question, answer, rank: index === -1 ? null : index + 1 });
  }
  return all;
}

function articleOf(parts: Answering, id: string): Article {
  const article = parts.library.articleById(id);
  if (article === null) throw new Error(`There is no article ${id}`);
  return article;
}

function foldSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** For a failing test: each question with the rank of its right passage and what was said. */
function listed(all: readonly Asked[]): string {
  return all
    .map(
      ({ question, rank, answer }) =>
        `${question.id} rank ${rank ?? 'none'} ${answer.outcome} ${answer.confidence.toFixed(2)}: ${question.q}`,
    )
    .join('\n');
}
