import { expect, test } from 'vitest';
import {
  MAX_SCORED_TOKENS,
  type PreparedQuestion,
  prepareQuestion,
} from '../../../src/answering/ranking/rank-question.js';
import { wordVector } from '../small-library.js';

/** Token 0 is a question mark, and the others are words. */
const VOCABULARY = ['?', ...Array.from({ length: 200 }, (_, index) => `word${index + 1}`)];

test('punctuation is not scored, and a token that occurs twice is scored twice in a short question', async () => {
  const { encoded, weights, contentTokens, isCut } = await prepared([3, 0, 4, 3, 0]);
  expect([...encoded.tokens]).toEqual([3, 4, 3]);
  expect(encoded.tokenVectors).toEqual([3, 4, 3].map(wordVector));
  expect(weights.even).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(contentTokens).toEqual([0, 1, 2]);
  expect(isCut).toBe(false);
});

test('of more than 64 tokens each is scored once, and of those the last 64', async () => {
  const twice = [...range(1, 40), ...range(1, 40)];
  expect(await prepared(twice)).toMatchObject({ encoded: { tokens: Uint32Array.from(range(1, 40)) }, isCut: true });
  const { encoded, weights, contentTokens } = await prepared([7, ...range(1, 100), 0, 0]);
  expect([...encoded.tokens]).toEqual(range(37, 64));
  expect(weights.idf).toHaveLength(MAX_SCORED_TOKENS);
  expect(contentTokens).toHaveLength(MAX_SCORED_TOKENS);
});

test('1,999 question marks are as cheap as none', async () => {
  const { encoded, isCut } = await prepared([5, ...Array.from({ length: 1999 }, () => 0)]);
  expect([...encoded.tokens]).toEqual([5]);
  expect(isCut).toBe(false);
});

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function prepared(tokens: readonly number[]): Promise<PreparedQuestion> {
  const store = {
    passageCount: 10,
    tokenFrequency: () => 1,
    nearestWord: () => null,
    searchTerms: () => [],
    searchArticles: () => [],
  };
  const embedding = {
    vector: wordVector(0),
    tokens: Uint32Array.from(tokens),
    tokenVectors: tokens.map((token) => wordVector(token % 64)),
  };
  const encoder = {
    vocabulary: () => Promise.resolve(VOCABULARY),
    embedQuestion: () => Promise.resolve(embedding),
  };
  return prepareQuestion('', { store, encoder }, null);
}
