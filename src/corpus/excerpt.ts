import { type Span, sliceOf } from '../text/span.js';
import type { Article } from './article.js';
import { type Block, type ContextSpan, isSearched, type Mark, type MarkKind } from './block.js';
import { contextOf } from './context.js';

/** A block of an excerpt. Its spans are spans of the excerpt's text; a block that the excerpt cuts is cut too. */
export interface ExcerptBlock extends Omit<Block, 'context'> {
  /** Of a row below a header: what heads each cell. */
  readonly headers?: readonly string[];
  /** Whether the excerpt begins within it. */
  readonly isCutAtStart?: boolean;
}

/** A {@link ContextSpan} with its words, for readers who don't have the article. Its offsets are those of the article. */
export interface ContextSlice extends ContextSpan {
  readonly text: string;
}

/** A line shown above an excerpt to introduce it. */
export interface IntroductionLine {
  /** A slice of the article, or "…" where something of it is left out. */
  readonly text: string;
  /** The struck parts of `text`. */
  readonly struck: readonly Span[];
  /** Whether it names what follows, such as a question or a term. */
  readonly isLabel: boolean;
}

/** Where an excerpt stands in its source, as far as the source says so. */
export interface ExcerptLocation {
  /** The nearest id on the page at or before it. */
  readonly anchor: string | null;
  /** The number of the printed page that it begins on. */
  readonly page: string | null;
  /** When it begins in a recording, as `H:MM:SS`. */
  readonly time: string | null;
}

/** A part of an article, with everything that is needed to show it as it stands there. */
export interface Excerpt {
  /** The slice of the article's text. */
  readonly text: string;
  /** Where it begins in the article's text. */
  readonly start: number;
  readonly blocks: readonly ExcerptBlock[];
  /** Links and struck text. */
  readonly marks: readonly Mark[];
  /** In text order. */
  readonly context: readonly ContextSlice[];
  /**
   * The context that is shown right above the excerpt: the sentence that introduces it, the question it answers, the term it
   * defines, or who says it. Headings and header rows are shown in other places.
   */
  readonly introduction: readonly IntroductionLine[];
  readonly location: ExcerptLocation;
}

/** The parts of an article that an excerpt is made from. */
export type ExcerptSource = Pick<Article, 'text' | 'blocks' | 'marks'>;

/** Cuts an excerpt out of an article. Boilerplate in it stays in `text`, but is no block. */
export function excerptOf(article: ExcerptSource, span: Span): Excerpt {
  const { text, blocks, marks } = article;
  const context = contextOf(blocks, span);
  const touches = (part: Span): boolean => part.start < span.end && part.end > span.start;
  return {
    text: sliceOf(text, span),
    start: span.start,
    blocks: blocks
      .filter((block) => isSearched(block) && touches(block))
      .map((block) => ({ ...clipBlock(block, span), ...headersOf(block, article) })),
    marks: marksIn(span, marks),
    context: context.map((part) => ({ ...part, text: sliceOf(text, part) })),
    introduction: introductionOf(context, article, span),
    location: locationOf(marks, span),
  };
}

/** Stands where something is left out. */
const GAP: IntroductionLine = { text: '…', struck: [], isLabel: false };

function introductionOf(
  context: readonly ContextSpan[],
  { text, marks }: ExcerptSource,
  { start }: Span,
): IntroductionLine[] {
  const parts = context.filter(({ role, end }) => role !== 'heading' && end <= start);
  const lines: IntroductionLine[] = [];
  for (const [index, part] of parts.entries()) {
    // The header row is shown with the cells, so it is not left out.
    if (part.role !== 'header-row') {
      const struck = marksIn(part, marks).filter(({ kind }) => kind === 'struck');
      lines.push({ text: sliceOf(text, part), struck, isLabel: part.role !== 'lead-in' });
    }
    const isGap = text.slice(part.end, parts[index + 1]?.start ?? start).trim() !== '';
    if (isGap && lines.length > 0 && lines.at(-1) !== GAP) lines.push(GAP);
  }
  return lines;
}

/** The links and struck parts of a span, counted from its beginning. */
function marksIn(span: Span, marks: readonly Mark[]): Mark[] {
  return marks
    .filter(({ kind, start, end }) => (kind === 'link' || kind === 'struck') && start < span.end && end > span.start)
    .map((mark) => clip(mark, span));
}

function clipBlock({ context: _context, ...block }: Block, span: Span): ExcerptBlock {
  const { marker, cells, ...rest } = clip(block, span);
  return {
    ...rest,
    ...(block.start < span.start && { isCutAtStart: true }),
    ...(marker !== undefined && marker.start >= span.start && { marker: clip(marker, span) }),
    ...(cells !== undefined && { cells: cells.map((cell) => clip(cell, span)) }),
  };
}

/** Cuts off what lies outside the excerpt, and counts from its beginning. */
function clip<Part extends Span>(part: Part, { start, end }: Span): Part {
  const inside = (offset: number): number => Math.min(Math.max(offset, start), end) - start;
  return { ...part, start: inside(part.start), end: inside(part.end) };
}

/** The cells of the nearest header row above a row. */
function headersOf({ kind, context = [] }: Block, { blocks, text }: ExcerptSource): { headers?: readonly string[] } {
  const header = kind === 'row' ? context.findLast(({ role }) => role === 'header-row') : undefined;
  if (header === undefined) return {};
  const cells = blocks.find((one) => one.kind === 'row' && one.start === header.start)?.cells;
  return cells === undefined ? {} : { headers: cells.map((cell) => sliceOf(text, cell)) };
}

function locationOf(marks: readonly Mark[], { start }: Span): ExcerptLocation {
  const last = (kind: MarkKind): string | null =>
    marks.findLast((mark) => mark.kind === kind && mark.start <= start)?.value ?? null;
  return { anchor: last('anchor'), page: last('page'), time: last('time') };
}
