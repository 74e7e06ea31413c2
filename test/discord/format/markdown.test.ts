import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeMarkdown,
  escapeToFit,
  sanitize,
  shorten,
  unescapeMarkdown,
} from '../../../src/discord/format/markdown.js';
import { asShown, readEscaped, trimLines } from '../bot/shown-text.js';

/** Separated by ¦, which none of them contains. */
const PIECES =
  '\\¦*¦**¦_¦`¦```¦~~¦|¦||¦<@1>¦@everyone¦# ¦-# ¦- ¦+ ¦* ¦1. ¦12.¦2)¦> ¦\n¦ ¦\t¦\u202e¦\u200b¦\u0000¦:a:¦[a](b)¦https://x¦👩‍👩‍👧‍👦¦🇩🇪¦e\u0301¦a¦word';

const tricky = fc.array(fc.oneof(fc.constantFrom(...PIECES.split('¦')), fc.string({ unit: 'binary', maxLength: 4 })), {
  maxLength: 30,
});
const trickyText = tricky.map((pieces) => pieces.join(''));

describe('escaped text', () => {
  test.each([
    ['@everyone', '\\@everyone'],
    ['<@&1>', '\\<\\@&1\\>'],
    ['a*b_c~d`e|f', 'a\\*b\\_c\\~d\\`e\\|f'],
    ['[a](https://b)', '\\[a\\]\\(https\\://b\\)'],
    ['\\*', '\\\\\\*'],
    ['# a\n-# b\n> c', '\\# a\n\\-\\# b\n\\> c'],
    ['- a\n  + b\n12. c\n12 d', '\\- a\n  \\+ b\n12\\. c\n12 d'],
    ['3.5 - 2 + 1', '3\\.5 - 2 + 1'],
    ['a\u202eb\u0007c\td', 'abc d'],
    ['', ''],
  ])('of %j is %j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test('is shown as it was written, and has no effect in Discord', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expect(trimLines(readEscaped(escapeMarkdown(text)))).toBe(asShown(text.toWellFormed()));
      }),
      { numRuns: 2_000 },
    );
  });

  test('can be unescaped to what is shown', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expect(unescapeMarkdown(escapeMarkdown(text))).toBe(sanitize(text));
      }),
      { numRuns: 500 },
    );
  });

  test('contains no half characters', () => {
    expect(escapeMarkdown('a\ud83d*\ude00')).toBe('a\ufffd\\*\ufffd');
  });

  test('contains no control or direction characters except line endings', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expect(sanitize(text)).toMatch(
          /^[^\p{Cc}\u202a-\u202e\u2066-\u2069\n]*(\n[^\p{Cc}\u202a-\u202e\u2066-\u2069\n]*)*$/u,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('shortened text', () => {
  test.each([
    ['word', 4, 'word'],
    ['words', 4, 'wor…'],
    ['one two', 5, 'one…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15, '👩‍👩‍👧‍👦…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 8, '…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['', 4, ''],
    ['The police had closed the streets', 14, 'The police…'],
    ['The police had closed', 17, 'The police had…'],
    ['Donaudampfschifffahrt morgen', 12, 'Donaudampfs…'],
    ['東京都庁の展望室', 5, '東京都庁…'],
  ])('of %j with a limit of %i is %j', (text, limit, shortened) => {
    expect(shorten(text, limit)).toBe(shortened);
  });

  test('is the beginning of the text, not too long, and never cut within a visible character', () => {
    fc.assert(
      fc.property(
        trickyText.map((text) => text.toWellFormed().repeat(3)),
        fc.integer({ min: 1, max: 300 }),
        (text, limit) => {
          const shortened = shorten(text, limit);
          expect(shortened.length).toBeLessThanOrEqual(limit);
          expect(shortened.isWellFormed()).toBe(true);
          if (shortened === text) return;
          expect(shortened.endsWith('…')).toBe(true);
          expect(text.startsWith(shortened.slice(0, -1))).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is never cut between a backslash and the character it escapes', () => {
    fc.assert(
      fc.property(
        trickyText.map((text) => text.repeat(3)),
        fc.integer({ min: 0, max: 300 }),
        (text, limit) => {
          const escaped = escapeToFit(text, limit);
          expect(escaped.length).toBeLessThanOrEqual(limit);
          const shown = readEscaped(escaped);
          const whole = sanitize(text);
          if (shown !== whole) expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('is computed quickly, even for an endless character', () => {
    const startedAt = performance.now();
    shorten(`a${'\u0301'.repeat(1_000_000)}`, 100);
    shorten('x'.repeat(10_000_000), 100);

    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
