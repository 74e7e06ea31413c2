import type { Span } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import { secondColumn, termGap } from './line-shapes.js';
import { type Line, type Run, smallestIndent, spanOfLines } from './lines.js';
import { isListItem } from './list-marker.js';
import { isFull, type Wrapping } from './wrapping.js';

/** A term and its definition, which is indented further. */
export interface HangingEntry {
  readonly term: Span;
  readonly definition: Span;
  readonly indent: number;
  readonly definitionLines: readonly Line[];
}

/** A longer text in the first column is not a term. */
export const MAX_TERM_WORDS = 10;

/** Reads lines as terms with their definitions indented below or beside them, or null if they are something else. */
export function hangingEntriesOf(lines: readonly Line[], { width, isWrapped }: Wrapping): HangingEntry[] | null {
  const [first] = lines;
  if (first === undefined || lines.length < 2) return null;
  const indent = smallestIndent(lines);
  if (first.indent !== indent) return null;
  const groups = groupsOf(lines, indent);
  const entries = groups.map((group) => aligned(group) ?? stacked(group, width, isWrapped));
  // A term that shares the definition of the next one has no definition of its own.
  return entries.every((entry) => entry !== null) ? entries : null;
}

/** Reads one line as a term and its definition with a gap between them; null if it has no gap. */
export function entryInLine(line: Line): HangingEntry | null {
  const gap = termGap(line.content);
  return gap === null ? null : entryOf(line, gap, []);
}

function entryOf({ start, end, indent }: Line, gap: Span, definitionLines: readonly Line[]): HangingEntry {
  return {
    term: { start, end: start + gap.start },
    definition: { start: start + gap.end, end: definitionLines.at(-1)?.end ?? end },
    indent,
    definitionLines,
  };
}

/** Splits lines in front of those with the least indentation. */
function groupsOf(lines: readonly Line[], indent: number): Run[] {
  const groups: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (line.indent === indent || group === undefined) groups.push([line]);
    else group.push(line);
  }
  return groups;
}

/** "NAME      the owner's name, which …", with further lines aligned below the definition. */
function aligned(group: Run): HangingEntry | null {
  const [first, ...deeper] = group;
  if (isListItem(first)) return null;
  const column = secondColumn(first, deeper.length > 0 ? 2 : 3);
  if (column === null || deeper.some((line) => line.indent < column - 1)) return null;
  if (deeper.length > 0 && smallestIndent(deeper) > column + 2) return null;
  const gap = termGap(first.content);
  if (gap === null || countWords(first.content.slice(0, gap.start)) > MAX_TERM_WORDS) return null;
  return entryOf(first, gap, deeper);
}

/** A short line, and its definition on the lines below it, indented further. */
function stacked(group: Run, width: number, isWrapped: boolean): HangingEntry | null {
  const [first, second, ...rest] = group;
  if (second === undefined || second.indent < first.indent + 2) return null;
  if (countWords(first.content) > MAX_TERM_WORDS || /[.,;!?:]$/.test(first.content)) return null;
  if (isWrapped && isFull(first, second, width)) return null;
  const lines = [second, ...rest];
  return {
    term: { start: first.start, end: first.end },
    definition: spanOfLines(lines),
    indent: first.indent,
    definitionLines: lines,
  };
}
