import { type Excerpt, type IntroductionLine, partOfExcerpt } from '../../corpus/excerpt.js';
import { introductionPieces, type ShownBlock, type ShownPiece, shownBlocks } from '../../corpus/shown-block.js';
import type { Span } from '../../text/span.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeMarkdown, sanitize } from '../format/markdown.js';
import { fits, type TextSize } from './card.js';
import { type TrimmedExcerpt, trimExcerpt } from './trim-excerpt.js';

const MAX_PIECE_CHARACTERS = 64;

/**
 * A piece of a text: a word with the space before it, or a part of a very long word. A text may be cut between two
 * pieces.
 */
const PIECE = new RegExp(`\\s*\\S{1,${MAX_PIECE_CHARACTERS}}|\\s+$`, 'gu');

/** A quote with less room says nothing. */
const MIN_CHARACTERS = 8;

/** Of the room, the introduction takes at most this share. */
const INTRODUCTION_SHARE = 1 / 3;

/** As wide as two letters. Ordinary spaces at the start of a line would be removed. */
const INDENT = '\u2003';

/** A block whose text is split into pieces, so that its end can be left out. */
interface PiecedBlock {
  readonly shown: ShownBlock;
  /** The pieces of each line of code or cell of a row; the pieces of a text are all in one list. */
  readonly parts: readonly (readonly ShownPiece[])[];
}

/**
 * Shows an excerpt word for word as a block quote: lists with bullets, code as code, rows as "header: cell", struck text struck,
 * and what is highlighted in bold, except in code. What a reader needs beside it stands above it. If there is not enough room, only
 * some sentences around the highlights are shown, and "…" stands for the rest.
 *
 * @param highlights Spans of the excerpt's text, in order.
 * @returns null if there is hardly any room.
 */
export function quotation(excerpt: Excerpt, highlights: readonly Span[], room: TextSize): string | null {
  return layOut(excerpt, highlights, room, '> ');
}

/** Shows an excerpt in the same way, but not as a quote. */
export function plainText(excerpt: Excerpt, room: TextSize): string | null {
  return layOut(excerpt, [], room, '');
}

function layOut(excerpt: Excerpt, highlights: readonly Span[], room: TextSize, prefix: string): string | null {
  const introduction = introductionLines(excerpt, room.characters * INTRODUCTION_SHARE);
  const markdownOf = (blocks: readonly PiecedBlock[], cut: Cut): string =>
    [...introduction, ...linesOf(blocks, cut)].map((line) => `${prefix}${line}`).join('\n');
  const piecesOf = (trimmed: Pick<TrimmedExcerpt, 'excerpt' | 'highlights'>): PiecedBlock[] =>
    shownBlocks(trimmed.excerpt, trimmed.highlights).map(withPieces);
  if (excerpt.text.length <= room.characters) {
    const whole = markdownOf(piecesOf({ excerpt, highlights }), UNCUT);
    if (fits(whole, room)) return whole;
  }
  if (room.characters < MIN_CHARACTERS) return null;
  const trimmed = trimExcerpt(excerpt, highlights, room.characters, (part) =>
    fits(markdownOf(piecesOf(part), part), room),
  );
  if (trimmed !== null) return markdownOf(piecesOf(trimmed), trimmed);
  const start = highlights[0]?.start ?? 0;
  const blocks = piecesOf({ excerpt: startingAt(start, excerpt, room.characters), highlights: [] });
  const cut = { isCutAtStart: start > 0, isCutAtEnd: true };
  return longestFitting(blocks, (taken) => markdownOf(taken, cut), room);
}

/** Which ends of an excerpt are left out. */
type Cut = Pick<TrimmedExcerpt, 'isCutAtStart' | 'isCutAtEnd'>;

const UNCUT: Cut = { isCutAtStart: false, isCutAtEnd: false };

