import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/corpus/article.js';
import { PASSAGE_LIMITS } from '../../src/corpus/passage.js';
import { readText } from '../../src/reading/text-file.js';
import { toTerminal } from '../../src/terminal/output.js';
import { renderArticle, renderArticleList, renderInContext } from '../../src/terminal/render-article.js';
import { passagesOf } from '../corpus/generated-articles.js';
import { colouredScreen, plainScreen, reference } from './answers.js';

const FIRST = 'Antony Blinken met Sergey Lavrov in Reykjavik on Wednesday, before the session of the Arctic Council.';
const SECOND = 'Both sides said afterwards that they had serious differences and would go on speaking about them.';
const THIRD = 'A summit of the presidents was being weighed in both capitals, and a month later it was agreed on.';

/** With "Listen Live", these show that a text was saved from a web page. */
const PAGE_ENDING = ['Subscribe to our newsletter.', 'Load more'];

function articleFrom(text: string, stated: Parameters<typeof reference>[0] = {}): Article {
  const { warnings: _warnings, omitted = [], ...read } = readText(text);
  return { ...read, omitted, ...reference(stated), sha256: '', language: null };
}

const article = articleFrom(
  ['Blinken and Lavrov in Reykjavik', 'Listen Live', FIRST, 'What was said', SECOND, THIRD, ...PAGE_ENDING].join(
    '\n\n',
  ),
);

describe('an article', () => {
  test('is shown with its source and its paragraphs, without title and boilerplate', () => {
    expect(renderArticle(article, false, plainScreen())).toBe(
      `Blinken and Lavrov in Reykjavik · Example · 2021-05-19

https://example.com/reykjavik

  Antony Blinken met Sergey Lavrov in Reykjavik on Wednesday, before the
  session of the Arctic Council.

  What was said

  Both sides said afterwards that they had serious differences and would go on
  speaking about them.

  A summit of the presidents was being weighed in both capitals, and a month
  later it was agreed on.`,
    );
  });

  test('is shown with everything on request, and what is not searched is marked', () => {
    const shown = renderArticle(article, true, plainScreen());
    expect(shown).toContain('\n\n  [title] Blinken and Lavrov in Reykjavik\n\n  [page control] Listen Live\n\n');
  });

  test('has bold headings if there are colours', () => {
    expect(toTerminal(renderArticle(article, false, colouredScreen()))).toContain('  \u001b[1mWhat was said\u001b[22m');
  });

  test('passes no control sequence on to the terminal', () => {
    const evil = articleFrom(`One \u001b[2J two.\n\nThree \u009b31m four.`, {
      title: 'T\u001b]0;x\u0007',
      url: 'https://a.example/\u001b',
    });
    for (const shown of [
      renderArticle(evil, true, plainScreen()),
      renderArticleList([{ ...evil, passages: 1 }], plainScreen()),
    ])
      expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
  });

  test('fits 40 columns', () => {
    const narrow = articleFrom(article.text, { title: 'Reykjavik', url: null });
    for (const line of renderArticle(narrow, true, plainScreen(40)).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(40);
  });

  test('fits 40 columns even with a long title', () => {
    const [source = ''] = renderArticle(article, false, plainScreen(40)).split('\n\n');
    for (const line of source.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(40);
  });
});

describe('a passage', () => {
  const passages = passagesOf(article, { ...PASSAGE_LIMITS, joinBelowWords: 0, joinUpToWords: 0 });
  const shown = (ordinal: number): string => {
    const passage = passages[ordinal];
    if (passage === undefined) throw new Error(`There are ${passages.length} passages`);
    return renderInContext({ article, passage }, plainScreen(120));
  };

  test('is marked between the paragraphs before and after it', () => {
    expect(shown(1)).toBe(
      `Blinken and Lavrov in Reykjavik · Example · 2021-05-19

  ${FIRST.replace(' Council.', '\n  Council.')}

> What was said

> ${SECOND}

  ${THIRD.replace(' on.', '\n  on.')}`,
    );
  });

  test('at the start of an article has nothing before it, and a heading without its paragraph is not shown after it', () => {
    expect(shown(0).split('\n\n')).toHaveLength(2);
    expect(shown(0).split('\n\n')[1]).toMatch(/^> Antony/);
  });

  test('at the end of an article has nothing after it', () => {
    expect(shown(2).split('\n\n').at(-1)).toMatch(/^> A summit/);
  });
});

describe('the list of articles', () => {
  test('has one line per article, under its collection', () => {
    const list = [
      {
        ...reference({ collection: null, title: null, file: 'note.txt', publisher: null, published: null }),
        passages: 1,
      },
      { ...reference(), id: 'cccccccccc', passages: 12 },
      { ...reference({ title: 'Short' }), id: 'dddddddddd', passages: 2 },
    ];
    expect(renderArticleList(list, plainScreen())).toBe(
      `(no collection)
  aaaaaaaaaa note.txt · undated · 1 passage
diplomacy
  cccccccccc Blinken and Lavrov in Reykjavik · Example · 2021-05-19 · 12
             passages
  dddddddddd Short · Example · 2021-05-19 · 2 passages`,
    );
  });

  test('of no articles is empty', () => {
    expect(renderArticleList([], plainScreen())).toBe('');
  });

  test('fits 40 columns', () => {
    const list = [{ ...reference({ title: '北京会谈'.repeat(20) }), passages: 3 }];
    for (const line of renderArticleList(list, plainScreen(40)).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(40);
  });
});
