import { plainWordShare } from './line-shapes.js';
import { asRun, type Line, smallestIndent } from './lines.js';
import type { PageBreak } from './page-breaks.js';

/** Code is indented further than the text around it by this many columns. */
const MIN_INDENT = 2;
/** Of the words of prose, at least this share are plain words. */
const MIN_PROSE_SHARE = 0.6;
/** More lines before or after a page break show nothing new, and reading them for each break would take too long. */
const MAX_LINES = 60;

/**
 * Whether a page break cuts code: lines that are indented further than the text and do not read like it, on both pages. Those on
 * the first page must be unfinished, since one listing may end with a page and another begin.
 *
 * @param base The indentation of the text, in columns.
 */
export function cutsCode(lines: readonly Line[], { from, to }: Pick<PageBreak, 'from' | 'to'>, base: number): boolean {
  const before = asRun(linesBefore(lines, from));
  const after = asRun(linesAfter(lines, to));
  if (before === null || after === null) return false;
  if ([...before, ...after].some(({ indent }) => indent < base + MIN_INDENT)) return false;
  if (plainWordShare([...before, ...after].map(({ content }) => content).join(' ')) >= MIN_PROSE_SHARE) return false;
  const [next] = after;
  return openBrackets(before) > 0 || /^[)\]}]/.test(next.content) || next.indent > smallestIndent(before);
}

function linesBefore(lines: readonly Line[], from: number): Line[] {
  let start = from;
  while (start > 0 && from - start < MAX_LINES && lines[start - 1]?.content) start -= 1;
  return lines.slice(start, from);
}

function linesAfter(lines: readonly Line[], to: number): Line[] {
  let end = to;
  while (end < lines.length && end - to < MAX_LINES && lines[end]?.content) end += 1;
  return lines.slice(to, end);
}

/** How many brackets are open at the end of some lines. */
function openBrackets(lines: readonly Line[]): number {
  let open = 0;
  for (const { content } of lines)
    for (const character of content) {
      if (/[([{]/.test(character)) open += 1;
      else if (/[)\]}]/.test(character)) open = Math.max(0, open - 1);
    }
  return open;
}
