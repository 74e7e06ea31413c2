import { RELATIVE_DATES } from '../../text/english.js';

const DAY_MS = 86_400_000;

/**
 * Whether an article can be about the day that a claim names from where it stands, such as "yesterday": it was published about then.
 * True for a claim that names none. An article without a date is about no such day.
 *
 * @param published The article's date, `YYYY-MM-DD` or its beginning; null if it has none.
 * @param writtenAt When the claim was written, in milliseconds since 1970; null if that is not known.
 */
export function isAboutSameDay(claim: string, published: string | null, writtenAt: number | null): boolean {
  const matching = RELATIVE_DATES.filter(({ pattern }) => pattern.test(claim));
  if (matching.length === 0) return true;
  const maxDays = Math.min(...matching.map(({ days }) => days));
  if (published === null || writtenAt === null) return false;
  const at = Date.parse(published);
  return Math.abs(writtenAt - at) <= maxDays * DAY_MS;
}
