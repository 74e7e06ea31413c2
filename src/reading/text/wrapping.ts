import type { Line, Run } from './lines.js';

/** Text wrapped for a terminal or an email has no wider lines than this. */
const MAX_WRAPPED_COLUMNS = 120;
/** Among long lines, narrower lines are not wrapped text. */
const MIN_WRAPPED_COLUMNS = 40;
/** How many lines before and after a run show how the text around it is wrapped. */
const NEIGHBOUR_LINES = 30;
/**
 * The usual width is that of the 10th longest of 100 lines, so that a single line that is too long, such as an address, does not
 * count.
 */
const USUAL_WIDTH_QUANTILE = 0.9;
/** Quoting and indenting shift the width at which a text is wrapped. */
const TOLERANCE = 6;
/** With this many pairs of lines, a run itself shows whether it is wrapped. */
const MIN_OWN_PAIRS = 4;
const MIN_FULL_SHARE = 0.7;
/**
 * The share of characters that are in full lines, not counting the last line of each paragraph. Lists and figures have short
 * lines.
 */
const MIN_FULL_WEIGHT = 0.65;
/** Fewer pairs of lines show nothing about a text. */
const MIN_TEXT_PAIRS = 20;

/** How the lines of a run are broken. */
export interface Wrapping {
  /** Whether line ends mean nothing. Otherwise each ends a paragraph. */
  readonly isWrapped: boolean;
  /** The width of a full line, in columns. */
  readonly width: number;
}

/**
 * Finds out for each run whether its lines are wrapped: then they are so full that the first word of the next line would not have
 * fitted. The lines around a run count too, so a text can be wrapped in some places and not in others.
 */
export function wrappingOf(runs: readonly Run[]): Wrapping[] {
  const lines = runs.flat();
  const pairs = runs.flatMap((run) => run.map((line, index) => ({ line, next: run[index + 1] })));
  const isWrappedText = fullWeight(pairs, usualWidth(lines)) >= MIN_FULL_WEIGHT;
  let first = 0;
  return runs.map((run) => {
    const from = Math.max(0, first - NEIGHBOUR_LINES);
    const to = first + run.length + NEIGHBOUR_LINES;
    const around = pairs.slice(from, to);
    const ownPairs = pairs.slice(first, first + run.length);
    first += run.length;
    const width = usualWidth(around.map(({ line }) => line));
    if (width > MAX_WRAPPED_COLUMNS) return { isWrapped: isWrappedStretch(run, around), width };
    const own = fullShare(ownPairs, width);
    const all = fullShare(around, width);
    // Lines between wrapped lines that are not full, such as an address, still belong together.
    const isWrapped = all.pairs >= 2 && all.share >= MIN_FULL_SHARE;
    const isOwn = own.pairs >= MIN_OWN_PAIRS && own.share >= MIN_FULL_SHARE;
    return {
      isWrapped: (isWrapped || isOwn || isWrappedText || isMostlyWrapped(own, all)) && !isLong(run, width),
      width,
    };
  });
}

/** Whether a line is so full that the first word of the next line would not have fitted. */
export function isFull(line: Line, next: Line, width: number): boolean {
  return line.width + 1 + firstWordOf(next).length > width - TOLERANCE;
}

/** The beginning of a line that no line end can cut. A line of Chinese or Japanese can be broken between any two characters. */
export function firstWordOf({ content }: Line): string {
  return /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\S+)/u.exec(content)?.[0] ?? '';
}

/** A text with many lists and figures has few full lines, but a run of full lines in it is still wrapped. */
function isMostlyWrapped(own: Share, all: Share): boolean {
  return own.pairs >= 1 && own.share >= MIN_FULL_SHARE && all.pairs >= 10 && all.share >= 0.3;
}

/** Short lines among long lines may be wrapped, so the long ones do not count. */
function isWrappedStretch(run: Run, around: readonly Pair[]): boolean {
  if (run.some((line) => line.width > MAX_WRAPPED_COLUMNS)) return false;
  const short = around.filter(({ line }) => line.width <= MAX_WRAPPED_COLUMNS);
  const width = usualWidth(short.map(({ line }) => line));
  const { pairs, share } = fullShare(short, width);
  return width >= MIN_WRAPPED_COLUMNS && pairs >= MIN_OWN_PAIRS && share >= MIN_FULL_SHARE;
}

/** Whether most lines of a run are far longer than the lines around it: then each is a paragraph. */
function isLong(run: Run, width: number): boolean {
  const long = run.filter((line) => line.width > Math.max(MAX_WRAPPED_COLUMNS, width * 1.5)).length;
  return long > run.length / 2;
}

function usualWidth(lines: readonly Line[]): number {
  const widths = lines
    .filter((line) => !isQuoted(line))
    .map((line) => line.width)
    .toSorted((a, b) => a - b);
  return widths[Math.ceil(USUAL_WIDTH_QUANTILE * (widths.length - 1))] ?? 0;
}

/** Quoted lines are wider than the others because of their marks. */
function isQuoted({ content }: Line): boolean {
  return content.startsWith('>');
}

function fullWeight(pairs: readonly Pair[], width: number): number {
  let all = 0;
  let full = 0;
  let count = 0;
  for (const { line, next } of pairs) {
    if (next === undefined || isQuoted(line) || isQuoted(next)) continue;
    count += 1;
    all += line.content.length;
    if (isFull(line, next, width)) full += line.content.length;
  }
  return count < MIN_TEXT_PAIRS || width > MAX_WRAPPED_COLUMNS ? 0 : full / all;
}

/** A line, and the next one if it is in the same run. */
interface Pair {
  readonly line: Line;
  readonly next: Line | undefined;
}

interface Share {
  readonly pairs: number;
  readonly share: number;
}

function fullShare(pairs: readonly Pair[], width: number): Share {
  let count = 0;
  let full = 0;
  for (const { line, next } of pairs) {
    if (next === undefined || isQuoted(line) || isQuoted(next)) continue;
    count += 1;
    if (isFull(line, next, width)) full += 1;
  }
  return { pairs: count, share: count === 0 ? 0 : full / count };
}
