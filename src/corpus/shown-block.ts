import { kindAsTitle, NOTE_KINDS } from '../text/english.js';
import { overlap, type Span, sliceOf } from '../text/span.js';
import type { Excerpt, ExcerptBlock, IntroductionLine } from './excerpt.js';
import type { StruckSlice } from './struck-slice.js';

/** A piece of running text with one style. */
export interface ShownPiece {
  /** A slice of the excerpt. In wrapped text, line ends are replaced by spaces. */
  readonly text: string;
  /** Whether it is emphasised. */
  readonly isHighlight: boolean;
  /** Whether the author struck it out. */
  readonly isStruck: boolean;
}

/** A cell of a row, with what heads it. */
export interface ShownCell {
  readonly header: string | null;
  readonly pieces: readonly ShownPiece[];
}

/** A block as it is shown. */
export type ShownBlock = {
  /** How many lists it is inside. */
  readonly depth: number;
  /** Whether it is shown directly below the block before, without a blank line. */
  readonly isTight: boolean;
  /** Whether its beginning is left out. */
  readonly isCutAtStart: boolean;
  /** Whether its end is left out. */
  readonly isCutAtEnd: boolean;
} & (
  | {
      readonly form: 'text';
      /** Whether it is set apart as a heading. */
      readonly isHeading: boolean;
      /** Whether a bullet is drawn before it. */
      readonly hasBullet: boolean;
      /** What kind of note it is, such as "Warning", if its words do not say so. It isn't a slice of the excerpt. */
      readonly noteKind: string | null;
      readonly pieces: readonly ShownPiece[];
    }
  | { readonly form: 'code'; readonly language: string | null; readonly pieces: readonly ShownPiece[] }
  /** A row of a table: one line for each cell that is not empty. */
  | { readonly form: 'row'; readonly cells: readonly ShownCell[] }
);

/**
 * Arranges an excerpt for showing: lists with bullets, code as it is, rows as "header: cell". Many rows are shown as a table, below
 * its header row; it is not shown otherwise if the rows name their cells.
 *
 * @param highlights Spans of the excerpt's text to emphasise. If they are all there is, nothing stands out.
 * @param options.namesCells Whether rows are shown cell by cell, with their headers. If not, a row is one line. Default: true.
 */
export function shownBlocks(
  excerpt: Excerpt,
  highlights: readonly Span[] = [],
  options: { readonly namesCells?: boolean } = {},
): ShownBlock[] {
  const isTable = hasManyRows(excerpt);
  const namesCells = (options.namesCells ?? true) && !isTable;
  const isNamed = namesCells && excerpt.blocks.some(({ headers }) => headers !== undefined);
  const { isContinuous = false } = excerpt;
  const emphasised = isAll(highlights, excerpt.text) ? [] : highlights;
  const shown = excerpt.blocks.filter(({ kind, isHeader = false }) => !(kind === 'row' && isHeader && isNamed));
  const blocks = shown.map((block, index): ShownBlock => {
    const previous = shown[index - 1];
    const placed = {
      depth: block.depth ?? 0,
      isTight: previous !== undefined && standTogether(previous, block, namesCells),
      isCutAtStart: block.isCutAtStart === true && !isContinuous,
      isCutAtEnd: block.isCutAtEnd === true && !isContinuous,
    };
    const pieces = (span: Span): ShownPiece[] => piecesOf(excerpt, span, block, emphasised);
    if (block.kind === 'code') {
      return { ...placed, form: 'code', language: block.language ?? null, pieces: pieces(block) };
    }
    if (namesCells && block.kind === 'row' && block.headers !== undefined && block.cells !== undefined) {
      return { ...placed, form: 'row', cells: cellsOf(block, block.headers, pieces) };
    }
    const hasBullet = block.kind === 'item' && block.marker === undefined && block.isCutAtStart !== true;
    const isHeading = block.kind === 'heading' || block.kind === 'term' || block.kind === 'question';
    const noteKind = noteKindOf(block, previous, excerpt.text);
    return { ...placed, form: 'text', isHeading, hasBullet, noteKind, pieces: pieces(withoutUnderline(block)) };
  });
  return isTable ? withHeaderRow(blocks, excerpt) : blocks;
}

/** More rows read better as a table. */
const MAX_NAMED_ROWS = 4;

function hasManyRows({ blocks }: Excerpt): boolean {
  return blocks.filter(({ kind, isHeader = false }) => kind === 'row' && !isHeader).length > MAX_NAMED_ROWS;
}

/** Puts the header row in front of the first block if the excerpt begins below it, with a row. */
function withHeaderRow(blocks: readonly ShownBlock[], { context, blocks: [first] }: Excerpt): ShownBlock[] {
  // A row without headers is in another table.
  const header = first?.headers === undefined ? undefined : context.findLast(({ role }) => role === 'header-row');
  const [row, ...others] = blocks;
  if (header === undefined || row === undefined) return [...blocks];
  const pieces = [{ text: header.text, isHighlight: false, isStruck: false }];
  const shown: ShownBlock = {
    depth: 0,
    isTight: false,
    isCutAtStart: false,
    isCutAtEnd: false,
    form: 'text',
    isHeading: true,
    hasBullet: false,
    noteKind: null,
    pieces,
  };
  return [shown, { ...row, isTight: true }, ...others];
}

