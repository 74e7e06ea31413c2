import { describe, expect, test } from 'vitest';
import { citedWordsIn } from '../../../src/discord/format/message-text.js';

/** Discord delivers no longer messages. */
const LONGEST = 4_000;

describe('words in double square brackets', () => {
  test('are found in order, without the space around them, each once', () => {
    expect(citedWordsIn('See [[ rye bread ]] and [[ferry]], then [[rye bread]] again.')).toEqual([
      'rye bread',
      'ferry',
    ]);
  });

  test('are three at most', () => {
    expect(citedWordsIn('[[one]] [[two]] [[three]] [[four]]')).toEqual(['one', 'two', 'three']);
  });

  test('are of any script, and of digits', () => {
    expect(citedWordsIn('[[Рейкьявик]] [[第一次会议]] [[1931]]')).toEqual(['Рейкьявик', '第一次会议', '1931']);
  });

  test('are up to 200 characters', () => {
    expect(citedWordsIn(`[[${'x'.repeat(200)}]]`)).toHaveLength(1);
    expect(citedWordsIn(`[[${'x'.repeat(201)}]]`)).toEqual([]);
  });

  test.each([
    ['single brackets', '[rye bread]'],
    ['nothing in them', '[[]] [[ ]]'],
    ['a line break in them', '[[rye\nbread]]'],
    ['signs only in them', '[[!?]] [[🦓]] [[---]]'],
    ['what nobody sees in them', '[[\u200b]] [[\u200d\u2060\ufeff]] [[\u202e]]'],
    ['no end', '[[rye bread'],
    ['half an end', '[[rye bread] and more'],
    ['no beginning', 'rye bread]]'],
    ['a space between the brackets', '[ [rye bread] ]'],
    ['a backslash before each', '\\[\\[rye bread\\]\\]'],
  ])('are none with %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual([]);
  });

  test('of nested brackets are the innermost', () => {
    expect(citedWordsIn('[[[rye bread]]] [[outer [[ferry]] outer]]')).toEqual(['rye bread', 'ferry']);
  });

  test('keep what nobody sees beside letters', () => {
    expect(citedWordsIn('[[rye\u200b bread]]')).toEqual(['rye\u200b bread']);
  });
});

describe('nothing is cited', () => {
  test.each([
    ['a code span', '`[[rye]]`'],
    ['a code span of two marks', '``a ` [[rye]] ``'],
    ['a code span that begins with a mark', '`` [[rye]] `'],
    ['a code span over two lines', '`one\n[[rye]]`'],
    ['a code block', '```\n[[rye]]\n```'],
    ['a code block in a language', '```ts\nconst a = [[rye]];\n```'],
    ['a code block without an end', '```\n[[rye]]'],
    ['a quote', '> [[rye]]'],
    ['a quote after a line', 'He wrote:\n> so [[rye]] it is'],
    ['an indented quote', '  > [[rye]]'],
    ['a quote over a line separator', '> a\u2028[[rye]]'],
    ['a quote to the end', 'He wrote:\n>>> one\ntwo [[rye]]\n\nthree [[rye]]'],
    ['a spoiler', '||[[rye]]||'],
    ['a spoiler over two lines', '||one\n[[rye]]||'],
    ['a spoiler that begins with bars', '||||[[rye]]||'],
    ['a quote with a code span', '> `a` [[rye]]'],
  ])('from %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual([]);
  });

  test.each([
    ['after a code span', '`[[code]]` [[rye]]'],
    ['after a code block', '```\n[[code]]\n```\n[[rye]]'],
    ['after a quote', '> [[quoted]]\n[[rye]]'],
    ['after a spoiler', '||[[hidden]]|| [[rye]]'],
    ['after a mark of code that is alone', 'a ` and [[rye]]'],
    ['after an arrow', 'so -> [[rye]]'],
    ['after a > without a space', '>[[rye]]'],
    ['in bold', '**[[rye]]**'],
    ['in a heading', '# [[rye]]'],
  ])('but it is %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual(['rye']);
  });
});

describe('a message made to be slow', () => {
  // A pattern that looks again and again at the same marks would take minutes here, and all people would wait.
  test.each([
    ['opening brackets', '['.repeat(10_000)],
    ['closing brackets', ']'.repeat(10_000)],
    ['brackets in pairs', '[]'.repeat(5_000)],
    ['brackets around nothing', '[[]]'.repeat(2_500)],
    ['beginnings without an end', '[[a'.repeat(LONGEST / 2)],
    ['marks of code', '`'.repeat(LONGEST + 1)],
    ['marks of code before letters', `${'`'.repeat(LONGEST / 2)}${'a'.repeat(LONGEST / 2)}`],
    ['runs of marks of code, each longer', Array.from({ length: 88 }, (_, index) => '`'.repeat(index + 1)).join('a')],
    ['runs of marks of code, each shorter', Array.from({ length: 88 }, (_, index) => '`'.repeat(88 - index)).join('a')],
    ['spoiler marks', '|'.repeat(LONGEST + 1)],
    ['spoiler marks before letters', '||a'.repeat(LONGEST / 3)],
    ['quote marks', '>'.repeat(LONGEST)],
    ['space before quotes', ' \t'.repeat(LONGEST / 2)],
    ['lines', '\n'.repeat(LONGEST)],
  ])(
    'is read in no time: %s',
    (_, content) => {
      expect(citedWordsIn(content)).toEqual([]);
    },
    2_000,
  );
});
