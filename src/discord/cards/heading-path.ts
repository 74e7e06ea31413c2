import type { Excerpt } from '../../corpus/excerpt.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';

/** Characters of the whole path. If it is longer, its highest headings are left out: the nearest says most. */
const MAX_PATH = 200;

const SEPARATOR = ' › ';

/** The headings above an excerpt as one line of Markdown: "Install › Linux". Null if there are none. */
export function headingPath({ context }: Excerpt): string | null {
  const headings = context.filter(({ role }) => role === 'heading').map(({ text }) => oneLine(text));
  let path = '';
  for (const heading of headings.toReversed()) {
    const longer = path === '' ? heading : `${heading}${SEPARATOR}${path}`;
    if (path !== '' && longer.length > MAX_PATH) {
      path = `…${SEPARATOR}${path}`;
      break;
    }
    path = longer;
  }
  const escaped = escapeToFit(path, MAX_PATH);
  return escaped.trim() === '' ? null : `-# ${escaped}`;
}
