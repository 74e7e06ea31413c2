import { countWords } from '../../text/words.js';
import {
  couldBeHeading,
  hasColumnGap,
  hasDotLeader,
  isBlockCapitals,
  isDrawn,
  MAX_SHAPE_CHARACTERS,
  startsWithCapital,
} from './line-shapes.js';
import type { Line, Run } from './lines.js';

const MAX_LEVEL = 6;
const MAX_NUMBERED_WORDS = 18;

const NUMBERED =
  /^(?:(?:chapter|section|part|article|appendix|annex|kapitel|teil|anhang|§)\s+)?(\d{1,3}(?:\.\d{1,3}){1,5}\.?|\d{1,3}\.|[A-Z](?:\.\d{1,3}){1,5}\.?|[A-Z]\.|[IVX]{1,6}\.)\s+(?=["“(]?[\p{L}\p{N}])/iu;
const NAMED = /^(?:chapter|appendix|annex|kapitel|anhang)\s+(?:\d{1,3}|[A-Z]|[IVXLC]{1,7})\b[.:]?(.*)$/i;

/** Returns the level of a heading with a section number, such as 3 for "4.1.2  Channel scope"; null for anything else. */
export function numberedLevel(content: string): number | null {
  if (content.length > MAX_SHAPE_CHARACTERS) return null;
  if (hasColumnGap(content.replace(NUMBERED, '')) || hasDotLeader(content)) return null;
  const named = NAMED.exec(content)?.[1]?.trim();
  if (named === '' || (named !== undefined && /^["“(-]*\p{Lu}/u.test(named) && couldBeHeading(named))) return 1;
  const number = NUMBERED.exec(content)?.[1];
  if (number === undefined || countWords(content) > MAX_NUMBERED_WORDS) return null;
  if (/^[a-z]/.test(number)) return null;
  const parts = number.replace(/\.$/, '').split('.').length;
  const title = content.slice(content.indexOf(number) + number.length).trim();
  const isOpen = !/[.!?:;,]["”)]*$/.test(title) || (parts >= 2 && countWords(title) <= 8 && !/[:;,]$/.test(title));
  return isOpen && startsWithCapital(title) ? Math.min(parts, MAX_LEVEL) : null;
}

/** Whether two lines begin with consecutive section numbers of the same level, such as "3." and "4.". */
export function isSibling(line: Line, next: Line): boolean {
  const own = NUMBERED.exec(line.content)?.[1]?.replace(/\.$/, '').split('.');
  const other = NUMBERED.exec(next.content)?.[1]?.replace(/\.$/, '').split('.');
  if (own === undefined || other === undefined || own.length > 1) return false;
  return own.length === other.length && next.indent === line.indent && Number(other.at(-1)) === Number(own.at(-1)) + 1;
}

/**
 * Returns the level of an unnumbered heading that is set apart: in capitals, or with less indentation than the text. Null
 * for anything else.
 */
export function setApartLevel(run: Run, base: number): number | null {
  const [line] = run;
  if (run.length > 2 || hasColumnGap(line.content) || isDrawn(line.content) || line.indent > base + 60) return null;
  const content = run.map((one) => one.content).join(' ');
  if (!couldBeHeading(content) || !startsWithCapital(content)) return null;
  if (isBlockCapitals(content) && !content.includes('_') && (line.indent <= base || run.length === 1)) return 1;
  return run.length === 1 && line.indent < base ? 1 : null;
}
