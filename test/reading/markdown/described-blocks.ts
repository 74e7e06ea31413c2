import { readMarkdown } from '../../../src/reading/markdown-file.js';
import type { SourceArticle } from '../../../src/reading/source-article.js';
import { sliceOf } from '../../../src/text/span.js';

/** Reads Markdown and returns each block as "kind[label] depth: text", so that a test reads like the article. */
export async function blocksOfMarkdown(source: string, isMdx = false): Promise<string[]> {
  return describeBlocks(await readMarkdown(source, isMdx));
}

/** Returns each block as "kind: text", with its label, level and depth if it has any: `note[tip]`, `heading2`, `item/1`. */
export function describeBlocks({ text, blocks }: Pick<SourceArticle, 'text' | 'blocks'>): string[] {
  return blocks.map((block) => {
    const label = block.label === undefined ? '' : `[${block.label}]`;
    const depth = block.depth === undefined ? '' : `/${block.depth}`;
    return `${block.kind}${block.level ?? ''}${label}${depth}: ${sliceOf(text, block)}`;
  });
}

/** Returns the context of each block that has some, as "text < role: context". */
export function describeContext({ text, blocks }: Pick<SourceArticle, 'text' | 'blocks'>): string[] {
  return blocks.flatMap((block) =>
    (block.context ?? []).map((span) => `${sliceOf(text, block)} < ${span.role}: ${sliceOf(text, span)}`),
  );
}

/** Returns each mark as "kind value: text". */
export function describeMarks({ text, marks }: Pick<SourceArticle, 'text' | 'marks'>): string[] {
  return marks.map((mark) => `${mark.kind}${mark.value === undefined ? '' : ` ${mark.value}`}: ${sliceOf(text, mark)}`);
}
