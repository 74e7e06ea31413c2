import type { Span } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import { hasColumnGap, MAX_SHAPE_CHARACTERS, secondColumn } from './line-shapes.js';
import { type Line, type Run, smallestIndent, spanOfLines } from './lines.js';
import { listMarkerOf } from './list-marker.js';
import { isFull, type Wrapping } from './wrapping.js';

/** A term and its definition, which is set further in. */
export interface HangingEntry {
  readonly term: Span;
  readonly definition: Span;
  readonly indent: number;
  readonly definitionLines: readonly Line[];
}

const MAX_TERM_WORDS = 10;

/** Reads lines as terms with definitions that hang from them, or null if they are something else. */
export function hangingEntriesOf(lines: readonly Line[], { width, isWrapped }: Wrapping): HangingEntry[] | null {
  const [first] = lines;
  if (first === undefined || lines.length < 2) return null;
  const indent = smallestIndent(lines);
  if (first.indent !== indent) return null;
  const groups = groupsOf(lines, indent);
  const entries = groups.map((group) => aligned(group) ?? stacked(group, width, isWrapped));
  // A term that shares the definition of the next one stands alone.
  return entries.every((entry) => entry !== null) ? entries : null;
}

/** Parts lines at those that are furthest out. */
function groupsOf(lines: readonly Line[], indent: number): Run[] {
  const groups: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (line.indent === indent || group === undefined) groups.push([line]);
    else group.push(line);
  }
  return groups;
}

/** "NAME      the owner's name, which …", with the lines below it in the column of the definition. */
function aligned(group: Run): HangingEntry | null {
  const [first, ...deeper] = group;
  if (isItem(first)) return null;
  const column = secondColumn(first, deeper.length > 0 ? 2 : 3);
  if (column === null || deeper.some((line) => line.indent < column - 1)) return null;
  if (deeper.length > 0 && smallestIndent(deeper) > column + 2) return null;
  const gap = /\S {2,}(?=\S)/.exec(first.content);
  if (gap === null) return null;
  const term = { start: first.start, end: first.start + gap.index + 1 };
  if (countWords(first.content.slice(0, gap.index + 1)) > MAX_TERM_WORDS) return null;
  const start = first.start + gap.index + gap[0].length;
  return {
    term,
    definition: { start, end: group.at(-1)?.end ?? first.end },
    indent: first.indent,
    definitionLines: deeper,
  };
}

/** A short line, and its definition on the lines below it, further in. */
function stacked(group: Run, width: number, isWrapped: boolean): HangingEntry | null {
  const [first, second, ...rest] = group;
  if (second === undefined || second.indent < first.indent + 2) return null;
  if (countWords(first.content) > MAX_TERM_WORDS || /[.,;!?:]$/.test(first.content)) return null;
  if (isWrapped && isFull(first, second, width)) return null;
  const lines = [second, ...rest];
  return {
    term: { start: first.start, end: first.end },
    definition: spanOfLines(lines),
    indent: first.indent,
    definitionLines: lines,
  };
}

/** Runs that are entries of one table or glossary: each has its second column at the same place. */
export interface Series {
  readonly kind: 'rows' | 'terms';
  readonly id: number;
  /** Of the first entry: the first lines of the others. */
  readonly rest: readonly Line[];
}

/** Finds series of runs such as "A      1 a host address", parted by blank lines. */
export function seriesOf(runs: readonly Run[]): ReadonlyMap<Run, Series> {
  const series = new Map<Run, Series>();
  let open: Run[] = [];
  let shape: string | null = null;
  let id = 0;
  const close = (): void => {
    if (open.length >= 2) {
      id += 1;
      const kind = open.every((run) => run.length === 1) ? 'rows' : 'terms';
      const rest = open.slice(1).map(([line]) => line);
      for (const [index, run] of open.entries()) series.set(run, { kind, id, rest: index === 0 ? rest : [] });
    }
    open = [];
  };
  for (const run of runs) {
    if (run[0].pageRule !== undefined) continue;
    const own = shapeOf(run);
    if (own === null || own !== shape) close();
    shape = own;
    if (own !== null) open.push(run);
  }
  close();
  return series;
}

/** Whether a line is an item of a list. A lone sign far before the text is a term: "*          any of them". */
function isItem(line: Line): boolean {
  const marker = listMarkerOf(line);
  return marker !== null && (/[\p{L}\p{N}]/u.test(marker.text) || marker.textIndent < line.indent + 6);
}

/** Where the two columns of an entry begin; null if a run is no entry. */
function shapeOf(run: Run): string | null {
  const [first, ...deeper] = run;
  if (first.content.length > MAX_SHAPE_CHARACTERS || !hasColumnGap(first.content) || isItem(first)) return null;
  const column = secondColumn(first);
  if (column === null || countWords(first.content.split(/ {3,}/, 1)[0] ?? '') > MAX_TERM_WORDS) return null;
  if (/\d$/.test(first.content) && /(?:\. ?){4,}/.test(first.content)) return null;
  return deeper.every((line) => line.indent >= column - 1) ? `${first.indent} ${column}` : null;
}
