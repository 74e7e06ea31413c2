import { expect, test } from 'vitest';
import { matchTokens, tablesOf } from '../../src/answering/late-interaction.js';
import { findWords, matchWords } from '../../src/answering/matched-words.js';
import { contentWords } from '../../src/text/content-words.js';
import { codesOf, wordVector } from './small-library.js';

test('each telling word of the question is matched with its partner in the passage', () => {
  const vocabulary = ['who', 'sold', 'bells', 'council', '?'];
  expect(match({ question: [0, 1, 2, 4], passage: [3, 1, 2], vocabulary })).toEqual([
    { question: 'sold', passage: 'sold', similarity: 1 },
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('a word that is not near anything in the passage has no partner', () => {
  expect(match({ question: [0, 1], passage: [1, 2], vocabulary: ['zeppelin', 'bells', 'rang'] })).toEqual([
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('the telling words of a text are those that something can be found by, in lower case', () => {
  expect(contentWords('Who sold the Bells in 2017, and how?')).toEqual(['sold', 'bells', '2017']);
  expect(contentWords('What was it about?')).toEqual([]);
  // Each as often as it stands there.
  expect(contentWords('Bells, bells')).toEqual(['bells', 'bells']);
  expect(contentWords('Zu\u0308rich')).toEqual(['z\u00fcrich']);
});

test('only the tokens of the range are partners', () => {
  const vocabulary = ['bells', 'rang'];
  expect(match({ question: [0], passage: [0, 1], vocabulary, range: { fromToken: 1, toToken: 2 } })).toEqual([]);
});

test('pieces of a word are put together on both sides', () => {
  const vocabulary = ['rey', '##k', '##javik', 'met', '##ing'];
  // One piece is enough to match the whole word, even when the others differ: "rey" here, of "reykjavik" and of "reying".
  expect(match({ question: [0, 1, 2], passage: [3, 0, 4], vocabulary })).toEqual([
    { question: 'reykjavik', passage: 'reying', similarity: 1 },
  ]);
});

test('pieces of a SentencePiece vocabulary are put together by where a word begins', () => {
  const vocabulary = ['▁Rey', 'kja', 'vik', '▁met'];
  expect(match({ question: [0, 1, 2], passage: [3, 0, 1, 2], vocabulary })).toEqual([
    { question: 'reykjavik', passage: 'reykjavik', similarity: 1 },
  ]);
});

test('a token that the vocabulary does not know is passed over', () => {
  expect(match({ question: [7, 0], passage: [7, 0], vocabulary: ['bells'] })).toEqual([
    { question: 'bells', passage: 'bells', similarity: 1 },
  ]);
});

test('matched words are found in a quote whatever their capitals and accents', () => {
  expect(found('The Bells of São Paulo rang; BELLS!', ['bells', 'sao'])).toEqual(['Bells', 'São', 'BELLS']);
});

test('a word is found whole, not as part of another', () => {
  expect(found('bellshop doorbells bells', ['bells'])).toEqual(['bells']);
});

test('neighbours are one span, and what stands between them keeps them apart', () => {
  expect(found('the bronze bells, and bells of bronze', ['bronze', 'bells'])).toEqual([
    'bronze bells',
    'bells',
    'bronze',
  ]);
});

test('spans are in order, without overlap, and within the quote', () => {
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
  };
  return matchWords(
    encoded,
    matchTokens(tablesOf(encoded), candidate.codes, range.fromToken, range.toToken),
    candidate,
    vocabulary,
  );
}

function found(quote: string, words: readonly string[]): string[] {
  return findWords(quote, words).map(({ start, end }) => quote.slice(start, end));
}
