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
  const isOutside = (part: Span): boolean => !overlap(part, span);
  const touched = blocks.filter((block) => !isOutside(block) && isContent(block));
  const found = new Map<string, ContextSpan>();
  for (const heading of headingsAbove(blocks, touched[0] ?? span)) found.set(`heading ${heading.start}`, heading);
  for (const part of touched.flatMap(({ context = [] }) => context)) found.set(`${part.role} ${part.start}`, part);
  return [...found.values()].filter(isOutside).toSorted((a, b) => a.start - b.start);
}

/** Returns the headings above a place in an article, from the highest to the nearest. The title is not one of them. */
export function headingsAbove(blocks: readonly Block[], { start: place }: Pick<Span, 'start'>): ContextSpan[] {
  const path: { readonly level: number; readonly span: ContextSpan }[] = [];
  for (const { kind, start, end: blockEnd, level = LOWEST_LEVEL, marker } of blocks) {
    if (start >= place) break;
    // Without the line under it.
    const end = marker?.start ?? blockEnd;
    if (kind !== 'heading') continue;
    while ((path.at(-1)?.level ?? 0) >= level) path.pop();
    path.push({ level, span: { role: 'heading', start, end } });
  }
  return path.map(({ span }) => span);
}
