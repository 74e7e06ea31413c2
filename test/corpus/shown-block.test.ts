import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/corpus/article.js';
import { type Excerpt, excerptOf, partOfExcerpt } from '../../src/corpus/excerpt.js';
import { introductionPieces, type ShownBlock, type ShownPiece, shownBlocks } from '../../src/corpus/shown-block.js';
import type { SourceBlock } from '../../src/reading/compose.js';
import { readHtml } from '../../src/reading/html-file.js';
import { code, heading, list, paragraph, structuredArticle, table } from './structured-article.js';

function excerptAt(article: Article, text: string): Excerpt {
  const start = article.text.indexOf(text);
  if (start === -1) throw new Error(`"${text}" is not in the article`);
  return excerptOf(article, { start, end: start + text.length });
}

const textOf = (pieces: readonly ShownPiece[]): string => pieces.map(({ text }) => text).join('');

/** Blocks as lines: "• " for a bullet, "header=value" for cells. */
const linesOf = (shown: readonly ShownBlock[]): string[] =>
  shown.map((block) => {
    if (block.form === 'code') return `code: ${textOf(block.pieces)}`;
    if (block.form === 'row') return block.cells.map(({ header, pieces }) => `${header}=${textOf(pieces)}`).join(', ');
    return `${block.hasBullet ? '• ' : ''}${block.noteKind === null ? '' : `(${block.noteKind}) `}${textOf(block.pieces)}`;
  });

