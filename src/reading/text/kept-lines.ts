import type { Run } from './lines.js';
import { firstWordOf, isFull, type Wrapping } from './wrapping.js';

/** Fewer lines may be a wrapped sentence that is short. */
const MIN_LINES = 3;
/** Prose is hardly ever wrapped to so few columns. */
const MAX_VERSE_COLUMNS = 55;
/** A longer line is not a line of verse or of an address. */
const MAX_COLUMNS = 75;
const MAX_FULL_SHARE = 0.1;
/** The lines of a narrow paragraph are nearly all full, by its own width. */
const MAX_OWN_FULL_SHARE = 0.7;

/**
 * Whether the author has ended each line where it ends: in a verse, an address or a signature. Then none of the lines is as full
 * as those of the text around it, and each begins like a line of its own or is far from as long as the longest. In a text of
 * verse, all lines may be equally full.
 */
export function keepsLines(lines: Run, { width }: Wrapping): boolean {
  if (lines.length < MIN_LINES || lines.some((line) => line.width > MAX_COLUMNS || line.content.startsWith('>')))
    return false;
  const areOpened = lines.every(({ content }) => /^["“‘'«(¿¡—–-]*[\p{Lu}\p{N}]/u.test(content));
  if (areOpened && width <= MAX_VERSE_COLUMNS) return true;
  const pairs = lines.slice(0, -1).map((line, index) => [line, lines[index + 1] ?? line] as const);
  if (pairs.filter(([line, next]) => isFull(line, next, width)).length > pairs.length * MAX_FULL_SHARE) return false;
  if (areOpened) return true;
  const longest = lines.reduce((max, { width: columns }) => Math.max(max, columns), 0);
  const full = pairs.filter(([line, next]) => line.width + 1 + firstWordOf(next).length > longest);
  return full.length <= pairs.length * MAX_OWN_FULL_SHARE;
}
