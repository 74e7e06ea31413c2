import type { Mark } from '../../corpus/block.js';
import { cutsCode } from './cut-code.js';
import { endsSentence, hasColumnGap, isDrawn, plainWordShare } from './line-shapes.js';
import { type Line, linesOf, usualIndent } from './lines.js';
import { findPageBreaks, type PageBreak } from './page-breaks.js';

/** The indentation of the first line of a paragraph or an item may differ from that of the next by this many columns. */
const MAX_HANGING = 8;

/** A text whose page heads and feet no longer interrupt its paragraphs. */
interface PagedText {
  readonly text: string;
  readonly lines: readonly Line[];
  /** Where each page begins. */
  readonly marks: readonly Mark[];
}

/**
 * Finds the heads and feet of printed pages. Those that interrupt a paragraph are moved to its end, because a quote is one slice
 * of the text. Nothing is left out.
 */
export function readPages(text: string): PagedText {
  const lines = linesOf(text);
  const breaks = findPageBreaks(text, lines);
  if (breaks.length === 0) return { text, lines, marks: [] };
  const order = orderOf(lines, breaks);
  const ordered = joinLines(
    text,
    order.map((index) => lines[index] as Line),
  );
  const rules = new Map(
    breaks.flatMap(({ heads, feet }) => [...ruled(heads, 'page head'), ...ruled(feet, 'page foot')]),
  );
  const orderedLines = linesOf(ordered).map((line, place) => {
    const pageRule = rules.get(order[place] ?? -1);
    return pageRule === undefined ? line : { ...line, pageRule };
  });
  const places = new Map(order.map((index, place) => [index, place]));
  return { text: ordered, lines: orderedLines, marks: marksOf(breaks, orderedLines, places) };
}

function ruled(indexes: readonly number[], rule: string): [number, string][] {
  return indexes.map((index) => [index, rule]);
}

/** The indexes of all lines in their new order. */
function orderOf(lines: readonly Line[], breaks: readonly PageBreak[]): number[] {
  const order: number[] = [];
  let moved: number[] = [];
  let index = 0;
  const flush = (): void => {
    for (const line of moved) order.push(line);
    moved = [];
  };
  const take = (to: number): void => {
    for (; index < to; index += 1) {
      if (lines[index]?.content === '' && moved.length > 0) {
        flush();
      }
      order.push(index);
    }
  };
  const base = usualIndent([lines]);
  for (const pageBreak of breaks) {
    take(pageBreak.from);
    for (; index < pageBreak.to; index += 1) moved.push(index);
    if (isInterrupted(lines, pageBreak) || cutsCode(lines, pageBreak, base)) continue;
    flush();
  }
  take(lines.length);
  flush();
  return order;
}

/** Whether a paragraph continues after the page break. */
function isInterrupted(lines: readonly Line[], { from, to }: PageBreak): boolean {
  const last = lines[from - 1];
  const next = lines[to];
  if (!last?.content || !next?.content) return false;
  for (const line of [last, next]) {
    if (isDrawn(line.content) || hasColumnGap(line.content) || plainWordShare(line.content) < 0.5) return false;
  }
  const goesOn = /^["“‘'(]*\p{Ll}/u.test(next.content);
  const isFirstLine = lines[from - 2]?.content === '' || from < 2;
  const step = next.indent - last.indent;
  const isAligned =
    step === 0 || (isFirstLine && Math.abs(step) <= MAX_HANGING) || (goesOn && step > 0 && step <= MAX_HANGING);
  if (!isAligned || /^(?:[-*•]|\(?(?:\d{1,3}|[a-z])[.)])\s/.test(next.content)) return false;
  return goesOn
    ? !/[.!?:]["”’)\]]*$/u.test(last.content) || /\b(?:e\.g|i\.e|cf)\.$/.test(last.content)
    : isOpen(last, next);
}

/** Whether a line is nearly as long as the next one and does not end a sentence. */
function isOpen(last: Line, next: Line): boolean {
  return !endsSentence(last.content) && last.content.length > 40 && last.width > next.width - 20;
}

function joinLines(text: string, lines: readonly Line[]): string {
  return lines
    .map((line, place) => {
      const end = text.slice(line.to, line.to + 1);
      return text.slice(line.from, line.to) + (place === lines.length - 1 ? '' : end || '\n');
    })
    .join('');
}

function marksOf(breaks: readonly PageBreak[], lines: readonly Line[], places: ReadonlyMap<number, number>): Mark[] {
  const marks: Mark[] = [];
  const first = breaks[0];
  const mark = (line: Line | undefined, value: string | null): void => {
    if (line !== undefined && value !== null) marks.push({ kind: 'page', start: line.start, end: line.start, value });
  };
  const opening = lines.find((line) => line.content !== '' && line.pageRule === undefined);
  if (first?.endedPage === '1') mark(opening, '1');
  for (const { to, begunPage } of breaks) mark(lines[places.get(to) ?? -1], begunPage);
  return marks.filter((one, index) => index === 0 || one.start > (marks[index - 1]?.start ?? -1));
}