describe('an excerpt', () => {
  const article = structuredArticle([
    heading('Stations', 2),
    paragraph('From the river up:'),
    ...table([
      ['Station', 'Height', 'Closed'],
      ['Ulvik', '860', ''],
      ['Kestrel', '490', '1980'],
    ]),
  ]);

  test('is a slice of the article, with its context as slices too', () => {
    const excerpt = excerptAt(article, 'Kestrel | 490 | 1980');
    expect(article.text.slice(excerpt.start, excerpt.start + excerpt.text.length)).toBe(excerpt.text);
    for (const { start, end, text } of excerpt.context) expect(article.text.slice(start, end)).toBe(text);
    expect(excerpt.context.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'heading: Stations',
      'lead-in: From the river up:',
      'header-row: Station | Height | Closed',
    ]);
  });

  test('shows a row cell by cell, with what heads each, and without the empty ones', () => {
    expect(linesOf(shownBlocks(excerptAt(article, 'Ulvik | 860 | ')))).toEqual(['Station=Ulvik, Height=860']);
    expect(
      linesOf(shownBlocks(excerptAt(article, 'Station | Height | Closed\nUlvik | 860 | \nKestrel | 490 | 1980'))),
    ).toEqual(['Station=Ulvik, Height=860', 'Station=Kestrel, Height=490, Closed=1980']);
  });

  test('shows a header row that has no row below it, and every row as one line on request', () => {
    expect(linesOf(shownBlocks(excerptAt(article, 'Station | Height | Closed')))).toEqual([
      'Station | Height | Closed',
    ]);
    const all = excerptAt(article, 'Station | Height | Closed\nUlvik | 860 | ');
    expect(linesOf(shownBlocks(all, [], { namesCells: false }))).toEqual([
      'Station | Height | Closed',
      'Ulvik | 860 | ',
    ]);
  });

  test('shows a cell that covers several rows in each of them, and one that covers several columns under all their headers', () => {
    const read = (head: string): Article => ({
      ...structuredArticle([]),
      ...readHtml(
        `<h1>Kiln</h1><p>What the kiln needs for each ware, in degrees, as the potter wrote it down.</p><table border=1>${head}<tr><td rowspan=2>Cups<td>900<td>1000<tr><td>950<td>1050<tr><td>Jugs<td colspan=2>none<tr><td colspan=3>Closed in May</table>`,
      ),
    });
    const tiers = read('<tr><th rowspan=2>Ware<th colspan=2>Heat<tr><th>low<th>high');
    expect(linesOf(shownBlocks(excerptAt(tiers, '| 950 | 1050')))).toEqual(['Ware=Cups, Heat low=950, Heat high=1050']);
    expect(excerptAt(tiers, '| 950 | 1050').introduction).toEqual([]);
    expect(linesOf(shownBlocks(excerptAt(tiers, 'Cups | 900 | 1000\n| 950 | 1050')))).toEqual([
      'Ware=Cups, Heat low=900, Heat high=1000',
      'Ware=Cups, Heat low=950, Heat high=1050',
    ]);
    expect(linesOf(shownBlocks(excerptAt(tiers, 'Jugs | none\nClosed in May')))).toEqual([
      'Ware=Jugs, Heat low – Heat high=none',
      'null=Closed in May',
    ]);
    const bare = excerptAt(read(''), '| 950 | 1050');
    expect(linesOf(shownBlocks(bare))).toEqual(['| 950 | 1050']);
    expect(bare.introduction.map(({ text }) => text)).toEqual(['Cups', '…']);
  });

  test('strikes what is struck in a cell that covers several rows', () => {
    const article = readHtml(
      '<h1>Kiln</h1><p>What the kiln takes, as the potter wrote it down in the book.</p><table border=1><tr><th>Ware<th>Heat<tr><td rowspan=2><s>Cups</s> Jugs<td>900<tr><td>950</table>',
    );
    const [row] = shownBlocks(excerptAt({ ...structuredArticle([]), ...article }, '| 950'));
    expect(row?.form === 'row' && row.cells[0]?.pieces).toEqual([
      { text: 'Cups', isHighlight: false, isStruck: true },
      { text: ' Jugs', isHighlight: false, isStruck: false },
    ]);
  });

  test('has bullets before items, but not before a number, nor before the rest of an item', () => {
    const numbered: SourceBlock = { kind: 'item', text: '3. Wait', marker: { start: 0, end: 2 }, depth: 1, group: 2 };
    const lists = structuredArticle([...list(['Glass bottles', 'Loose chalk']), paragraph('Then:'), numbered]);
    expect(linesOf(shownBlocks(excerptOf(lists, { start: 0, end: lists.text.length })))).toEqual([
      '• Glass bottles',
      '• Loose chalk',
      'Then:',
      '3. Wait',
    ]);
    expect(linesOf(shownBlocks(excerptAt(lists, 'bottles\nLoose chalk')))).toEqual(['bottles', '• Loose chalk']);
  });

  test('says once what kind of note a note is, unless its own words do or its kind says nothing', () => {
    const note = (label: string, text: string): SourceBlock => ({ kind: 'note', label, text });
    const notes = structuredArticle([
      note('warning', 'Hot glass\nLet it cool.'),
      note('warning', 'Then take it out.'),
      note('tip', 'Tip\nWear gloves.'),
      note('danger', 'Oil burns.'),
      note('callout', 'Ask at the pier.'),
      note('seealso', 'The chart of the bay.'),
      note('footnote', '[1] In winter only.'),
    ]);
    expect(linesOf(shownBlocks(excerptOf(notes, { start: 0, end: notes.text.length })))).toEqual([
      '(Warning) Hot glass\nLet it cool.',
      'Then take it out.',
      'Tip\nWear gloves.',
      '(Danger) Oil burns.',
      'Ask at the pier.',
      '(See also) The chart of the bay.',
      '[1] In winter only.',
    ]);
    expect(linesOf(shownBlocks(excerptAt(notes, 'Then take it out.')))).toEqual(['(Warning) Then take it out.']);
  });

  test('keeps the lines of code, and shows the line ends of a wrapped text as spaces', () => {
    const wrapped: SourceBlock = { kind: 'paragraph', text: 'The lamp\n   is lit.', isWrapped: true };
    const mixed = structuredArticle([wrapped, code('if lit:\n  wait', 'python')]);
    const shown = shownBlocks(excerptOf(mixed, { start: 0, end: mixed.text.length }));
    expect(linesOf(shown)).toEqual(['The lamp is lit.', 'code: if lit:\n  wait']);
    expect(shown[1]).toMatchObject({ form: 'code', language: 'python' });
    const cut: SourceBlock = { kind: 'paragraph', text: 'The chair-\n   man has a - casting vote.', isWrapped: true };
    const excerpt = excerptOf(structuredArticle([cut]), { start: 0, end: cut.text.length });
    expect(linesOf(shownBlocks(excerpt))).toEqual(['The chair-man has a - casting vote.']);
  });

  test('splits what introduces it where something is struck out, and puts it on one line', () => {
    const leadIn: SourceBlock = {
      kind: 'paragraph',
      text: 'It is closed. Open on Monday\nTuesday:',
      marks: [{ kind: 'struck', start: 22, end: 29 }],
    };
    const { introduction } = excerptAt(structuredArticle([leadIn, ...list(['Bakery'])]), 'Bakery');
    expect(introduction.map(introductionPieces)).toEqual([
      [
        { text: 'Open on ', isHighlight: false, isStruck: false },
        { text: 'Monday ', isHighlight: false, isStruck: true },
        { text: 'Tuesday:', isHighlight: false, isStruck: false },
      ],
    ]);
  });

  test('splits its text where something is struck out or emphasised', () => {
    const struck = structuredArticle([
      { kind: 'paragraph', text: 'It costs 60 75 euros.', marks: [{ kind: 'struck', start: 9, end: 11 }] },
    ]);
    const [block] = shownBlocks(excerptAt(struck, 'costs 60 75 euros'), [{ start: 9, end: 11 }]);
    expect(block?.form === 'text' && block.pieces).toEqual([
      { text: 'costs ', isHighlight: false, isStruck: false },
      { text: '60', isHighlight: false, isStruck: true },
      { text: ' ', isHighlight: false, isStruck: false },
      { text: '75', isHighlight: true, isStruck: false },
      { text: ' euros', isHighlight: false, isStruck: false },
    ]);
  });

  test('knows where it stands in its source', () => {
    const placed = structuredArticle([
      { kind: 'paragraph', text: 'One.', marks: [{ kind: 'anchor', start: 0, end: 0, value: 'one' }] },
      { kind: 'paragraph', text: 'Two.', marks: [{ kind: 'page', start: 0, end: 0, value: '7' }] },
    ]);
    expect(excerptAt(placed, 'One.').location).toEqual({ anchor: 'one', page: null, time: null });
    expect(excerptAt(placed, 'Two.').location).toEqual({ anchor: 'one', page: '7', time: null });
  });

  test('has no block for boilerplate', () => {
    const page = structuredArticle([paragraph('One.'), { kind: 'boilerplate', text: 'Menu' }, paragraph('Two.')]);
    expect(linesOf(shownBlocks(excerptOf(page, { start: 0, end: page.text.length })))).toEqual(['One.', 'Two.']);
  });
});

