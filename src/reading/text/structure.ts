import { countWords } from '../../text/words.js';
import type { PlacedBlock } from '../add-context.js';
import { contentsEntriesOf, contentsLinesIn } from './contents-table.js';
import { nextRunOf, type TextContext } from './context.js';
import { hangingEntriesOf, type Series, seriesOf } from './hanging.js';
import { HeadingReader } from './heading-reader.js';
import { speakerOf } from './labels.js';
import { couldBeHeading, hasColumnGap, isUnderline, plainWordShare } from './line-shapes.js';
import { asRun, type Line, type Run, smallestIndent, spanOfLines } from './lines.js';
import { type ListMarker, listMarkerOf } from './list-marker.js';
import { mailHeadOf } from './mail.js';
import { Outline } from './outline.js';
import { type Part, partsOf } from './parts.js';
import { isProse, isUnmistakablyPreformatted } from './preformatted.js';
import { isHeadOf, readBarTable, readSpacedTable, spacedCells } from './tables.js';
import type { TextTitle } from './title.js';
import type { Wrapping } from './wrapping.js';

/** Lines that are cut within a sentence are not wider. */
const MAX_CUT_COLUMNS = 120;
/** "* * *", or the dashes above a signature. */
const ORNAMENT = /^(?:[*_=~#•·+-]\s*){2,}$/;
/** "Figure 3", "Table 2: the lamps". */
const CAPTION = /^(?:figure|fig\.|table|abbildung|tabelle)\s+\d+(?:\.\d+)?(?:[.:]|\s|$)/i;
/** "r - restricted user connection": an entry with its meaning behind a dash. */
const DASHED_ENTRY = /^\S{1,30}(?: \S{1,20}){0,2}\s+[-–—]{1,2}\s+\S/;
/**
 * Finds the blocks of a text: its lists, tables, definitions, code, headings and paragraphs. Each run of lines is looked at once,
 * with what is open above it.
 */
export class StructureReader {
  readonly #context: TextContext;
  readonly #title: TextTitle | null;
  readonly #series: ReadonlyMap<Run, Series>;
  readonly #seriesGroups = new Map<number, number>();
  readonly #outline = new Outline();
  readonly #headings: HeadingReader;
  #contentsGroup: number | null = null;
  #mails = 0;

  constructor(context: TextContext, title: TextTitle | null) {
    this.#context = context;
    this.#title = title;
    this.#series = seriesOf(context.runs);
    this.#headings = new HeadingReader(context, this.#outline);
  }

  /** Reads all runs. To be called once. */
  read(): PlacedBlock[] {
    this.#context.runs.forEach((run, index) => {
      const wrapping = this.#context.wrapping[index] as Wrapping;
      const { pageRule } = run[0];
      if (pageRule !== undefined) this.#outline.add({ kind: 'boilerplate', ...spanOfLines(run), rule: pageRule });
      else this.#readRun(run, wrapping, index);
    });
    return this.#outline.blocks;
  }

  #readRun(run: Run, wrapping: Wrapping, index: number): void {
    const rest = this.#readTitle(run);
    if (rest === null) return;
    if (rest.length === 1 && ORNAMENT.test(rest[0].content)) {
      this.#outline.add({ kind: 'boilerplate', ...spanOfLines(rest), rule: 'ornament' });
      return;
    }
    if (rest === run && this.#readMailHead(run)) return;
    if (this.#readContents(rest)) return;
    if (this.#readTable(rest)) return;
    const series = this.#series.get(rest);
    if (series !== undefined && !isUnmistakablyPreformatted(rest)) {
      this.#readSeries(rest, series);
      return;
    }
    if (isBarredNote(rest)) {
      this.#outline.add({ kind: 'note', ...spanOfLines(rest), ...this.#outline.place() });
      return;
    }
    if (!isUnderlined(rest) && isUnmistakablyPreformatted(rest)) {
      this.#outline.addCode(rest);
      return;
    }
    const body = this.#headings.read(rest, index, wrapping);
    if (body === null) return;
    const parts = partsOf(body, wrapping, this.#context);
    for (const [place, part] of parts.entries()) this.#readPart(part, wrapping, index, parts[place + 1]);
  }

  /** @returns The lines that are not the title; null if there are none. */
  #readTitle(run: Run): Run | null {
    const title = this.#title;
    const first = title?.lines[0];
    if (title === null || first === undefined || !run.some((line) => line.start === first.start)) return run;
    const before = run.filter((line) => line.start < first.start);
    for (const line of before) this.#outline.add({ kind: 'paragraph', start: line.start, end: line.end });
    this.#outline.add({ kind: 'title', ...spanOfLines(title.lines) });
    return asRun(run.filter((line) => line.start > (title.lines.at(-1)?.start ?? 0)));
  }

  #readMailHead(run: Run): boolean {
    const head = this.#context.isMail ? mailHeadOf(run) : null;
    if (head === null) return false;
    this.#outline.leaveAll();
    this.#mails += 1;
    const { start, end } = spanOfLines(run);
    const line = head.subjectLine;
    const rule = 'mail head';
    if (line === null) this.#outline.add({ kind: 'boilerplate', start, end, rule });
    else {
      this.#outline.add({
        kind: 'boilerplate',
        start,
        end: line.start + 'Subject:'.length + gapBefore(line, head.subjectStart),
        rule,
      });
      const kind = this.#mails === 1 && this.#title === null ? 'title' : 'heading';
      this.#outline.add({
        kind,
        start: head.subjectStart,
        end: head.subjectEnd,
        ...(kind === 'heading' && { level: 2 }),
      });
      const after = run.find((one) => one.start >= head.subjectEnd);
      if (after !== undefined) this.#outline.add({ kind: 'boilerplate', start: after.start, end, rule });
    }
    return true;
  }

  #readContents(run: Run): boolean {
    const entries = contentsLinesIn(run);
    const min = run.length === 1 && this.#contentsGroup !== null ? 1 : 2;
    if (entries < Math.max(min, run.length * 0.5)) {
      if (!couldBeHeading(run[0].content)) this.#contentsGroup = null;
      return false;
    }
    this.#outline.leaveAll();
    this.#contentsGroup ??= this.#outline.newGroup();
    for (const item of contentsEntriesOf(run, this.#contentsGroup)) this.#outline.add(item);
    return true;
  }

  #readSeries(run: Run, { kind, id, rest }: Series): void {
    this.#outline.leaveTo(run[0].indent);
    const known = this.#seriesGroups.get(id);
    const group = known ?? this.#outline.newGroup();
    this.#seriesGroups.set(id, group);
    if (kind === 'rows') {
      const isHeader = known === undefined && isHeadOf(run[0], rest);
      this.#outline.add({
        kind: 'row',
        ...spanOfLines(run),
        group,
        cells: spacedCells(run[0]),
        ...(isHeader && { isHeader }),
      });
      return;
    }
    const entries = hangingEntriesOf(run.length === 1 ? [run[0], run[0]] : run, { isWrapped: true, width: 0 });
    if (run.length > 1 && entries !== null) this.#outline.addEntries(entries);
    else this.#addGapEntry(run[0]);
  }

  /** A term and its definition in one line. */
  #addGapEntry(line: Line): void {
    const gap = /\S {2,}(?=\S)/.exec(line.content);
    if (gap === null) {
      this.#outline.add({ kind: 'paragraph', start: line.start, end: line.end });
      return;
    }
    const definition = { start: line.start + gap.index + gap[0].length, end: line.end };
    this.#outline.addEntries([
      {
        term: { start: line.start, end: line.start + gap.index + 1 },
        definition,
        indent: line.indent,
        definitionLines: [],
      },
    ]);
  }

  #readTable(lines: Run): boolean {
    const rows = readBarTable(lines, this.#outline.newGroup());
    if (rows === null) return false;
    this.#outline.leaveTo(lines[0].indent);
    for (const row of rows) this.#outline.add(row);
    return true;
  }

  #readPart(part: Part, wrapping: Wrapping, index: number, following: Part | undefined): void {
    const { lines } = part;
    switch (part.kind) {
      case 'underlined':
        this.#headings.addUnderlined(lines);
        return;
      case 'item':
        this.#addItem(part, wrapping);
        return;
      case 'quotation':
        this.#outline.leaveTo(lines[0].indent);
        this.#outline.add({ kind: 'quotation', ...spanOfLines(lines) });
        return;
      case 'question':
      case 'answer':
        this.#outline.leaveAll();
        this.#outline.isAnswering = part.kind === 'answer';
        this.#outline.add({
          kind: part.kind,
          ...spanOfLines(lines),
          ...(part.kind === 'answer' && { under: 'question' }),
        });
        return;
      case 'turn':
        this.#addTurn(lines);
        return;
      default:
        this.#readLines(lines, wrapping, index, following);
        return;
    }
  }

  #readLines(lines: Run, wrapping: Wrapping, index: number, following: Part | undefined): void {
    const [first] = lines;
    this.#outline.leaveTo(smallestIndent(lines));
    const isInside = this.#outline.top !== null;
    const base = this.#outline.top?.textIndent ?? this.#context.base;
    if (this.#readDashedEntries(lines)) return;
    if (lines.length <= 2 && CAPTION.test(first.content) && !endsSentenceAt(lines)) {
      this.#outline.add({ kind: 'caption', ...spanOfLines(lines) });
      return;
    }
    const rows = readSpacedTable(lines, this.#outline.newGroup());
    if (rows !== null) {
      for (const row of rows) this.#outline.add({ ...row, ...this.#outline.under() });
      return;
    }
    const entries = hangingEntriesOf(lines, wrapping);
    if (entries !== null) {
      this.#outline.addEntries(entries);
      return;
    }
    if (following === undefined && !isInside && this.#readTerm(lines, index)) return;
    const isDeeper = lines.every((line) => line.indent >= base + 2);
    const isLongLine = !wrapping.isWrapped && lines.every((line) => line.content.length > 80);
    if ((isDeeper || hasColumnGap(first.content)) && !isLongLine && !isProse(lines, wrapping.isWrapped)) {
      if (isDeeper) {
        this.#outline.addCode(lines);
        return;
      }
    }
    if (following === undefined && !isInside && this.#headings.readLone(lines, index)) return;
    if (wrapping.isWrapped) {
      this.#outline.addParagraph(lines);
      return;
    }
    this.#readUnwrapped(lines, index);
  }

  /** Lines that are not wrapped: each is a paragraph, unless a sentence clearly goes on in the next one. */
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

  #readDashedEntries(lines: Run): boolean {
    const indent = lines[0].indent;
    const groups: [Line, ...Line[]][] = [];
    for (const line of lines) {
      if (DASHED_ENTRY.test(line.content) && line.indent <= indent + 1) groups.push([line]);
      else groups.at(-1)?.push(line);
    }
    const others = lines.filter((line) => !DASHED_ENTRY.test(line.content));
    if (groups.length < 2 || groups[0]?.[0] !== lines[0] || others.some((line) => line.indent <= indent)) return false;
    const group = this.#outline.newGroup();
    const depth = this.#outline.depth() + 1;
    for (const own of groups)
      this.#outline.add({ kind: 'item', ...spanOfLines(own), depth, group, ...this.#outline.under() });
    return true;
  }

  /** A short line whose definition is the next run, set further in. */
  #readTerm(lines: Run, index: number): boolean {
    const [line, second] = lines;
    const next = nextRunOf(this.#context, index);
    if (second !== undefined || next === null) return false;
    const isTerm =
      countWords(line.content) <= 8 &&
      !/[.,;:!?]["”’)]*$/.test(line.content) &&
      next[0].indent >= line.indent + 2 &&
      next.every((one) => one.indent > line.indent) &&
      line.indent >= this.#context.base &&
      listMarkerOf(next[0]) === null &&
      (isProse(next, true) || (/^\p{L}[^:]*:$/u.test(next[0].content) && next.length > 1)) &&
      !isUnmistakablyPreformatted(next) &&
      (this.#context.wrapping[index]?.width ?? 0) <= 120;
    if (!isTerm) return false;
    this.#outline.add({ kind: 'term', start: line.start, end: line.end });
    this.#outline.enter({ kind: 'term', indent: line.indent, textIndent: next[0].indent });
    return true;
  }

  #addItem({ lines, marker }: Part, wrapping: Wrapping): void {
    const [first] = lines;
    if (marker === undefined) return;
    this.#outline.leaveTo(first.indent);
    const group = this.#outline.groupFor(first.indent, marker.style);
    const depth = this.#outline.depth() + 1;
    const { own, below } = hangingLines(lines, marker, wrapping);
    this.#outline.add({
      kind: 'item',
      ...spanOfLines(own),
      depth,
      group,
      marker: { start: first.start, end: first.start + marker.text.length },
      ...taskState(first, marker),
      ...this.#outline.under(),
    });
    this.#outline.enter({
      kind: 'item',
      indent: first.indent,
      textIndent: marker.textIndent,
      style: marker.style,
      group,
    });
    const inner = asRun(below);
    if (inner !== null) this.#readLines(inner, wrapping, this.#context.runs.length, undefined);
  }

  #addTurn(lines: Run): void {
    this.#outline.leaveAll();
    const speaker = speakerOf(lines[0]);
    const start = lines[0].start + (speaker?.at ?? 0);
    const span = { start, end: start + (speaker?.name.length ?? 0) };
    this.#outline.add({ kind: 'turn', ...spanOfLines(lines), ...(speaker !== null && { speaker: span }) });
  }
}

