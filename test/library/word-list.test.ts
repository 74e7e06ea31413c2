import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WordList } from '../../src/library/word-list.js';

describe('the nearest known word', () => {
  const words = { lavrov: 4, reykjavik: 3, blinken: 5, summit: 9, constructive: 2 };

  test.each([
    ['one letter differs', 'lavrof', 'lavrov'],
    ['one letter is missing', 'lavrv', 'lavrov'],
    ['one letter is added', 'lavvrov', 'lavrov'],
    ['two neighbouring letters are swapped', 'lavorv', 'lavrov'],
    ['the last two letters are swapped', 'lavrvo', 'lavrov'],
    ['two letters of nine differ', 'reykyawik', 'reykjavik'],
    ['two letters are missing and seven are left', 'rykjavk', null],
    ['one letter is missing and eight are left', 'rekjavik', 'reykjavik'],
    ['two letters are added', 'connstructtive', 'constructive'],
    ['two letters of seven differ', 'blimkem', null],
    ['two letters of six differ', 'somnit', null],
    ['letters that are not neighbours are swapped', 'lovrav', null],
    ['three letters of twelve differ', 'conztruktife', null],
    ['the first letter is missing', 'avrov', null],
    ['the first letter of a long word differs', 'seykjavik', null],
    ['no word is near', 'zeppelin', null],
  ])('when %s: %s', (_, typed, meant) => {
    expect(listOf(words).nearest(typed)).toBe(meant);
  });

  test('is null if the word itself is known', () => {
    expect(listOf({ summit: 9, summits: 1 }).nearest('summits')).toBeNull();
  });

  test('is the one with the fewest edits, however rare', () => {
    expect(listOf({ reykjavik: 1, reykjanes: 9, reykjaviks: 9 }).nearest('rekjavik')).toBe('reykjavik');
    // One edit to the first, two to the second.
    expect(listOf({ statements: 1, statement: 9 }).nearest('statemants')).toBe('statements');
  });

  test('is the one in the most articles if several are equally near', () => {
    expect(listOf({ battle: 2, bottle: 7, bittle: 1 }).nearest('buttle')).toBe('bottle');
    expect(listOf({ battle: 7, bottle: 2 }).nearest('buttle')).toBe('battle');
    // Also if their lengths differ.
    expect(listOf({ councils: 3, council: 8 }).nearest('councilx')).toBe('council');
    expect(listOf({ councils: 8, council: 3 }).nearest('councilx')).toBe('councils');
  });

  test('counts swapped neighbours as one edit, like a letter that differs', () => {
    expect(listOf({ trial: 2, trail: 1 }).nearest('trila')).toBe('trial');
    expect(listOf({ angel: 2, angle: 9 }).nearest('angla')).toBe('angle');
    expect(listOf({ blinken: 1, blinkers: 9 }).nearest('blinekn')).toBe('blinken');
  });

  test('is null if there are no words', () => {
    expect(listOf({}).nearest('lavrov')).toBeNull();
    expect(listOf(words).nearest('')).toBeNull();
  });

  test('can be in any alphabet', () => {
    expect(listOf({ straße: 1, москва: 1 }).nearest('strase')).toBe('straße');
    expect(listOf({ straße: 1, москва: 1 }).nearest('мосвка')).toBe('москва');
  });
});

/** Makes a word list from words and the number of articles that each one is in. */
function listOf(words: Readonly<Record<string, number>>): WordList {
  const database = new Database(':memory:');
  onTestFinished(() => {
    database.close();
  });
  database.exec(
    'CREATE TABLE word_frequencies (word TEXT PRIMARY KEY, articles INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  );
  const insert = database.prepare('INSERT INTO word_frequencies VALUES (?, ?)');
  for (const [word, articles] of Object.entries(words)) insert.run(word, articles);
  return new WordList(database);
}
