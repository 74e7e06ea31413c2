import type { Span } from '../../text/span.js';
import { escapeMarkdown } from '../format/markdown.js';
import { fits, isWithin, sizeOf, type TextSize } from './card.js';

/** Adjacent matched words are set in bold together up to this many characters, and word by word beyond it. */
const MAX_BOLD_CHARACTERS = 100;

const MAX_PIECE_CHARACTERS = 64;

/**
 * A piece of a text: a word with the space before it, or a part of a very long word. A text may be cut between two
 * pieces.
 */
const PIECE = new RegExp(`\\s*\\S{1,${MAX_PIECE_CHARACTERS}}|\\s+$`, 'gu');

/** Marks that are escaped with a backslash at the start of a line. */
const LINE_STARTS = /(?<!\S)(?:[-+]|\d+\.)/g;

/** A quote with less room says nothing. */
const MIN_CHARACTERS = 8;

/**
 * Shows a text word for word as a block quote, with matched words in bold. If there is not enough room, the end is left
 * out and marked with "…".
 *
 * @param matches Spans of the text, in order.
 * @returns null if there is hardly any room.
 */
export function quotation(whole: string, matches: readonly Span[], room: TextSize): string | null {
  const text = startOf(whole, room.characters);
  const pieces: string[] = [];
  let end = 0;
  for (const match of matches.filter((span) => span.end <= text.length)) {
    pieces.push(...piecesOf(text.slice(end, match.start)), ...boldPieces(text.slice(match.start, match.end)));
    end = match.end;
  }
  pieces.push(...piecesOf(text.slice(end)));
  const quote = blockQuote(pieces.join(''));
  return text.length === whole.length && fits(quote, room) ? quote : shortenedQuote(pieces, room);
}

/** The first `maxCharacters` of a text, which may be a whole book. A surrogate pair is not cut in half. */
function startOf(whole: string, maxCharacters: number): string {
  const start = whole.slice(0, Math.max(0, maxCharacters));
  return start.length < whole.length ? start.replace(/[\ud800-\udbff]$/, '') : start;
}

/** Finds the longest start that fits together with its "…", by bisection. */
function shortenedQuote(pieces: readonly string[], room: TextSize): string | null {
  let fitting = 0;
  let tooMany = pieces.length + 1;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(quoteOfFirst(middle, pieces), room)) fitting = middle;
    else tooMany = middle;
  }
  return fitting === 0 || room.characters < MIN_CHARACTERS ? null : quoteOfFirst(fitting, pieces);
}

function quoteOfFirst(count: number, pieces: readonly string[]): string {
  return blockQuote(`${pieces.slice(0, count).join('').trimEnd()} …`);
}

/** An upper bound of what a text takes as a block quote. The pages of a long article are laid out with it. */
export function quotedSize(text: string): TextSize {
  const { characters, bytes } = sizeOf(blockQuote(escapeMarkdown(text)));
  // A quote is escaped piece by piece, and each piece might start a line.
  const backslashes = (text.match(LINE_STARTS)?.length ?? 0) + Math.floor(text.length / MAX_PIECE_CHARACTERS);
  return { characters: characters + backslashes, bytes: bytes + 2 * backslashes };
}

/** Splits a text between words into parts that each fit as a block quote. A text that fits as a whole is one part. */
export function quotableParts(text: string, room: TextSize): Span[] {
  if (isWithin(quotedSize(text), room)) return [{ start: 0, end: text.length }];
  const parts: Span[] = [];
  let start = 0;
  let size = quotedSize('');
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const added = sizeOf(escapeMarkdown(piece));
    const quoteMarks = 2 * piece.split('\n').length - 2;
    const extended = {
      characters: size.characters + added.characters + quoteMarks,
      // Without the JSON quotation marks, which are already in `size`.
      bytes: size.bytes + added.bytes - 2 + quoteMarks,
    };
    if (index > start && !isWithin(extended, room)) {
      parts.push({ start, end: index });
      start = index + piece.length - piece.trimStart().length;
      size = quotedSize(piece.trimStart());
    } else size = extended;
  }
  return [...parts, { start, end: text.length }];
}

function boldPieces(text: string): string[] {
  if (text.length <= MAX_BOLD_CHARACTERS) return [`**${escapeMarkdown(text)}**`];
  // So long a stretch may have to be cut, and the cut must not separate the asterisks.
  return (text.match(/\s*\S{1,64}/gu) ?? []).map((word) =>
    word.replace(/\S+/u, (letters) => `**${escapeMarkdown(letters)}**`),
  );
}

function piecesOf(text: string): string[] {
  return (text.match(PIECE) ?? []).map(escapeMarkdown);
}

function blockQuote(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.map((line) => `> ${line}`).join('\n');
}
