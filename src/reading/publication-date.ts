import { MONTHS } from '../text/english.js';

const MONTH_NAMES = MONTHS.map((month) => month.toLowerCase());

/**
 * Reads an unambiguous date: `2021-05-19` or `2021/05/19` (a time may follow), `19 May 2021` or `May 19, 2021`.
 *
 * @returns The date as `YYYY-MM-DD`, or null for anything else, such as "05/06/2021", which is in May or in June.
 */
export function parseDate(value: string): string | null {
  const text = value.trim();
  const iso = /^(\d{4})(?:-(\d{2})-|\/(\d{1,2})\/)(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return calendarDate(Number(iso[1]), Number(iso[2] ?? iso[3]), Number(iso[4]));
  const dayFirst = /^(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})$/.exec(text);
  if (dayFirst) return calendarDate(Number(dayFirst[3]), monthNumber(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text);
  if (monthFirst) return calendarDate(Number(monthFirst[3]), monthNumber(monthFirst[1]), Number(monthFirst[2]));
  return null;
}

/** A line labelled as the publication date. Any other date may belong to a crawl or an event. */
const LABELLED_DATE = /^(?:published|publication date|date published|first published)(?: on)?\s*:?\s+(.+)$/i;

/** Returns the date in a line such as "Published: 19 May 2021" as `YYYY-MM-DD`, or null for any other line. */
export function parseDateLine(text: string): string | null {
  const date = LABELLED_DATE.exec(text.trim())?.[1];
  return date === undefined ? null : parseDate(date);
}

function monthNumber(name = ''): number {
  // In full or by its first three letters, and "Sept". Other prefixes do not count: "marraskuu" is Finnish for November.
  const folded = name.toLowerCase();
  return (
    MONTH_NAMES.findIndex(
      (month) => folded === month || folded === month.slice(0, 3) || (folded === 'sept' && month === 'september'),
    ) + 1
  );
}

function calendarDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}
