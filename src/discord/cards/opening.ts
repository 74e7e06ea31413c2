import type { Excerpt } from '../../corpus/excerpt.js';
import { headingPath } from '../../corpus/heading-path.js';
import { oneLine } from '../../text/visible-text.js';

/** How a passage begins, for lists: its own headings, and the text below them, each on one line. */
export interface Opening {
  /** As in "Install › Linux". Empty if it does not begin with a heading. */
  readonly headings: string;
  readonly text: string;
}

/** Returns how a passage begins. A passage of nothing but headings has no text. */
export function openingOf({ text, blocks }: Pick<Excerpt, 'text' | 'blocks'>): Opening {
  const first = blocks.findIndex(({ kind }) => kind !== 'heading');
  const leading = blocks.slice(0, first === -1 ? blocks.length : first);
  const end = leading.at(-1)?.end ?? 0;
  return {
    headings: headingPath(leading.map((block) => text.slice(block.start, block.end))),
    text: oneLine(text.slice(end)),
  };
}

/** The beginning of a passage on one line, its headings apart from its text. */
export function openingLine(excerpt: Pick<Excerpt, 'text' | 'blocks'>): string {
  const { headings, text } = openingOf(excerpt);
  return [headings, text].filter((part) => part !== '').join(' · ');
}
