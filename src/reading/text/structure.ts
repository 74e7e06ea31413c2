import type { Span } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import type { PlacedBlock } from '../add-context.js';
import type { TextContext } from './context.js';
import { type HangingEntry, hangingEntriesOf, type Series, seriesOf } from './hanging.js';
import { isSibling, numberedLevel, setApartLevel } from './headings.js';
import { speakerOf } from './labels.js';
import {
  couldBeHeading,
  endsSentence,
  hasColumnGap,
  isBlockCapitals,
  isUnderline,
  MAX_HEADING_WORDS,
  MAX_SHAPE_CHARACTERS,
  plainWordShare,
  startsWithCapital,
} from './line-shapes.js';
import { type Line, type Run, smallestIndent, spanOfLines } from './lines.js';
import { type ListMarker, listMarkerOf } from './list-marker.js';
import { mailHeadOf } from './mail.js';
import { type Part, partsOf } from './parts.js';
import { isProse, isUnmistakablyPreformatted } from './preformatted.js';
import { isHeadOf, readBarTable, readSpacedTable, spacedCells } from './tables.js';
import type { TextTitle } from './title.js';
import type { Wrapping } from './wrapping.js';

/** "Ferries ........ 12", or a section number and a page number in one line. */
const CONTENTS_LINE =
  /(?:\. ?){4,}\s*(?:\d+|[ivxlc]+)$|^(?:\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.)\s.*\S {3,}(?:\d+|[ivxlc]+)$/;

/** "Figure 3", "Table 2: the lamps". */
const CAPTION = /^(?:figure|fig\.|table|abbildung|tabelle)\s+\d+(?:\.\d+)?(?:[.:]|\s|$)/i;
/** "r - restricted user connection": an entry with its meaning behind a dash. */
const DASHED_ENTRY = /^\S{1,30}(?: \S{1,20}){0,2}\s+[-–—]{1,2}\s+\S/;
/** A line this much further in than the text is centred. */
const CENTRED_COLUMNS = 10;
/** In a text with so many numbered or set apart headings, a short line is none. */
const MANY_CLEAR_HEADINGS = 3;

/** Something further out that lines set further in belong to. */
interface Container {
  readonly kind: 'item' | 'term';
  /** Columns before its marker or term. */
  readonly indent: number;
  /** Columns before what it says. */
  readonly textIndent: number;
  readonly style?: string;
  readonly group?: number;
}

/**
 * Finds the blocks of a text: its lists, tables, definitions, code, headings and paragraphs. Each run of lines is looked at once,
 * with what is open above it.
 */
export class StructureReader {
  readonly #context: TextContext;
  readonly #title: TextTitle | null;
  readonly #series: ReadonlyMap<Run, Series>;
  readonly #seriesGroups = new Map<number, number>();
  readonly #blocks: PlacedBlock[] = [];
  #containers: Container[] = [];
  /** The item that ended last: the next one may be its sibling. */
  #lastItem: Container | null = null;
  #groups = 0;
  #isAnswering = false;
  #contentsGroup: number | null = null;
  #mails = 0;
  /** Headings of another kind than short lines above a sentence. */
  #clearHeadings = 0;
  /** The number of the section and the level of its heading; 0 before the first. */
  #section = 0;
  #sectionLevel = 0;

  constructor(context: TextContext, title: TextTitle | null) {
    this.#context = context;
    this.#title = title;
    this.#series = seriesOf(context.runs);
  }

