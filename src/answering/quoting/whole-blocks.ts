import type { Block } from '../../corpus/block.js';
import type { ExcerptSource } from '../../corpus/excerpt.js';
import { overlap, type Span, union } from '../../text/span.js';
import { readingWords } from './reading-words.js';

/** Blocks that say little if they are cut. */
const UNCUT_KINDS: ReadonlySet<Block['kind']> = new Set(['item', 'row', 'code', 'definition', 'answer', 'note']);

/** A list or answer up to this long is shown whole if a part of it is. */
const MAX_GROUP_WORDS = 120;
/** The same for tables, each row of which says something by itself. */
const MAX_TABLE_WORDS = 60;

/**
 * Extends a part of an article to the ends of what it cuts: items, rows, code and the like, then the whole list or answer if that
 * is short, and what its last sentence introduces. Each only as far as there is room.
 *
 * @param maxWords The words that the result may have.
 */
export function wholeBlocks(span: Span, { text, blocks }: ExcerptSource, maxWords: number): Span {
  const fits = (longer: Span, most = maxWords): boolean => readingWords(text, longer) <= Math.min(most, maxWords);
  let shown = span;
  const extend = (part: Span | null, most?: number): void => {
    if (part === null) return;
    const longer = union(shown, part);
    if (fits(longer, most)) shown = longer;
  };
  for (const edge of edgesOf(shown, blocks)) if (UNCUT_KINDS.has(edge.kind)) extend(edge);
  for (const edge of edgesOf(shown, blocks))
    extend(groupOf(edge, blocks), edge.kind === 'row' ? MAX_TABLE_WORDS : MAX_GROUP_WORDS);
  const introduced = blocks.find(
    ({ start, context = [] }) =>
      start >= shown.end && context.some((part) => part.role === 'lead-in' && part.end === shown.end),
  );
  if (introduced !== undefined) {
    extend(introduced);
    extend(groupOf(introduced, blocks));
  }
  return shown;
}

/** The first and the last block that a span touches. */
function edgesOf(span: Span, blocks: readonly Block[]): Block[] {
  const touched = blocks.filter((block) => overlap(block, span));
  return [...new Set([touched[0], touched.at(-1)])].filter((block) => block !== undefined);
}

/** The whole list, table or answer that a block is in; null for other blocks. */
function groupOf(block: Block, blocks: readonly Block[]): Span | null {
  const isInGroup = groupTest(block);
  if (isInGroup === null) return null;
  const index = blocks.indexOf(block);
  let [from, to] = [index, index];
  for (let previous = blocks[from - 1]; previous !== undefined && isInGroup(previous); previous = blocks[from - 1])
    from -= 1;
  for (let next = blocks[to + 1]; next !== undefined && isInGroup(next); next = blocks[to + 1]) to += 1;
  return union(blocks[from] ?? block, blocks[to] ?? block);
}

function groupTest({ kind, depth = 0 }: Block): ((block: Block) => boolean) | null {
  if (depth > 0) return (other) => (other.depth ?? 0) > 0;
  if (kind === 'row' || kind === 'answer') return (other) => other.kind === kind;
  return null;
}