/** The lines of an item, and those set still further in, which are code or terms of its own. */
function hangingLines(
  lines: Run,
  marker: ListMarker,
  { width }: Wrapping,
): { own: readonly Line[]; below: readonly Line[] } {
  const at = lines.findIndex((line, index) => {
    const last = lines[index - 1];
    return (
      last !== undefined &&
      line.indent >= marker.textIndent + 2 &&
      last.indent <= marker.textIndent &&
      last.width < width - 20
    );
  });
  return at === -1 ? { own: lines, below: [] } : { own: lines.slice(0, at), below: lines.slice(at) };
}

function taskState(line: Line, marker: ListMarker): Pick<PlacedBlock, 'isChecked'> {
  const box = /^\s*\[([ xX])\]\s/.exec(line.content.slice(marker.text.length));
  return box === null ? {} : { isChecked: box[1] !== ' ' };
}

function endsSentenceAt(lines: Run): boolean {
  return /[.!?]$/.test(lines.at(-1)?.content ?? '') && lines.length > 1;
}

/** Whether a line is cut within a sentence: it is long, has no end mark, and the next one begins in lower case. */
function clearlyGoesOn(line: Line, next: Line): boolean {
  const isLong = line.content.length >= 40 && line.width <= MAX_CUT_COLUMNS;
  return (
    isLong && next.indent === line.indent && /^\p{Ll}/u.test(next.content) && /[\p{L}\p{N},'’")]$/u.test(line.content)
  );
}

/** A note with a bar along its edge. */
function isBarredNote(lines: Run): boolean {
  if (!lines.every(({ content }) => /^\|(?: |$)/.test(content) && !content.slice(1).endsWith('|'))) return false;
  return plainWordShare(lines.map(({ content }) => content.slice(1)).join(' ')) > 0.6;
}

function isUnderlined([first, second, third]: Run): boolean {
  return (
    second !== undefined && third === undefined && isUnderline(second.content) && /[\p{L}\p{N}]/u.test(first.content)
  );
}

function gapBefore(line: Line, subjectStart: number): number {
  const prefix = line.content.slice('Subject:'.length, subjectStart - line.start);
  return prefix.trimEnd().length;
}
