import { isContent, type Mark } from '../corpus/block.js';
import { composeBlocks } from './compose.js';
import { readContent } from './html/content.js';
import { type Page, parsePage } from './html/page.js';
import { isNews } from './html/page-genre.js';
import { statedByPage } from './html/page-metadata.js';
import { isWebAddress, readMetadata } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';

/**
 * Reads a web page, as a site sends it or a browser saves it. The article's text is what a reader of the page sees, block by
 * block with a blank line between them. The rest of the page is left out, or marked as boilerplate where it is inside the
 * article. No script is run and nothing is fetched.
 *
 * @param source The decoded HTML.
 * @throws {UnreadableFile} if the page has no article or its elements are nested too deeply.
 */
export function readHtml(source: string): SourceArticle {
  try {
    return readPage(source);
  } catch (error) {
    // Readability is recursive and ran out of stack.
    if (!(error instanceof RangeError)) throw error;
    throw new UnreadableFile('has elements nested too deeply: save its text as .txt or remove it', { cause: error });
  }
}

function readPage(source: string): SourceArticle {
  const page = parsePage(source);
  const statements = statedByPage(page);
  const { stated, warnings } = readMetadata(statements);
  const { blocks, omitted } = readContent(page, isNews(page, statements.published));
  const composed = composeBlocks(blocks, stated.title);
  if (source.trim() !== '' && !composed.blocks.some(isContent)) {
    throw new UnreadableFile(
      'has no recognisable article: save the page again once it has fully loaded, or save its text as .txt',
    );
  }
  return { ...stated, ...composed, marks: fromBase(composed.marks, page, stated.url), warnings, omitted };
}

/** Makes links relative to the address in the page's `<base>`, if it has one, as a browser does. */
function fromBase(marks: readonly Mark[], page: Page, url: string | null): readonly Mark[] {
  const written = page.querySelector('base[href]')?.getAttribute('href')?.trim() ?? '';
  if (written === '') return marks;
  const base = URL.canParse(written, url ?? undefined) ? new URL(written, url ?? undefined).href : '';
  if (!isWebAddress(base)) return marks;
  return marks.map((mark) => {
    const isRelative = mark.kind === 'link' && mark.value !== undefined && URL.canParse(mark.value, base);
    return isRelative ? { ...mark, value: new URL(mark.value, base).href } : mark;
  });
}
