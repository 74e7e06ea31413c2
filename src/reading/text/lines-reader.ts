import { nextRunOf, type TextContext } from './context.js';
import { dashedEntriesOf } from './dashed-entries.js';
import { hangingEntriesOf } from './hanging.js';
import type { HeadingReader } from './heading-reader.js';
import { keepsLines } from './kept-lines.js';
import { type Line, type Run, smallestIndent, spanOfLines } from './lines.js';
import type { Outline } from './outline.js';
import { isProse } from './preformatted.js';
import { readSpacedTable } from './spaced-table.js';
import { isTermAbove } from './term-line.js';
import type { Wrapping } from './wrapping.js';

/** A wider line is not cut within a sentence. */
const MAX_CUT_COLUMNS = 120;
/** In a text with wider lines, a short line is not a term. */
const MAX_TERM_COLUMNS = 120;
/** A longer line that is not wrapped is a paragraph, however far it is indented. */
const MAX_CODE_CHARACTERS = 80;
/** "Figure 3", "Table 2: the lamps". */
const CAPTION = /^(?:figure|fig\.|table|abbildung|tabelle)\s+\d+(?:\.\d+)?(?:[.:]|\s|$)/i;

/** Where lines are in the text. */
interface LinesPlace {
  readonly wrapping: Wrapping;
  /** The index of their run. */
  readonly index: number;
  /** Whether they end the run. */
  readonly isLast: boolean;
}

/** Reads lines without a marker: entries, captions, tables, terms, code, short headings, and paragraphs. */
export class LinesReader {
  readonly #context: TextContext;
  readonly #outline: Outline;
  readonly #headings: HeadingReader;

  /** @param outline Gets the blocks. */
  constructor(context: TextContext, outline: Outline, headings: HeadingReader) {
    this.#context = context;
    this.#outline = outline;
    this.#headings = headings;
  }

  /** Adds the blocks of some lines. */
  read(lines: Run, { wrapping, index, isLast }: LinesPlace): void {
    this.#outline.leaveTo(smallestIndent(lines));
    const { top } = this.#outline;
    if (this.#readEntries(lines, wrapping)) return;
    const canLead = isLast && top === null;
    if (canLead && this.#readTerm(lines, index)) return;
    const base = top?.textIndent ?? this.#context.base;
    if (isCode(lines, base, wrapping)) this.#outline.addCode(lines);
    else if (canLead && this.#headings.readLone(lines, index)) return;
    else if (this.#isInWrappedText(index) && keepsLines(lines, wrapping)) this.#outline.addParagraph(lines, true);
    else if (wrapping.isWrapped) this.#outline.addParagraph(lines);
    else this.#readUnwrapped(lines, index);
  }

  /** In a text that is not wrapped, each line is a paragraph. */
  #isInWrappedText(index: number): boolean {
    const { wrapping } = this.#context;
    return [index, index - 1, index + 1, index - 2, index + 2].some((at) => wrapping[at]?.isWrapped);
  }

  /** Reads what the form of its lines alone shows to be a list, a table or a caption. */
  #readEntries(lines: Run, wrapping: Wrapping): boolean {
    const outline = this.#outline;
    const dashed = dashedEntriesOf(lines);
    if (dashed !== null) {
      const shared = { depth: outline.depth() + 1, group: outline.newGroup(), ...outline.under() };
      for (const entry of dashed) outline.add({ kind: 'item', ...spanOfLines(entry), ...shared });
      return true;
    }
    if (isCaption(lines)) {
      outline.add({ kind: 'caption', ...spanOfLines(lines) });
      return true;
    }
    const rows = readSpacedTable(lines, outline.newGroup());
    if (rows !== null) {
      for (const row of rows) outline.add({ ...row, ...outline.under() });
      return true;
    }
    const entries = hangingEntriesOf(lines, wrapping);
    if (entries !== null) outline.addEntries(entries);
    return entries !== null;
  }

  /** A short line whose definition is the next run, which is indented further. */
  #readTerm([line, second]: Run, index: number): boolean {
    const next = nextRunOf(this.#context, index);
    if (second !== undefined || next === null || line.indent < this.#context.base) return false;
    const { width } = this.#context.wrapping[index] ?? { width: 0 };
    if (width > MAX_TERM_COLUMNS || !isTermAbove(line, next)) return false;
    this.#outline.add({ kind: 'term', start: line.start, end: line.end });
    this.#outline.enter({ kind: 'term', indent: line.indent, textIndent: next[0].indent });
    return true;
  }

  /** Lines that are not wrapped: each is a paragraph, unless a sentence clearly continues on the next line. */
  #readUnwrapped(lines: Run, index: number): void {
    let open: Line[] = [];
    for (const [place, line] of lines.entries()) {
      const next = lines[place + 1];
      open.push(line);
      if (next !== undefined && clearlyGoesOn(line, next)) continue;
      const isHeading =
        open.length === 1 && this.#headings.isShort(line, next ?? null, next ? null : nextRunOf(this.#context, index));
      if (isHeading) this.#headings.addShort(line);
      else this.#outline.addParagraph(open);
      open = [];
    }
  }
}

function isCaption(lines: Run): boolean {
  if (lines.length > 2 || !CAPTION.test(lines[0].content)) return false;
  return lines.length === 1 || !/[.!?]$/.test(lines.at(-1)?.content ?? '');
}

/** Whether lines are code: they are indented further than the text and do not read like it. */
function isCode(lines: Run, base: number, { isWrapped }: Wrapping): boolean {
  if (lines.some((line) => line.indent < base + 2)) return false;
  const areLong = !isWrapped && lines.every((line) => line.content.length > MAX_CODE_CHARACTERS);
  return !areLong && !isProse(lines, isWrapped);
}

/** Whether a line is cut within a sentence: it ends with a comma, or is long and has no end mark; and the next begins in lower case. */
function clearlyGoesOn(line: Line, next: Line): boolean {
  if (next.indent !== line.indent || line.width > MAX_CUT_COLUMNS || !/^\p{Ll}/u.test(next.content)) return false;
  return line.content.endsWith(',') || (line.content.length >= 40 && /[\p{L}\p{N}'’")]$/u.test(line.content));
}
