import type { Mark } from '../../../corpus/block.js';
import { belowTitle, isShortTitle } from '../../below-title.js';
import type { SourceBlock } from '../../compose.js';
import { type ItemStart, withItemStart } from './item-start.js';
import type { Place } from './place.js';

/**
 * Collects the blocks of an article. The start of an item and the anchors wait for the next block, and the title of a note is
 * joined with it.
 */
export class BlockWriter {
  readonly blocks: SourceBlock[] = [];
  /** The start of an item whose text has not come yet. */
  itemStart: ItemStart | null = null;
  /** Ids that lead to the next block. */
  #anchors: string[] = [];
  /** The note whose title is the last block. */
  #titled: object | null = null;

  /** Makes an id lead to the next block. */
  addAnchor(id: string): void {
    this.#anchors.push(id);
  }

  /** Adds a block with what it inherits from its place. Returns false if it has no text. */
  add(block: SourceBlock, place: Place): boolean {
    const started = this.#withStart(block);
    if (started.text === '') {
      // Links to it lead to the next block.
      for (const { kind, value } of block.marks ?? [])
        if (kind === 'anchor' && value !== undefined) this.#anchors.push(value);
      return false;
    }
    const anchors: Mark[] = this.#anchors.map((value) => ({ kind: 'anchor', start: 0, end: 0, value }));
    this.#anchors = [];
    const standsAlone = block.kind === 'question' || block.kind === 'term' || block.kind === 'heading';
    const under = block.under ?? (standsAlone ? undefined : place.under);
    this.#push(
      {
        ...started,
        ...(place.depth > 0 && { depth: place.depth }),
        ...(block.kind === 'note' && place.label !== undefined && { label: place.label }),
        ...(under !== undefined && { under }),
        marks: [...anchors, ...(started.marks ?? [])],
      },
      place,
    );
    return true;
  }

  #push(block: SourceBlock, { note, isTitle }: Place): void {
    const title =
      this.#titled !== null && note === this.#titled && block.kind === 'note' ? this.blocks.pop() : undefined;
    this.blocks.push(title === undefined ? block : belowTitle(title, block));
    this.#titled = isTitle && note !== undefined && isShortTitle(block) ? note : null;
  }

  #withStart(block: SourceBlock): SourceBlock {
    const start = this.itemStart;
    if (start === null || (block.kind !== 'item' && block.kind !== 'question')) return block;
    this.itemStart = null;
    return withItemStart(block, start);
  }
}
