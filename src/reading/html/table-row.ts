import type { Mark } from '../../corpus/block.js';
import { type Span, shiftSpan } from '../../text/span.js';
import { CELL_SEPARATOR, type SourceBlock } from '../compose.js';
import type { PageElement } from './page.js';
import type { RawBlock, TextSource } from './raw-block.js';

/** A cell with the blocks in it. */
interface CellContent {
  readonly cell: PageElement;
  readonly blocks: readonly RawBlock[];
}

/** In a wider table, no cell covers another: it is a mistake or an attack. */
const MAX_COLUMNS = 100;
/** A table inside a cell is read as a table if it has more rows than this. */
const MAX_INNER_ROWS = 3;

/**
 * Joins the cells of a row into one block. A cell that another one beside or above it covers is empty. A table inside a cell
 * follows its row.
 *
 * @param covered For each column, how many more rows the cell above covers. Changed: it is ready for the next row.
 * @returns No blocks for a row without text.
 */
export function joinRow(
  contents: readonly CellContent[],
  covered: number[],
  fields: Omit<SourceBlock, 'kind' | 'text'>,
): RawBlock[] {
  const below: RawBlock[] = [];
  const texts: (readonly RawBlock[])[] = [];
  const skipCovered = (): void => {
    for (let left = covered[texts.length] ?? 0; left > 0; left = covered[texts.length] ?? 0) {
      covered[texts.length] = left - 1;
      texts.push([]);
    }
  };
  for (const { cell, blocks } of contents) {
    skipCovered();
    const innerRows = blocks.filter(({ kind }) => kind === 'row');
    const isInnerTable = innerRows.length > MAX_INNER_ROWS;
    if (isInnerTable) below.push(...innerRows);
    const rows = spanOf(cell, 'rowspan', 10_000);
    const columns = spanOf(cell, 'colspan', Math.max(1, MAX_COLUMNS - texts.length));
    for (let column = 0; column < columns; column++) {
      if (texts.length < MAX_COLUMNS) covered[texts.length] = rows - 1;
      texts.push(column > 0 ? [] : isInnerTable ? blocks.filter(({ kind }) => kind !== 'row') : blocks);
    }
  }
  skipCovered();
  const row = joinCells(texts, fields);
  return row === null ? below : [row, ...below];
}

/** Whether a row only lays out the page: one of its cells has several blocks, or fewer than two have any. */
export function isLaidOut(contents: readonly CellContent[]): boolean {
  const filled = contents.filter(({ blocks }) => blocks.length > 0);
  return filled.length < 2 || filled.some(({ blocks }) => blocks.length > 1);
}

function spanOf(cell: PageElement, attribute: string, max: number): number {
  const value = Number(cell.getAttribute(attribute) ?? 1);
  return Number.isInteger(value) && value > 0 ? Math.min(value, max) : 1;
}

function joinCells(
  texts: readonly (readonly RawBlock[])[],
  fields: Omit<SourceBlock, 'kind' | 'text'>,
): RawBlock | null {
  const last = texts.findLastIndex((blocks) => blocks.length > 0);
  if (last === -1) return null;
  const cells: Span[] = [];
  const marks: Mark[] = [];
  const sources = new Set<TextSource>();
  let text = '';
  for (const [index, blocks] of texts.entries()) {
    // Empty cells at the end would only draw bars.
    if (index > 0 && index <= last) text += text === '' ? '| ' : CELL_SEPARATOR;
    const start = text.length;
    for (const [number, block] of blocks.entries()) {
      if (number > 0) text += '\n';
      for (const mark of block.marks ?? []) marks.push(shiftSpan(mark, text.length));
      for (const source of block.sources) sources.add(source);
      text += block.text;
    }
    cells.push({ start, end: text.length });
  }
  return { kind: 'row', text, ...fields, cells, ...(marks.length > 0 && { marks }), sources: [...sources] };
}
