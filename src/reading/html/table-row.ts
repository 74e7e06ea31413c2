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

/** What stands in one column of a row. */
interface Column {
  readonly blocks: readonly RawBlock[];
  /** The cell that it belongs to, if that begins in another column or row. */
  readonly coveredBy: 'beside' | 'above' | null;
}

/** In a wider table, no cell covers another: it is a mistake or an attack. */
const MAX_COLUMNS = 100;
/** A table inside a cell is read as a table if it has more rows than this. */
const MAX_INNER_ROWS = 3;

/**
 * Joins the cells of a row into one block. A cell that covers several columns or rows is in the text once. A table inside a cell
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
  const columns: Column[] = [];
  const skipCovered = (): void => {
    for (let left = covered[columns.length] ?? 0; left > 0; left = covered[columns.length] ?? 0) {
      covered[columns.length] = left - 1;
      columns.push({ blocks: [], coveredBy: 'above' });
    }
  };
  for (const { cell, blocks } of contents) {
    skipCovered();
    const innerRows = blocks.filter(({ kind }) => kind === 'row');
    const isInnerTable = innerRows.length > MAX_INNER_ROWS;
    if (isInnerTable) below.push(...innerRows);
    const rows = spanOf(cell, 'rowspan', 10_000);
    const own = isInnerTable ? blocks.filter(({ kind }) => kind !== 'row') : blocks;
    const width = spanOf(cell, 'colspan', Math.max(1, MAX_COLUMNS - columns.length));
    for (let column = 0; column < width; column++) {
      if (columns.length < MAX_COLUMNS) covered[columns.length] = rows - 1;
      columns.push(column > 0 ? { blocks: [], coveredBy: 'beside' } : { blocks: own, coveredBy: null });
    }
  }
  skipCovered();
  const row = joinCells(columns, fields);
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

function joinCells(columns: readonly Column[], fields: Omit<SourceBlock, 'kind' | 'text'>): RawBlock | null {
  const last = columns.findLastIndex(({ blocks }) => blocks.length > 0);
  if (last === -1) return null;
  const cells: Span[] = [];
  const marks: Mark[] = [];
  const sources = new Set<TextSource>();
  let text = '';
  for (const [index, { blocks, coveredBy }] of columns.entries()) {
    // Empty cells at the end would only draw bars.
    if (index > 0 && index <= last) text += text === '' ? '| ' : CELL_SEPARATOR;
    const start = text.length;
    for (const [number, block] of blocks.entries()) {
      if (number > 0) text += '\n';
      for (const mark of block.marks ?? []) marks.push(shiftSpan(mark, text.length));
      for (const source of block.sources) sources.add(source);
      text += block.text;
    }
    const beside = coveredBy === 'beside' ? cells.at(-1) : undefined;
    cells.push(beside ?? { start, end: text.length });
  }
  const coveredColumns = columns.flatMap(({ coveredBy }, index) => (coveredBy === 'above' ? [index] : []));
  return {
    kind: 'row',
    text,
    ...fields,
    cells,
    ...(coveredColumns.length > 0 && { coveredColumns }),
    ...(marks.length > 0 && { marks }),
    sources: [...sources],
  };
}
