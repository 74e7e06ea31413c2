import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readText } from '../../src/reading/text-file.js';
import { outlineOf, textsOf } from './article-folder.js';

/** The context of each block that has one, as "role: text". */
function contextsOf({ text, blocks }: ReturnType<typeof readText>): string[][] {
  return blocks.map((block) =>
    (block.context ?? []).map(({ role, start, end }) => `${role}: ${text.slice(start, end)}`),
  );
}

/** Prose that is wrapped at 60 columns, in paragraphs. */
const PROSE = [
  'The ferry crosses the sound four times a day, and twice on\nSundays. In a storm it stays in the harbour, and the mail is\ncarried over the bridge by a rider.',
  'Whoever wants to take a cart across has to tell the ferryman\nthe day before, since there is only room for two of them on\nthe deck between the masts.',
  'The fare is paid on the quay. Children and sailors who come\nback from a voyage pay nothing, but have to wait until all\nthe others have found a place.',
];

describe('wrapped text', () => {
  test('stays wrapped around one line that is too long', () => {
    const address = `See the list of fares at\nhttps://ferry.example/${'a'.repeat(90)}.html`;
    const article = readText(['The ferry', ...PROSE, address, ...PROSE].join('\n\n'));
    expect(textsOf(article, 'paragraph')).toEqual([...PROSE, address, ...PROSE]);
  });

  test('may stand beside text whose lines are paragraphs', () => {
    const long = PROSE.map((paragraph) => `${paragraph.replaceAll('\n', ' ')} ${paragraph.replaceAll('\n', ' ')}`);
    const unwrapped = Array.from({ length: 12 }, () => long.join('\n'));
    const wrapped = Array.from({ length: 12 }, () => PROSE.join('\n\n'));
    const article = readText(['The ferry', ...unwrapped, ...wrapped].join('\n\n'));
    expect(textsOf(article, 'paragraph')).toEqual([
      ...Array.from({ length: 12 }, () => long).flat(),
      ...Array.from({ length: 12 }, () => PROSE).flat(),
    ]);
  });
});

describe('headings', () => {
  test('are numbered lines, with the level of their number', () => {
    const article = readText(
      [
        'The ferry',
        '1. Crossing',
        PROSE[0],
        '1.1  Storms',
        PROSE[1],
        '1.1.2.  Carts',
        PROSE[2],
        '2. Fares.',
        PROSE[0],
      ].join('\n\n'),
    );
    expect(article.blocks.filter(({ kind }) => kind === 'heading').map(({ level }) => level)).toEqual([1, 2, 3, 1]);
    expect(textsOf(article, 'heading')).toEqual(['1. Crossing', '1.1  Storms', '1.1.2.  Carts', '2. Fares.']);
  });

  test('are underlined lines, and lines in capitals', () => {
    const article = readText(
      ['The ferry', 'Crossing\n========', PROSE[0], 'Storms\n------', PROSE[1], 'THE FARES', PROSE[2]].join('\n\n'),
    );
    expect(textsOf(article, 'heading')).toEqual(['Crossing\n========', 'Storms\n------', 'THE FARES']);
    expect(article.blocks.filter(({ kind }) => kind === 'heading').map(({ level }) => level)).toEqual([1, 2, 1]);
  });

  test('stand further out than the text', () => {
    const indented = PROSE.map((paragraph) => paragraph.replace(/^/gm, '   '));
    const article = readText(['The ferry', 'Crossing', indented[0], 'Storms', indented[1], indented[2]].join('\n\n'));
    expect(textsOf(article, 'heading')).toEqual(['Crossing', 'Storms']);
  });

  test('are not the numbered items of a list', () => {
    const article = readText(
      ['The ferry', PROSE[0], '1. Untie the rope', '2. Push off', '3. Row', PROSE[1]].join('\n\n'),
    );
    expect(textsOf(article, 'item')).toEqual(['1. Untie the rope', '2. Push off', '3. Row']);
    expect(textsOf(article, 'heading')).toEqual([]);
  });
});

