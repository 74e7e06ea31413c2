import { expect, test } from 'vitest';
import { wordsOf } from '../../src/text/words.js';

test('a text is split into words at whitespace and punctuation, in lower case and in order', () => {
  expect(wordsOf('“The U.S., in 2021” — Blinken’s 2nd')).toEqual([
    'the',
    'u',
    's',
    'in',
    '2021',
    'blinken',
    's',
    '2nd',
  ]);
  expect(wordsOf(' ?! ')).toEqual([]);
});

test('composed and decomposed letters are the same', () => {
  expect(wordsOf('ZU\u0308RICH')).toEqual(wordsOf('z\u00fcrich'));
  expect(wordsOf('Zu\u0308rich')).toEqual(['z\u00fcrich']);
});

test('a combining mark without a composed form stays with its letter', () => {
  expect(wordsOf('q\u0308y')).toEqual(['q\u0308y']);
});
