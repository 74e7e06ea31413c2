import { describe, expect, test } from 'vitest';
import { isAboutSameDay } from '../../../src/answering/claims/relative-dates.js';

const WRITTEN_AT = Date.parse('2026-11-20T18:00:00Z');

describe('an article can be about the day that a claim names', () => {
  test.each([
    ['The ministers met in Moscow.', '2017-04-12', true],
    ['The ministers met yesterday.', '2026-11-19', true],
    ['The ministers met yesterday.', '2017-04-12', false],
    ['They meet tomorrow.', '2026-11-20', true],
    ['They met this morning.', null, false],
    ['They met last week.', '2026-11-12', true],
    ['They met last week.', '2026-09-12', false],
    ['They met three days ago.', '2026-11-17', true],
    ['The price rose last year.', '2025-12-31', true],
    ['The bridge was built 30 years ago.', '2017-04-12', true],
    ['Last year they met in May, and yesterday in Moscow.', '2026-05-02', false],
    ['The price rose last year.', '2017', false],
    ['“Yesterday” is a song of the Beatles.', '1965-08-06', false],
  ])('%s %s: %s', (claim, published, expected) => {
    expect(isAboutSameDay(claim, published, WRITTEN_AT)).toBe(expected);
  });

  test('never, if nobody knows when the claim was written', () => {
    expect(isAboutSameDay('They met yesterday.', '2026-11-19', null)).toBe(false);
    expect(isAboutSameDay('They met.', '2026-11-19', null)).toBe(true);
  });
});