  /** Reads all runs. To be called once. */
  read(): PlacedBlock[] {
    this.#context.runs.forEach((run, index) => {
      const wrapping = this.#context.wrapping[index] as Wrapping;
      const { pageRule } = run[0];
      if (pageRule !== undefined) this.#add({ kind: 'boilerplate', ...spanOfLines(run), rule: pageRule });
      else this.#readRun(run, wrapping, index);
    });
    return this.#blocks;
  }

  #readRun(run: Run, wrapping: Wrapping, index: number): void {
    const rest = this.#readTitle(run);
    if (rest === null) return;
    if (rest === run && this.#readMailHead(run)) return;
    if (this.#readContents(rest)) return;
    if (this.#readTable(rest)) return;
    const series = this.#series.get(rest);
    if (series !== undefined && !isUnmistakablyPreformatted(rest)) {
      this.#readSeries(rest, series);
      return;
    }
    if (isBarredNote(rest)) {
      this.#add({ kind: 'note', ...spanOfLines(rest), ...this.#place() });
      return;
    }
    if (!isUnderlined(rest) && isUnmistakablyPreformatted(rest)) {
      this.#addCode(rest);
      return;
    }
    const body = this.#readHeading(rest, index, wrapping);
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
    for (const line of before) this.#add({ kind: 'paragraph', start: line.start, end: line.end });
    this.#add({ kind: 'title', ...spanOfLines(title.lines) });
    return asRun(run.filter((line) => line.start > (title.lines.at(-1)?.start ?? 0)));
  }

  #readMailHead(run: Run): boolean {
    const head = mailHeadOf(run);
    if (head === null) return false;
    this.#leaveAll();
    this.#mails += 1;
    const { start, end } = spanOfLines(run);
    const line = head.subjectLine;
    const rule = 'mail head';
    if (line === null) this.#add({ kind: 'boilerplate', start, end, rule });
    else {
      this.#add({
        kind: 'boilerplate',
        start,
        end: line.start + 'Subject:'.length + gapBefore(line, head.subjectStart),
        rule,
      });
      const kind = this.#mails === 1 && this.#title === null ? 'title' : 'heading';
      this.#add({ kind, start: head.subjectStart, end: line.end, ...(kind === 'heading' && { level: 2 }) });
      const after = run.find((one) => one.start > line.start);
      if (after !== undefined) this.#add({ kind: 'boilerplate', start: after.start, end, rule });
    }
    return true;
  }

  /** A table of contents: each entry is an item. */
  #readContents(run: Run): boolean {
    const entries = run.filter(({ content }) => isContentsLine(content)).length;
    if (entries < Math.max(run.length === 1 && this.#contentsGroup !== null ? 1 : 2, run.length * 0.5)) {
      if (!couldBeHeading(run[0].content)) this.#contentsGroup = null;
      return false;
    }
    this.#leaveAll();
    this.#contentsGroup ??= this.#newGroup();
    const indents = [...new Set(run.map(({ indent }) => indent))].sort((a, b) => a - b);
    let open: { lines: Line[]; isWhole: boolean } | null = null;
    const items: Line[][] = [];
    for (const line of run) {
      if (open !== null && !open.isWhole) open.lines.push(line);
      else {
        open = { lines: [line], isWhole: false };
        items.push(open.lines);
      }
      open.isWhole = isContentsLine(line.content);
    }
    for (const lines of items) {
      const [first] = lines as [Line];
      const number = /^(?:\d{1,3}(?:\.\d{1,3})*\.?|[A-Z](?:\.\d{1,3})*\.)(?=\s)/.exec(first.content)?.[0];
      const depth =
        number === undefined
          ? Math.min(indents.indexOf(first.indent) + 1, 6)
          : number.replace(/\.$/, '').split('.').length;
      const marker = number === undefined ? {} : { marker: { start: first.start, end: first.start + number.length } };
      this.#add({ kind: 'item', ...spanOfLines(lines), depth, group: this.#contentsGroup, ...marker });
    }
    return true;
  }

  #readSeries(run: Run, { kind, id, rest }: Series): void {
    this.#leaveTo(run[0].indent);
    const known = this.#seriesGroups.get(id);
    const group = known ?? this.#newGroup();
    this.#seriesGroups.set(id, group);
    if (kind === 'rows') {
      const isHeader = known === undefined && isHeadOf(run[0], rest);
      this.#add({ kind: 'row', ...spanOfLines(run), group, cells: spacedCells(run[0]), ...(isHeader && { isHeader }) });
      return;
    }
    const entries = hangingEntriesOf(run.length === 1 ? [run[0], run[0]] : run, { isWrapped: true, width: 0 });
    if (run.length > 1 && entries !== null) this.#addEntries(entries);
    else this.#addGapEntry(run[0]);
  }

  /** A term and its definition in one line. */
  #addGapEntry(line: Line): void {
    const gap = /\S {2,}(?=\S)/.exec(line.content);
    if (gap === null) {
      this.#add({ kind: 'paragraph', start: line.start, end: line.end });
      return;
    }
    const definition = { start: line.start + gap.index + gap[0].length, end: line.end };
    this.#addEntries([
      {
        term: { start: line.start, end: line.start + gap.index + 1 },
        definition,
        indent: line.indent,
        definitionLines: [],
      },
    ]);
  }

  #readTable(lines: Run): boolean {
    const rows = readBarTable(lines, this.#groups + 1);
    if (rows === null) return false;
    this.#groups += 1;
    this.#leaveTo(lines[0].indent);
    for (const row of rows) this.#add(row);
    return true;
  }

  /** @returns The lines below the heading; null if there are none. The run itself if it has no heading. */
  #readHeading(run: Run, index: number, wrapping: Wrapping): Run | null {
    const level = this.#headingLevel(run, index);
    if (level !== null) {
      const number = /^(\d{1,3})(?:\.\s|\.?\d)/.exec(run[0].content)?.[1];
      if (number !== undefined) {
        this.#section = Number(number);
        this.#sectionLevel = level;
      }
      this.#addHeading(spanOfLines(run), level);
      return null;
    }
    const [first, second] = run;
    if (second === undefined || isUnderline(second.content)) return run;
    const numbered = numberedLevel(first.content);
    const isHeading =
      (numbered !== null &&
        first.indent <= this.#context.base &&
        (second.indent > first.indent || numbered > 1) &&
        listMarkerOf(second) === null &&
        countWords(first.content) <= 10 &&
        isMuchShorter(first, wrapping)) ||
      (isBlockCapitals(first.content) &&
        couldBeHeading(first.content) &&
        !isBlockCapitals(second.content) &&
        !hasColumnGap(first.content) &&
        first.indent <= this.#context.base &&
        listMarkerOf(first) === null &&
        second.indent === first.indent &&
        /\p{Ll}/u.test(second.content) &&
        second.content.length > 30);
    if (!isHeading) return run;
    this.#addHeading({ start: first.start, end: first.end }, numbered ?? 1);
    return asRun(run.slice(1));
  }

  /** The level of a heading that is a run of its own. */
  #headingLevel(run: Run, index: number): number | null {
    const [first, second, third] = run;
    const { base } = this.#context;
    if (
      third !== undefined ||
      (second !== undefined && (isUnderline(second.content) || !this.#context.wrapping[index]?.isWrapped))
    )
      return null;
    const content = run.map((line) => line.content).join(' ');
    const next = this.#nextRun(index);
    if (next === null) return null;
    if (isContentsName(content)) return 1;
    const level = second === undefined || second.indent > first.indent ? numberedLevel(content) : null;
    // "3.1.1.1" is a section however far in it stands; "1." may number an item.
    const previous = this.#previousRun(index);
    if (previous !== null && this.#blocks.at(-1)?.kind === 'item' && isSibling(previous[0], first)) return null;
    const isSection = level !== null && (level >= 2 || (first.indent <= base && !this.#isInside(first.indent)));
    if (isSection && !isSibling(first, next[0])) return level;
    if (this.#isNextSection(run)) return 1;
    if (listMarkerOf(first) !== null || this.#isInside(first.indent)) return null;
    const isSetIn = first.indent > base && first.indent < base + CENTRED_COLUMNS;
    return setApartLevel(run, base) === null ? null : isSetIn ? Math.min(this.#sectionLevel + 1, 6) : 1;
  }

  /** "3. The lamps." after section 2, although it ends like a sentence. */
  #isNextSection([first, second]: Run): boolean {
    const number = /^(\d{1,3})\.\s+\p{Lu}/u.exec(first.content)?.[1];
    if (number === undefined || second !== undefined || first.indent > this.#context.base) return false;
    return Number(number) === this.#section + 1 && this.#section > 0 && countWords(first.content) <= 8;
  }

  #readPart(part: Part, wrapping: Wrapping, index: number, following: Part | undefined): void {
    const { lines } = part;
    switch (part.kind) {
      case 'underlined':
        this.#addUnderlined(lines);
        return;
      case 'item':
        this.#addItem(part, wrapping);
        return;
      case 'quotation':
        this.#leaveTo(lines[0].indent);
        this.#add({ kind: 'quotation', ...spanOfLines(lines) });
        return;
      case 'question':
      case 'answer':
        this.#leaveAll();
        this.#isAnswering = part.kind === 'answer';
        this.#add({
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
    this.#leaveTo(smallestIndent(lines));
    const isInside = this.#containers.length > 0;
    const base = this.#containers.at(-1)?.textIndent ?? this.#context.base;
    if (this.#readDashedEntries(lines)) return;
    if (lines.length <= 2 && CAPTION.test(first.content) && !endsSentenceAt(lines)) {
      this.#add({ kind: 'caption', ...spanOfLines(lines) });
      return;
    }
    const rows = readSpacedTable(lines, this.#groups + 1);
    if (rows !== null) {
      this.#groups += 1;
      for (const row of rows) this.#add({ ...row, ...this.#under() });
      return;
    }
    const entries = hangingEntriesOf(lines, wrapping);
    if (entries !== null) {
      this.#addEntries(entries);
      return;
    }
    if (following === undefined && !isInside && this.#readTerm(lines, index)) return;
    const isDeeper = lines.every((line) => line.indent >= base + 2);
    const isLongLine = !wrapping.isWrapped && lines.every((line) => line.content.length > 80);
    if ((isDeeper || hasColumnGap(first.content)) && !isLongLine && !isProse(lines, wrapping.isWrapped)) {
      if (isDeeper) {
        this.#addCode(lines);
        return;
      }
    }
    if (following === undefined && !isInside && this.#readLoneHeading(lines, index)) return;
    if (wrapping.isWrapped) {
      this.#addParagraph(lines);
      return;
    }
    lines.forEach((line, place) => {
      if (
        this.#isShortHeading(
          line,
          lines[place + 1] ?? null,
          lines.length === 1 || place === lines.length - 1 ? this.#nextRun(index) : null,
        )
      )
        this.#addHeading({ start: line.start, end: line.end }, this.#clearHeadings > 0 ? 2 : 1, true);
      else this.#addParagraph([line]);
    });
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
    const group = this.#newGroup();
    const depth = this.#depth() + 1;
    for (const own of groups) this.#add({ kind: 'item', ...spanOfLines(own), depth, group, ...this.#under() });
    return true;
  }

  /** A short line whose definition is the next run, set further in. */
  #readTerm(lines: Run, index: number): boolean {
    const [line, second] = lines;
    const next = this.#nextRun(index);
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
    this.#add({ kind: 'term', start: line.start, end: line.end });
    this.#containers.push({ kind: 'term', indent: line.indent, textIndent: next[0].indent });
    return true;
  }

  /** A short line above a sentence, in wrapped text. */
  #readLoneHeading([line, second]: Run, index: number): boolean {
    const next = this.#nextRun(index);
    if (second !== undefined || next === null) return false;
    if (!this.#context.wrapping[index]?.isWrapped || !this.#isShortHeading(line, null, next)) return false;
    this.#addHeading({ start: line.start, end: line.end }, this.#clearHeadings > 0 ? 2 : 1, true);
    return true;
  }

  /** A line without an end mark above a sentence, in a text with end marks. */
  #isShortHeading(line: Line, below: Line | null, next: Run | null): boolean {
    if (!this.#context.usesEndMarks || this.#isAnswering || this.#containers.length > 0) return false;
    if (this.#clearHeadings >= MANY_CLEAR_HEADINGS || /^[\w-]+:\s/.test(line.content)) return false;
    if (!couldBeHeading(line.content) || !startsWithCapital(line.content) || hasColumnGap(line.content)) return false;
    if (below !== null) return endsSentence(below.content) && below.content.length > line.content.length;
    const paragraph = next === null ? '' : next.map(({ content }) => content).join(' ');
    return next !== null && listMarkerOf(next[0]) === null && endsSentence(paragraph) && !endsSentence(line.content);
  }

  #addUnderlined(lines: Run): void {
    const sign = lines.at(-1)?.content[0] ?? '=';
    const level = sign === '=' || sign === '*' || sign === '#' ? 1 : sign === '-' ? 2 : 3;
    this.#addHeading(spanOfLines(lines), numberedLevel(lines[0].content) ?? level);
  }

  #addHeading(span: Span, level: number, isGuess = false): void {
    this.#leaveAll();
    if (!isGuess) this.#clearHeadings += 1;
    this.#add({ kind: 'heading', ...span, level });
  }

  #addItem({ lines, marker }: Part, wrapping: Wrapping): void {
    const [first] = lines;
    if (marker === undefined) return;
    this.#leaveTo(first.indent);
    const last = this.#lastItem;
    const isSiblingItem = last !== null && last.style === marker.style && last.indent === first.indent;
    const group = isSiblingItem && last.group !== undefined ? last.group : this.#newGroup();
    const depth = this.#depth() + 1;
    const { own, below } = hangingLines(lines, marker, wrapping);
    this.#add({
      kind: 'item',
      ...spanOfLines(own),
      depth,
      group,
      marker: { start: first.start, end: first.start + marker.text.length },
      ...taskState(first, marker),
      ...this.#under(),
    });
    this.#containers.push({
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
    this.#leaveAll();
    const speaker = speakerOf(lines[0]);
    const start = lines[0].start + (speaker?.at ?? 0);
    const span = { start, end: start + (speaker?.name.length ?? 0) };
    this.#add({ kind: 'turn', ...spanOfLines(lines), ...(speaker !== null && { speaker: span }) });
  }

  #addEntries(entries: readonly HangingEntry[]): void {
    for (const { term, definition, indent, definitionLines } of entries) {
      this.#leaveTo(indent);
      this.#add({ kind: 'term', ...term });
      this.#add({ kind: 'definition', ...definition, under: 'term' });
      this.#containers.push({
        kind: 'term',
        indent,
        textIndent: Math.max(indent + 2, definitionLines[0]?.indent ?? indent + 2),
      });
    }
  }

  #addCode(lines: readonly Line[]): void {
    this.#leaveTo(smallestIndent(lines));
    this.#add({ kind: 'code', ...spanOfLines(lines), ...this.#place() });
  }

  #addParagraph(lines: readonly Line[]): void {
    const top = this.#containers.at(-1);
    const kind = top?.kind === 'term' ? 'definition' : this.#isAnswering && top === undefined ? 'answer' : 'paragraph';
    this.#add({ kind, ...spanOfLines(lines), ...this.#place() });
  }

  /** The depth of what stands inside items, and what it belongs to. */
  #place(): Pick<PlacedBlock, 'depth' | 'under'> {
    const depth = this.#depth();
    return { ...(depth > 0 && { depth }), ...this.#under() };
  }

  #under(): Pick<PlacedBlock, 'under'> {
    if (this.#containers.some(({ kind }) => kind === 'term')) return { under: 'term' };
    return this.#isAnswering ? { under: 'question' } : {};
  }

  #depth(): number {
    return this.#containers.filter(({ kind }) => kind === 'item').length;
  }

  #isInside(indent: number): boolean {
    return this.#containers.some((container) => isWithin(indent, container));
  }

  /** Leaves the items and terms that a line with this indentation is not part of. */
  #leaveTo(indent: number): void {
    let left: Container | undefined;
    for (
      let top = this.#containers.at(-1);
      top !== undefined && !isWithin(indent, top);
      top = this.#containers.at(-1)
    ) {
      left = this.#containers.pop();
    }
    this.#lastItem = left?.kind === 'item' ? left : null;
  }

  #leaveAll(): void {
    this.#containers = [];
    this.#lastItem = null;
    this.#isAnswering = false;
  }

  #newGroup(): number {
    this.#groups += 1;
    return this.#groups;
  }

  #previousRun(index: number): Run | null {
    const run = this.#context.runs[index - 1];
    return run === undefined || run[0].pageRule !== undefined ? null : run;
  }

  #nextRun(index: number): Run | null {
    for (let at = index + 1; at < this.#context.runs.length; at += 1) {
      const run = this.#context.runs[at];
      if (run?.[0].pageRule === undefined) return run ?? null;
    }
    return null;
  }

  #add(block: PlacedBlock): void {
    this.#blocks.push(block);
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

