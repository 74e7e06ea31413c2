import { overlap, type Span } from '../../text/span.js';
import type { PlacedBlock } from '../add-context.js';
import { isBlockCapitals } from './line-shapes.js';
import type { Line } from './lines.js';

/** Dashes below each column name: "----  ------". */
const RULED = /^(?:[-=]{2,}\s+)+[-=]{2,}$/;
const MIN_ALIGNED_SHARE = 0.7;
/** With fewer lines, two spaces in the same place can be chance. */
const MIN_CLOSE_LINES = 3;

/** Reads a table whose columns are separated by spaces, or null if the lines are something else. */
export function readSpacedTable(lines: readonly Line[], group: number): PlacedBlock[] | null {
  if (lines.length < 2) return null;
  const ruled = lines.findIndex(({ content }) => RULED.test(content));
  const rows = lines.filter(({ content }) => !RULED.test(content));
  const [first, ...below] = rows;
  if (first === undefined || below.length === 0) return null;
  if (ruled === -1 && !areAligned(rows) && !areCloselyAligned(rows)) return null;
  const hasHead = ruled > 0 || isHeadOf(first, below) || isSetApart(first, below);
  return rows.map((line, index): PlacedBlock => {
    const isHeader = ruled > 0 ? index < ruled : index === 0 && hasHead;
    const end = index === ruled - 1 ? (lines[ruled]?.end ?? line.end) : line.end;
    const cells = hasHead && index > 0 ? cellsBelow(first, line) : spacedCells(line);
    return { kind: 'row', group, start: line.start, end, ...(isHeader && { isHeader }), cells };
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

/** Whether the first line is written in another way than all lines below it: in capitals, or with a capital in each cell. */
function isSetApart(line: Line, below: readonly Line[]): boolean {
  if (below.length < 2 || /\d/.test(line.content)) return false;
  if (isBlockCapitals(line.content)) return !below.some(({ content }) => isBlockCapitals(content));
  const startsWith = (pattern: RegExp, row: Line): boolean =>
    row.content.split(/\s{2,}/).every((cell) => pattern.test(cell));
  return startsWith(/^\p{Lu}/u, line) && below.every((row) => startsWith(/^(?!\p{Lu})/u, row));
}

/** The cells of a row, one for each column of the header. A cell is in the column whose name it is below. */
function cellsBelow(header: Line, line: Line): Span[] {
  const names = spacedCells(header);
  const cells = spacedCells(line);
  if (cells.length >= names.length) return cells;
  const columnOf = ({ start, end }: Span, { indent, start: lineStart }: Line): Span => ({
    start: indent + start - lineStart,
    end: indent + end - lineStart,
  });
  const columns = names.map((name) => columnOf(name, header));
  const placed: (Span | undefined)[] = columns.map(() => undefined);
  for (const cell of cells) {
    const place = columnOf(cell, line);
    const column = columns.findIndex((name) => overlap(name, place));
    if (column === -1 || placed[column] !== undefined) return cells;
    placed[column] = cell;
  }
  let at = line.start;
  return placed.map((cell) => {
    at = cell?.end ?? at;
    return cell ?? { start: at, end: at };
  });
}

/** Whether nearly all lines have a wide gap, and a column begins at the same place in them. */
function areAligned(lines: readonly Line[]): boolean {
  const gap = /\S(?: {3,}|\t\s*| {2}(?=\S+(?: {2,}|$)))(?=\S)/g;
  const { gapped, aligned } = columnsIn(lines, gap);
  return gapped >= lines.length * 0.9 && aligned >= lines.length * MIN_ALIGNED_SHARE;
}

/** Whether a column begins at the same place in all lines, behind two spaces or more. */
function areCloselyAligned(lines: readonly Line[]): boolean {
  return lines.length >= MIN_CLOSE_LINES && columnsIn(lines, /\S {2,}(?=\S)/g).aligned === lines.length;
}

/** How many lines have a gap, and how many have one that ends in the same column as in most others. */
function columnsIn(lines: readonly Line[], gap: RegExp): { gapped: number; aligned: number } {
  const counts = new Map<number, number>();
  let gapped = 0;
  for (const line of lines) {
    const columns = [...line.content.matchAll(gap)].map((match) => line.indent + match.index + match[0].length);
    if (columns.length > 0) gapped += 1;
    for (const column of new Set(columns)) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  return { gapped, aligned: [...counts.values()].reduce((max, count) => Math.max(max, count), 0) };
}
