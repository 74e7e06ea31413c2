import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { app } from '../../src/app.js';
import type { Article } from '../../src/corpus/article.js';
import { sentencesOf } from '../../src/corpus/passage.js';
import { type Engine, openEngine } from '../../src/engine.js';
import { readSettings } from '../../src/settings.js';
import { sliceOf } from '../../src/text/span.js';
import { createFolder } from '../library/temporary-folder.js';

interface Asked {
  readonly question: string;
  readonly answer: Answer;
}

const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
const sampleQuestions = fileURLToPath(new URL('../evaluation/sample-questions.json', import.meta.url));
const rawSeeds = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));
const rawQuestions = fileURLToPath(new URL('../../../shared/eval/seed-questions.json', import.meta.url));

let folder: string;
let answering: Engine;
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
    // It may begin with sentences before the passage that say who "he" is.
    expect(start).toBeLessThan(passageStart + passage.length);
    expect(end).toBeGreaterThan(passageStart);
    expect(end).toBeLessThanOrEqual(passageStart + passage.length);
    expect(quote.trim()).toBe(quote);
    expect(quote).not.toBe('');
  }
});

test('no quote has any part of a title, a heading or boilerplate, and each has one to three sentences', () => {
  for (const { question, answer } of asked) {
    for (const { article: reference, start, end } of answer.citations) {
      const article = articleOf(answering, reference.id);
      const { paragraphs, text } = article;
      const touched = paragraphs.filter((paragraph) => paragraph.start < end && paragraph.end > start);
      expect(
        touched.map(({ kind }) => kind),
        `${question}: ${sliceOf(text, { start, end })}`,
      ).toEqual(touched.map(() => 'body'));
      const quoted = sentencesOf(article).filter((sentence) => sentence.start >= start && sentence.end <= end);
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

test('the same question has the same answer each time', async () => {
  const question = 'When did Blinken and Lavrov meet in Iceland?';
  const { tookMs: _first, ...first } = await answering.ask(question);
  const { tookMs: _second, ...second } = await answering.ask(question);
  expect(second).toEqual(first);
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

let rawOnce: Promise<{ answering: Engine; asked: readonly Asked[] }> | null = null;

/** Indexes the raw pages and asks their questions, once for all tests. */
function askRaw(skip: (reason: string) => void): Promise<{ answering: Engine; asked: readonly Asked[] }> {
  if (!existsSync(rawSeeds) || !existsSync(rawQuestions))
    skip('the folder with the raw pages is not beside the repository');
  rawOnce ??= (async () => {
    const raw = await openSeeds(rawSeeds, join(folder, 'raw'));
    return { answering: raw, asked: await askAll(raw, questionsOf(rawQuestions)) };
  })();
  return rawOnce;
}

async function openSeeds(seedsFolder: string, indexParent: string): Promise<Engine> {
  const settings = readSettings(
    { FOOTNOTE_SEEDS: seedsFolder, FOOTNOTE_INDEX: join(indexParent, 'index') },
    indexParent,
  );
  await app.indexArticles(settings, {});
  return openEngine(settings);
}

function questionsOf(file: string): string[] {
  const { questions } = JSON.parse(readFileSync(file, 'utf8')) as { questions: { q: string }[] };
  return questions.map(({ q }) => q);
}

async function askAll(parts: Engine, questions: readonly string[]): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const question of questions) all.push({ question, answer: await parts.ask(question) });
  return all;
}

function articleOf(parts: Engine, id: string): Article {
  const article = parts.library.articleById(id);
  if (article === null) throw new Error(`There is no article ${id}`);
  return article;
}
