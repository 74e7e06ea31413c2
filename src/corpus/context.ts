import { overlap, type Span } from '../text/span.js';
import { type Block, type ContextSpan, isContent } from './block.js';

/** A heading without a level ranks below those that have one. */
const LOWEST_LEVEL = 7;

/**
 * Returns what a reader needs beside a part of an article, in text order: the headings above it, and the context of the blocks
 * that it touches. What it contains itself is left out.
 *
 * @param blocks The article's blocks.
 */
export function contextOf(blocks: readonly Block[], span: Span): ContextSpan[] {
  return new ContextIndex(blocks).contextOf(span);
}

/** Returns the headings above a place in an article, from the highest to the nearest. The title is not one of them. */
export function headingsAbove(blocks: readonly Block[], place: Pick<Span, 'start'>): ContextSpan[] {
  return new ContextIndex(blocks).headingsAbove(place);
}

/** A heading, and the heading that it stands below. */
interface Heading {
  readonly level: number;
  readonly span: ContextSpan;
  readonly above: Heading | null;
}

function headingBelow({ start, end, level = LOWEST_LEVEL, marker }: Block, nearest: Heading | null): Heading {
  let above = nearest;
  while (above !== null && above.level >= level) above = above.above;
  // Without the line under it.
  return { level, span: { role: 'heading', start, end: marker?.start ?? end }, above };
}

/** Finds the context of many parts of one article. Each takes the time that its own blocks take, however long the article is. */
export class ContextIndex {
  readonly #blocks: readonly Block[];
  /** For each block, the nearest heading above it. */
  readonly #headings: (Heading | null)[] = [];

  /** @param blocks The article's blocks. */
  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
    let nearest: Heading | null = null;
    for (const block of blocks) {
      this.#headings.push(nearest);
      if (block.kind === 'heading') nearest = headingBelow(block, nearest);
    }
    this.#headings.push(nearest);
  }

  /** See {@link contextOf}. */
  contextOf(span: Span): ContextSpan[] {
    const isOutside = (part: Span): boolean => !overlap(part, span);
    const touched = this.#touchedBy(span).filter(isContent);
    const found = new Map<string, ContextSpan>();
    for (const heading of this.headingsAbove(touched[0] ?? span)) found.set(`heading ${heading.start}`, heading);
    for (const part of touched.flatMap(({ context = [] }) => context)) found.set(`${part.role} ${part.start}`, part);
    return [...found.values()].filter(isOutside).toSorted((a, b) => a.start - b.start);
  }

  /** See {@link headingsAbove}. */
  headingsAbove({ start: place }: Pick<Span, 'start'>): ContextSpan[] {
    const path: ContextSpan[] = [];
    const next = this.#firstIndex(({ start }) => start >= place);
    for (let heading = this.#headings[next] ?? null; heading !== null; heading = heading.above) path.push(heading.span);
    return path.toReversed();
  }

  /** Returns the first block with content that ends behind a place; undefined if there is none. */
  contentAfter(place: number): Block | undefined {
    for (let index = this.#firstIndex(({ end }) => end > place); index < this.#blocks.length; index += 1) {
      const block = this.#blocks[index];
      if (block !== undefined && isContent(block)) return block;
    }
    return undefined;
  }

  #touchedBy(span: Span): Block[] {
    const touched: Block[] = [];
    for (let index = this.#firstIndex(({ end }) => end > span.start); index < this.#blocks.length; index += 1) {
      const block = this.#blocks[index];
      if (block === undefined || block.start >= span.end) break;
      touched.push(block);
    }
    return touched;
  }

  /** The index of the first block that passes a test, which all blocks after it pass too. Binary search. */
  #firstIndex(isPast: (block: Block) => boolean): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = this.#blocks[middle];
      if (block !== undefined && isPast(block)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
