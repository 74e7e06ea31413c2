import { hasColumnGap } from './line-shapes.js';
import type { Line } from './lines.js';

/** Where one page ends and the next begins, as indexes of lines. */
export interface PageBreak {
  /** The line after the last line of text on the page. */
  readonly from: number;
  /** The first line of text on the next page. The number of all lines if there is none. */
  readonly to: number;
  readonly feet: readonly number[];
  readonly heads: readonly number[];
  /** The printed numbers of the two pages; null if they have none. */
  readonly endedPage: string | null;
  readonly begunPage: string | null;
}

/** A place where a page may end. */
interface Candidate {
  /** The last line of the page that is not blank, and the lines at the top of the next. */
  readonly foot: number | null;
  readonly heads: readonly number[];
  /** Whether a form feed separates the pages. */
  readonly isFed: boolean;
}

/** "Harbour Board      Standard      [Page 3]": nothing else looks like this. */
const BRACKETED_PAGE = /(?:^|\s{2})\[Page\s+(?:\d+|[ivxlc]+)\]$/i;
/** "Page 3 of 10", "- 3 -", "3", or a number at either end of the line after a gap. */
const PAGE_NUMBER =
  /(?:^|[\s[])(?:page|seite|p\.)\s*(\d+|[ivxlc]+)\]?(?:\s*(?:of|von|\/)\s*\d+)?$|^[-–—]\s*(\d+)\s*[-–—]$|(?:^|\s{3,}|\t)(\d{1,4})$|^(\d{1,4})(?:\s{3,}|\t)/i;
const MAX_HEAD_LINES = 3;
/** Between the end of a page and the head of the next. */
const MAX_BLANK_LINES = 12;
const MAX_CHARACTERS = 140;
/** Without form feeds and brackets, a line has to recur this often. */
const MIN_RECURRENCES = 3;

/** Finds the page breaks of a text by the lines that recur there with different numbers. */
export function findPageBreaks(text: string, lines: readonly Line[]): PageBreak[] {
  const candidates = candidatesOf(text, lines);
  if (candidates.length === 0) return [];
  const footCounts = countKeys(candidates.flatMap(({ foot }) => (foot === null ? [] : [keyOf(lines[foot])])));
  const headCounts = countKeys(candidates.flatMap(({ heads }) => heads.map((head) => keyOf(lines[head]))));
  const breaks = candidates.flatMap((candidate): PageBreak[] => {
    const feet = candidate.foot !== null && isFoot(lines, candidate.foot, footCounts) ? [candidate.foot] : [];
    const heads = headsOf(candidate, { lines, headCounts, count: candidates.length, hasFoot: feet.length > 0 });
    if (feet.length + heads.length === 0) return [];
    return [breakAt(lines, feet, heads)];
  });
  const inOrder = breaks.filter((one, index) => index === 0 || one.from >= (breaks[index - 1]?.to ?? 0));
  return inOrder.map((one, index) => ({
    ...one,
    begunPage: one.begunPage ?? inOrder[index + 1]?.endedPage ?? following(one.endedPage),
  }));
}

function candidatesOf(text: string, lines: readonly Line[]): Candidate[] {
  const candidates: Candidate[] = [];
  let lastContent: number | null = null;
  lines.forEach((line, index) => {
    const isFed = index > 0 && text[line.from - 1] === '\f';
    const isBracketed = BRACKETED_PAGE.test(line.content);
    if (isFed) {
      // The form feed after a foot that is already a candidate.
      if (lastContent === null || candidates.at(-1)?.foot !== lastContent)
        candidates.push({ foot: lastContent, heads: topOf(lines, index), isFed });
    } else if (isBracketed) candidates.push({ foot: index, heads: topOf(lines, index + 1), isFed });
    if (line.content !== '') lastContent = index;
  });
  return candidates.length > 0 ? candidates : recurringLines(lines);
}

/** Lines that recur between blank lines and count up: the heads or feet of pages that nothing else separates. */
function recurringLines(lines: readonly Line[]): Candidate[] {
  const byKey = new Map<string, number[]>();
  lines.forEach((line, index) => {
    if (line.content.length > MAX_CHARACTERS || !isAlone(lines, index)) return;
    if (!hasColumnGap(line.content) && !/^[-–—]\s*\d+\s*[-–—]$|^page\s+\d+/i.test(line.content)) return;
    if (pageNumberOf(line) === null) return;
    const key = keyOf(line);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [index]);
    else known.push(index);
  });
  return [...byKey.values()]
    .filter(
      (indexes) => indexes.length >= MIN_RECURRENCES && countsUp(indexes.map((index) => pageNumberOf(lines[index]))),
    )
    .flat()
    .toSorted((a, b) => a - b)
    .map((foot) => ({ foot, heads: topOf(lines, foot + 1), isFed: false }));
}

