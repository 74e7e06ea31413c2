import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readText } from '../../src/reading/text-file.js';
import { articles } from '../corpus/generated-articles.js';
import { outlineOf, textsOf } from './article-folder.js';

const BODY = [
  'Antony Blinken met Sergey Lavrov in Reykjavik on Wednesday, before the session of the Arctic Council.',
  'Both sides said afterwards that they had serious differences and would go on speaking about them.',
  'A summit of the presidents was being weighed in both capitals, and a month later it was agreed on.',
] as const;

const [FIRST, SECOND, THIRD] = BODY;
const lines = (...paragraphs: readonly string[]): string => paragraphs.join('\n\n');

describe('paragraphs', () => {
  test('are separated by blank lines', () => {
    const article = readText(`\n\n  ${FIRST}\n \t \n${SECOND}\n\n\n${THIRD}\n`);
    expect(textsOf(article, 'paragraph')).toEqual([...BODY]);
  });

  test('end with a single line break if lines are not wrapped', () => {
    const paragraphs = [`${FIRST} ${SECOND}`, 'It was brief.', `${SECOND} ${THIRD}`];
    expect(textsOf(readText(paragraphs.join('\n')), 'paragraph')).toEqual(paragraphs);
  });

  test('span several lines if lines are wrapped', () => {
    const wrapped = `They met in Reykjavik on Wednesday for the first\ntime since the inauguration, and the talks went on\nfor longer than had been planned by both of them.\nNothing was signed.\n\nThe next meeting is to be held in Geneva in June,\nwhen both of the presidents will travel there for\na day.`;
    expect(textsOf(readText(wrapped), 'paragraph')).toEqual(wrapped.split('\n\n'));
  });

  test('in a poem are its lines, which end before the line is full', () => {
    const poem =
      'They met by the sea.\nIt was cold.\nNobody knew what the other side had come to say there.\nThey left.';
    expect(textsOf(readText(poem), 'paragraph')).toEqual(poem.split('\n'));
  });

  test('keep the whitespace within them', () => {
    const text = 'Two  spaces,\ta tab and a no-break\u00a0space stand in it.';
    expect(textsOf(readText(text), 'paragraph')).toEqual([text]);
  });
});

const PAGE_CONTROLS = ['Listen Live', 'Leave a Reply', 'Subscribe to our newsletter for the news of the day.'];

describe('boilerplate', () => {
  test('is what a web page has besides its article, if a text has several signs of one', () => {
    expect(textsOf(readText(lines(...BODY, ...PAGE_CONTROLS)), 'boilerplate')).toEqual(PAGE_CONTROLS);
  });

  test('is nothing by its words in any other text', () => {
    for (const control of PAGE_CONTROLS) {
      expect(textsOf(readText(lines(...BODY, control)), 'boilerplate')).toEqual([]);
      expect(textsOf(readText(lines(...BODY, control, control, control)), 'boilerplate')).toEqual([]);
    }
    expect(textsOf(readText(lines(...BODY, 'Listen Live', 'Load more', 'Search')), 'boilerplate')).toEqual([]);
  });

  test('is never an item, a clause or a row', () => {
    const clauses = ['(a) Subscribe to the rules.', '(b) Sign up for duty.', '(c) Copyright stays with the author.'];
    const article = readText(lines(...BODY, ...clauses, ...PAGE_CONTROLS));
    expect(textsOf(article, 'item')).toEqual(clauses);
  });
});

describe('the title', () => {
  test('is the short first line without an end mark', () => {
    const article = readText(lines('Blinken meets Lavrov in Reykjavik', FIRST, SECOND));
    expect(article.title).toBe('Blinken meets Lavrov in Reykjavik');
    expect(outlineOf(article)).toEqual([
      'title: Blinken meets Lavrov in Reykjavik',
      `paragraph: ${FIRST}`,
      `paragraph: ${SECOND}`,
    ]);
  });

  test('may be a question', () => {
    expect(readText(lines('Does the meeting signal a thaw?', FIRST)).title).toBe('Does the meeting signal a thaw?');
  });

  test('is boilerplate when it is repeated', () => {
    const article = readText(lines('Blinken meets Lavrov', 'Blinken  meets Lavrov', FIRST, SECOND));
    expect(outlineOf(article).slice(0, 2)).toEqual([
      'title: Blinken meets Lavrov',
      'boilerplate: Blinken  meets Lavrov',
    ]);
  });

  test('may be below boilerplate', () => {
    const article = readText(lines('04:01 GMT07 March 2021', 'Listen Live', 'Blinken meets Lavrov', FIRST));
    expect(article.title).toBe('Blinken meets Lavrov');
  });

  test('has single spaces only', () => {
    expect(readText(lines('Blinken\u00a0 meets   Lavrov', FIRST)).title).toBe('Blinken meets Lavrov');
  });

  test('is null if the text begins with a sentence or with too many words', () => {
    expect(readText(lines('They met.', FIRST)).title).toBeNull();
    expect(readText(lines('“They met.”', FIRST)).title).toBeNull();
    expect(readText(lines('word '.repeat(26).trim(), FIRST)).title).toBeNull();
    expect(readText(lines('word '.repeat(25).trim(), FIRST)).title).not.toBeNull();
  });

  test('is null if there is nothing below it, since the line is all there is to quote', () => {
    expect(outlineOf(readText('Blinken meets Lavrov'))).toEqual(['paragraph: Blinken meets Lavrov']);
    expect(readText(lines('Blinken meets Lavrov', 'Listen Live')).title).toBeNull();
  });
});

