import { sliceOf } from '../text/span.js';
import type { Article } from './article.js';
import type { Block, ContextRole } from './block.js';
import { type StruckSlice, struckSlice } from './struck-slice.js';

/** What stands above a row and belongs to its cells. */
export interface RowNames {
  /** Of a row below a header: what heads each column. */
  readonly headers?: readonly string[];
  /** For each column, a cell in a row above that covers this row too. */
  readonly cellsAbove?: readonly (StruckSlice | undefined)[];
}

/**
 * Finds what stands above some rows of an article: their header rows, from the top, and the cells that cover several rows.
 *
 * @param shown The blocks to find it for.
 * @returns What stands above one of them. Nothing for a block that is not a row.
 */
export function rowNames(
  article: Pick<Article, 'text' | 'blocks' | 'marks'>,
  shown: readonly Block[],
): (block: Block) => RowNames {
  const starts = new Set(
    shown.flatMap((block) => [...startsOf(block, 'header-row'), ...startsOf(block, 'cell-above')]),
  );
  if (starts.size === 0) return () => ({});
  const { text, blocks } = article;
  const rows = new Map<number, Block>();
  const columns = new Map<number, number[]>();
  for (const block of blocks) {
    if (block.kind !== 'row') continue;
    if (starts.has(block.start)) rows.set(block.start, block);
    for (const [column, { start, end }] of (block.cells ?? []).entries())
      if (start < end && starts.has(start)) columns.set(start, [...(columns.get(start) ?? []), column]);
  }
  return (block) => {
    const headers = headersIn(
      startsOf(block, 'header-row').flatMap((start) => rows.get(start) ?? []),
      text,
    );
    const above = cellsIn(block, columns, article);
    return { ...(headers.length > 0 && { headers }), ...(above.length > 0 && { cellsAbove: above }) };
  };
}

function startsOf({ kind, context = [] }: Block, wanted: ContextRole): number[] {
  return kind === 'row' ? context.filter(({ role }) => role === wanted).map(({ start }) => start) : [];
}

function headersIn(rows: readonly Block[], text: string): string[] {
  const names: string[][] = [];
  for (const { cells = [] } of rows) {
    for (const [column, cell] of cells.entries()) {
      const name = sliceOf(text, cell);
      const above = names[column] ?? [];
      names[column] = name === '' || name === above.at(-1) ? above : [...above, name];
    }
  }
  return names.map((above) => above.join(' '));
}

function cellsIn(
  { kind, context = [] }: Block,
  columns: ReadonlyMap<number, readonly number[]>,
  article: Pick<Article, 'text' | 'marks'>,
): (StruckSlice | undefined)[] {
  const cells: (StruckSlice | undefined)[] = [];
  for (const part of kind === 'row' ? context : []) {
    if (part.role !== 'cell-above') continue;
    for (const column of columns.get(part.start) ?? []) cells[column] = struckSlice(article, part);
  }
  return cells;
}
