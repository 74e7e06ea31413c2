import { countWords } from '../../text/words.js';
import { type ItemState, isBoldOnly, isLinkOnly, type RawBlock } from './raw-block.js';

/** A longer bold line is a statement. */
const MAX_WORDS = 12;
const LOWEST_LEVEL = 6;

/**
 * Finds the bold lines that name what follows. In a list item, such a line is a question, and the rest of the item answers
 * it; anywhere else it is a heading.
 */
export function nameBoldLines(blocks: readonly RawBlock[]): RawBlock[] {
  const named: RawBlock[] = [];
  let level = 1;
  let questionItem: ItemState | null = null;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') level = block.level ?? level;
    if (questionItem !== null && !isInside(block, questionItem)) questionItem = null;
    const next = blocks[index + 1];
    const item = itemOf(block);
    if (
      block.kind === 'item' &&
      item !== null &&
      isBoldLine(block) &&
      next !== undefined &&
      isInside(next, item) &&
      !introduces(block, next)
    ) {
      questionItem = item;
      const { group: _group, ...rest } = block;
      named.push({ ...rest, kind: 'question' });
    } else if (questionItem !== null) named.push(answer(block));
    else if (isHeadingLine(block, next))
      named.push({ ...block, kind: 'heading', level: Math.min(level + 1, LOWEST_LEVEL) });
    else named.push(block);
  }
  return named;
}

/** "Windows:" above a list is its introduction. */
function introduces(block: RawBlock, next: RawBlock): boolean {
  return block.text.endsWith(':') && (next.kind === 'item' || next.kind === 'row' || next.kind === 'code');
}

function answer(block: RawBlock): RawBlock {
  if (block.kind === 'heading' || block.under !== undefined) return block;
  return { ...block, kind: block.kind === 'paragraph' ? 'answer' : block.kind, under: 'question' };
}

function itemOf(block: RawBlock): ItemState | null {
  return block.sources[0]?.around.item ?? null;
}

function isInside(block: RawBlock, item: ItemState): boolean {
  for (let around = itemOf(block); around !== null; around = around.around) if (around === item) return true;
  return false;
}

function isBoldLine(block: RawBlock): boolean {
  return countWords(block.text) <= MAX_WORDS && /\p{L}/u.test(block.text) && isBoldOnly(block) && !isLinkOnly(block);
}

/** Whether a bold line is a heading. A bold sentence is content, and a line that ends with a colon introduces a list. */
function isHeadingLine(block: RawBlock, next: RawBlock | undefined): boolean {
  if (block.kind !== 'paragraph' || block.depth !== undefined || block.under !== undefined || !isBoldLine(block))
    return false;
  if (/[.:;,…]["'”’)\]]*$/.test(block.text) || next === undefined || next.kind === 'heading') return false;
  return !(next.kind === 'paragraph' && isBoldLine(next));
}
