import { describe, expect, test } from 'vitest';
import { parseDate, parseDateLine } from '../../src/reading/publication-date.js';

describe('an unambiguous date is read', () => {
  test.each([
    ['2021-05-19', '2021-05-19'],
    ['2021-05-19T08:30:00Z', '2021-05-19'],
    ['2021-05-19 08:30', '2021-05-19'],
    ['19 May 2021', '2021-05-19'],
    ['19. May 2021', '2021-05-19'],
    ['5 Sept. 2021', '2021-09-05'],
    ['May 19, 2021', '2021-05-19'],
    ['May 19 2021', '2021-05-19'],
    ['sep 5, 2021', '2021-09-05'],
    ['DECEMBER 31, 1999', '1999-12-31'],
    ['29 February 2020', '2020-02-29'],
    ['  2021-05-19\n', '2021-05-19'],
    ['2021/05/19', '2021-05-19'],
    ['2021/3/4', '2021-03-04'],
  ])('%s', (value, date) => {
    expect(parseDate(value)).toBe(date);
  });
});

describe('a date is never guessed', () => {
  test.each([
    '05/06/2021',
    '5.6.2021',
    '19/05/2021',
    '20210519',
    '2021',
    'May 2021',
    '19 May',
    '19 May 21',
    'Wednesday',
    'yesterday',
    '2021-13-01',
    '2021-00-10',
    '2021-02-30',
    '29 February 2021',
    '31 April 2021',
    '0 May 2021',
    '32 May 2021',
    '19 Mai 2021',
    '04:01 GMT07 March 2021',
    '12:30 19.05.2021',
    'Updated 19 May 2021',
    '',
  ])('%j', (value) => {
    expect(parseDate(value)).toBeNull();
  });

  // November in Finnish, an animal and another word: each starts with the abbreviation of a month.
  test.each(['1 marraskuu 2021', '31 Octopus 2021', '19 Mayhem 2021'])('%j', (value) => {
    expect(parseDate(value)).toBeNull();
  });
});

describe('a line is a date of publication only if it says so', () => {
  test.each([
    ['Published: 19 May 2021', '2021-05-19'],
    ['Published on May 19, 2021', '2021-05-19'],
    ['PUBLISHED 2021-05-19', '2021-05-19'],
    ['Publication date: 2021-05-19', '2021-05-19'],
    ['Date published: 2021-05-19', '2021-05-19'],
    ['First published on: 2021-05-19', '2021-05-19'],
    ['19 May 2021', null],
    ['Updated: 19 May 2021', null],
    ['04:01 GMT07 March 2021', null],
    ['Published: 05/06/2021', null],
    ['Published: yesterday', null],
    ['Published by Example Press', null],
    ['They met on 19 May 2021.', null],
  ])('%j: %s', (line, date) => {
    expect(parseDateLine(line)).toBe(date);
  });
});
