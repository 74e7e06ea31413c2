import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeBlocks } from '../../../src/reading/compose.js';
import { parsePage } from '../../../src/reading/html/page.js';
import { blocksOf } from '../../../src/reading/html/page-blocks.js';
import { readHtml } from '../../../src/reading/html-file.js';
import { type SourceArticle, UnreadableFile } from '../../../src/reading/source-article.js';
import type { Span } from '../../../src/text/span.js';

const ELEMENTS =
  'p div ul ol li table tr td th thead caption pre code h1 h2 a b del figcaption aside blockquote dl dt dd details summary button section body head'.split(
    ' ',
  );
const PIECES = fc.constantFrom(
  ...ELEMENTS.flatMap((name) => [`<${name} href="/x" id="here">`, `</${name}>`]),
  '<br>',
  '<html>',
  '<!DOCTYPE html>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<svg/>',
  '<title>',
  '<',
  '&nbsp;',
  '&shy;',
  '\u2028',
  '\n',
  '\n\n',
  '\t',
  ' ',
  'word',
  'Two words.',
  '北京',
  '😀',
  '\u00a0',
  '1. ',
  'Why?',
  '<span class="share">',
  '</span>',
  '<form>',
  '<td colspan="3" rowspan="2">',
  '<div class="note">',
  '<li value="9">',
  '<button aria-controls="here">',
  '<div hidden role="region" id="here">',
  '<input type="checkbox">',
  '<ol start="4">',
);

test('in any page, blocks are in order with nothing between them, and every span lies inside the text', () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 50 }), (pieces) => {
      const article = readAny(pieces.join(''));
      if (article !== null) checkSpans(article);
    }),
    { numRuns: 400 },
  );
});

test('in any fragment, every word is in a block', () => {
  const element = fc.constantFrom(
    ...'p div ul ol li table tr td th h2 a b del aside dl dt dd details summary section'.split(' '),
  );
  const { fragment } = fc.letrec<{ fragment: string }>((tie) => ({
    fragment: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('apple ', 'pear', ' plum', '<br>', '\n'),
      fc
        .tuple(element, fc.array(tie('fragment'), { maxLength: 4 }))
        .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
    ),
  }));
  fc.assert(
    fc.property(fragment, (source) => {
      const text = blocksOf(parsePage(source).body)
        .map((block) => block.text)
        .join(' ');
      for (const word of ['apple', 'pear', 'plum'])
        expect(text.split(word).length, `${word} in ${source}`).toBe(source.split(word).length);
    }),
    { numRuns: 400 },
  );
});

describe('a harmful page is read within seconds:', () => {
  test.each([
    ['cells that cover thousands of others', `<table>${'<tr><td colspan="1000" rowspan="60000">a<td>b'.repeat(3000)}`],
    ['many short links', '<a href="x">word</a> '.repeat(30_000)],
    ['many line breaks', `<p>${'<br>word '.repeat(30_000)}`],
    ['notes inside notes', '<div class="note">'.repeat(100) + '<p>word</p>'.repeat(1000)],
    ['tables inside tables', '<table><tr><td>'.repeat(60) + '<p>word</p>'.repeat(500)],
    ['details inside details', '<details><summary>x</summary>'.repeat(150)],
  ])(
    '%s',
    (_, source) => {
      const blocks = blocksOf(parsePage(source).body);
      expect(blocks.length).toBeGreaterThan(0);
      checkSpans(composeBlocks(blocks, null));
    },
    30_000,
  );
});

function checkSpans({ text, blocks, marks }: Pick<SourceArticle, 'text' | 'blocks' | 'marks'>): void {
  const inside = (span: Span, around: Span): void => {
    expect(span.start).toBeGreaterThanOrEqual(around.start);
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(around.end);
  };
  const whole = { start: 0, end: text.length };
  let end = 0;
  for (const block of blocks) {
    inside(block, { start: end, end: text.length });
    expect(text.slice(end, block.start).trim()).toBe('');
    const own = text.slice(block.start, block.end);
    expect(own).not.toBe('');
    expect(own).toBe(own.trim());
    for (const span of [...(block.cells ?? []), ...(block.marker ? [block.marker] : [])]) inside(span, block);
    for (const span of block.context ?? []) inside(span, whole);
    end = block.end;
  }
  expect(end).toBe(text.length);
  for (const mark of marks) inside(mark, whole);
}

function readAny(source: string): SourceArticle | null {
  try {
    return readHtml(source);
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableFile);
    return null;
  }
}
