import { expect, test } from 'vitest';
import { toPublicAnswer } from '../../src/answering/public-answer.js';
import { excerptOf } from '../../src/corpus/excerpt.js';
import { structuredArticle } from '../corpus/structured-article.js';
import { answer, citation, reference } from '../terminal/answers.js';

const TEXT = 'Ask the harbour master. The berth costs 60 75 euros 😀, see the price list or the map or the forum.';

test('a citation has the links and the struck parts of its quote, counted from its start', () => {
  const at = (words: string): { start: number; end: number } => {
    const start = TEXT.indexOf(words);
    return { start, end: start + words.length };
  };
  const marks = [
    { kind: 'link' as const, ...at('harbour master'), value: 'https://town.example/harbour' },
    { kind: 'struck' as const, ...at('60') },
    { kind: 'link' as const, ...at('the price list'), value: 'prices#berths' },
    { kind: 'link' as const, ...at('the map'), value: 'javascript:alert(1)' },
    { kind: 'link' as const, ...at('the forum'), value: 'https://forum.example/' },
  ];
  const article = structuredArticle([{ kind: 'paragraph', text: TEXT, marks }]);
  const quote = TEXT.slice(TEXT.indexOf('The berth'));
  const cited = {
    ...citation(quote, [], reference({ url: 'https://docs.example/guide/' })),
    ...at(quote),
    excerpt: excerptOf(article, at(quote)),
  };
  const [shown] = toPublicAnswer(answer({ citations: [cited] })).citations;
  expect(shown?.links.map(({ start, end, url }) => [quote.slice(start, end), url])).toEqual([
    ['the price list', 'https://docs.example/guide/prices#berths'],
    ['the forum', 'https://forum.example/'],
  ]);
  expect(shown?.struck.map(({ start, end }) => quote.slice(start, end))).toEqual(['60']);
  expect(Object.keys(shown?.struck[0] ?? {})).toEqual(['start', 'end']);
});

test('a citation without marks has empty lists', () => {
  expect(toPublicAnswer(answer()).citations[0]).toMatchObject({ links: [], struck: [] });
});
