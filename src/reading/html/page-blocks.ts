import type { SourceBlock } from '../compose.js';
import { nameBoldLines } from './bold-lines.js';
import { collectBlocks } from './collect-blocks.js';
import { removeHidden } from './hidden.js';
import { joinNoteTitles } from './note-titles.js';
import type { PageElement } from './page.js';
import type { RawBlock } from './raw-block.js';

/**
 * Returns all blocks of a page or a part of one in reading order, as a browser shows them. Nothing in it is taken for
 * boilerplate.
 *
 * @param content Changed: elements that are not shown are removed.
 */
export function blocksOf(content: PageElement): SourceBlock[] {
  removeHidden(content);
  return structureBlocks(collectBlocks(content)).map(({ sources: _sources, ...block }) => block);
}

/** Finds what the markup of single elements does not show: the titles of notes, and bold lines that are headings. */
export function structureBlocks(blocks: readonly RawBlock[]): RawBlock[] {
  return nameBoldLines(joinNoteTitles(blocks));
}