describe('lists', () => {
  const LIST = `${PROSE[0]}

Bring with you:

   - a rope of twenty feet, which is not to be older than two
     years and has no knots in it

   - two lanterns
      * one for the bow
      * one for the stern

   - oil

${PROSE[1]}`;

  test('have items with depth, marker and the lines that hang below them', () => {
    const article = readText(LIST);
    expect(textsOf(article, 'item')).toEqual([
      '- a rope of twenty feet, which is not to be older than two\n     years and has no knots in it',
      '- two lanterns',
      '* one for the bow',
      '* one for the stern',
      '- oil',
    ]);
    const items = article.blocks.filter(({ kind }) => kind === 'item');
    expect(items.map(({ depth }) => depth)).toEqual([1, 1, 2, 2, 1]);
    expect(items.map(({ marker }) => article.text.slice(marker?.start, marker?.end))).toEqual([
      '-',
      '-',
      '*',
      '*',
      '-',
    ]);
  });

  test('are introduced by the sentence above them', () => {
    const article = readText(LIST);
    const contexts = contextsOf(article).filter((_, index) => article.blocks[index]?.kind === 'item');
    expect(contexts.map(([first]) => first)).toEqual(Array.from({ length: 5 }, () => 'lead-in: Bring with you:'));
  });

  test('do not begin in the middle of a sentence that has a number', () => {
    const text =
      'The keeper of the light wrote all of this down in the year\n1902. The book was lost in the storm of that winter, and was\nfound again by the children of the ferryman.';
    expect(outlineOf(readText([text, ...PROSE].join('\n\n')))[0]).toBe(`paragraph: ${text}`);
  });
});

describe('terms', () => {
  test('stand before their definitions or above them', () => {
    const article = readText(
      `${PROSE[0]}\n\nBOW         The front of a boat, which is where the white\n            lamp is kept.\n\nSTERN       The back of a boat, where the helmsman stands in\n            all weathers.\n\nthwart\n    A seat across a boat, on which the rowers sit.\n\n${PROSE[1]}`,
    );
    expect(textsOf(article, 'term')).toEqual(['BOW', 'STERN', 'thwart']);
    expect(textsOf(article, 'definition').map((text) => text.slice(0, 12))).toEqual([
      'The front of',
      'The back of ',
      'A seat acros',
    ]);
    const contexts = contextsOf(article).filter((_, index) => article.blocks[index]?.kind === 'definition');
    expect(contexts).toEqual([['term: BOW'], ['term: STERN'], ['term: thwart']]);
  });

  test('with one line each are the rows of a table', () => {
    const article = readText(
      `${PROSE[0]}\n\nROPE        SHILLINGS\n\nhemp        4 a fathom\n\nflax        6 a fathom\n\n${PROSE[1]}`,
    );
    expect(textsOf(article, 'row')).toEqual([
      'ROPE        SHILLINGS',
      'hemp        4 a fathom',
      'flax        6 a fathom',
    ]);
    const rows = article.blocks.filter(({ kind }) => kind === 'row');
    expect(rows.map(({ cells }) => cells?.map((cell) => article.text.slice(cell.start, cell.end)))).toEqual([
      ['ROPE', 'SHILLINGS'],
      ['hemp', '4 a fathom'],
      ['flax', '6 a fathom'],
    ]);
    expect(rows.map(({ isHeader }) => isHeader === true)).toEqual([true, false, false]);
  });
});

describe('tables', () => {
  test('that are drawn have cells, and a border belongs to the row above it', () => {
    const article = readText(
      `${PROSE[0]}\n\n   +------+-----------+\n   | Rope | Shillings |\n   +======+===========+\n   | hemp | 4         |\n   +------+-----------+\n   | flax |           |\n   +------+-----------+\n\n${PROSE[1]}`,
    );
    const rows = article.blocks.filter(({ kind }) => kind === 'row');
    expect(rows.map(({ cells }) => cells?.map((cell) => article.text.slice(cell.start, cell.end)))).toEqual([
      ['Rope', 'Shillings'],
      ['hemp', '4'],
      ['flax', ''],
    ]);
    expect(
      contextsOf(article)
        .flat()
        .filter((context) => context.startsWith('header-row')),
    ).toHaveLength(2);
  });

  test('have columns that are parted by spaces', () => {
    const article = readText(
      `${PROSE[0]}\n\n  Rope    Length   Price\n  hemp    20 ft    4\n  flax    10 ft    6\n\n${PROSE[1]}`,
    );
    expect(textsOf(article, 'row')).toHaveLength(3);
    expect(article.blocks.find(({ kind }) => kind === 'row')).toMatchObject({ isHeader: true });
  });
});