/** Cuts within a sentence that is too long for the room, between two words. */
function longestFitting(
  blocks: readonly PiecedBlock[],
  markdownOf: (blocks: readonly PiecedBlock[]) => string,
  room: TextSize,
): string | null {
  let fitting = 0;
  let tooMany = blocks.reduce((sum, { parts }) => sum + parts.reduce((total, part) => total + part.length, 0), 1);
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(markdownOf(takePieces(blocks, middle)), room)) fitting = middle;
    else tooMany = middle;
  }
  return fitting === 0 ? null : markdownOf(takePieces(blocks, fitting));
}

/** An excerpt may be a whole book. What is shown of it is never longer than the room. */
function startingAt(start: number, excerpt: Excerpt, maxCharacters: number): Excerpt {
  // A surrogate pair is not cut in half.
  const text = excerpt.text.slice(start, start + maxCharacters).replace(/[\ud800-\udbff]$/, '');
  return partOfExcerpt(excerpt, { start, end: start + text.length });
}

function withPieces(shown: ShownBlock): PiecedBlock {
  return { shown, parts: partsOf(shown).map((part) => part.flatMap(splitPiece)) };
}

function partsOf(shown: ShownBlock): (readonly ShownPiece[])[] {
  if (shown.form === 'text') return [shown.pieces];
  if (shown.form === 'row') return shown.cells.map(({ pieces }) => pieces);
  const code = shown.pieces.map(({ text }) => text).join('');
  const lines = code.replaceAll('\t', '    ').split('\n');
  return lines.map((text) => [{ text, isHighlight: false, isStruck: false }]);
}

function splitPiece(piece: ShownPiece): ShownPiece[] {
  return piece.text.match(PIECE)?.map((text) => ({ ...piece, text })) ?? [piece];
}

/** The blocks up to the first `count` pieces. */
function takePieces(blocks: readonly PiecedBlock[], count: number): PiecedBlock[] {
  const taken: PiecedBlock[] = [];
  let remaining = count;
  for (const { shown, parts } of blocks) {
    const own: (readonly ShownPiece[])[] = [];
    for (const part of parts) {
      if (remaining <= 0) break;
      own.push(part.slice(0, remaining));
      remaining -= part.length;
    }
    if (own.length > 0) taken.push({ shown, parts: own });
  }
  return taken;
}

function linesOf(blocks: readonly PiecedBlock[], { isCutAtStart, isCutAtEnd }: Cut): string[] {
  const [first, last] = [blocks[0]?.shown, blocks.at(-1)?.shown];
  // "…" inside an item or row would say that it is cut itself.
  const isBefore = isCutAtStart && first !== undefined && isPart(first) && !first.isCutAtStart;
  const isAfter = isCutAtEnd && last !== undefined && isPart(last) && !last.isCutAtEnd;
  const lines = blocks.flatMap((block, index) => {
    const { shown } = block;
    const cut = {
      isCutAtStart: shown.isCutAtStart || (isCutAtStart && !isBefore && index === 0),
      isCutAtEnd: shown.isCutAtEnd || (isCutAtEnd && !isAfter && index === blocks.length - 1),
    };
    return [...(index === 0 || shown.isTight ? [] : ['']), ...blockLines(block, cut)];
  });
  return [...(isBefore ? ['…'] : []), ...lines, ...(isAfter ? ['…'] : [])];
}

/** Whether a block is one of several of a list or table. */
function isPart(shown: ShownBlock): boolean {
  return shown.form === 'row' || shown.depth > 0;
}

/** The Markdown of a block, line by line. */
function blockLines({ shown, parts }: PiecedBlock, cut: Cut): string[] {
  if (shown.form === 'code') return codeLines(parts, shown.language, cut);
  if (shown.form === 'row') {
    const cells = parts.map((pieces, index) => {
      const header = shown.cells[index]?.header ?? null;
      const value = styled(pieces)
        .replace(/\s*\n\s*/g, ' ')
        .trim();
      return header === null ? value : `${escapeMarkdown(oneLine(header))}: ${value}`;
    });
    return withEllipses(cells, cut);
  }
  const text = styled(parts.flat().map((piece) => (shown.isHeading ? { ...piece, isHighlight: true } : piece)));
  const indent = INDENT.repeat(Math.max(0, shown.depth - 1));
  const kind = shown.noteKind === null ? '' : `*${shown.noteKind}:* `;
  const lines = withEllipses(
    text.split('\n').map((line) => line.trim()),
    cut,
  );
  return lines.map((line, index) => `${indent}${index === 0 ? `${shown.hasBullet ? '• ' : ''}${kind}` : ''}${line}`);
}

