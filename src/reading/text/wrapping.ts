import type { Line, Run } from './lines.js';

/** Text wrapped for a terminal or an email has no wider lines. */
const MAX_WRAPPED_COLUMNS = 120;
/** Beside long lines, short lines are no wrapped text. */
const MIN_WRAPPED_COLUMNS = 40;
/** Lines before and after a run that say how the text around it is wrapped. */
const NEIGHBOUR_LINES = 30;
/** A single line that is too long, such as an address, must not count: the usual width is that of the 10th longest of 100 lines. */
const USUAL_WIDTH_QUANTILE = 0.9;
/** Quoting and indenting shift the width at which a text is wrapped. */
const TOLERANCE = 6;
/** With this many pairs of lines, a run itself says how it is wrapped. */
const MIN_OWN_PAIRS = 4;
const MIN_FULL_SHARE = 0.7;
/** Share of the characters of all lines but the last of each paragraph. Lists and figures have short lines. */
const MIN_FULL_WEIGHT = 0.65;
/** Fewer lines say nothing about a text. */
const MIN_TEXT_PAIRS = 20;

/** How the lines of a run are broken. */
export interface Wrapping {
  /** Whether a line end means nothing; else it ends a paragraph. */
  readonly isWrapped: boolean;
  /** Columns of a full line. */
  readonly width: number;
}

/**
 * Tells for each run whether its lines are wrapped: then they are so full that the first word of the next line would not have
 * fit. The lines around a run have their say, so a text may have wrapped and unwrapped stretches.
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

/** Whether the first word of the next line would not have fit into a line. */
export function isFull(line: Line, next: Line, width: number): boolean {
  // A line of Chinese or Japanese is broken between any two characters.
  const first = /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\S+)/u.exec(next.content)?.[0] ?? '';
  return line.width + 1 + first.length > width - TOLERANCE;
}

/** A text with many lists and figures has few full lines; where a run is full, it is wrapped all the same. */
function isMostlyWrapped(own: Share, all: Share): boolean {
  return own.pairs >= 1 && own.share >= MIN_FULL_SHARE && all.pairs >= 10 && all.share >= 0.3;
}

/** Beside a stretch of long lines, short lines may be wrapped: the long ones do not count. */
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

/** Quoted lines are wider than the others by their marks. */
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
