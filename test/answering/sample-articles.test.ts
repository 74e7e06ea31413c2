import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { app } from '../../src/app.js';
import type { Article } from '../../src/corpus/article.js';
import { sentencesOf } from '../../src/corpus/sentence.js';
import { type Engine, openEngine } from '../../src/engine.js';
import { readSettings } from '../../src/settings.js';
import { sliceOf } from '../../src/text/span.js';
import { countWords } from '../../src/text/words.js';
import { requireBuild } from '../build.js';
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
let engine: Engine;
let asked: readonly Asked[];

beforeAll(async () => {
  requireBuild();
  folder = createFolder();
  engine = await openSeeds(seeds, folder);
  asked = await askAll(engine, questionsOf(sampleQuestions));
});

afterAll(async () => {
  await engine?.close();
  await (await rawOnce)?.engine.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every quote and every passage is the slice of its article at its offsets', () => {
  expect(asked).toHaveLength(48);
  const citations = asked.flatMap(({ answer }) => answer.citations);
  expect(citations.length).toBeGreaterThan(30);
  for (const { article, quote, start, end, passage, passageStart } of citations) {
    const { text } = articleOf(engine, article.id);
    expect(quote).toBe(text.slice(start, end));
    expect(passage).toBe(text.slice(passageStart, passageStart + passage.length));
    // The quote may be a part of the passage, or reach beyond it.
    expect(start).toBeLessThan(passageStart + passage.length);
    expect(end).toBeGreaterThan(passageStart);
    expect(quote.trim()).toBe(quote);
    expect(quote).not.toBe('');
  }
});

test('a quote has whole sentences and nothing from a title or boilerplate, and ends with no heading', () => {
  for (const { question, answer } of asked) {
    for (const { article: reference, start, end } of answer.citations) {
      const article = articleOf(engine, reference.id);
      const { blocks, text } = article;
      const touched = blocks.filter((paragraph) => paragraph.start < end && paragraph.end > start);
      const shown = `${question}: ${sliceOf(text, { start, end })}`;
      for (const { kind } of touched) expect(['paragraph', 'heading'], shown).toContain(kind);
      expect(touched.at(-1)?.kind, shown).toBe('paragraph');
      const quoted = sentencesOf(article).filter((sentence) => sentence.start >= start && sentence.end <= end);
      expect(quoted[0]?.start).toBe(start);
      expect(quoted.at(-1)?.end).toBe(end);
      expect(countWords(sliceOf(text, { start, end })), shown).toBeLessThanOrEqual(160);
    }
  }
});

test('one to three sentences of a quote are highlighted', () => {
  const citations = asked.flatMap(({ answer }) => answer.citations);
  for (const { article, start, highlights } of citations) {
    expect(highlights).toHaveLength(1);
    const [highlight = { start: 0, end: 0 }] = highlights;
    const inside = sentencesOf(articleOf(engine, article.id)).filter(
      (sentence) => sentence.start >= start + highlight.start && sentence.end <= start + highlight.end,
    );
    expect(inside[0]?.start).toBe(start + highlight.start);
    expect(inside.at(-1)?.end).toBe(start + highlight.end);
    expect(inside.length).toBeLessThanOrEqual(3);
  }
});

test('an answer cites no part of an article twice, and nothing if the outcome is not-found', () => {
  for (const { answer } of asked) {
    const { citations } = answer;
    for (const [index, one] of citations.entries()) {
      const rest = citations.slice(index + 1).filter(({ article }) => article.id === one.article.id);
      for (const other of rest) expect(one.start >= other.end || one.end <= other.start).toBe(true);
    }
    expect(citations.length > 0).toBe(answer.outcome !== 'not-found');
    expect(citations.length).toBeLessThanOrEqual(3);
    expect(answer.confidence).toBeGreaterThanOrEqual(0);
    expect(answer.confidence).toBeLessThanOrEqual(1);
  }
});

test('the same question always gets the same answer', async () => {
  const question = 'When did Blinken and Lavrov meet in Iceland?';
  const { tookMs: _first, ...first } = await engine.ask(question);
  const { tookMs: _second, ...second } = await engine.ask(question);
  expect(second).toEqual(first);
});

test('quotes from raw news pages are slices of the body', async ({ skip }) => {
  const raw = await askRaw(skip);
  for (const { answer } of raw.asked) {
    for (const { article, quote, start, end } of answer.citations) {
      const { text, blocks } = articleOf(raw.engine, article.id);
      expect(quote).toBe(text.slice(start, end));
      const touched = blocks.filter((paragraph) => paragraph.start < end && paragraph.end > start);
      for (const { kind } of touched) expect(['paragraph', 'heading', 'boilerplate'], quote).toContain(kind);
    }
  }
});

let rawOnce: Promise<{ engine: Engine; asked: readonly Asked[] }> | null = null;

/** Indexes the raw pages and asks the questions about them, once for all tests. */
function askRaw(skip: (reason: string) => void): Promise<{ engine: Engine; asked: readonly Asked[] }> {
  if (!existsSync(rawSeeds) || !existsSync(rawQuestions))
    skip('the folder with the raw pages is not next to the repository');
  rawOnce ??= (async () => {
    const raw = await openSeeds(rawSeeds, join(folder, 'raw'));
    return { engine: raw, asked: await askAll(raw, questionsOf(rawQuestions)) };
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

async function askAll(asker: Engine, questions: readonly string[]): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const question of questions) all.push({ question, answer: await asker.ask(question) });
  return all;
}

function articleOf({ library }: Engine, id: string): Article {
  const article = library.articleById(id);
  if (article === null) throw new Error(`No article has the id ${id}`);
  return article;
}