describe('tables without a line below their header', () => {
  const rowsIn = (table: string): string[] => {
    const { text, blocks } = readText(['The ferry', ...PROSE, table, ...PROSE].join('\n\n'));
    return blocks.flatMap(({ kind, isHeader = false, cells = [] }) =>
      kind === 'row'
        ? [`${isHeader ? 'header ' : ''}${cells.map(({ start, end }) => text.slice(start, end)).join('|')}`]
        : [],
    );
  };

  test.each([
    ['names above numbers', 'Boat    Berths  Built\nSigrid  12      1890\nTrygve  9       1902', 'Boat|Berths|Built'],
    ['capitals above others', 'BOAT    MASTER\nSigrid  Olsen\nTrygve  Berg\nAnna    Lund', 'BOAT|MASTER'],
    [
      'a capital in each cell',
      'Fare  Season  Who pays\nfull  summer  adults\nhalf  winter  all others',
      'Fare|Season|Who pays',
    ],
  ])('have %s', (_, table, header) => {
    const [first, ...others] = rowsIn(table);
    expect(first).toBe(`header ${header}`);
    expect(others).toEqual(
      table
        .split('\n')
        .slice(1)
        .map((line) => line.split(/ {2,}/).join('|')),
    );
  });

  test('may have no header', () => {
    expect(rowsIn('Sigrid  Olsen\nTrygve  Berg\nAnna    Lund')).toEqual(['Sigrid|Olsen', 'Trygve|Berg', 'Anna|Lund']);
  });

  test('have each cell below the name of its column', () => {
    const table = 'Boat     Master   Berths\nSigrid            12\nTrygve   Berg         9\nAnna     Lund     140';
    expect(rowsIn(table)).toEqual(['header Boat|Master|Berths', 'Sigrid||12', 'Trygve|Berg|9', 'Anna|Lund|140']);
  });

  test('are not lines with spaces in different places', () => {
    expect(rowsIn('The ferry  waits.\nNobody is on  board.\nIt  leaves.')).toEqual([]);
  });
});

describe('lines that their author ended', () => {
  const isWrapped = (source: string, part: string): boolean | undefined => {
    const { text, blocks } = readText(source);
    const block = blocks.find(({ start, end }) => text.slice(start, end).startsWith(part));
    expect(block && text.slice(block.start, block.end)).toBe(part);
    return block?.isWrapped;
  };

  test.each([
    ['an address', 'Ferry Office\n3 Quay Road\n5730 Ulvik'],
    [
      'a verse',
      'Row, Sigrid, row the boat,\n  Row against the tide,\nWho has neither hat nor coat\n  Shall sit by our side',
    ],
    ['a verse without capitals', 'slowly the boat\ncomes\nover the water and\nlands'],
  ])('between wrapped paragraphs stay lines of one block: %s', (_, lines) => {
    expect(isWrapped(['The ferry', ...PROSE, lines, ...PROSE].join('\n\n'), lines)).toBeUndefined();
  });

  test('are those of a text of nothing but verse', () => {
    const stanzas = ['Row', 'Sail', 'Pull', 'Steer', 'Go'].map(
      (verb) =>
        `${verb}, Sigrid, all the way,\nThe sea is grey and wide,\nWe shall not land today,\nSo ${verb} with the tide.`,
    );
    for (const stanza of stanzas) expect(isWrapped(`Boat song\n\n${stanzas.join('\n\n')}`, stanza)).toBeUndefined();
  });

  test('are not those of narrow prose in a script without capitals', () => {
    const prose = [
      'المركب ينتظر عند الرصيف',
      'حتى يأتي الركاب كلهم من',
      'القرية ثم يعبر النهر إلى',
      'الجانب الآخر قبل الليل.',
    ].join('\n');
    const source = ['المركب', prose, prose, prose, prose, prose].join('\n\n');
    expect(readText(source).blocks.filter(({ isWrapped }) => isWrapped).length).toBe(5);
  });

  test('are not those of wrapped prose, also if it is short or narrow', () => {
    const narrow = 'Whoever comes late has to\nwait for the next boat, or\nrow across on their own.';
    expect(isWrapped(['The ferry', ...PROSE, narrow, ...PROSE].join('\n\n'), narrow)).toBe(true);
    for (const paragraph of PROSE) expect(isWrapped(['The ferry', ...PROSE].join('\n\n'), paragraph)).toBe(true);
  });
});

