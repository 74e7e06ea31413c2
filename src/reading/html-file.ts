import { composeBlocks } from './blocks.js';
import { contentBlocks } from './html-content.js';
import { statedByPage } from './html-metadata.js';
import { parsePage } from './html-page.js';
import { readMetadata } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './source-article.js';

/**
 * Reads a page of the web, as a site sends it or a browser saves it. The article's text is what a reader of the page sees of
 * it, block by block with a blank line between; what the page carries besides is boilerplate, or left out where it stands apart.
 * No script is run and nothing is fetched.
 *
 * @throws {UnreadableFile} when no article is found in it, or its elements are nested too deep.
 */
export function readHtml(source: string): SourceArticle {
  try {
    return readPage(source);
  } catch (error) {
    // Readability goes down into elements by calling itself.
    if (!(error instanceof RangeError)) throw error;
    throw new UnreadableFile('has elements nested too deep: save its text as .txt, or remove it', { cause: error });
  }
}

function readPage(source: string): SourceArticle {
  const page = parsePage(source);
  const { stated, warnings } = readMetadata(statedByPage(page));
  const composed = composeBlocks(contentBlocks(page), stated.title);
  if (source.trim() !== '' && !composed.paragraphs.some(({ kind }) => kind === 'body')) {
    throw new UnreadableFile(
      'has no article that could be found: save the page again when the browser shows all of it, or its text as .txt',
    );
  }
  return { ...stated, ...composed, warnings };
}
