import type { Omission } from '../../corpus/hidden-text.js';
import type { BoilerplatePart, RawBlock } from './raw-block.js';

/** Counts what was left out, by the outermost part of the page that it belongs to. Blocks outside such parts are "other". */
export function omissionsOf(blocks: readonly RawBlock[]): Omission[] {
  const parts = new Map<string, Set<object>>();
  for (const block of blocks) {
    const part = outermost(block.sources[0]?.around.boilerplate ?? null);
    const what = part?.rule ?? 'other';
    const counted = parts.get(what) ?? new Set();
    counted.add(part ?? block);
    parts.set(what, counted);
  }
  return [...parts].map(([what, { size }]) => ({ what, count: size }));
}

function outermost(part: BoilerplatePart | null): BoilerplatePart | null {
  let outer = part;
  while (outer?.around) outer = outer.around;
  return outer;
}
