import { expect, test } from 'vitest';
import { findWords, matchWords } from '../../../src/answering/quoting/matched-words.js';
import { bestMatches } from '../../../src/answering/ranking/late-interaction.js';
import { contentWords } from '../../../src/text/english.js';
import { createTokenScorer } from '../../../src/vectors/token-scorer.js';
import { codesOf, wordVector } from '../small-library.js';

test('each content word of the question is matched with its partner in the passage', () => {
  const vocabulary = ['who', 'sold', 'bells', 'council', '?'];
  expect(match({ question: [0, 1, 2, 4], passage: [3, 1, 2], vocabulary })).toEqual([
    { question: 'sold', passage: 'sold', similarity: 1 },
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('a word without a similar one in the passage has no partner', () => {
  expect(match({ question: [0, 1], passage: [1, 2], vocabulary: ['zeppelin', 'bells', 'rang'] })).toEqual([
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('content words are the words worth searching for, in lower case', () => {
  expect(contentWords('Who sold the Bells in 2017, and how?')).toEqual(['sold', 'bells', '2017']);
  expect(contentWords('What was it about?')).toEqual([]);
  // Repeated words are kept.
  expect(contentWords('Bells, bells')).toEqual(['bells', 'bells']);
  expect(contentWords('Zu\u0308rich')).toEqual(['z\u00fcrich']);
});

test('only tokens in the range can be partners', () => {
  const vocabulary = ['bells', 'rang'];
  expect(match({ question: [0], passage: [0, 1], vocabulary, range: { fromToken: 1, toToken: 2 } })).toEqual([]);
});

test('WordPiece tokens are joined into words on both sides', () => {
  const vocabulary = ['rey', '##k', '##javik', 'met', '##ing'];
  // One matching piece is enough, even if the others differ: here "rey", of "reykjavik" and of "reying".
  expect(match({ question: [0, 1, 2], passage: [3, 0, 4], vocabulary })).toEqual([
    { question: 'reykjavik', passage: 'reying', similarity: 1 },
  ]);
});

test('SentencePiece tokens are joined from the beginning of one word to the next', () => {
  const vocabulary = ['▁Rey', 'kja', 'vik', '▁met'];
  expect(match({ question: [0, 1, 2], passage: [3, 0, 1, 2], vocabulary })).toEqual([
    { question: 'reykjavik', passage: 'reykjavik', similarity: 1 },
  ]);
});

test('a token that is not in the vocabulary is skipped', () => {
  expect(match({ question: [7, 0], passage: [7, 0], vocabulary: ['bells'] })).toEqual([
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('matched words are found in a quote whatever their case and accents', () => {
  expect(found('The Bells of São Paulo rang; BELLS!', ['bells', 'sao'])).toEqual(['Bells', 'São', 'BELLS']);
});

test('a word is not found inside another', () => {
  expect(found('bellshop doorbells bells', ['bells'])).toEqual(['bells']);
});

test('neighbouring words are one span, unless something stands between them', () => {
  expect(found('the bronze bells, and bells of bronze', ['bronze', 'bells'])).toEqual([
    'bronze bells',
    'bells',
    'bronze',
  ]);
});

test('spans are in order, do not overlap and are within the quote', () => {
  const quote = 'bells bells, Bells\n\nbells — e\u0301te\u0301 bells';
  let end = 0;
  for (const span of findWords(quote, ['bells', 'ete'])) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThan(span.start);
    end = span.end;
  }
  expect(end).toBeLessThanOrEqual(quote.length);
});

function match(input: {
  readonly question: readonly number[];
  readonly passage: readonly number[];
  readonly vocabulary: readonly string[];
  readonly range?: { readonly fromToken: number; readonly toToken: number };
}): ReturnType<typeof matchWords> {
  const { question, passage, vocabulary, range = { fromToken: 0, toToken: passage.length } } = input;
  const encoded = { vector: wordVector(0), tokens: Uint32Array.from(question), tokenVectors: question.map(wordVector) };
  const candidate = {
    key: 1,
    id: 'p1',
    articleKey: 0,
    start: 0,
    end: 0,
    sentences: [],
    vector: wordVector(0),
    tokenIds: Uint32Array.from(passage),
    codes: codesOf(passage),
    titleCodes: new Uint8Array(),
    sectionCodes: new Uint8Array(),
    contextCodes: new Uint8Array(),
  };
  const lengths = [range.fromToken, range.toToken - range.fromToken];
  return matchWords(
    encoded,
    bestMatches(createTokenScorer(encoded.tokenVectors).match(candidate.codes, lengths).slice(1)),
    candidate,
    vocabulary,
  );
}

function found(quote: string, words: readonly string[]): string[] {
  return findWords(quote, words).map(({ start, end }) => quote.slice(start, end));
}
