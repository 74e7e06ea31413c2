import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/corpus/article.js';
import { contextOf } from '../../src/corpus/context.js';
import type { SourceBlock } from '../../src/reading/compose.js';
import { code, definition, entry, heading, list, paragraph, structuredArticle, table } from './structured-article.js';

/** The context of the part of an article that reads like this, as "role: text". */
function contextAt(article: Article, text: string): string[] {
  const start = article.text.indexOf(text);
  if (start === -1) throw new Error(`"${text}" is not in the article`);
  return contextOf(article.blocks, { start, end: start + text.length }).map(
    (part) => `${part.role}: ${article.text.slice(part.start, part.end)}`,
  );
}

const contextIn = (blocks: readonly SourceBlock[], text: string): string[] =>
  contextAt(structuredArticle(blocks), text);

describe('the headings above', () => {
  const blocks = [
    heading('Boats', 1),
    heading('Hire', 2),
    paragraph('Boats are hired by the hour.'),
    heading('Winter', 3),
    paragraph('In winter the pier is closed.'),
    heading('Repair', 2),
    paragraph('The yard mends hulls.'),
  ];

  test('are those that the section is inside, from the highest to the nearest', () => {
    expect(contextIn(blocks, 'In winter')).toEqual(['heading: Boats', 'heading: Hire', 'heading: Winter']);
    expect(contextIn(blocks, 'The yard')).toEqual(['heading: Boats', 'heading: Repair']);
  });

  test('are left out if the part contains them itself', () => {
    expect(contextIn(blocks, 'Winter\n\nIn winter')).toEqual(['heading: Boats', 'heading: Hire']);
  });

  test('do not include the title', () => {
    expect(contextAt(structuredArticle(blocks, 'Boats'), 'The yard')).toEqual(['heading: Repair']);
  });
});

describe('what introduces a list', () => {
  test('is the last sentence of the paragraph above it, for each of its items', () => {
    const blocks = [paragraph('The pier is short. These boats may land:'), ...list(['Rowing boats', 'Ferries'])];
    expect(contextIn(blocks, 'Ferries')).toEqual(['lead-in: These boats may land:']);
  });

  test('is nothing if the paragraph ends with a full stop, as it then stands for itself', () => {
    expect(contextIn([paragraph('The pier is short.'), ...list(['Ferries'])], 'Ferries')).toEqual([]);
  });

  test('is not taken from the section before', () => {
    expect(contextIn([paragraph('Boats:'), heading('Fees'), ...list(['Two crowns'])], 'Two')).toEqual([
      'heading: Fees',
    ]);
  });

  test('is also the item above, for a list inside a list', () => {
    const blocks = [paragraph('Not allowed:'), ...list(['Glass']), ...list(['bottles', 'jars'], 2, 2)];
    expect(contextIn(blocks, 'jars')).toEqual(['lead-in: Not allowed:', 'lead-in: Glass']);
  });

  test('is not the first list for a second one right below it', () => {
    const blocks = [paragraph('Allowed:'), ...list(['Ropes'], 1), paragraph('Forbidden:'), ...list(['Knives'], 2)];
    expect(contextIn(blocks, 'Knives')).toEqual(['lead-in: Forbidden:']);
  });
});

describe('what introduces code', () => {
  test('is the sentence before it, whatever it ends with', () => {
    expect(contextIn([paragraph('Start it like this.'), code('ferry up')], 'ferry up')).toEqual([
      'lead-in: Start it like this.',
    ]);
  });

  test('is the step it belongs to', () => {
    const step = list(['Make a folder:']);
    expect(contextIn([...step, { ...code('mkdir ferry'), depth: 1 }], 'mkdir')).toEqual(['lead-in: Make a folder:']);
  });

  test('is the same for a second piece of code', () => {
    const blocks = [paragraph('Run both:'), code('ferry up'), code('ferry open')];
    expect(contextIn(blocks, 'ferry open')).toEqual(['lead-in: Run both:']);
  });
});

describe('a row', () => {
  test('has the header of its own table, and the sentence above the table', () => {
    const blocks = [
      paragraph('The table lists all stations.'),
      ...table([
        ['Station', 'Height'],
        ['Ulvik', '860'],
      ]),
      ...table(
        [
          ['Boat', 'Price'],
          ['Ferry', '9'],
          ['Raft', '14'],
        ],
        2,
      ),
    ];
    expect(contextIn(blocks, 'Ulvik')).toEqual([
      'lead-in: The table lists all stations.',
      'header-row: Station | Height',
    ]);
    expect(contextIn(blocks, 'Raft')).toEqual(['header-row: Boat | Price']);
  });
});

test('an answer has its question, and a definition all of its terms', () => {
  expect(contextIn([...entry('May dogs come?', 'Yes.'), ...entry('And cats?', 'No.')], 'No.')).toEqual([
    'question: And cats?',
  ]);
  const blocks = [{ kind: 'term' as const, text: '-q' }, ...definition('--quiet', 'Says nothing.')];
  expect(contextIn(blocks, 'Says')).toEqual(['term: -q', 'term: --quiet']);
});

test('what is said has its speaker, unless the part contains the name', () => {
  const said: SourceBlock = {
    kind: 'turn',
    text: 'Mr. Holm: No crane. It costs too much.',
    speaker: { start: 0, end: 9 },
  };
  expect(contextIn([said], 'It costs')).toEqual(['speaker: Mr. Holm:']);
  expect(contextIn([said], 'Mr. Holm: No')).toEqual([]);
});
