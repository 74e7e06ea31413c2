/** Damages copies of a real library at seeded places, and asks them questions. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../src/answering/answer.js';
import { answerQuestion } from '../../src/answering/answer-question.js';
import type { EncodedQuestion, QuestionEncoder } from '../../src/answering/question/question-encoder.js';
import { app } from '../../src/app.js';
import { type Engine, openEngine, openLibrary } from '../../src/engine.js';
import { readSettings, type Settings } from '../../src/settings.js';
import { DamagedIndexError } from '../../src/storage/damaged-index-error.js';
import { UserError } from '../../src/user-error.js';
import { randomNumbers } from './random.js';
import { createFolder } from './temporary-folder.js';

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url));
const COPIES = 60;
const PAGE_BYTES = 4096;
const QUESTIONS = [
  'Where did Lavrov meet Tillerson in 2017?',
  'When did New START expire?',
  'Who met in Reykjavik in 2021?',
  'What happened to Nord Stream 2?',
];

/** How a copy is damaged. */
const DAMAGE = {
  'one bit': (bytes: Buffer, at: () => number) => flipBit(bytes, at()),
  '64 bits': (bytes: Buffer, at: () => number) => {
    for (let count = 0; count < 64; count++) flipBit(bytes, at());
  },
  'a page': (bytes: Buffer, at: () => number) => {
    const start = Math.floor(at() / PAGE_BYTES) * PAGE_BYTES;
    for (let offset = start; offset < start + PAGE_BYTES; offset++) bytes[offset] = at() % 256;
  },
};

let folder: string;
let settings: Settings;
let engine: Engine;
let encoder: QuestionEncoder;
let expected: readonly Answer[];

beforeAll(async () => {
  folder = createFolder();
  settings = readSettings({ FOOTNOTE_SEEDS: SEEDS, FOOTNOTE_INDEX: join(folder, 'index') }, folder);
  await app.indexArticles(settings, {});
  engine = await openEngine(settings);
  encoder = remembering(engine.deps.encoder);
  expected = await Promise.all(QUESTIONS.map((question) => answerQuestion(question, { ...engine.deps, encoder })));
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a damaged library gives the same answers, or says that it is damaged', async () => {
  const intact = readFileSync(join(settings.indexFolder, 'library.sqlite'));
  const random = randomNumbers(11);
  const outcomes = new Map<string, number>();
  for (let copy = 0; copy < COPIES; copy++) {
    const [name, damage] = Object.entries(DAMAGE)[copy % 3] ?? [];
    const bytes = Buffer.from(intact);
    damage?.(bytes, () => Math.floor(random() * bytes.length));
    const outcome = `${name}: ${await outcomeOf(bytes)}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const unseen = [...outcomes].filter(([outcome]) => outcome.endsWith('other answers'));
  expect(unseen).toEqual([]);
  // It is neither always refused nor never damaged where it matters.
  expect(outcomes.get('one bit: the same answers')).toBeGreaterThan(0);
  expect(outcomes.get('one bit: refused')).toBeGreaterThan(0);
  expect(outcomes.get('a page: refused')).toBeGreaterThan(COPIES / 6);
});

/** Asks all questions. Errors that are not for people fail the test. */
async function outcomeOf(bytes: Buffer): Promise<'the same answers' | 'refused' | 'noticed' | 'other answers'> {
  const copy = { ...settings, indexFolder: join(folder, 'copy') };
  rmSync(copy.indexFolder, { recursive: true, force: true });
  cpSync(settings.indexFolder, copy.indexFolder, { recursive: true });
  writeFileSync(join(copy.indexFolder, 'library.sqlite'), bytes);
  const notices: string[] = [];
  let isRefused = false;
  let isOther = false;
  try {
    const { library } = await openLibrary(copy, { onNotice: (notice) => notices.push(notice) });
    try {
      for (const [index, question] of QUESTIONS.entries()) {
        const answer = await answerQuestion(question, { ...engine.deps, store: library, encoder }).catch(refusal);
        if (answer === null) isRefused = true;
        else {
          expectTrueQuotes(answer);
          isOther ||= asJson(answer) !== asJson(expected[index]);
        }
      }
    } finally {
      library.close();
    }
  } catch (error) {
    refusal(error);
    isRefused = true;
  }
  if (isOther) return notices.some((notice) => notice.includes('is damaged')) ? 'noticed' : 'other answers';
  return isRefused ? 'refused' : 'the same answers';
}

function refusal(error: unknown): null {
  // Damaged numbers in the first bytes make it the library of a newer version, or of another program.
  if (!(error instanceof UserError)) throw error;
  if (error instanceof DamagedIndexError) expect(error.message).toMatch(/`footnote index( --rebuild)?`/);
  return null;
}

function expectTrueQuotes({ citations }: Answer): void {
  for (const { article, quote, start, end } of citations) {
    const original = engine.library.articleById(article.id);
    expect(original?.text.slice(start, end)).toBe(quote);
    expect(article).toEqual({
      id: original?.id,
      title: original?.title,
      url: original?.url,
      publisher: original?.publisher,
      published: original?.published,
      file: original?.file,
      collection: original?.collection,
    });
  }
}

function asJson(answer: Answer | undefined): string {
  return JSON.stringify({ ...answer, tookMs: 0 });
}

function flipBit(bytes: Buffer, at: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
}

/** The same questions are asked of every copy. */
function remembering(inner: QuestionEncoder): QuestionEncoder {
  const embedded = new Map<string, Promise<EncodedQuestion>>();
  const vocabulary = inner.vocabulary();
  return {
    vocabulary: () => vocabulary,
    embedQuestion(text) {
      const known = embedded.get(text) ?? inner.embedQuestion(text);
      embedded.set(text, known);
      return known;
    },
  };
}