function countsUp(numbers: readonly (string | null)[]): boolean {
  return numbers.every((number, index) => index === 0 || Number(number) === Number(numbers[index - 1]) + 1);
}

function isAlone(lines: readonly Line[], index: number): boolean {
  return lines[index]?.content !== '' && !lines[index - 1]?.content && !lines[index + 1]?.content;
}

/** The first lines from `index` on that are not blank: at most three, and only up to a blank line. */
function topOf(lines: readonly Line[], index: number): number[] {
  let first = index;
  while (first < index + MAX_BLANK_LINES && lines[first]?.content === '') first += 1;
  const top: number[] = [];
  for (let at = first; at < lines.length && top.length < MAX_HEAD_LINES && lines[at]?.content !== ''; at += 1)
    top.push(at);
  return top;
}

function isFoot(lines: readonly Line[], foot: number, counts: ReadonlyMap<string, number>): boolean {
  const line = lines[foot];
  if (line === undefined || line.content.length > MAX_CHARACTERS) return false;
  if (BRACKETED_PAGE.test(line.content)) return true;
  return (
    (counts.get(keyOf(line)) ?? 0) >= 2 &&
    isAlone(lines, foot) &&
    (pageNumberOf(line) !== null || hasColumnGap(line.content) || line.content.length <= 60)
  );
}

interface HeadContext {
  readonly lines: readonly Line[];
  readonly headCounts: ReadonlyMap<string, number>;
  readonly count: number;
  readonly hasFoot: boolean;
}

function headsOf(candidate: Candidate, { lines, headCounts, count, hasFoot }: HeadContext): number[] {
  const heads: number[] = [];
  for (const head of candidate.heads) {
    const line = lines[head];
    if (line === undefined || line.content.length > MAX_CHARACTERS) break;
    if (!/\p{L}/u.test(line.content) || (headCounts.get(keyOf(line)) ?? 0) < 2) break;
    heads.push(head);
  }
  // Text that recurs at the top of pages ends like a sentence or continues below. Heads do not.
  const last = heads.at(-1);
  if (
    last !== undefined &&
    (/\p{L}/u.test(lines[last + 1]?.content ?? '') || /[.!?:;,]$/.test(lines[last]?.content ?? ''))
  ) {
    return [];
  }
  const [only, ...others] = candidate.heads;
  // With one or two breaks in the whole text, nothing recurs: then a line in columns below a page foot is the head.
  if (heads.length > 0 || only === undefined || others.length > 0 || count > 2 || !hasFoot) return heads;
  const content = lines[only]?.content ?? '';
  return hasColumnGap(content) && content.length <= MAX_CHARACTERS ? [only] : [];
}

function breakAt(lines: readonly Line[], feet: readonly number[], heads: readonly number[]): PageBreak {
  const marked = [...feet, ...heads];
  let from = Math.min(...marked);
  while (from > 0 && lines[from - 1]?.content === '') from -= 1;
  let to = Math.max(...marked) + 1;
  while (to < lines.length && lines[to]?.content === '') to += 1;
  const [foot] = feet;
  const [head] = heads;
  return {
    from,
    to,
    feet,
    heads,
    endedPage: foot === undefined ? null : pageNumberOf(lines[foot]),
    begunPage: foot === undefined && head !== undefined ? pageNumberOf(lines[head]) : null,
  };
}

function pageNumberOf(line: Line | undefined): string | null {
  const match = PAGE_NUMBER.exec(line?.content ?? '');
  return match?.slice(1).find((group) => group !== undefined) ?? null;
}

function following(page: string | null): string | null {
  return page !== null && /^\d+$/.test(page) ? String(Number(page) + 1) : null;
}

/** A line with its numbers replaced, so that it is the same on each page. */
function keyOf(line: Line | undefined): string {
  return (line?.content ?? '')
    .replace(/\[Page\s+[ivxlc]+\]$/i, '[Page 0]')
    .replace(/\d+/g, '0')
    .replace(/\s+/g, ' ');
}

function countKeys(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
