import { oneLine } from '../text/visible-text.js';
import type { Excerpt } from './excerpt.js';

const SEPARATOR = ' › ';

/**
 * Joins headings, from the highest to the nearest, on one line: "Install › Linux". Empty ones are left out.
 *
 * @param maxCharacters If the path would be longer, its highest headings are left out and "…" stands for them: the nearest says
 *   most. That one is never left out or cut. Default: any length.
 */
export function headingPath(headings: readonly string[], maxCharacters = Number.POSITIVE_INFINITY): string {
  const parts = headings.map(oneLine).filter((part) => part !== '');
  let path = parts.at(-1) ?? '';
  for (const part of parts.slice(0, -1).toReversed()) {
    const longer = `${part}${SEPARATOR}${path}`;
    if (longer.length > maxCharacters) return `…${SEPARATOR}${path}`;
    path = longer;
  }
  return path;
}

/** The path of the headings above an excerpt; empty if there are none. @param maxCharacters See {@link headingPath}. */
export function headingPathAbove({ context }: Pick<Excerpt, 'context'>, maxCharacters?: number): string {
  const headings = context.filter(({ role }) => role === 'heading');
  return headingPath(
    headings.map(({ text }) => text),
    maxCharacters,
  );
}
