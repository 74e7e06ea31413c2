import type { Table, TableRow } from 'mdast';
import type { Span } from '../../../text/span.js';
import { shiftSpan } from '../../../text/span.js';
import { CELL_SEPARATOR, type SourceBlock } from '../../compose.js';
import { type InlineContext, inlineText } from './inline-text.js';
import { MarkedTextBuilder } from './marked-text.js';

/** Returns the rows of a table as blocks. The first one is its header. Rows without text are left out. */
export function tableRows(table: Table, context: InlineContext, group: number): SourceBlock[] {
  return table.children.flatMap((row, index) => {
    const block = rowBlock(row, context);
    return block === null ? [] : [{ ...block, group, ...(index === 0 && { isHeader: true }) }];
  });
}

function rowBlock(row: TableRow, context: InlineContext): SourceBlock | null {
  const builder = new MarkedTextBuilder();
  const pieces = row.children.map((cell, column) => {
    const { text, marks } = inlineText(cell.children, context);
    if (column === 0) return builder.append({ text, marks });
    const by = CELL_SEPARATOR.length;
    return builder.append({ text: CELL_SEPARATOR + text, marks: marks.map((mark) => shiftSpan(mark, by)) });
  });
  const { text, marks } = builder.finish();
  return /^[|\s]*$/.test(text) ? null : { text, marks, kind: 'row', cells: cellsOf(pieces, text.length) };
}

/** @param pieces The cells with the separators in front of them. */
function cellsOf(pieces: readonly Span[], length: number): Span[] {
  // The space in front of the first separator was trimmed if the first cell is empty.
  const [first] = pieces;
  const trimmed = first !== undefined && first.start === first.end ? 1 : 0;
  const clamp = (at: number): number => Math.max(0, Math.min(length, at - trimmed));
  return pieces.map(({ start, end }, index) => ({
    start: clamp(start + (index === 0 ? 0 : CELL_SEPARATOR.length)),
    end: clamp(end),
  }));
}
