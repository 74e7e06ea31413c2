import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { CENTRE_SAMPLE } from '../../src/embedding/token-centre-sample.js';
import { splitSentences } from '../../src/text/sentences.js';
import { createRotation } from '../../src/vectors/rotation.js';
import { codeBytes, writeSignCode } from '../../src/vectors/sign-codes.js';
import { DIMENSIONS, openBundled, runStockPipeline } from './bundled-model.js';
import { LONG_TEXT, VARIED_TEXTS } from './texts.js';

/** How many tokens of a text the model sees at a time, and the special tokens around them. */
const WINDOW_TOKENS = 254;
const CLS = 101;
const SEP = 102;

let embedder: Embedder;

beforeAll(async () => {
  embedder = await openBundled();
});

afterAll(() => embedder.close());

test('passage and question vectors equal those of the stock pipeline', async () => {
  const stock = await runStockPipeline({ texts: VARIED_TEXTS });
  const passages = await embedder.embedPassages(await embedder.tokenize(VARIED_TEXTS));
  for (const [index, text] of VARIED_TEXTS.entries()) {
    const expected = stock.vectors[index] ?? [];
    const question = await embedder.embedQuestion(text);
    expect(cosine(passages[index]?.vector ?? [], expected), text).toBeGreaterThanOrEqual(0.9999);
    expect(cosine(question.vector, expected), text).toBeGreaterThanOrEqual(0.9999);
    expect(length(passages[index]?.vector ?? []), text).toBeCloseTo(1, 5);
  }
});

test('a text longer than a window is the mean of its windows, and every token gets a code', async () => {
  const [tokens = new Uint32Array()] = await embedder.tokenize([LONG_TEXT]);
  expect(tokens.length).toBeGreaterThan(2 * WINDOW_TOKENS);
  const windows: number[][] = [];
  for (let start = 0; start < tokens.length; start += WINDOW_TOKENS)
    windows.push([CLS, ...tokens.subarray(start, start + WINDOW_TOKENS), SEP]);
  const states = (await runStockPipeline({ windows })).windows;

  const mean = new Float64Array(DIMENSIONS);
  for (const state of states.flat()) for (let i = 0; i < DIMENSIONS; i++) mean[i] = (mean[i] ?? 0) + (state[i] ?? 0);
  const [passage] = await embedder.embedPassages([tokens]);
  expect(cosine(passage?.vector ?? [], mean)).toBeGreaterThanOrEqual(0.99999);

  expect(passage?.codes).toHaveLength(tokens.length * codeBytes(DIMENSIONS));
  // Without the special tokens around each window, these are the states of the text's tokens, in order.
  const expected = codesOf(
    states.flatMap((window) => window.slice(1, -1)),
    null,
  );
  expect(shareOfEqualBits(passage?.codes ?? new Uint8Array(), expected)).toBeGreaterThan(0.9999);
});

test('no token is lost around the window boundary', async () => {
  const [tokens = new Uint32Array()] = await embedder.tokenize([LONG_TEXT]);
  for (const count of [0, 1, WINDOW_TOKENS - 1, WINDOW_TOKENS, WINDOW_TOKENS + 1, 2 * WINDOW_TOKENS]) {
    const [passage] = await embedder.embedPassages([tokens.subarray(0, count)]);
    expect(passage?.codes).toHaveLength(count * codeBytes(DIMENSIONS));
    expect(length(passage?.vector ?? [])).toBeCloseTo(1, 5);
  }
});

test('codes are the signs of the token vectors after subtracting the centre and rotating', async () => {
  const centre = await embedder.measureCentre(CENTRE_SAMPLE);
  expect(length(centre)).toBeGreaterThan(0.1);
  expect(length(centre)).toBeLessThan(1);
  const centred = await openBundled({ centre });
  try {
    const tokens = await centred.tokenize(VARIED_TEXTS.slice(0, 3));
    const passages = await centred.embedPassages(tokens);
    const { windows } = await runStockPipeline({ windows: tokens.map((ids) => [CLS, ...ids, SEP]) });
    passages.forEach(({ codes }, index) => {
      const expected = codesOf(windows[index]?.slice(1, -1) ?? [], centre);
      expect(shareOfEqualBits(codes, expected)).toBeGreaterThan(0.9999);
    });
  } finally {
    await centred.close();
  }
});

