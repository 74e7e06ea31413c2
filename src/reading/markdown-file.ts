import type { Nodes, Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { describeIssues } from '../describe-issues.js';
import { oneLine } from '../text/visible-text.js';
import { composeBlocks, type SourceBlock, shownText } from './compose.js';
import { METADATA_FIELDS, readMetadata } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';

const parser = unified().use(remarkParse).use(remarkFrontmatter, ['yaml']).use(remarkGfm);

/**
 * Reads Markdown (GFM) with optional YAML front matter. The article's text is what a reader of the rendered page sees, block by
 * block with a blank line between them, so that quotes show no markup. Each list item and table row becomes a paragraph.
 *
 * @param source With `\n` line endings.
 * @throws {UnreadableFile} if the front matter is not valid YAML or has a field of the wrong type.
 */
export function readMarkdown(source: string): SourceArticle {
  try {
    return readTree(source);
  } catch (error) {
    // Parsing nested blocks is recursive and ran out of stack.
    if (!(error instanceof RangeError)) throw error;
    throw new UnreadableFile('has quotes or lists nested thousands of levels deep: save it as .txt or remove it', {
      cause: error,
    });
  }
}

function readTree(source: string): SourceArticle {
  const tree: Root = parser.parse(source);
  const { stated, warnings } = readMetadata(frontMatterOf(tree));
  const blocks = tree.children.flatMap((node) => blocksOf(node));
  const title = stated.title ?? firstTitle(blocks);
  return { ...stated, title, ...composeBlocks(blocks, title), warnings };
}

function frontMatterOf(tree: Root): z.infer<typeof METADATA_FIELDS> {
  const node = tree.children.find((child) => child.type === 'yaml');
  if (node === undefined) return {};
  const firstLine = node.position?.start.line ?? 1;
  let fields: unknown;
  try {
    fields = parseYaml(node.value);
  } catch (error) {
    throw malformedFrontMatter(error, firstLine);
  }
  const parsed = METADATA_FIELDS.safeParse(fields ?? {});
  if (!parsed.success) {
    throw new UnreadableFile(
      `has front matter that cannot be used (${describeIssues(parsed.error)}): write each field as one line of text`,
    );
  }
  return parsed.data;
}

/** @param firstLine Number of the line that opens the front matter, from 1. */
function malformedFrontMatter(error: unknown, firstLine: number): UnreadableFile {
  if (!(error instanceof YAMLParseError)) {
    // An unknown alias, or too many aliases: yaml throws a plain Error for these.
    const reason = error instanceof Error ? error.message : 'unknown error';
    return new UnreadableFile(
      `has malformed front matter (${reason}): put values that contain "*" or "&" in quotation marks`,
    );
  }
  const line = firstLine + (error.linePos?.[0].line ?? 1);
  const reason = error.message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '');
  return new UnreadableFile(
    `has malformed front matter on line ${line}: ${reason}. Put values that contain ":" or "#" in quotation marks`,
  );
}

function blocksOf(node: RootContent): SourceBlock[] {
  switch (node.type) {
    case 'yaml':
    case 'html':
    case 'definition':
    case 'thematicBreak':
      return [];
    case 'heading':
      return [{ text: textOf(node), kind: 'heading' as const, level: node.depth }].filter(hasText);
    case 'list':
    case 'listItem':
    case 'blockquote':
    case 'footnoteDefinition':
      return node.children.flatMap((child) => blocksOf(child));
    case 'table':
      return node.children
        .map((row) => ({ text: row.children.map(textOf).join(' | ').trim(), kind: 'row' as const }))
        .filter(hasText);
    default:
      return [{ text: textOf(node), kind: 'paragraph' as const }].filter(hasText);
  }
}

/** The text of a node as a reader of the rendered page sees it. */
function textOf(node: Nodes): string {
  return shownText(inlineText(node));
}

function inlineText(node: Nodes): string {
  if (node.type === 'break' || (node.type === 'html' && /^<br\s*\/?>$/i.test(node.value))) return '\n';
  if (node.type === 'html') return '';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(inlineText).join('') : '';
}

function hasText(block: SourceBlock): boolean {
  return block.text !== '';
}

/** A first-level heading that opens the article is its title. */
function firstTitle(blocks: readonly SourceBlock[]): string | null {
  const first = blocks[0];
  return first?.level === 1 ? oneLine(first.text) : null;
}
