import { expect, test } from 'vitest';
import {
  anyOf,
  CONTINUATION_OPENERS,
  DENIALS,
  MONTH_ABBREVIATIONS,
  MONTH_PATTERN,
  MONTHS,
  NON_NAMES,
  NUMBER_WORDS,
  PRONOUNS,
  SENTENCE_OPENERS,
  STOP_WORDS,
  TITLES_AND_MEASURES,
} from '../../src/text/english.js';

test('any of several words is matched, and nothing else', () => {
  const pattern = new RegExp(`^${anyOf(['and', 'what about'])}$`);
  for (const text of ['and', 'what about']) expect(text).toMatch(pattern);
  for (const text of ['', 'an', 'andwhat about', 'what']) expect(text).not.toMatch(pattern);
});

test('every month is matched in full and abbreviated', () => {
  const month = new RegExp(`^${MONTH_PATTERN}$`);
  for (const name of [...MONTHS, ...MONTH_ABBREVIATIONS]) expect(name).toMatch(month);
  for (const other of ['Ja', 'Janu', 'Mayor', 'Octo', 'january', 'Monday']) expect(other).not.toMatch(month);
});

test('months are abbreviated to three letters, except May and the longer form of September', () => {
  expect(MONTH_ABBREVIATIONS.join(' ')).toBe('Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec Sept');
});

test('lists in lower case have no capitals', () => {
  for (const list of [STOP_WORDS, NON_NAMES, DENIALS, PRONOUNS, CONTINUATION_OPENERS, NUMBER_WORDS.keys()])
    for (const word of list) expect(word).toMatch(/^\p{Ll}+$/u);
});

test('sentence openers are capitalised', () => {
  for (const word of SENTENCE_OPENERS) expect(word).toMatch(/^\p{Lu}\p{Ll}*$/u);
});

test('no word is listed twice', () => {
  for (const list of [PRONOUNS, CONTINUATION_OPENERS, TITLES_AND_MEASURES])
    expect(new Set(list).size).toBe(list.length);
});

test('number words have their values', () => {
  const values = ['zero', 'nine', 'nineteen', 'twenty', 'ninety', 'dozen'].map((word) => NUMBER_WORDS.get(word));
  expect(values).toEqual([0, 9, 19, 20, 90, 12]);
});