test('a question has one rotated vector of length 1 per token', async () => {
  const text = 'Where did Blinken meet Lavrov?';
  const { tokens, tokenVectors } = await embedder.embedQuestion(text);
  const [expected = new Uint32Array()] = await embedder.tokenize([text]);
  expect(tokens).toEqual(expected);
  expect(tokenVectors).toHaveLength(tokens.length);
  const { windows } = await runStockPipeline({ windows: [[CLS, ...tokens, SEP]] });
  const rotate = createRotation(DIMENSIONS, 1);
  windows[0]?.slice(1, -1).forEach((state, index) => {
    const rotated = Float32Array.from(state);
    rotate(rotated);
    expect(length(tokenVectors[index] ?? [])).toBeCloseTo(1, 5);
    expect(cosine(tokenVectors[index] ?? [], rotated)).toBeGreaterThan(0.9999);
  });
});

test('tokenising sentence by sentence gives the same tokens as tokenising the whole text', async () => {
  const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
  const articles = readdirSync(seeds, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(seeds, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''));
  expect(articles.length).toBeGreaterThanOrEqual(10);
  for (const text of [...VARIED_TEXTS, LONG_TEXT, ...articles.flatMap((article) => article.trim().split('\n\n'))]) {
    const sentences = splitSentences(text, { start: 0, end: text.length });
    const parts = await embedder.tokenize(sentences.map(({ start, end }) => text.slice(start, end)));
    const [whole = new Uint32Array()] = await embedder.tokenize([text]);
    expect(
      parts.flatMap((tokens) => [...tokens]),
      text,
    ).toEqual([...whole]);
  }
});

test('an empty text has no tokens but still a vector', async () => {
  const [tokens] = await embedder.tokenize(['']);
  expect(tokens).toHaveLength(0);
  expect(length((await embedder.embedQuestion('')).vector)).toBeCloseTo(1, 5);
});

test('the vocabulary has the text of every token', async () => {
  const vocabulary = await embedder.vocabulary();
  expect(vocabulary).toHaveLength(30_522);
  const [tokens = new Uint32Array()] = await embedder.tokenize(['Reykjavik was calm']);
  expect(
    Array.from(tokens, (token) => vocabulary[token])
      .join(' ')
      .replaceAll(' ##', ''),
  ).toBe('reykjavik was calm');
});

/** Computes codes from the model's own states, independently of the worker. */
function codesOf(states: readonly (readonly number[])[], centre: Float32Array | null): Uint8Array {
  const rotate = createRotation(DIMENSIONS, 1);
  const codes = new Uint8Array(states.length * codeBytes(DIMENSIONS));
  states.forEach((state, index) => {
    const size = length(state);
    const vector = Float32Array.from(state, (value, i) => value / size - (centre?.[i] ?? 0));
    rotate(vector);
    writeSignCode(vector, codes, index * codeBytes(DIMENSIONS));
  });
  return codes;
}

/** Not all bits need to be equal: a coordinate very near zero may round to either side. */
function shareOfEqualBits(a: Uint8Array, b: Uint8Array): number {
  expect(a).toHaveLength(b.length);
  let different = 0;
  a.forEach((byte, index) => {
    for (let bits = byte ^ (b[index] ?? 0); bits > 0; bits >>= 1) different += bits & 1;
  });
  return 1 - different / (8 * a.length);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum / (length(a) * length(b));
}

function length(vector: ArrayLike<number>): number {
  return Math.hypot(...Array.from(vector));
}
