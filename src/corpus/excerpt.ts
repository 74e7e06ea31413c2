import { clip, overlap, type Span, sliceOf } from '../text/span.js';
import type { Article } from './article.js';
import { type Block, type ContextSpan, isSearched, type Mark, type MarkKind } from './block.js';
import { contextOf } from './context.js';
import { type RowNames, rowNames } from './row-names.js';
import { type StruckSlice, struckSlice } from './struck-slice.js';

/** A block of an excerpt. Its spans are spans of the excerpt's text; a block that the excerpt cuts is cut too. */
export interface ExcerptBlock extends Omit<Block, 'context'>, RowNames {
  /** Whether the excerpt begins within it. */
  readonly isCutAtStart?: boolean;
  /** Whether the excerpt ends within it. */
  readonly isCutAtEnd?: boolean;
}

/** A {@link ContextSpan} with its words, for readers who don't have the article. Its offsets are those of the article. */
export interface ContextSlice extends ContextSpan {
  readonly text: string;
}

/** A line shown above an excerpt to introduce it: a slice of the article, or "…" where something of it is left out. */
export interface IntroductionLine extends StruckSlice {
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
   * defines, or who says it. Headings, header rows, and cells of rows above in a table with a header, are shown in other places.
   */
  readonly introduction: readonly IntroductionLine[];
  readonly location: ExcerptLocation;
  /** Whether it is one of several that are read one after the other, so that nothing is left out between them. Default: false. */
  readonly isContinuous?: boolean;
}

/** The parts of an article that an excerpt is made from. */
export type ExcerptSource = Pick<Article, 'text' | 'blocks' | 'marks'>;

/** Cuts an excerpt out of an article. Boilerplate in it stays in `text`, but is no block. */
export function excerptOf(article: ExcerptSource, span: Span): Excerpt {
  const { text, blocks, marks } = article;
  const context = contextOf(blocks, span);
  const shown = blocks.filter((block) => isSearched(block) && overlap(block, span));
  const namesOf = rowNames(article, shown);
  return {
    text: sliceOf(text, span),
    start: span.start,
    blocks: shown.map((block) => ({ ...clipBlock(block, span), ...namesOf(block) })),
    marks: marks
      .filter((mark) => (mark.kind === 'link' || mark.kind === 'struck') && overlap(mark, span))
      .map((mark) => clip(mark, span)),
    context: context.map((part) => ({ ...part, text: sliceOf(text, part) })),
    introduction: introductionOf(context, article, span),
    location: locationOf(marks, span),
  };
}

/** Stands where something is left out. */
const GAP: IntroductionLine = { text: '…', struck: [], isLabel: false };

function introductionOf(context: readonly ContextSpan[], article: ExcerptSource, { start }: Span): IntroductionLine[] {
  const hasHeader = context.some(({ role }) => role === 'header-row');
  const isAbove = ({ role, end }: ContextSpan): boolean =>
    // In a table with a header, the cell is shown in its row.
    role !== 'heading' && !(role === 'cell-above' && hasHeader) && end <= start;
  const parts = context.filter(isAbove);
  const lines: IntroductionLine[] = [];
  for (const [index, part] of parts.entries()) {
    // The header row is shown with the cells, so it is not left out.
    if (part.role !== 'header-row') lines.push({ ...struckSlice(article, part), isLabel: part.role !== 'lead-in' });
    const isGap = article.text.slice(part.end, parts[index + 1]?.start ?? start).trim() !== '';
    if (isGap && lines.length > 0 && lines.at(-1) !== GAP) lines.push(GAP);
  }
  return lines;
}

function clipBlock({ context: _context, ...block }: Block & ExcerptBlock, span: Span): ExcerptBlock {
  const { marker, cells, ...rest } = clip(block, span);
  return {
    ...rest,
    ...(block.start < span.start && { isCutAtStart: true }),
    ...(block.end > span.end && { isCutAtEnd: true }),
    ...(marker !== undefined && marker.start >= span.start && { marker: clip(marker, span) }),
    ...(cells !== undefined && { cells: cells.map((cell) => clip(cell, span)) }),
  };
}

/**
 * Cuts an excerpt down to a part of it. What introduces it stays, and so does its location.
 *
 * @param part A span of the excerpt's text.
 */
export function partOfExcerpt(excerpt: Excerpt, part: Span): Excerpt {
  const { text, start, blocks, marks, context } = excerpt;
  const header = blocks.findLast(({ kind, isHeader = false, end }) => kind === 'row' && isHeader && end <= part.start);
  const headerRow: ContextSlice[] =
    header === undefined
      ? []
      : [{ role: 'header-row', text: sliceOf(text, header), start: start + header.start, end: start + header.end }];
  return {
    ...excerpt,
    context: [...context, ...headerRow],
    text: sliceOf(text, part),
    start: start + part.start,
    blocks: blocks.filter((block) => overlap(block, part)).map((block) => clipBlock(block, part)),
    marks: marks.filter((mark) => overlap(mark, part)).map((mark) => clip(mark, part)),
  };
}

function locationOf(marks: readonly Mark[], { start }: Span): ExcerptLocation {
  const last = (kind: MarkKind): string | null =>
    marks.findLast((mark) => mark.kind === kind && mark.start <= start)?.value ?? null;
  return { anchor: last('anchor'), page: last('page'), time: last('time') };
}