describe('in a text with end marks', () => {
  test('a short line above a sentence is a heading', () => {
    const article = readText(lines(FIRST, 'What was said', SECOND, 'What Should be Expected Ahead…', THIRD));
    expect(textsOf(article, 'heading')).toEqual(['What was said', 'What Should be Expected Ahead…']);
  });

  test('a short line that is not above a sentence stays body', () => {
    const article = readText(lines(FIRST, SECOND, 'What was said', 'Who said it', THIRD));
    expect(outlineOf(article).slice(2, 4)).toEqual(['paragraph: What was said', 'heading: Who said it']);
    expect(textsOf(readText(lines(...BODY, 'So it ended')), 'paragraph')).toContain('So it ended');
  });

  test('a short line that starts with a lower-case letter stays body', () => {
    expect(textsOf(readText(lines(FIRST, 'and so on', SECOND, THIRD)), 'paragraph')).toContain('and so on');
  });

  test('a line of 13 to 40 words without an end mark is a caption, if the text is a web page', () => {
    const caption =
      'The Russian and US diplomats hold their first meetings after the Administration transition in the US';
    const page = [...BODY.slice(0, 2), caption, THIRD];
    expect(textsOf(readText(lines(...page)), 'boilerplate')).toEqual([]);
    expect(textsOf(readText(lines(...page, ...PAGE_CONTROLS)), 'boilerplate')).toEqual([caption, ...PAGE_CONTROLS]);
  });

  test('a longer line without an end mark stays body', () => {
    const long = `Word ${'word '.repeat(40).trim()}`;
    expect(textsOf(readText(lines(...BODY, long)), 'paragraph')).toContain(long);
  });
});

test('in a text without end marks, nothing is taken for a heading or a caption', () => {
  const unmarked = BODY.map((paragraph) => paragraph.replace(/\.$/, ''));
  const article = readText(lines('Blinken meets Lavrov', ...unmarked, 'What was said', ...unmarked));
  expect(textsOf(article, 'heading')).toEqual([]);
  expect(textsOf(article, 'boilerplate')).toEqual([]);
});

describe('the date of publication', () => {
  test('is read from a line that says so', () => {
    const article = readText(lines('Blinken meets Lavrov', 'Published: 19 May 2021', FIRST, SECOND));
    expect(article.published).toBe('2021-05-19');
    expect(textsOf(article, 'paragraph')).toContain('Published: 19 May 2021');
  });

  test('is not read from a timestamp of the page or a date in the text', () => {
    expect(readText(lines('04:01 GMT07 March 2021', 'Title', FIRST)).published).toBeNull();
    expect(readText(lines('19 May 2021', FIRST, SECOND)).published).toBeNull();
  });

  test('is not read far down in the text, where it is the date of something else', () => {
    const article = readText(lines(FIRST, SECOND, THIRD, FIRST, SECOND, THIRD, 'Published: 19 May 2021'));
    expect(article.published).toBeNull();
  });
});

test('in any text, paragraphs are in order and leave out only whitespace', () => {
  fc.assert(
    fc.property(articles, fc.string({ unit: 'binary', maxLength: 300 }), ({ text }, other) => {
      for (const one of [text, other]) {
        const article = readText(one);
        expect(article.text).toBe(one);
        let end = 0;
        for (const paragraph of article.blocks) {
          expect(one.slice(end, paragraph.start).trim()).toBe('');
          const own = one.slice(paragraph.start, paragraph.end);
          expect(own).toBe(own.trim());
          expect(own).not.toBe('');
          end = paragraph.end;
        }
        expect(one.slice(end).trim()).toBe('');
      }
    }),
    { numRuns: 150 },
  );
});
