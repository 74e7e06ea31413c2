import type { Excerpt } from '../../corpus/excerpt.js';
import { headingPathAbove } from '../../corpus/heading-path.js';
import { escapeToFit } from '../format/markdown.js';

/** Characters of the whole path. */
const MAX_PATH = 200;

/** The headings above an excerpt as one line of Markdown in small print: "Install › Linux". Null if there are none. */
export function headingLine(excerpt: Pick<Excerpt, 'context'>): string | null {
  const escaped = escapeToFit(headingPathAbove(excerpt, MAX_PATH), MAX_PATH);
  return escaped.trim() === '' ? null : `-# ${escaped}`;
}