describe('code', () => {
  test('is set further in and is no prose, and keeps its indentation', () => {
    const code = 'if (storm) {\n          stay();\n      }';
    const article = readText(`${PROSE[0]}\n\nThe rule is:\n\n      ${code}\n\n${PROSE[1]}`);
    expect(textsOf(article, 'code')).toEqual([code]);
    expect(contextsOf(article).flat()).toContain('lead-in: The rule is:');
  });

  test('is a figure', () => {
    const figure = '+------+     +-------+\n| quay |-----| ferry |\n+------+     +-------+';
    expect(textsOf(readText(`${PROSE[0]}\n\n${figure}\n\n${PROSE[1]}`), 'code')).toEqual([figure]);
  });

  test('is not prose that is set further in', () => {
    const indented = (PROSE[2] ?? '').replace(/^/gm, '      ');
    expect(textsOf(readText(`${PROSE[0]}\n\n${indented}\n\n${PROSE[1]}`), 'paragraph')).toContain(indented.trim());
  });
});

describe('questions', () => {
  test.each([
    ['Q: ', 'A: '],
    ['Question: ', 'Answer: '],
    ['F: ', 'A: '],
    ['Q1. ', 'A1. '],
  ])('labelled "%s" have answers labelled "%s"', (question, answer) => {
    const article = readText(
      `${question}Who rows?\n${answer}The ferryman. He has done so for years.\n\n${question}Who pays?\n\n${answer}Everyone.\n\nExcept for children.`,
    );
    expect(article.title).toBeNull();
    expect(outlineOf(article)).toEqual([
      `question: ${question}Who rows?`,
      `answer: ${answer}The ferryman. He has done so for years.`,
      `question: ${question}Who pays?`,
      `answer: ${answer}Everyone.`,
      'answer: Except for children.',
    ]);
    expect(contextsOf(article).at(-1)).toEqual([`question: ${question}Who pays?`]);
  });
});

describe('speakers', () => {
  test('recur in a conversation and open what they say', () => {
    const article = readText(
      'The meeting of the ferrymen\n\nMrs. Holm: The rope is old.\n\nChair: Who pays for it?\n\nMrs. Holm: All of us.\n\nChair: So be it.',
    );
    expect(article.title).toBe('The meeting of the ferrymen');
    expect(textsOf(article, 'turn')).toHaveLength(4);
    expect(contextsOf(article).flat()).toEqual([
      'speaker: Mrs. Holm',
      'speaker: Chair',
      'speaker: Mrs. Holm',
      'speaker: Chair',
    ]);
  });

  test('are not the labels of a text that is no conversation', () => {
    const article = readText(
      ['Note: bring a rope.', ...PROSE, 'Note: bring oil.', ...PROSE, 'Fare: two crowns.', 'Fare: three.'].join('\n\n'),
    );
    expect(textsOf(article, 'turn')).toEqual([]);
  });
});

describe('mails', () => {
  const MAIL = 'From: Ada <ada@ferry.example>\nDate: Tue, 2 Feb 2021 08:00:00 +0100\nSubject: Re: Fwd: the old rope';

  test('have their subject as title and their date as date of publication', () => {
    const article = readText(`${MAIL}\n\nBo wrote:\n> Is it still good?\n> I doubt it.\n\nNo.`);
    expect(article).toMatchObject({ title: 'the old rope', published: '2021-02-02' });
    expect(outlineOf(article)).toEqual([
      'boilerplate: From: Ada <ada@ferry.example>\nDate: Tue, 2 Feb 2021 08:00:00 +0100\nSubject: Re: Fwd:',
      'title: the old rope',
      'paragraph: Bo wrote:',
      'quotation: > Is it still good?\n> I doubt it.',
      'paragraph: No.',
    ]);
    expect(article.blocks[0]?.rule).toBe('mail head');
  });

  test('are examples in a text that begins with something else', () => {
    const article = readText(['How to write a mail', PROSE[0], MAIL, PROSE[1]].join('\n\n'));
    expect(textsOf(article, 'boilerplate')).toEqual([]);
    expect(article.title).toBe('How to write a mail');
  });

  test('in an archive have their subjects as headings', () => {
    const article = readText(`${MAIL}\n\nNo.\n\n${MAIL}\nTo: all\n\nYes.`);
    expect(textsOf(article, 'title')).toEqual(['the old rope']);
    expect(textsOf(article, 'heading')).toEqual(['the old rope']);
    expect(textsOf(article, 'boilerplate').at(-1)).toBe('To: all');
  });
});

