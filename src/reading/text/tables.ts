import type { Span } from '../../text/span.js';
import type { PlacedBlock } from '../add-context.js';
import { type Line, spanOfLines } from './lines.js';

const BORDER = /^[+|]?[-=]{2,}(?:[+|][-=]{2,})*[+|]?$/;

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
