import { composeBlocks } from './blocks.js';
import { blocksOf } from './html-blocks.js';
import { contentOf } from './html-content.js';
import { statedByPage } from './html-metadata.js';
import { parsePage } from './html-page.js';
import { readMetadata } from './metadata.js';
import { type SourceArticle, UnreadableFile } from './reading.js';

export function readHtml(source: string): SourceArticle {
  const page = parsePage(source);
  const { stated, warnings } = readMetadata(statedByPage(page));
  const content = contentOf(page);
  const blocks = content === null ? [] : blocksOf(content);
  return { ...stated, ...composeBlocks(blocks, stated.title), warnings };
}