describe('titles', () => {
  test('are centred lines below the head of a memo', () => {
    const article = readText(
      `Ferry Board                                      A. Holm\nMemo 12                                        May 1990\n\n            The Ropes of the Ferry\n                and Their Care\n\n${PROSE.join('\n\n')}`,
    );
    expect(article.title).toBe('The Ropes of the Ferry and Their Care');
  });

  test.each(['NOTE', '12', '- a rope', '19 May 2021'])('are not lines such as "%s"', (line) => {
    expect(readText([line, ...PROSE].join('\n\n')).title).toBeNull();
  });
});

/** Lines of all the shapes that mean something. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '',
    '\f',
    '- item',
    '  * inner',
    '1. one',
    '    (a) letter',
    'Q: Why?',
    'A: So.',
    'Chair: I say.',
    'Bo: You say.',
    'From: a@b.example',
    'Subject: Re: x',
    'Date: 1 May 2020',
    '> quoted',
    '====',
    'HEADING',
    '1.2 Section',
    '+----+----+',
    '| a  | b  |',
    'a      b      c',
    '        code();',
    'TERM        meaning',
    '            of it',
    'Foot                 [Page 3]',
    'Head        of       1988',
    'x - y',
    'Ferries ........ 12',
    '00:01 --> 00:02',
    '\ta tab',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'The ferry crosses the sound four times a day, and twice on',
    'Sundays. In a storm it stays in the harbour.',
  ),
);

test('in any text, blocks are in order, spans lie inside the text, and every word is in a block', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const source = lines.join('\n');
      const { text, blocks, marks } = readText(source);
      let end = 0;
      for (const block of blocks) {
        expect(text.slice(end, block.start).trim()).toBe('');
        expect(block.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(block.start, block.end).trim()).toBe(text.slice(block.start, block.end));
        expect(block.end).toBeGreaterThan(block.start);
        end = block.end;
        for (const span of [...(block.cells ?? []), ...(block.marker ? [block.marker] : [])]) {
          expect(span.start).toBeGreaterThanOrEqual(block.start);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(block.end);
        }
        for (const span of block.context ?? []) expect(span.end).toBeLessThanOrEqual(text.length);
      }
      expect(text.slice(end).trim()).toBe('');
      for (const mark of marks) expect(mark.end).toBeLessThanOrEqual(text.length);
      if (marks.every(({ kind }) => kind === 'page')) {
        const sorted = (one: string): string => one.replace(/\s/gu, '').split('').toSorted().join('');
        expect(sorted(text)).toBe(sorted(source));
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['short lines', 'a\n'],
  ['blank lines', '\n'],
  ['form feeds', '\f'],
  ['deeper and deeper items', '- x\n'],
  ['page feet', 'Foot      [Page 3]\n\n'],
  ['spaces', '   x      '],
  ['table rows', '| a | b |\n'],
  ['labels', 'Bo: yes\n\n'],
  ['dashes', '- '],
  ['dots', '. '],
  ['quotes', '> '],
  ['entries in columns', 'A      one\n\n'],
  ['subjects', 'Subject: Re: '],
  ['numbers', '1.1.'],
])('a text of a megabyte of %s is read in linear time', (_, piece) => {
  const started = performance.now();
  readText(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('the line under a heading is its marker, so that it is not part of the heading’s words', () => {
  const source =
    'The oil lamp\n============\n\nThe oil lamp is filled once a week by the keeper, who trims the wick too.\n';
  const { text, blocks } = readText(`The handbook of lamps\n\n${source}`);
  const heading = blocks.find(({ kind }) => kind === 'heading');
  expect(text.slice(heading?.start, heading?.marker?.start)).toBe('The oil lamp');
});
