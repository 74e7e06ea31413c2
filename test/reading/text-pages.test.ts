import { describe, expect, test } from 'vitest';
import { readText } from '../../src/reading/text-file.js';
import { outlineOf, textsOf } from './article-folder.js';

const PARAGRAPH =
  '   The ferry crosses the sound four times a day, and twice on\n   Sundays. In a storm it stays in the harbour, and the mail is\n   carried over the bridge by a rider who, as is the custom, then';
const REST = '   waits at the inn for as long as the storm lasts.';
const LAST = '   The fare is paid on the quay.  Children pay nothing, but\n   have to wait.';

function foot(page: number | string): string {
  return `Ferry Board                  Rules                  [Page ${page}]`;
}
const HEAD = 'Rules 44                    Ropes               May 1990';

describe('a page break', () => {
  test.each([
    ['with a form feed', '\n\n', '\n\f\n'],
    ['without a form feed', '\n\n\n', '\n\n'],
    ['without blank lines', '\n', '\n'],
  ])('%s does not end the paragraph that it interrupts', (_, before, between) => {
    const article = readText(`${PARAGRAPH}${before}${foot(3)}${between}${HEAD}\n\n${REST}\n\n${LAST}\n`);
    expect(outlineOf(article)).toEqual([
      `paragraph: ${PARAGRAPH.trim()}\n${REST}`,
      `boilerplate: ${foot(3)}`,
      `boilerplate: ${HEAD}`,
      `paragraph: ${LAST.trim()}`,
    ]);
    expect(article.blocks.map(({ rule }) => rule).filter((rule) => rule !== undefined)).toEqual([
      'page foot',
      'page head',
    ]);
  });

  test('marks where the next page begins, with its number', () => {
    const article = readText(
      [PARAGRAPH, foot(3), `\f${HEAD}`, REST, LAST, foot(4), `\f${HEAD}`, LAST, foot(5)].join('\n\n'),
    );
    const pages = article.marks.filter(({ kind }) => kind === 'page');
    expect(pages.map(({ value }) => value)).toEqual(['4', '5']);
    expect(article.text.slice(pages[0]?.start).startsWith('waits at the inn')).toBe(true);
  });

  test('does not end the code that it interrupts', () => {
    const code = ['      while (waiting()) {', '          row(12);'];
    const rest = ['          bail(3);', '      }'];
    const article = readText(
      [
        PARAGRAPH + REST.replace('   ', ' '),
        code.join('\n'),
        foot(3),
        `\f${HEAD}`,
        rest.join('\n'),
        LAST,
        foot(4),
      ].join('\n\n'),
    );
    expect(textsOf(article, 'code')).toEqual([[...code, ...rest].join('\n').trim()]);
    expect(outlineOf(article).at(-2)).toBe(`paragraph: ${LAST.trim()}`);
  });

  test('ends code that is finished', () => {
    const code = (name: string): string => `      ${name} = open(1);\n      ${name}.row(12);`;
    const article = readText(
      [PARAGRAPH + REST.replace('   ', ' '), code('boat'), foot(3), `\f${HEAD}`, code('cart'), LAST, foot(4)].join(
        '\n\n',
      ),
    );
    expect(textsOf(article, 'code')).toEqual([code('boat').trim(), code('cart').trim()]);
  });

  test('between two paragraphs stays where it is', () => {
    const source = [LAST, foot(3), `\f${HEAD}`, LAST].join('\n\n');
    expect(readText(source).text).toBe(source);
  });

  test('may interrupt a paragraph that is longer than a page', () => {
    const article = readText(
      [PARAGRAPH, foot(3), HEAD, PARAGRAPH.replace('The', 'and the'), foot(4), HEAD, REST].join('\n\n'),
    );
    expect(textsOf(article, 'paragraph')).toHaveLength(1);
    expect(textsOf(article, 'boilerplate')).toHaveLength(4);
  });
});

test('page numbers alone that count up are feet', () => {
  const pages = Array.from({ length: 4 }, (_, index) => `${LAST}\n\n                     - ${index + 1} -`);
  const article = readText(pages.join('\n\n'));
  expect(textsOf(article, 'boilerplate')).toEqual(['- 1 -', '- 2 -', '- 3 -', '- 4 -']);
});

test.each([
  ['a row of a table', 'hemp          4 shillings          [see note]'],
  ['a mention of a page', 'See the rules of the Ferry Board [Page 3]'],
  ['numbered headings', 'Chapter 1'],
])('%s is not taken for a page break', (_, line) => {
  const article = readText(
    [PARAGRAPH, line, LAST, line.replace('1', '2'), LAST, line.replace('1', '3'), LAST].join('\n\n'),
  );
  expect(textsOf(article, 'boilerplate')).toEqual([]);
});
