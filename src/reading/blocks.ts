import type { Paragraph, ParagraphKind } from '../corpus/article.js';
import { oneLine } from '../text/visible-text.js';
import { boilerplateRule } from './boilerplate.js';
import type { SourceArticle } from './source-article.js';

/** One block of a Markdown file or web page, as a reader of the rendered page sees it. */
export interface Block {
  readonly text: string;
  /** 1 to 6 for a heading, null for anything else. */
  readonly level: number | null;
  /** Whether the markup says that it is boilerplate. If not, its words may still say so. */
  readonly isBoilerplate: boolean;
}

/**
 * Joins blocks to the text of an article, with a blank line between them, and classifies each of them.
 *
 * @param title The article's title, so that the heading that repeats it is recognised.
 */
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

/** Returns the text as it is shown: without whitespace at either end or at the ends of its lines. */
export function shownText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function kindOf({ text, level, isBoilerplate }: Block, title: string | null): ParagraphKind {
  if (isBoilerplate) return 'boilerplate';
  if (level !== null) return title !== null && oneLine(text) === title ? 'title' : 'heading';
  return boilerplateRule(text) === null ? 'body' : 'boilerplate';
}
