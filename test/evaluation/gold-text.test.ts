import { describe, expect, test } from 'vitest';
import { checkGold, foldText, type GoldText } from '../../src/evaluation/gold-text.js';
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
  test('keeps letters and digits of any script, in lower case', () => {
    expect(foldText('**Price:** `6 kr` — Ärger,\n 東京')).toBe('price6krärger東京');
  });

  test('makes equal what differs only in how it is encoded', () => {
    expect(foldText('ﬁnd cafe\u0301 ①')).toBe(foldText('find café 1'));
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
