import type { Mark } from '../corpus/block.js';
import { type Span, shiftSpan } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import { addContext, type PlacedBlock } from './add-context.js';
import type { SourceArticle } from './source-article.js';

/** One block as the reader of a format finds it. It has no place in the article's text yet: its spans are spans of `text`. */
export interface SourceBlock extends Omit<PlacedBlock, keyof Span> {
  /** As a reader of the rendered document sees it, without whitespace at either end. */
  readonly text: string;
  readonly marks?: readonly Mark[];
}

/** Stands between two cells of a row. */
export const CELL_SEPARATOR = ' | ';

/**
 * Joins blocks to the text of an article and adds their context. A blank line stands between two blocks, but only a line break
 * between the items of a list, the rows of a table, and a term and its definition.
 *
 * @param title The article's title, so that the heading that repeats it is recognised.
 */
export function composeBlocks(
  blocks: readonly SourceBlock[],
  title: string | null,
): Pick<SourceArticle, 'text' | 'blocks' | 'marks'> {
  const placed: PlacedBlock[] = [];
  const marks: Mark[] = [];
  let text = '';
  let previous: SourceBlock | undefined;
  for (const block of blocks) {
    if (previous !== undefined) text += separatorBetween(previous, block);
    placed.push(place(block, text.length, title));
    for (const mark of block.marks ?? []) marks.push(shiftSpan(mark, text.length));
    text += block.text;
    previous = block;
  }
  return { text, blocks: addContext(text, placed), marks: sortMarks(marks) };
}

/** Sorts marks by where they start. Of those that start together, the longest comes first. */
function sortMarks(marks: readonly Mark[]): Mark[] {
  return marks.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function separatorBetween(a: SourceBlock, b: SourceBlock): string {
  if (a.kind === 'item' && b.kind === 'item') return a.group === b.group || a.depth !== b.depth ? '\n' : '\n\n';
  if (a.kind === 'row' && b.kind === 'row') return a.group === b.group ? '\n' : '\n\n';
  return a.kind === 'term' && (b.kind === 'term' || b.kind === 'definition') ? '\n' : '\n\n';
}

function place({ text, marks: _marks, ...block }: SourceBlock, start: number, title: string | null): PlacedBlock {
  const isTitle = block.kind === 'heading' && title !== null && oneLine(text) === title;
  return {
    ...block,
    ...(isTitle && { kind: 'title' }),
    start,
    end: start + text.length,
    ...(block.marker && { marker: shiftSpan(block.marker, start) }),
    ...(block.cells && { cells: block.cells.map((cell) => shiftSpan(cell, start)) }),
    ...(block.speaker && { speaker: shiftSpan(block.speaker, start) }),
  };
}
