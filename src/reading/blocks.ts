import type { Paragraph, ParagraphKind } from '../corpus/article.js';
import { oneLine } from '../text/visible-text.js';
import { boilerplateRule } from './boilerplate.js';
import type { SourceArticle } from './source-article.js';

/** One block of a marked-up article as a reader of the rendered page sees it. */
export interface Block {
  readonly text: string;
  /** 1 to 6 for a heading, null for what stands below one. */
  readonly level: number | null;
  /** Whether its mark-up says that it is boilerplate; of other blocks their words may say so. */
  readonly isBoilerplate: boolean;
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

function kindOf({ text, level, isBoilerplate }: Block, title: string | null): ParagraphKind {
  if (isBoilerplate) return 'boilerplate';
  if (level !== null) return title !== null && oneLine(text) === title ? 'title' : 'heading';
  return boilerplateRule(text) === null ? 'body' : 'boilerplate';
}