/**
 * Code as a code block, or as ordinary text if it contains the marks that would end a code block. A code block without a visible
 * character would not end at its own marks, but at those of the next one, whose code would then be formatted.
 */
function codeLines(
  parts: readonly (readonly ShownPiece[])[],
  language: string | null,
  { isCutAtStart, isCutAtEnd }: Cut,
): string[] {
  const lines = parts.map((pieces) => sanitize(pieces.map(({ text }) => text).join('')).trimEnd());
  const around = (code: readonly string[]): string[] => [
    ...(isCutAtStart ? ['…'] : []),
    ...code,
    ...(isCutAtEnd ? ['…'] : []),
  ];
  if (lines.every((line) => line === '')) return around(lines);
  if (lines.some((line) => line.includes('```'))) return around(lines.map((line) => escapeMarkdown(line).trim()));
  const name = language !== null && /^[a-z\d+#-]{1,20}$/.test(language) ? language : '';
  return around([`\`\`\`${name}`, ...lines, '```']);
}

/** Marks what is left out before the first and after the last line. */
function withEllipses(lines: readonly string[], { isCutAtStart, isCutAtEnd }: Cut): string[] {
  return lines.map((line, index) => {
    const start = isCutAtStart && index === 0 ? '… ' : '';
    return isCutAtEnd && index === lines.length - 1 ? `${start}${line.trimEnd()} …` : `${start}${line}`;
  });
}

/** Sets pieces in bold and strikes them out. Neighbours of one style share their marks. */
function styled(pieces: readonly ShownPiece[]): string {
  let markdown = '';
  let run = '';
  pieces.forEach((piece, index) => {
    run += piece.text;
    const next = pieces[index + 1];
    if (next !== undefined && next.isHighlight === piece.isHighlight && next.isStruck === piece.isStruck) return;
    markdown += marked(run, piece);
    run = '';
  });
  return markdown;
}

/** Marks do not work next to a space or across a line break, so they go around the words of each line. */
function marked(text: string, { isHighlight, isStruck }: ShownPiece): string {
  if (!isHighlight && !isStruck) return escapeMarkdown(text);
  const [open, close] = [
    `${isHighlight ? '**' : ''}${isStruck ? '~~' : ''}`,
    `${isStruck ? '~~' : ''}${isHighlight ? '**' : ''}`,
  ];
  const lines = sanitize(text).split('\n');
  return lines
    .map((line) => line.replace(/\S(?:.*\S)?/su, (words) => `${open}${escapeMarkdown(words)}${close}`))
    .join('\n');
}

/** What introduces the excerpt, one line each. */
function introductionLines({ introduction }: Excerpt, maxCharacters: number): string[] {
  const maxPerLine = maxCharacters / Math.max(2, introduction.length);
  return introduction.map((line) => introductionLine(line, maxPerLine)).filter((line) => line !== '');
}

/** One line that introduces the excerpt. If there is not enough room, its end is left out. */
function introductionLine(line: IntroductionLine, maxCharacters: number): string {
  const pieces = introductionPieces(line).flatMap(splitPiece);
  const whole = styled(pieces).trim();
  if (whole.length <= maxCharacters) return whole;
  let cut = '';
  for (let count = 1; count < pieces.length; count++) {
    const longer = `${styled(pieces.slice(0, count)).trim()} …`;
    if (longer.length > maxCharacters) break;
    cut = longer;
  }
  return cut;
}

/** An upper bound of what an excerpt takes as a block quote. The pages of a long article are laid out with it. */
export function quotedText(excerpt: Excerpt): string {
  return quotation(excerpt, [], { characters: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER }) ?? '';
}

/** The offsets, in a text, at which it may be cut. */
export function cutsOf(text: string): number[] {
  return [...text.matchAll(PIECE)].map(({ 0: piece, index }) => index + piece.length);
}
