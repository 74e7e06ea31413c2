import { MONTH_PATTERN, ORDINAL_ENDING } from '../../text/english.js';

const DAY = `(\\d{1,2})${ORDINAL_ENDING}?`;
const MONTH = `(${MONTH_PATTERN})\\b\\.?`;
const YEAR = '(\\d{4})';
/** "5 February 2010", "5th of February", "February 5, 2010", "Feb. 2010" or a month alone. */
const DATE = new RegExp(
  `(?:\\b${DAY}\\s+(?:of\\s+)?)?\\b${MONTH}(?:\\s+${DAY}\\b(?!\\s*[.,]?\\d))?(?:,?\\s+${YEAR}\\b)?`,
  'g',
);
const MONTH_ALONE = new RegExp(`^${MONTH}$`, 'i');

interface CalendarDate {
  readonly day: number | null;
  /** The first three letters. */
  readonly month: string;
  readonly year: number | null;
}

/**
 * Whether each date of a claim is one of the quote's. What one of the two leaves out is not compared. "5 February 2010"
 * agrees with neither "8 April 2010" nor "5 February 2011", even if both are in the quote.
 */
export function datesAgree(claim: string, quote: string): boolean {
  const quoted = datesOf(quote);
  return datesOf(claim).every(({ day, month, year }) =>
    quoted.some(
      (other) =>
        other.month === month &&
        (day === null || other.day === null || other.day === day) &&
        (year === null || other.year === null || other.year === year),
    ),
  );
}

/** Whether a word is the name of a month, in full or abbreviated, in any case. */
export function isMonth(word: string): boolean {
  return MONTH_ALONE.test(word);
}

function datesOf(text: string): CalendarDate[] {
  return [...text.matchAll(DATE)].map(([, before, month = '', after, year]) => {
    const day = before ?? after;
    return {
      day: day === undefined ? null : Number(day),
      month: month.slice(0, 3),
      year: year === undefined ? null : Number(year),
    };
  });
}
