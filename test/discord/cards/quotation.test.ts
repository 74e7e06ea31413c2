import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../../src/corpus/excerpt.js';
import { headingLine } from '../../../src/discord/cards/heading-line.js';
import { linksLine } from '../../../src/discord/cards/links-line.js';
import { quotation } from '../../../src/discord/cards/quotation.js';
import type { SourceBlock } from '../../../src/reading/compose.js';
import {
  code,
  definition,
  entry,
  heading,
  list,
  paragraph,
  structuredArticle,
  table,
} from '../../corpus/structured-article.js';

const ROOM = { characters: 1000, bytes: 2000 };

/** The part of an article that reads like this, as it is quoted; all of it by default. */
function quoted(blocks: readonly SourceBlock[], text?: string, room = ROOM): string | null {
  const article = structuredArticle(blocks);
  const start = text === undefined ? 0 : article.text.indexOf(text);
  if (start === -1) throw new Error(`"${text}" is not in the article`);
  const end = start + (text ?? article.text).length;
  return quotation(excerptOf(article, { start, end }), [], room);
}

describe('a quotation', () => {
  test('shows a list with bullets and numbers, and what introduces it', () => {
    const steps: SourceBlock[] = ['1. Whisk.', '2. Rest.'].map((text) => ({
      kind: 'item',
      text,
      depth: 1,
      group: 9,
      marker: { start: 0, end: 2 },
    }));
    expect(quoted([paragraph('Not allowed:'), ...list(['Glass', 'Chalk'])], 'Chalk')).toBe(
      '> Not allowed\\:\n> …\n> • Chalk',
    );
    expect(quoted(steps)).toBe('> 1\\. Whisk.\n> 2\\. Rest.');
  });

  test('indents a list inside a list', () => {
    expect(quoted([...list(['Glass']), ...list(['bottles'], 2, 2)])).toBe('> • Glass\n> \u2003• bottles');
  });

  test('shows code in a code block, with its language, lines and indentation', () => {
    expect(quoted([code('store:\n\tpath: /srv', 'yaml')])).toBe('> ```yaml\n> store:\n>     path: /srv\n> ```');
  });

  test('shows code that could end a code block as text', () => {
    expect(quoted([code('a\n```\n@everyone')])).toBe('> a\n> \\`\\`\\`\n> \\@everyone');
    expect(quoted([code('x', 'a`b\n@everyone')])).toBe('> ```\n> x\n> ```');
  });

  test('shows code without a visible character as text, because Discord would look for the end of a code block further down', () => {
    expect(quoted([code('\u0000\u202e'), code('[x](https://evil.example)')])).toBe(
      '> \n> \n> ```\n> [x](https://evil.example)\n> ```',
    );
  });

  test('says what kind of note a note is, if its words do not', () => {
    const note = (text: string): SourceBlock => ({ kind: 'note', label: 'warning', text });
    expect(quoted([note('Hot glass\nStay away.')])).toBe('> *Warning:* Hot glass\n> Stay away.');
    expect(quoted([note('Warning\nStay away.')])).toBe('> Warning\n> Stay away.');
  });

  test('shows a row as "header: cell", line by line', () => {
    const blocks = table([
      ['Station', 'Closed'],
      ['Ulvik', '2010'],
      ['Kestrel', '1980'],
    ]);
    expect(quoted(blocks, 'Kestrel | 1980')).toBe('> Station: Kestrel\n> Closed: 1980');
    expect(quoted(blocks)).toBe('> Station: Ulvik\n> Closed: 2010\n> \n> Station: Kestrel\n> Closed: 1980');
  });

  test('shows what introduces a table above a row, with "…" only where rows are left out', () => {
    const blocks = [
      paragraph('These are closed:'),
      ...table([
        ['Station', 'Closed'],
        ['Ulvik', '2010'],
        ['Kestrel', '1980'],
      ]),
    ];
    expect(quoted(blocks, 'Ulvik | 2010')).toBe('> These are closed\\:\n> Station: Ulvik\n> Closed: 2010');
    expect(quoted(blocks, 'Kestrel | 1980')).toBe('> These are closed\\:\n> …\n> Station: Kestrel\n> Closed: 1980');
  });

  test('shows the question of an answer and the term of a definition above it, in bold', () => {
    expect(quoted(entry('May dogs come?', 'Yes.'), 'Yes.')).toBe('> **May dogs come?**\n> Yes.');
    expect(quoted(definition('overwrite=never', 'The old one stays.'), 'The old')).toContain('> **overwrite=never**\n');
  });

  test('strikes out what the author struck out', () => {
    const struck: SourceBlock = {
      kind: 'paragraph',
      text: 'It costs 60 euros 75 euros.',
      marks: [{ kind: 'struck', start: 9, end: 17 }],
    };
    expect(quoted([struck])).toBe('> It costs ~~60 euros~~ 75 euros.');
  });

  test('strikes it out in what introduces the quote too, and in the part of it that there is room for', () => {
    const leadIn: SourceBlock = {
      kind: 'paragraph',
      text: 'Open on Monday Tuesday:',
      marks: [{ kind: 'struck', start: 8, end: 14 }],
    };
    expect(quoted([leadIn, ...list(['Bakery'])], 'Bakery')).toBe('> Open on ~~Monday~~ Tuesday\\:\n> • Bakery');
    const [question, answer] = entry('May large dogs come?', 'Yes, every one of them may come.') as [
      SourceBlock,
      SourceBlock,
    ];
    const struck: SourceBlock = { ...question, marks: [{ kind: 'struck', start: 4, end: 9 }] };
    expect(quoted([struck, answer], answer.text)).toBe(
      '> **May** **~~large~~** **dogs come?**\n> Yes, every one of them may come.',
    );
    const long: SourceBlock = {
      kind: 'paragraph',
      text: `${'old '.repeat(40)}new:`,
      marks: [{ kind: 'struck', start: 0, end: 159 }],
    };
    expect(quoted([long, ...list(['Bakery'])], 'Bakery', { characters: 150, bytes: 300 })).toBe(
      `> ~~${'old '.repeat(4)}old~~ …\n> • Bakery`,
    );
  });

  test('is cut at its end if there is no room, whatever it consists of', () => {
    const room = { characters: 60, bytes: 120 };
    for (const blocks of [
      list(Array.from({ length: 30 }, (_, index) => `Item number ${index}`)),
      [code(Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n'))],
      table([['A', 'B'], ...Array.from({ length: 30 }, (_, index) => [`a${index}`, `b${index}`])]),
    ]) {
      const quote = quoted(blocks, undefined, room) ?? '';
      expect(quote.length).toBeGreaterThan(20);
      expect(quote.length).toBeLessThanOrEqual(60);
      expect(quote).toMatch(/…$/);
      expect(quote.match(/```/g)?.length ?? 0).toSatisfy((fences: number) => fences === 0 || fences === 2);
    }
  });
});

describe('without room for all of it, a quotation', () => {
  const cut = (blocks: readonly SourceBlock[], highlight: string, characters: number): string => {
    const article = structuredArticle(blocks);
    const start = article.text.indexOf(highlight);
    const excerpt = excerptOf(article, { start: 0, end: article.text.length });
    return quotation(excerpt, [{ start, end: start + highlight.length }], { characters, bytes: 3 * characters }) ?? '';
  };

  test('keeps whole sentences around what is highlighted, and says where others are left out', () => {
    const text = 'It rained. They met in Oslo. It was late. Nobody came. The train left.';
    expect(cut([paragraph(text)], 'They met in Oslo.', 60)).toBe(
      '> … **They met in Oslo.** It was late. Nobody came. …',
    );
    expect(cut([paragraph(text)], 'The train left.', 45)).toBe('> … Nobody came. **The train left.**');
    expect(cut([paragraph(text)], 'They met in Oslo.', 500)).toBe(
      '> It rained. **They met in Oslo.** It was late. Nobody came. The train left.',
    );
  });

  test('keeps whole items', () => {
    const items = ['Glass', 'Chalk and dust', 'Boots', 'Bottles', 'Ropes of any kind'];
    expect(cut(list(items), 'Boots', 42)).toBe('> …\n> • **Boots**\n> • Bottles\n> …');
  });

  test('shows the beginning of what is highlighted if even that is too long, and never something else', () => {
    const long = `The answer is ${'very '.repeat(80)}long.`;
    const shown = cut([paragraph('Before you travel, read this.'), paragraph(long)], long, 120);
    expect(shown).toMatch(/^> … The answer is very .* …$/);
    expect(shown.length).toBeLessThanOrEqual(120);
  });

  test('keeps the header of a table of many rows', () => {
    const rows = Array.from({ length: 12 }, (_, index) => [`Zone ${index}`, `${index} crowns`]);
    const shown = cut(table([['Fare', 'Price'], ...rows]), 'Zone 7 | 7 crowns', 160);
    expect(shown).toContain('**Fare | Price**'.replaceAll('|', '\\|'));
    expect(shown).toContain('Zone 7');
  });
});

test('what introduces a quotation never crowds it out', () => {
  const nested = Array.from({ length: 7 }, (_, index) =>
    list([`${'long words '.repeat(30)}:`], index, index + 1),
  ).flat();
  const blocks = [...nested, ...list(['The answer is seven.'], 8, 8)];
  for (const characters of [200, 600, 1300])
    expect(quoted(blocks, 'The answer is seven.', { characters, bytes: 3 * characters })).toContain('The answer is');
});

test('a quoted mail is shown without the marks of its lines', () => {
  const mail: SourceBlock = { kind: 'quotation', text: '> The barrel leaks\n> at the third hoop.', isWrapped: true };
  expect(quoted([mail])).toBe('> \\> The barrel leaks at the third hoop.');
});

describe('around a quotation', () => {
  test('the headings above it are shown as a path, without the highest if they are too long', () => {
    const pathOf = (...headings: readonly string[]): string | null => {
      const article = structuredArticle([
        ...headings.map((text, index) => heading(text, index + 1)),
        paragraph('They met.'),
      ]);
      const start = article.text.indexOf('They met.');
      return headingLine(excerptOf(article, { start, end: article.text.length }));
    };
    expect(pathOf('Install', 'Linux')).toBe('-# Install › Linux');
    expect(pathOf('# Not *bold*')).toBe('-# \\# Not \\*bold\\*');
    expect(pathOf('x'.repeat(150), 'y'.repeat(80))).toBe(`-# … › ${'y'.repeat(80)}`);
    expect(pathOf()).toBeNull();
  });

  test('links are shown with where they lead, and never with an address that a browser should not open', () => {
    const lineOf = (value: string, text = 'the forum', base: string | null = null): string | null => {
      const marks = [{ kind: 'link' as const, start: 0, end: text.length, value }];
      const article = structuredArticle([{ kind: 'paragraph', text: `${text}.`, marks }]);
      return linksLine(excerptOf(article, { start: 0, end: article.text.length }), base);
    };
    expect(lineOf('https://forum.example/a_b')).toBe('-# the forum → <https://forum.example/a_b>');
    expect(lineOf('safety#volts', 'volts', 'https://docs.example/guide/')).toBe(
      '-# volts → <https://docs.example/guide/safety#volts>',
    );
    expect(lineOf('safety.md#volts', 'volts', 'https://docs.example/guide/')).toBeNull();
    expect(lineOf('https://evil.example/', 'https://bank.example')).toContain('<https://evil.example/>');
    for (const address of ['javascript:alert(1)', 'safety.md', `https://a.example/${'x'.repeat(300)}`])
      expect(lineOf(address)).toBeNull();
  });
});
