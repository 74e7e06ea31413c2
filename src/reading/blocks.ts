import type { Paragraph, ParagraphKind } from '../corpus/article.js';
import { oneLine } from '../corpus/visible-text.js';
import { furnitureRule } from './furniture.js';
import type { SourceArticle } from './reading.js';

/** One block of a marked-up article as a reader of the rendered page sees it. */
export interface Block {
  readonly text: string;
  /** 1 to 6 for a heading, null for what stands below one. */
  readonly level: number | null;
  /** Whether its mark-up says that it is furniture; of other blocks their words may say so. */
  readonly isFurniture: boolean;
}

/** The blocks as an article's text, with a blank line between, and what each of them is. */
export function composeBlocks(
  blocks: readonly Block[],
  title: string | null,
): Pick<SourceArticle, 'text' | 'paragraphs'> {
  const paragraphs: Paragraph[] = [];
  let start = 0;
  for (const block of blocks) {
    const end = start + block.text.length;
    paragraphs.push({ start, end, kind: kindOf(block, title) });
    start = end + 2;
  }
  return { text: blocks.map(({ text }) => text).join('\n\n'), paragraphs };
}

/** Text as it is shown: no white space at its ends or at the ends of its lines. */
export function shownText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function kindOf({ text, level, isFurniture }: Block, title: string | null): ParagraphKind {
  if (isFurniture) return 'furniture';
  if (level !== null) return title !== null && oneLine(text) === title ? 'title' : 'heading';
  return furnitureRule(text) === null ? 'body' : 'furniture';
}
