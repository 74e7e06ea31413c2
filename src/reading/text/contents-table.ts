import type { PlacedBlock } from '../add-context.js';
import { MAX_SHAPE_CHARACTERS } from './line-shapes.js';
import { type Line, type Run, spanOfLines } from './lines.js';

/** "Ferries ........ 12", or a section number and a page number on one line. */
const CONTENTS_LINE =
  /(?:\. ?){4,}\s*(?:\d+|[ivxlc]+)$|^(?:\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.)\s.*\S {3,}(?:\d+|[ivxlc]+)$/;

const MAX_DEPTH = 6;

/** Counts the lines of a run that look like entries of a table of contents: they end with a page number after a gap. */
export function contentsLinesIn(run: Run): number {
  return run.filter(({ content }) => isContentsLine(content)).length;
}

/** Reads the entries of a table of contents as the items of a list. An entry can have several lines. */
export function contentsEntriesOf(run: Run, group: number): PlacedBlock[] {
  const indents = [...new Set(run.map(({ indent }) => indent))].toSorted((a, b) => a - b);
  return entriesOf(run).map((lines): PlacedBlock => {
    const [first] = lines;
    const number = /^(?:\d{1,3}(?:\.\d{1,3})*\.?|[A-Z](?:\.\d{1,3})*\.)(?=\s)/.exec(first.content)?.[0];
    const level = number?.replace(/\.$/, '').split('.').length ?? indents.indexOf(first.indent) + 1;
    return {
      kind: 'item',
      ...spanOfLines(lines),
      depth: Math.min(level, MAX_DEPTH),
      group,
      ...(number !== undefined && { marker: { start: first.start, end: first.start + number.length } }),
    };
  });
}

function entriesOf(run: Run): Run[] {
  const entries: [Line, ...Line[]][] = [];
  let isWhole = true;
  for (const line of run) {
    if (isWhole) entries.push([line]);
    else entries.at(-1)?.push(line);
    isWhole = isContentsLine(line.content);
  }
  return entries;
}

function isContentsLine(content: string): boolean {
  return content.length <= MAX_SHAPE_CHARACTERS && CONTENTS_LINE.test(content);
}