function isAll(highlights: readonly Span[], text: string): boolean {
  const [first] = highlights;
  return highlights.length === 1 && first !== undefined && sliceOf(text, first).trim() === text.trim();
}

/** Splits a line that introduces an excerpt where its style changes. It has no line ends. If it is a label, all of it is emphasised. */
export function introductionPieces(line: IntroductionLine): ShownPiece[] {
  return slicePieces(line, line.isLabel).map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, ' ') }));
}

function slicePieces({ text, struck }: StruckSlice, isHighlight: boolean): ShownPiece[] {
  const whole = { start: 0, end: text.length };
  return splitByStyle(text, whole, isHighlight ? [whole] : [], struck);
}

/** The filled cells of a row. A cell that covers several columns is one, and so is one that a cell above covers. */
function cellsOf(
  { cells = [], cellsAbove = [] }: ExcerptBlock,
  headers: readonly string[],
  piecesIn: (span: Span) => readonly ShownPiece[],
): ShownCell[] {
  const shown: ShownCell[] = [];
  for (let column = 0; column < cells.length; column += 1) {
    const first = column;
    const cell = cells[column];
    if (cell === undefined) continue;
    while (cell.start < cell.end && cells[column + 1]?.start === cell.start) column += 1;
    const above = cellsAbove[first];
    const pieces = above === undefined ? piecesIn(cell) : slicePieces(above, false);
    const isWholeRow = first === 0 && column === cells.length - 1 && column > 0;
    const names = isWholeRow ? [] : [headers[first], headers[column]].filter((name) => name);
    if (pieces.length > 0) shown.push({ header: [...new Set(names)].join(' – ') || null, pieces });
  }
  return shown;
}

/** The kind of a note stands in its first words, as a rule. */
const MAX_OPENING_CHARACTERS = 120;

/** Only the first of several blocks of a note says what kind of note it is. */
function noteKindOf(block: ExcerptBlock, previous: ExcerptBlock | undefined, text: string): string | null {
  const { kind, label, start, end } = block;
  if (kind !== 'note' || label === undefined || !NOTE_KINDS.has(label)) return null;
  if (previous?.kind === 'note' && previous.label === label) return null;
  const shown = kindAsTitle(label);
  const opening = text.slice(start, Math.min(end, start + MAX_OPENING_CHARACTERS)).toLowerCase();
  return opening.includes(shown.toLowerCase()) ? null : shown;
}

/** A heading is shown in another way than with a line of dashes. */
function withoutUnderline({ kind, start, end, marker }: ExcerptBlock): Span {
  return { start, end: kind === 'heading' && marker !== undefined ? marker.start : end };
}

function standTogether(a: ExcerptBlock, b: ExcerptBlock, namesCells: boolean): boolean {
  if (a.kind === 'item' && b.kind === 'item') return true;
  if (a.kind === 'term' && (b.kind === 'term' || b.kind === 'definition')) return true;
  if (a.kind === 'question' && b.kind === 'answer') return true;
  return a.kind === 'row' && b.kind === 'row' && !namesCells;
}

/** A word that a line end cuts keeps its hyphen, which may be its own. */
const HYPHEN_AT_LINE_END = /(?<=\p{L}-)[ \t]*\n\s*(?=\p{L})/gu;
const LINE_END = /[ \t]*\n\s*/g;
/** In a mail, each line of a quotation begins with ">". */
const QUOTED_LINE_END = /[ \t]*\n[>\s]*/g;

/** Splits a part of an excerpt where its style changes. */
function piecesOf(
  { text, marks }: Excerpt,
  span: Span,
  { kind, isWrapped = false }: ExcerptBlock,
  highlights: readonly Span[],
): ShownPiece[] {
  const struck = marks.filter((mark) => mark.kind === 'struck' && overlap(mark, span));
  const lineEnd = kind === 'quotation' ? QUOTED_LINE_END : LINE_END;
  return splitByStyle(text, span, highlights, struck).map((piece) => ({
    ...piece,
    text: isWrapped ? piece.text.replace(HYPHEN_AT_LINE_END, '').replace(lineEnd, ' ') : piece.text,
  }));
}

function splitByStyle(text: string, span: Span, highlights: readonly Span[], struck: readonly Span[]): ShownPiece[] {
  const inside = (offset: number): boolean => offset > span.start && offset < span.end;
  const cuts = [...highlights, ...struck].flatMap(({ start, end }) => [start, end]).filter(inside);
  const edges = [...new Set([span.start, ...cuts, span.end])].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const piece = { start, end: edges[index + 1] ?? span.end };
    return {
      text: sliceOf(text, piece),
      isHighlight: isCovered(piece, highlights),
      isStruck: isCovered(piece, struck),
    };
  });
}

function isCovered({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= start && span.end >= end);
}
