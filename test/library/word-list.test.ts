import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WordList } from '../../src/library/word-list.js';

describe('the word that a misspelt one was meant for', () => {
  const words = { lavrov: 4, reykjavik: 3, blinken: 5, summit: 9, constructive: 2 };

  test.each([
    ['one letter is another', 'lavrof', 'lavrov'],
    ['one is left out', 'lavrv', 'lavrov'],
    ['one is put in', 'lavvrov', 'lavrov'],
    ['two neighbours changed places', 'lavorv', 'lavrov'],
    ['the last two changed places', 'lavrvo', 'lavrov'],
    ['two letters of eight are others', 'reykyawik', 'reykjavik'],
    ['two are left out and seven stay', 'rykjavk', null],
    ['one of eight is left out', 'rekjavik', 'reykjavik'],
    ['two are put in', 'connstructtive', 'constructive'],
    ['two letters of seven are others', 'blimkem', null],
    ['two of six are others', 'somnit', null],
    ['letters that are apart changed places', 'lovrav', null],
    ['three of twelve are others', 'conztruktife', null],
    ['the first letter is another', 'avrov', null],
    ['the first letter is another, of a long word', 'seykjavik', null],
    ['nothing is near', 'zeppelin', null],
  ])('where %s: %s', (_, typed, meant) => {
    expect(listOf(words).nearest(typed)).toBe(meant);
  });

  test('is none where the articles have the word', () => {
    expect(listOf({ summit: 9, summits: 1 }).nearest('summits')).toBeNull();
  });

  test('is the nearest, however seldom', () => {
    expect(listOf({ reykjavik: 1, reykjanes: 9, reykjaviks: 9 }).nearest('rekjavik')).toBe('reykjavik');
    // One edit to the first, two to the second.
    expect(listOf({ statements: 1, statement: 9 }).nearest('statemants')).toBe('statements');
  });

  test('is of equally near ones the one in most articles', () => {
    expect(listOf({ battle: 2, bottle: 7, bittle: 1 }).nearest('buttle')).toBe('bottle');
    expect(listOf({ battle: 7, bottle: 2 }).nearest('buttle')).toBe('battle');
    // Of different lengths too.
    expect(listOf({ councils: 3, council: 8 }).nearest('councilx')).toBe('council');
    expect(listOf({ councils: 8, council: 3 }).nearest('councilx')).toBe('councils');
  });

  test('is by letters that changed places one edit away, as by one that is another', () => {
    expect(listOf({ trial: 2, trail: 1 }).nearest('trila')).toBe('trial');
    expect(listOf({ angel: 2, angle: 9 }).nearest('angla')).toBe('angle');
    expect(listOf({ blinken: 1, blinkers: 9 }).nearest('blinekn')).toBe('blinken');
  });

  test('is none where there are no words', () => {
    expect(listOf({}).nearest('lavrov')).toBeNull();
    expect(listOf(words).nearest('')).toBeNull();
  });

  test('may have letters of any language', () => {
    expect(listOf({ straße: 1, москва: 1 }).nearest('strase')).toBe('straße');
    expect(listOf({ straße: 1, москва: 1 }).nearest('мосвка')).toBe('москва');
  });
});

/** The words of a library, each with the number of articles that it is in. */
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
