import type { Span } from '../../text/span.js';

/** One line of a plain text. Its span covers its content, without the white space around it. */
export interface Line extends Span {
  /** Where the line itself begins and ends, without its line end. */
  readonly from: number;
  readonly to: number;
  /** The line without white space at its ends; empty if it is blank. */
  readonly content: string;
  /** Columns in front of the content. */
  readonly indent: number;
  /** Columns up to the end of the content. */
  readonly width: number;
  /** "page head" or "page foot" if it belongs to the printed page and not to the text. */
  readonly pageRule?: string;
}

/** Lines without a blank line between them. There is always at least one. */
export type Run = readonly [Line, ...Line[]];

const TAB_COLUMNS = 8;

/** Splits a text into lines, at line feeds and form feeds. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const raw of text.split(/[\n\f]/)) {
    const content = raw.trim();
    const lead = content === '' ? 0 : raw.length - raw.trimStart().length;
    const indent = content === '' ? 0 : columnsOf(raw.slice(0, lead));
    const start = from + lead;
    const to = from + raw.length;
    lines.push({ from, to, start, end: start + content.length, content, indent, width: indent + content.length });
    from = to + 1;
  }
  return lines;
}

/** Groups lines that have no blank line between them. Lines of the printed page are runs of their own. */
export function runsOf(lines: readonly Line[]): Run[] {
  const runs: [Line, ...Line[]][] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const run = runs.at(-1);
    if (line.content !== '') {
      if (run !== undefined && previous?.content && previous.pageRule === line.pageRule) run.push(line);
      else runs.push([line]);
    }
    previous = line;
  }
  return runs;
}

/** The span from the first to the last of some lines. */
export function spanOfLines(lines: readonly Line[]): Span {
  return { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

/** The indentation of the line with the least, in columns. */
export function smallestIndent(lines: readonly Line[]): number {
  return lines.reduce((min, { indent }) => Math.min(min, indent), lines[0]?.indent ?? 0);
}

/** The indentation that most characters of text have. Headings and short lines count for little. */
export function usualIndent(runs: readonly (readonly Line[])[]): number {
  const weights = new Map<number, number>();
  for (const run of runs) {
    for (const { indent, content } of run) weights.set(indent, (weights.get(indent) ?? 0) + content.length ** 1.5);
  }
  let usual = 0;
  let max = 0;
  for (const [indent, weight] of weights) {
    if (weight > max) [usual, max] = [indent, weight];
  }
  return usual;
}

/** Returns lines as a run; null if there are none. */
export function asRun(lines: readonly Line[]): Run | null {
  const [first, ...others] = lines;
  return first === undefined ? null : [first, ...others];
}

function columnsOf(white: string): number {
  if (!white.includes('\t')) return white.length;
  let columns = 0;
  for (const character of white) columns += character === '\t' ? TAB_COLUMNS - (columns % TAB_COLUMNS) : 1;
  return columns;
}
