import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { toTerminal } from '../../src/terminal/output.js';
import {
  columnsOf,
  indent,
  printable,
  printableLine,
  screenOf,
  wrapForTerminal,
  wrapLongLines,
  wrapMessage,
} from '../../src/terminal/screen.js';
import { colouredScreen, plainScreen } from './answers.js';

describe('indent', () => {
  test('wraps between words and indents each line', () => {
    const text = 'Antony Blinken met Sergey Lavrov in Reykjavik on Wednesday.';
    expect(indent(text, 4, plainScreen(40))).toBe(
      ['    Antony Blinken met Sergey Lavrov in', '    Reykjavik on Wednesday.'].join('\n'),
    );
  });

  test('can start the first line differently', () => {
    expect(indent('They met in Reykjavik and left.', 4, plainScreen(25), '[1] ')).toBe(
      ['[1] They met in', '    Reykjavik and left.'].join('\n'),
    );
  });

  test('cuts a word that is longer than the line', () => {
    expect(indent('x'.repeat(50), 2, plainScreen(40))).toBe(`  ${'x'.repeat(37)}\n  ${'x'.repeat(13)}`);
  });

  test('keeps line breaks, and leaves no trailing spaces', () => {
    expect(indent('One.\n\nTwo.', 2, plainScreen())).toBe('  One.\n\n  Two.');
    expect(indent('', 4, plainScreen())).toBe('');
  });

  test('uses at most 100 columns of a wide screen, and 20 of a narrow one', () => {
    const text = 'word '.repeat(60).trim();
    const widest = (columns: number): number =>
      Math.max(
        ...indent(text, 0, plainScreen(columns))
          .split('\n')
          .map((line) => line.length),
      );
    expect(widest(300)).toBe(99);
    expect(widest(5)).toBe(19);
  });

  test.each([
    ['Chinese', '北京会谈没有结果', 2],
    ['Japanese', 'これは文です', 2],
    ['Korean', '한국어', 2],
    ['emoji', '😀', 2],
    ['emoji with a variation selector', '❤️', 2],
    ['a flag', '🇮🇸', 2],
    ['a combining mark', 'é', 1],
  ])('counts the columns of %s', (_, letters, columns) => {
    const lines = indent(letters.repeat(40), 4, plainScreen(40)).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(40);
    const [first = ''] = lines;
    expect(stringWidth(first)).toBeGreaterThanOrEqual(40 - 1 - columns);
  });

  test('counts the columns of keycap emoji', () => {
    for (const line of indent('1️⃣'.repeat(40), 4, plainScreen(40)).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(40);
  });

  test.each([
    ['a family', '👩‍👩‍👧'],
    ['a flag', '🇮🇸'],
    ['a thumb with a skin tone', '👍🏽'],
    ['a letter and its combining mark', 'x\u0301'],
  ])('does not break %s apart at the end of a line', (_, letters) => {
    for (const line of indent(letters.repeat(41), 4, plainScreen(40)).split('\n'))
      expect(line.trim().replaceAll(letters, '')).toBe('');
  });

  test('counts no columns for colour codes', () => {
    const { colors } = colouredScreen();
    const lines = indent(colors.bold('word '.repeat(30).trim()), 4, colouredScreen(40)).split('\n');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(40);
    expect(stringWidth(lines[0] ?? '')).toBeGreaterThan(34);
  });
});

test('a text of narrow letters takes up as many columns, and is wrapped, as any other', () => {
  const letters = fc.constantFrom(...Array.from('abc  .,éŁſɏ“”‘’–—…•·¬®¡¦\u00a0\u00ad\n\t'), 'word ', '北');
  const text = fc.array(letters, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 60 }), (written, columns) => {
      expect(columnsOf(written)).toBe(stringWidth(written));
      const wrapped = wrapAnsi(written, columns - 1, { hard: true, trim: true });
      expect(indent(written, 0, { columns })).toBe(wrapped.replace(/\s+$/gm, (end) => end.replace(/[^\n]/g, '')));
    }),
    { numRuns: 500 },
  );
});

describe('printable', () => {
  test.each([
    ['an escape sequence', '\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    [
      'a terminal hyperlink',
      '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
      '\\u001b]8;;https://evil.example\\u0007click\\u001b]8;;\\u0007',
    ],
    ['a one-character escape', '\u009b2Jgone', '\\u009b2Jgone'],
    ['a bell, a backspace, a carriage return', 'a\u0007b\bc\rd\u007fe', 'a\\u0007b\\u0008c\\u000dd\\u007fe'],
    ['a tab', 'a\tb', 'a b'],
    ['a direction override', 'a\u202eb\u202c\u2066c\u2069', 'a\\u202eb\\u202c\\u2066c\\u2069'],
    ['a null character', 'a\u0000b', 'a\\u0000b'],
    ['a line ending, which stays', 'a\nb\r\nc', 'a\nb\nc'],
    ['a separator of lines', 'a\u2028b\u0085c', 'a\\u2028b\\u0085c'],
    ['right-to-left writing, which stays', 'שלום \u200fمرحبا', 'שלום \u200fمرحبا'],
    ['emoji, which stay', '👩‍👩‍👧❤️', '👩‍👩‍👧❤️'],
  ])('%s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('leaves nothing in a text that a terminal would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(printableLine(text)).not.toContain('\n');
      }),
    );
  });
});

describe('colours', () => {
  const red = '\u001b[31mx\u001b[39m';
  test.each([
    ['a terminal', { isTTY: true }, {}, red],
    ['a file', {}, {}, 'x'],
    ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, 'x'],
    ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, red],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, 'x'],
    ['a file with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, red],
    ['a file with both', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'x'],
  ])('on %s', (_, output, environment, shown) => {
    expect(toTerminal(screenOf(output, environment).colors.red('x'))).toBe(shown);
  });
});

test('the screen has as many columns as the terminal, or 80 without one', () => {
  expect(screenOf({ isTTY: true, columns: 132 }, {}).columns).toBe(132);
  expect(screenOf({}, {}).columns).toBe(80);
});

describe('a message', () => {
  const MESSAGE = 'Some settings are invalid:\n  FOOTNOTE_WORKERS: must be a whole number from 1 to 16';

  test('is wrapped between words, each line with its indent', () => {
    expect(wrapMessage(MESSAGE, plainScreen(40)).split('\n')).toEqual([
      'Some settings are invalid:',
      '  FOOTNOTE_WORKERS: must be a whole',
      '  number from 1 to 16',
    ]);
  });

  test('keeps a path that is longer than a line in one piece, so that it can be copied', () => {
    const path = `/srv/${'long/'.repeat(20)}`;
    expect(wrapMessage(`Nothing is indexed in ${path}.`, plainScreen(40)).split('\n')).toContain(`${path}.`);
  });

  test('is wrapped only if it goes to a terminal', () => {
    expect(wrapForTerminal(MESSAGE, { isTTY: true, columns: 40 })).toBe(wrapMessage(MESSAGE, plainScreen(40)));
    expect(wrapForTerminal(MESSAGE, { columns: 40 })).toBe(MESSAGE);
  });
});

test('in a report only the lines that are wider than the screen are wrapped', () => {
  const table = 'R@1   .813  (.656 to .938)\nR@5   .969';
  expect(wrapLongLines(`${table}\nOne of the longer lines of the report.`, plainScreen(26))).toBe(
    `${table}\nOne of the longer lines\nof the report.`,
  );
});
