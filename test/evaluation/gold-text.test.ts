import { describe, expect, test } from 'vitest';
import { checkGold, containsText, foldText, type GoldText } from '../../src/evaluation/gold-text.js';
import { EXIT, UserError } from '../../src/user-error.js';

const ARTICLES = [
  { source: 'harbour.md', text: 'Boats pay six crowns a night.' },
  { source: 'museum.md', text: 'The museum opens at ten.' },
];
const engine = { articles: () => ARTICLES };

function gold(file: string, text: string): GoldText {
  return { file, text, isAbout: (article) => article === file, isIn: (other) => other.includes(text) };
}

describe('folding', () => {
  test('keeps words and numbers of any script, in lower case', () => {
    expect(foldText('**Price:** `6kr` — Ärger,\n 東京, 1,500.50')).toBe('price 6 kr ärger 東 京 150050');
  });

  test('makes equal what differs only in how it is encoded', () => {
    expect(foldText('ﬁnd cafe\u0301 ①')).toBe(foldText('find café 1'));
  });
});

describe('a text contains another one', () => {
  test('if letters and digits are the same, whatever stands between them', () => {
    expect(containsText('Price: **6 kr**, per-night')('| PRICE |\n| 6kr per night |')).toBe(true);
    expect(containsText('set point')('Turn the set-\npoint down.')).toBe(true);
    expect(containsText('1 500 crowns')('It costs 1,500 crowns.')).toBe(true);
    expect(containsText('東京')('東京都は日本の都市です。')).toBe(true);
  });

  test.each([
    ['5 days', 'within 15 days'],
    ['within 1', 'within 15 days'],
    ['5 days', 'within 1.5 days'],
    ['500 crowns', 'It costs 1,500 crowns.'],
    ['500 crowns', 'It costs 1\u00a0500 crowns.'],
    ['in 2.5', 'since version 2.5.1'],
    ['port', 'a report'],
    ['a harbour', 'a harbourmaster'],
    ['cafe', 'cafe\u0301'],
  ])('only from word to word and from number to number: "%s" is not in "%s"', (wanted, text) => {
    expect(containsText(wanted)(text)).toBe(false);
  });

  test.each([
    ['15 days', 'within 15 days'],
    ['5', '5th of May'],
    ['2.5', 'since version 2.5.'],
    ['500 crowns', 'In 1900 500 crowns were a lot.'],
    ['days', '15days'],
  ])('if it begins and ends where words and numbers do: "%s" is in "%s"', (wanted, text) => {
    expect(containsText(wanted)(text)).toBe(true);
  });

  test('never if it has no letters or digits', () => {
    expect(containsText('***')('*** and more')).toBe(false);
  });

  test('and hostile texts take no longer than others', () => {
    const [text, wanted] = ['a '.repeat(50_000), `${'a '.repeat(500)}b`];
    expect(containsText(wanted)(text)).toBe(false);
  });
});

describe('checking gold', () => {
  test('accepts texts that are in an article of their file, and asks for no articles if there are no texts', () => {
    checkGold([{ id: 'a', goldTexts: [gold('harbour.md', 'six crowns'), gold('museum.md', 'at ten')] }], engine);
    checkGold([{ id: 'a' }, { id: 'b', goldTexts: [] }], {
      articles: () => {
        throw new Error('The articles were read.');
      },
    });
  });

  test('names every question whose text is in no article of its file', () => {
    const questions = [
      { id: 'a', goldTexts: [gold('harbour.md', 'six crowns'), gold('museum.md', 'six crowns')] },
      { id: 'b', goldTexts: [gold('bakery.md', 'rye\n bread')] },
    ];
    expect(rejection(questions).message).toBe(
      [
        'Some gold matches nothing in the corpus. Correct it, or add the articles.',
        'Question a: museum.md does not contain "six crowns".',
        'Question b: there is no indexed article bakery.md, for "rye bread".',
      ].join('\n'),
    );
    expect(rejection(questions).exitCode).toBe(EXIT.usageError);
  });

  test('lists the first ten and counts the others; a long text is shortened', () => {
    const many = Array.from({ length: 12 }, (_, index) => gold('museum.md', `${index} ${'x'.repeat(200)}`));
    const lines = rejection([{ id: 'a', goldTexts: many }]).message.split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[10]).toBe(`Question a: museum.md does not contain "9 ${'x'.repeat(98)}…".`);
    expect(lines[11]).toBe('and 2 more');
  });
});

function rejection(questions: Parameters<typeof checkGold>[0]): UserError {
  try {
    checkGold(questions, engine);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('The gold was accepted.');
}