test('a table of many rows is shown as a table below its header, wherever the excerpt begins', () => {
  const rows = Array.from({ length: 5 }, (_, index) => [`Hut ${index}`, `${index} beds`]);
  const article = structuredArticle(table([['Hut', 'Beds'], ...rows]));
  const linesAt = (text: string, to = article.text): string[] => {
    const start = article.text.indexOf(text);
    return linesOf(shownBlocks(excerptOf(article, { start, end: article.text.indexOf(to) + to.length })));
  };
  expect(linesAt('Hut | Beds')).toEqual(['Hut | Beds', ...rows.map((row) => row.join(' | '))]);
  expect(linesAt('Hut | Beds', 'Hut 3 | 3 beds')).toContain('Hut=Hut 3, Beds=3 beds');
  expect(linesAt('Hut 0')).toEqual(['Hut | Beds', ...rows.map((row) => row.join(' | '))]);
  expect(linesAt('Hut 1')).toContain('Hut=Hut 3, Beds=3 beds');
});

test('a table without a header gets none from the table above it', () => {
  const rows = Array.from({ length: 5 }, (_, index) => `Boat ${index} | ${index} oars`);
  const plain = rows.map((text): SourceBlock => ({ kind: 'row', text, group: 2 }));
  const article = structuredArticle([
    ...table([
      ['Hut', 'Beds'],
      ['Low', '4'],
    ]),
    ...plain,
  ]);
  const excerpt = excerptOf(article, { start: 0, end: article.text.length });
  const part = partOfExcerpt(excerpt, { start: article.text.indexOf('Boat 0'), end: article.text.length });
  expect(linesOf(shownBlocks(part))).toEqual(rows);
});
