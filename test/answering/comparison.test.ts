import { describe, expect, test } from 'vitest';
import type { AnswerNote } from '../../src/answering/answer-notes.js';
import { compareCitations } from '../../src/answering/comparison.js';
import { citation, reference } from '../terminal/answers.js';

describe('sources that were published a year or more apart', () => {
  test('are told with the date of each, in the order of the citations', () => {
    expect(compareDates('2021-05-19', '1988-06-01', '2019-02-03')).toEqual([
      { kind: 'years-apart', published: ['2021-05-19', '1988-06-01', '2019-02-03'] },
    ]);
  });

  test('are told with those that have no date', () => {
    expect(compareDates(null, '2021-05-19', '2017-05-09')).toEqual([
      { kind: 'years-apart', published: [null, '2021-05-19', '2017-05-09'] },
    ]);
  });

  test('are not those of one year, nor a single one with a date', () => {
    expect(compareDates('2021-05-19', '2021-12-31', '2022-05-18')).toEqual([]);
    expect(compareDates('2021-05-19', null, null)).toEqual([]);
    expect(compareDates('2021-05-19')).toEqual([]);
    expect(compareDates()).toEqual([]);
  });

  test('are those of a year with a leap day', () => {
    // 366 days.
    expect(compareDates('2020-02-28', '2021-02-28')).toHaveLength(1);
  });

  test('are those of the same day of two years', () => {
    // 365 days.
    expect(compareDates('2021-05-19', '2022-05-19')).toEqual([
      { kind: 'years-apart', published: ['2021-05-19', '2022-05-19'] },
    ]);
  });
});

describe('sources that give different figures', () => {
  test('are told with the figures of the first and of each that shares none of them', () => {
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

  test('need figures in both', () => {
    expect(compareQuotes(['It has many seats.', 'It has 9 seats.'])).toEqual([]);
    expect(compareQuotes(['It has 9 seats.', 'It has many seats.'])).toEqual([]);
    expect(compareQuotes(['It has 9 seats.'])).toEqual([]);
    expect(compareQuotes([])).toEqual([]);
  });

  test('are not those that only repeat figures of the question', () => {
    const quotes = ['In 2021 it had 9 seats.', 'In 2021 it had many.'];
    expect(compareQuotes(quotes, 'How many seats in 2021?')).toEqual([]);
    // The year is in both, the others are compared all the same.
    expect(compareQuotes(['In 2021 it had 9.', 'In 2021 it had 8.'], 'How many in 2021?')).toEqual([
      {
        kind: 'figures-differ',
        figures: [
          { citation: 1, figures: ['9'] },
          { citation: 2, figures: ['8'] },
        ],
      },
    ]);
    // Not asked, but in both.
    expect(compareQuotes(['Of 40 it had 9.', 'Of 40 it had 8.'])).toEqual([]);
  });

  test('are only those whose passages are similar to .55 at least', () => {
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
  ])('are no dates and no parts of names: %s %s', (first, second) => {
    expect(compareQuotes([first, second])).toEqual([]);
  });

  test('name each figure once, without the stop behind it', () => {
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

test('both differences are told', () => {
  const citations = [
    citation('9 seats.', [], reference({ published: '2021-05-19' })),
    citation('8 seats.', [], reference({ published: '2017-05-09' })),
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
  const citations = quotes.map((quote) => citation(quote));
  return compareCitations(citations, question, similarityOf);
}
