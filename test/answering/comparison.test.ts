import { describe, expect, test } from 'vitest';
import type { AnswerNote } from '../../src/answering/answer-notes.js';
import { compareCitations } from '../../src/answering/comparison.js';
import type { Citation } from '../../src/corpus/citation.js';
import { citation, reference } from '../terminal/answers.js';

describe('a note about sources that are years apart', () => {
  test('lists the date of each source, in the order of the citations', () => {
    expect(compareDates('2021-05-19', '1988-06-01', '2019-02-03')).toEqual([
      { kind: 'years-apart', published: ['2021-05-19', '1988-06-01', '2019-02-03'] },
    ]);
  });

  test('includes undated sources', () => {
    expect(compareDates(null, '2021-05-19', '2017-05-09')).toEqual([
      { kind: 'years-apart', published: [null, '2021-05-19', '2017-05-09'] },
    ]);
  });

  test('needs two dates that are a year apart', () => {
    expect(compareDates('2021-05-19', '2021-12-31', '2022-05-18')).toEqual([]);
    expect(compareDates('2021-05-19', null, null)).toEqual([]);
    expect(compareDates('2021-05-19')).toEqual([]);
    expect(compareDates()).toEqual([]);
  });

  test('is given across a leap year', () => {
    // 366 days.
    expect(compareDates('2020-02-28', '2021-02-28')).toHaveLength(1);
  });

  test('is given for the same day in two consecutive years', () => {
    // 365 days.
    expect(compareDates('2021-05-19', '2022-05-19')).toEqual([
      { kind: 'years-apart', published: ['2021-05-19', '2022-05-19'] },
    ]);
  });
});

describe('a note about sources that give different figures', () => {
  test('lists the figures in the first source and in each source that shares none of them', () => {
    const quotes = ['It has 1,550 seats and 7 doors.', 'It has 7 doors.', 'It has 1550 seats.', 'It has 2.5 doors.'];
    expect(compareQuotes(quotes)).toEqual([
      {
        kind: 'figures-differ',
        figures: [
          { citation: 1, figures: ['1,550', '7'] },
          { citation: 3, figures: ['1550'] },
          { citation: 4, figures: ['2.5'] },
        ],
      },
    ]);
  });

  test('needs figures in both sources', () => {
    expect(compareQuotes(['It has many seats.', 'It has 9 seats.'])).toEqual([]);
    expect(compareQuotes(['It has 9 seats.', 'It has many seats.'])).toEqual([]);
    expect(compareQuotes(['It has 9 seats.'])).toEqual([]);
    expect(compareQuotes([])).toEqual([]);
  });

  test('ignores figures that are in the question', () => {
    const quotes = ['In 2021 it had 9 seats.', 'In 2021 it had many.'];
    expect(compareQuotes(quotes, 'How many seats in 2021?')).toEqual([]);
    // The year is in both, but the other figures are still compared.
    expect(compareQuotes(['In 2021 it had 9.', 'In 2021 it had 8.'], 'How many in 2021?')).toEqual([
      {
        kind: 'figures-differ',
        figures: [
          { citation: 1, figures: ['9'] },
          { citation: 2, figures: ['8'] },
        ],
      },
    ]);
    // 40 is not in the question, but it is in both sources.
    expect(compareQuotes(['Of 40 it had 9.', 'Of 40 it had 8.'])).toEqual([]);
  });

  test('needs passages with a similarity of at least 0.55', () => {
    const quotes = ['It has 9 seats.', 'It has 8 seats.', 'It has 7 seats.'];
    const similar = (a: number, b: number): number => {
      expect(a).toBe(0);
      return b === 1 ? 0.549 : 0.55;
    };
    expect(compareQuotes(quotes, 'How many?', similar)).toEqual([
      {
        kind: 'figures-differ',
        figures: [
          { citation: 1, figures: ['9'] },
          { citation: 3, figures: ['7'] },
        ],
      },
    ]);
    expect(compareQuotes(quotes, 'How many?', () => 0.5)).toEqual([]);
  });

  test.each([
    ['It was on 19 May 2021.', 'It was on 2 March 2023.'],
    ['It was in May 20, 2021.', 'It was on the 2nd of 1999, March 3rd.'],
    ['The G20 met.', 'The G7 met.'],
  ])('ignores dates and parts of names: %s %s', (first, second) => {
    expect(compareQuotes([first, second])).toEqual([]);
  });

  test('lists each figure once, without the full stop after it', () => {
    expect(compareQuotes(['At 1,984, 9 and 9. At 1,984.', 'At 1,985.'])).toEqual([
      {
        kind: 'figures-differ',
        figures: [
          { citation: 1, figures: ['1,984', '9'] },
          { citation: 2, figures: ['1,985'] },
        ],
      },
    ]);
  });
});

test('figures outside the highlights, and those of two parts of one article, are not compared', () => {
  const nine = citation('It has 9 seats. In all 70 came.', ['It has 9 seats.'], reference({ id: 'a1' }));
  const eight = citation('It has 8 seats.', ['It has 8 seats.'], reference({ id: 'a2' }));
  const other = citation('Of 70, some stood.', ['some stood'], reference({ id: 'a2' }));
  const same = citation('Row 4 has 8 seats.', ['Row 4 has 8 seats.'], reference({ id: 'a1' }));
  const kindsOf = (...citations: readonly Citation[]): string[] =>
    compareCitations(citations, 'How many?', () => 1).map(({ kind }) => kind);
  expect(kindsOf(nine, eight)).toEqual(['figures-differ']);
  expect(kindsOf(nine, other)).toEqual([]);
  expect(kindsOf(nine, same)).toEqual([]);
});

test('there can be both a note about dates and one about figures', () => {
  const citations = [
    citation('9 seats.', ['9'], reference({ id: 'a1', published: '2021-05-19' })),
    citation('8 seats.', ['8'], reference({ id: 'a2', published: '2017-05-09' })),
  ];
  expect(compareCitations(citations, 'How many?', () => 1).map(({ kind }) => kind)).toEqual([
    'years-apart',
    'figures-differ',
  ]);
});

function compareDates(...published: readonly (string | null)[]): AnswerNote[] {
  const citations = published.map((date) => citation('They met.', [], reference({ published: date })));
  return compareCitations(citations, 'Who met?', () => 1);
}

function compareQuotes(
  quotes: readonly string[],
  question = 'How many?',
  similarityOf: (a: number, b: number) => number = () => 1,
): AnswerNote[] {
  const citations = quotes.map((quote, index) => citation(quote, [quote], reference({ id: `a${index}` })));
  return compareCitations(citations, question, similarityOf);
}
