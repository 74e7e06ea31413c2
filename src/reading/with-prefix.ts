import { shiftSpan } from '../text/span.js';
import type { SourceBlock } from './compose.js';

/** Puts text in front of a block, such as the number of an item. */
export function withPrefix<Prefixed extends SourceBlock>(block: Prefixed, prefix: string): Prefixed {
  const by = prefix.length;
  return {
    ...block,
    text: prefix + block.text,
    ...(block.marks && { marks: block.marks.map((mark) => shiftSpan(mark, by)) }),
    ...(block.cells && { cells: block.cells.map((cell) => shiftSpan(cell, by)) }),
    ...(block.marker && { marker: shiftSpan(block.marker, by) }),
  };
}
