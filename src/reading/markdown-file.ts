import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { oneLine } from '../text/visible-text.js';
import { composeBlocks, type SourceBlock } from './compose.js';
import type { HtmlReader } from './markdown/blocks/html-blocks.js';
import { treeBlocks } from './markdown/blocks/tree-blocks.js';
import { readFrontMatter } from './markdown/front-matter.js';
import { prepareSource } from './markdown/preparing/prepare-source.js';
import { refuseDeepNesting } from './markdown/refuse-deep-nesting.js';
import { MAX_TITLE_CHARACTERS } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';

const parser = unified().use(remarkParse).use(remarkGfm);

/** An import is a sign of MDX: many sites read their .md files as MDX too. */
const IMPORT = /^import\s[^;'"\n]*\sfrom\s+['"][^'"\n]+['"];?[ \t]*$/m;

/**
 * Reads Markdown: GFM with front matter, admonitions, HTML, footnotes, definition lists, and what common site generators add to
 * it. The article's text is what a reader of the rendered page sees, so that quotes show no markup.
 *
 * @param source With `\n` line endings.
 * @param isMdx Whether the file is known to be MDX (default: it is MDX if it has imports).
 * @throws {UnreadableFile} if it is nested too deeply.
 */
export async function readMarkdown(source: string, isMdx = false): Promise<SourceArticle> {
  try {
    return await readArticle(source, isMdx);
  } catch (error) {
    // Parsing nested blocks is recursive, and ran out of stack.
    if (!(error instanceof RangeError)) throw error;
    throw new UnreadableFile('has markup nested too deeply: simplify it, or save it as .txt', { cause: error });
  }
}

async function readArticle(source: string, isMdx: boolean): Promise<SourceArticle> {
  const { stated, warnings, body } = readFrontMatter(source);
  refuseDeepNesting(body, countLines(source) - countLines(body));
  const { text, markers } = prepareSource(body, isMdx || (IMPORT.test(body) && importsOutsideCode(body)));
  const tree: Root = parser.parse(text);
  const blocks = treeBlocks(tree, text, markers, hasHtml(tree) ? await loadHtmlReader() : null);
  const title = stated.title ?? titleOf(blocks);
  const omitted = markers.omitted();
  return { ...stated, title, ...composeBlocks(blocks, title), warnings, ...(omitted.length > 0 && { omitted }) };
}

function countLines(text: string): number {
  return text.split('\n').length;
}

/** Whether an import is in the text itself. Guides show imports in code. */
function importsOutsideCode(source: string): boolean {
  let fence = '';
  for (const line of source.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    else if (fence === '' && IMPORT.test(line)) return true;
  }
  return false;
}

/** Whether a block is HTML with more than comments. */
function hasHtml(tree: Root): boolean {
  const rest: Nodes[] = [tree];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node.type === 'html' && /<[A-Za-z]/.test(node.value)) return true;
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'table')
      for (const child of node.children) rest.push(child);
  }
  return false;
}

/** Loading the HTML parser takes a while, and most Markdown has no HTML. */
async function loadHtmlReader(): Promise<HtmlReader> {
  const [{ parsePage }, { blocksOf }] = await Promise.all([import('./html/page.js'), import('./html/page-blocks.js')]);
  return (source) => blocksOf(parsePage(source).body);
}

/** The first heading if it has level 1, or else the only heading of level 1. */
function titleOf(blocks: readonly SourceBlock[]): string | null {
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  const highest = headings.filter(({ level }) => level === 1);
  const title = headings[0]?.level === 1 || highest.length === 1 ? highest[0] : undefined;
  const text = title === undefined ? '' : oneLine(title.text);
  return text === '' || text.length > MAX_TITLE_CHARACTERS ? null : text;
}
