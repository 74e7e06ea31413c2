import { describe, expect, test } from 'vitest';
import { citedWordsIn } from '../../../src/discord/format/message-text.js';

/** The longest message that Discord delivers. */
const LONGEST = 4_000;

describe('words in double square brackets', () => {
  test('are found in order, without the space around them, each only once', () => {
    expect(citedWordsIn('See [[ rye bread ]] and [[ferry]], then [[rye bread]] again.')).toEqual([
      'rye bread',
      'ferry',
    ]);
  });

  test('are limited to three', () => {
    expect(citedWordsIn('[[one]] [[two]] [[three]] [[four]]')).toEqual(['one', 'two', 'three']);
  });

  test('can be in any script, and can be digits', () => {
    expect(citedWordsIn('[[Рейкьявик]] [[第一次会议]] [[1931]]')).toEqual(['Рейкьявик', '第一次会议', '1931']);
  });

  test('have up to 200 characters', () => {
    expect(citedWordsIn(`[[${'x'.repeat(200)}]]`)).toHaveLength(1);
    expect(citedWordsIn(`[[${'x'.repeat(201)}]]`)).toEqual([]);
  });

  test.each([
    ['single brackets', '[rye bread]'],
    ['nothing in them', '[[]] [[ ]]'],
    ['a line break in them', '[[rye\nbread]]'],
    ['only punctuation in them', '[[!?]] [[🦓]] [[---]]'],
    ['only invisible characters in them', '[[\u200b]] [[\u200d\u2060\ufeff]] [[\u202e]]'],
    ['no end', '[[rye bread'],
    ['half an end', '[[rye bread] and more'],
    ['no beginning', 'rye bread]]'],
    ['a space between the brackets', '[ [rye bread] ]'],
    ['a backslash before each', '\\[\\[rye bread\\]\\]'],
  ])('are not found: %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual([]);
  });

  test('are those in the innermost of nested brackets', () => {
    expect(citedWordsIn('[[[rye bread]]] [[outer [[ferry]] outer]]')).toEqual(['rye bread', 'ferry']);
  });

  test('keep invisible characters between letters', () => {
    expect(citedWordsIn('[[rye\u200b bread]]')).toEqual(['rye\u200b bread']);
  });
});

describe('code, quotes and spoilers', () => {
  test.each([
    ['a code span', '`[[rye]]`'],
    ['a code span with two backticks', '``a ` [[rye]] ``'],
    ['a code span that starts with a backtick', '`` [[rye]] `'],
    ['a code span over two lines', '`one\n[[rye]]`'],
    ['a code block', '```\n[[rye]]\n```'],
    ['a code block with a language', '```ts\nconst a = [[rye]];\n```'],
    ['a code block without an end', '```\n[[rye]]'],
    ['a quote', '> [[rye]]'],
    ['a quote after a line', 'He wrote:\n> so [[rye]] it is'],
    ['an indented quote', '  > [[rye]]'],
    ['a quote over a line separator', '> a\u2028[[rye]]'],
    ['a quote to the end of the message', 'He wrote:\n>>> one\ntwo [[rye]]\n\nthree [[rye]]'],
    ['a spoiler', '||[[rye]]||'],
    ['a spoiler over two lines', '||one\n[[rye]]||'],
    ['a spoiler that starts with bars', '||||[[rye]]||'],
    ['a quote with a code span', '> `a` [[rye]]'],
  ])('hide words: %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual([]);
  });

  test.each([
    ['after a code span', '`[[code]]` [[rye]]'],
    ['after a code block', '```\n[[code]]\n```\n[[rye]]'],
    ['after a quote', '> [[quoted]]\n[[rye]]'],
    ['after a spoiler', '||[[hidden]]|| [[rye]]'],
    ['after a single backtick', 'a ` and [[rye]]'],
    ['after an arrow', 'so -> [[rye]]'],
    ['after a > without a space', '>[[rye]]'],
    ['in bold', '**[[rye]]**'],
    ['in a heading', '# [[rye]]'],
  ])('do not hide words %s', (_, content) => {
    expect(citedWordsIn(content)).toEqual(['rye']);
  });
});

describe('a message that is designed to be slow', () => {
  // A pattern that backtracks would take minutes for these, and everybody would wait.
  test.each([
    ['opening brackets', '['.repeat(10_000)],
    ['closing brackets', ']'.repeat(10_000)],
    ['brackets in pairs', '[]'.repeat(5_000)],
    ['brackets around nothing', '[[]]'.repeat(2_500)],
    ['starts without an end', '[[a'.repeat(LONGEST / 2)],
    ['backticks', '`'.repeat(LONGEST + 1)],
    ['backticks before letters', `${'`'.repeat(LONGEST / 2)}${'a'.repeat(LONGEST / 2)}`],
    ['runs of backticks, each longer', Array.from({ length: 88 }, (_, index) => '`'.repeat(index + 1)).join('a')],
    ['runs of backticks, each shorter', Array.from({ length: 88 }, (_, index) => '`'.repeat(88 - index)).join('a')],
    ['spoiler marks', '|'.repeat(LONGEST + 1)],
    ['spoiler marks before letters', '||a'.repeat(LONGEST / 3)],
    ['quote marks', '>'.repeat(LONGEST)],
    ['space before quotes', ' \t'.repeat(LONGEST / 2)],
    ['lines', '\n'.repeat(LONGEST)],
  ])(
    'is read within two seconds: %s',
    (_, content) => {
      expect(citedWordsIn(content)).toEqual([]);
    },
    2_000,
  );
});
