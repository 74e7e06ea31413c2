/** Discord and the terminal each word their reasons. In English the words are the same, apart from Markdown. */
import { describe, expect, test } from 'vitest';
import type { ConfidenceReason, NamingPart, PassageReason } from '../../../src/answering/explanation/reasons.js';
import { confidenceReasonText, passageReasonText } from '../../../src/discord/cards/explanation-text.js';
import { unescapeMarkdown } from '../../../src/discord/format/markdown.js';
import { LANGUAGES, textsFor } from '../../../src/discord/locales/texts.js';
import * as terminal from '../../../src/terminal/explanation-text.js';

const ENGLISH = textsFor('en');
const PARTS: Readonly<Record<NamingPart, true>> = {
  title: true,
  heading: true,
  'lead-in': true,
  'header-row': true,
  'cell-above': true,
  question: true,
  term: true,
  speaker: true,
};

const PASSAGE_REASONS: readonly PassageReason[] = [
  { kind: 'same-words', words: ['Blinken'] },
  { kind: 'same-words', words: ['Blinken', 'met', 'Delhi'] },
  { kind: 'similar-words', pairs: [{ question: 'meet', passage: 'met' }] },
  {
    kind: 'similar-words',
    pairs: [
      { question: 'meet', passage: 'met' },
      { question: 'arrested', passage: 'detained' },
    ],
  },
  { kind: 'missing-words', words: ['weather', 'rain'] },
  ...(['both', 'words', 'meaning', 'neither'] as const).map((by) => ({ kind: 'found', by }) as const),
  ...(Object.keys(PARTS) as NamingPart[]).map((part) => ({ kind: 'named-words', part, words: ['Delhi'] }) as const),
  { kind: 'earlier-article' },
  { kind: 'learned' },
];

const CONFIDENCE_REASONS: readonly ConfidenceReason[] = [
  { kind: 'same-subject', effect: 'raises' },
  { kind: 'other-subject', effect: 'lowers' },
  { kind: 'all-words', effect: 'raises' },
  { kind: 'most-words', effect: 'raises' },
  { kind: 'loose-words', effect: 'lowers' },
  { kind: 'missing-words', effect: 'lowers', words: ['weather', 'rain', 'wind'] },
  { kind: 'clear-lead', effect: 'raises', over: 'articles' },
  { kind: 'clear-lead', effect: 'raises', over: 'passages' },
  { kind: 'rival', effect: 'lowers', article: 'Ten minutes in *New Delhi*' },
  { kind: 'rival', effect: 'lowers', article: null },
  { kind: 'no-lead', effect: 'lowers' },
  { kind: 'little-in-title', effect: 'raises' },
  { kind: 'much-in-title', effect: 'lowers' },
  { kind: 'long-question', effect: 'raises' },
  { kind: 'short-question', effect: 'lowers' },
];

test.each(PASSAGE_REASONS)(
  'why a passage was found is said in the same words in Discord and in a terminal: %j',
  (reason) => {
    expect(unescapeMarkdown(passageReasonText(reason, ENGLISH))).toBe(terminal.passageReasonText(reason));
  },
);

test.each(CONFIDENCE_REASONS)(
  'why it is so sure is said in the same words in Discord and in a terminal: %j',
  (reason) => {
    expect(unescapeMarkdown(confidenceReasonText(reason, ENGLISH))).toBe(terminal.confidenceReasonText(reason));
  },
);

describe.each(LANGUAGES)('in %s', (language) => {
  const texts = textsFor(language);
  const said = [
    ...PASSAGE_REASONS.map((reason) => passageReasonText(reason, texts)),
    ...CONFIDENCE_REASONS.map((reason) => confidenceReasonText(reason, texts)),
  ];

  test('each reason has a sentence of its own, with its words', () => {
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) expect(sentence).not.toMatch(/\{\{|why\./);
    expect(said.filter((sentence) => sentence.includes('Delhi'))).toHaveLength(1 + Object.keys(PARTS).length + 1);
  });

  test('no reason has a number', () => {
    expect(said.filter((sentence) => /\d/.test(sentence))).toEqual([]);
  });
});

test('words and titles have no effect in Markdown, and long ones are cut', () => {
  const evil = `**x** <@1> ${'y'.repeat(3000)}`;
  const shown = [
    passageReasonText({ kind: 'same-words', words: [evil] }, ENGLISH),
    passageReasonText({ kind: 'similar-words', pairs: [{ question: evil, passage: evil }] }, ENGLISH),
    confidenceReasonText({ kind: 'rival', effect: 'lowers', article: evil }, ENGLISH),
  ];
  for (const text of shown) {
    expect(text).not.toMatch(/(?<!\\)\*\*|(?<!\\)<@/);
    expect(text.length).toBeLessThan(250);
  }
});

test('of many words only the first are named', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`);
  const shown = passageReasonText({ kind: 'missing-words', words }, ENGLISH);
  expect(shown.match(/word\d+/g)).toHaveLength(12);
  expect(shown).toContain('…');
  expect(terminal.passageReasonText({ kind: 'missing-words', words })).toBe(shown);
});
