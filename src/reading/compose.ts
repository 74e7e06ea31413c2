import type { Mark } from '../corpus/block.js';
import type { Span } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import { addContext, type PlacedBlock } from './add-context.js';
import type { SourceArticle } from './source-article.js';

/** One block as the reader of a format finds it. It has no place in the article's text yet: its spans are spans of `text`. */
export interface SourceBlock extends Omit<PlacedBlock, keyof Span> {
  /** As a reader of the rendered document sees it, without whitespace at either end. */
  readonly text: string;
  readonly marks?: readonly Mark[];
}

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
    for (const mark of block.marks ?? []) marks.push(shift(mark, text.length));
    text += block.text;
    previous = block;
  }
  return { text, blocks: addContext(text, placed), marks: sortMarks(marks) };
}

/** Sorts marks by where they start; of those that start together, the longest comes first. */
export function sortMarks(marks: readonly Mark[]): Mark[] {
  return marks.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** Returns the text as it is shown: without whitespace at either end or at the ends of its lines. */
export function shownText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
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
    ...(block.marker && { marker: shift(block.marker, start) }),
    ...(block.cells && { cells: block.cells.map((cell) => shift(cell, start)) }),
    ...(block.speaker && { speaker: shift(block.speaker, start) }),
  };
}

function shift<Shifted extends Span>(span: Shifted, by: number): Shifted {
  return { ...span, start: span.start + by, end: span.end + by };
}
