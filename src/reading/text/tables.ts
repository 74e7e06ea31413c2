import type { Span } from '../../text/span.js';
import type { PlacedBlock } from '../add-context.js';
import { type Line, spanOfLines } from './lines.js';

const BORDER = /^[+|]?[-=]{2,}(?:[+|][-=]{2,})*[+|]?$/;
/** Dashes below each column name: "----  ------". */
const RULED = /^(?:[-=]{2,}\s+)+[-=]{2,}$/;
const MIN_ALIGNED_SHARE = 0.7;

/** Reads a table that is drawn with bars, or null if the lines are something else. A border belongs to the row above it. */
export function readBarTable(lines: readonly Line[], group: number): PlacedBlock[] | null {
  const hasBars = lines.filter(({ content }) => BORDER.test(content.replaceAll(' ', '')) || isBarRow(content)).length;
  const rows = lines.filter(({ content }) => isBarRow(content));
  if (hasBars < lines.length || rows.length < 2 || lines.length < 3 || !haveEqualBars(rows)) return null;
  const blocks: { lines: Line[]; rows: Line[] }[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last === undefined || (!isBorder(line.content) && last.rows.length > 0 && !isContinuation(line.content)))
      blocks.push({ lines: [line], rows: isBorder(line.content) ? [] : [line] });
    else {
      last.lines.push(line);
      if (!isBorder(line.content)) last.rows.push(line);
    }
  }
  const headerEnd = headerLines(lines);
  return blocks.map((block): PlacedBlock => {
    const [row, ...others] = block.rows;
    const isHeader = row !== undefined && lines.indexOf(row) < headerEnd;
    return {
      kind: 'row',
      group,
      ...spanOfLines(block.lines),
      ...(isHeader && { isHeader }),
      ...(row !== undefined && others.length === 0 && { cells: barCells(row) }),
    };
  });
}

/** A line with an empty first cell continues the row above it. */
function isContinuation(content: string): boolean {
  return /^\|\s*\|/.test(content);
}

function isBorder(content: string): boolean {
  return BORDER.test(content.replaceAll(' ', ''));
}

function isBarRow(content: string): boolean {
  return !isBorder(content) && /\S\s*\|\s*\S|^\|.*\|$/.test(content) && /[\p{L}\p{N}]/u.test(content);
}

/** In a table, each row has the same number of bars. In a figure, they can be anywhere. */
function haveEqualBars(rows: readonly Line[]): boolean {
  const count = (line: Line): number => line.content.split('|').length;
  const first = rows[0];
  return (
    first !== undefined &&
    count(first) >= 3 - (first.content.startsWith('|') ? 0 : 1) &&
    rows.every((row) => count(row) === count(first))
  );
}

/** The number of lines up to the border below the header. */
function headerLines(lines: readonly Line[]): number {
  const borders = lines.flatMap(({ content }, index) => (isBorder(content) && index > 0 ? [index] : []));
  return borders[0] ?? 0;
}

function barCells(line: Line): Span[] {
  const cells: Span[] = [];
  let start = 0;
  const inner = line.content;
  const pieces = inner.split('|');
  pieces.forEach((piece, index) => {
    const isEdge = (index === 0 || index === pieces.length - 1) && piece.trim() === '';
    if (!isEdge) {
      const lead = piece.length - piece.trimStart().length;
      const from = line.start + start + (piece.trim() === '' ? 0 : lead);
      cells.push({ start: from, end: from + piece.trim().length });
    }
    start += piece.length + 1;
  });
  return cells;
}

/** Reads a table whose columns are separated by spaces, or null if the lines are something else. */
export function readSpacedTable(lines: readonly Line[], group: number): PlacedBlock[] | null {
  if (lines.length < 2) return null;
  const ruled = lines.findIndex(({ content }) => RULED.test(content));
  const rows = lines.filter(({ content }) => !RULED.test(content));
  if (rows.length < 2 || (ruled === -1 && !areAligned(rows))) return null;
  return rows.map((line, index): PlacedBlock => {
    const isHeader = ruled > 0 ? index < ruled : index === 0 && isHeadOf(line, rows.slice(1));
    const end = index === ruled - 1 ? (lines[ruled]?.end ?? line.end) : line.end;
    return { kind: 'row', group, start: line.start, end, ...(isHeader && { isHeader }), cells: spacedCells(line) };
  });
}

/** The cells of a line, separated by two or more spaces. */
export function spacedCells(line: Line): Span[] {
  const cells: Span[] = [];
  for (const match of line.content.matchAll(/\S+(?: \S+)*/g)) {
    const start = line.start + match.index;
    cells.push({ start, end: start + match[0].length });
  }
  return cells;
}

/** Whether the first line names the columns: it has no digits, and all lines below it do. */
export function isHeadOf(line: Line, below: readonly Line[]): boolean {
  return below.length >= 2 && !/\d/.test(line.content) && below.every(({ content }) => /\d/.test(content));
}

/** Whether nearly all lines have a wide gap, and a column begins at the same place in them. */
function areAligned(lines: readonly Line[]): boolean {
  const counts = new Map<number, number>();
  let gapped = 0;
  for (const line of lines) {
    const columns = [...line.content.matchAll(/\S(?: {3,}|\t\s*| {2}(?=\S+(?: {2,}|$)))(?=\S)/g)].map(
      (match) => line.indent + match.index + match[0].length,
    );
    if (columns.length > 0) gapped += 1;
    for (const column of new Set(columns)) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  const aligned = [...counts.values()].reduce((max, count) => Math.max(max, count), 0);
  return gapped >= lines.length * 0.9 && aligned >= lines.length * MIN_ALIGNED_SHARE;
}