/** Whether lines with this indentation belong to an item or a term. */
function isWithin(indent: number, { indent: outer, textIndent }: Container): boolean {
  return indent > outer && indent >= Math.min(textIndent, outer + 2);
}

function taskState(line: Line, marker: ListMarker): Pick<PlacedBlock, 'isChecked'> {
  const box = /^\s*\[([ xX])\]\s/.exec(line.content.slice(marker.text.length));
  return box === null ? {} : { isChecked: box[1] !== ' ' };
}

function endsSentenceAt(lines: Run): boolean {
  return /[.!?]$/.test(lines.at(-1)?.content ?? '') && lines.length > 1;
}

/** A note with a bar along its edge. */
function isBarredNote(lines: Run): boolean {
  if (!lines.every(({ content }) => /^\|(?: |$)/.test(content) && !/\|$/.test(content.slice(1)))) return false;
  return plainWordShare(lines.map(({ content }) => content.slice(1)).join(' ')) > 0.6;
}

function isUnderlined([first, second, third]: Run): boolean {
  return (
    second !== undefined && third === undefined && isUnderline(second.content) && /[\p{L}\p{N}]/u.test(first.content)
  );
}

function isContentsLine(content: string): boolean {
  return content.length <= MAX_SHAPE_CHARACTERS && CONTENTS_LINE.test(content);
}

function isContentsName(content: string): boolean {
  return /^(?:(?:table of )?contents|index|inhalt(?:sverzeichnis)?)$/i.test(content);
}

function isMuchShorter(line: Line, { width, isWrapped }: Wrapping): boolean {
  return isWrapped ? line.width < width - 10 : countWords(line.content) <= MAX_HEADING_WORDS;
}

function gapBefore(line: Line, subjectStart: number): number {
  const prefix = line.content.slice('Subject:'.length, subjectStart - line.start);
  return prefix.trimEnd().length;
}

function asRun(lines: readonly Line[]): Run | null {
  const [first, ...others] = lines;
  return first === undefined ? null : [first, ...others];
}
