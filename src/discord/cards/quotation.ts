import type { Span } from '../../text/span.js';
import { escapeMarkdown } from '../format/markdown.js';
import { fits, isWithin, sizeOf, type TextSize } from './card.js';

/** Matched words in a row are shown as one stretch up to this length. */
const LONG_MATCH = 100;

const LONGEST_PIECE = 64;

/** Between two of these a text may be cut. */
const WORD = new RegExp(`\\s*\\S{1,${LONGEST_PIECE}}|\\s+$`, 'gu');

/** What is escaped where a line begins. */
const OPENERS = /(?<!\S)(?:[-+]|\d+\.)/g;

/** With less room a quote says nothing. */
const LEAST_CHARACTERS = 8;

/**
 * A text word for word as a block quote, its important words in bold. What there is no room for is left out at the end, and
 * marked.
 *
 * @param matches Spans of the text, in order.
 * @returns null where there is no room for anything.
 */
export function quotation(whole: string, matches: readonly Span[], room: TextSize): string | null {
  // More cannot be shown, and a paragraph may be a book. A cut must not leave half a character.
  const begun = whole.slice(0, Math.max(0, room.characters));
  const text = begun.length < whole.length ? begun.replace(/[\ud800-\udbff]$/, '') : begun;
  const pieces: string[] = [];
  let end = 0;
  for (const match of matches.filter((one) => one.end <= text.length)) {
    pieces.push(...words(text.slice(end, match.start)), ...bold(text.slice(match.start, match.end)));
    end = match.end;
  }
  pieces.push(...words(text.slice(end)));
  const isWhole = text.length === whole.length;
  if (isWhole && fits(blockQuote(pieces.join('')), room)) return blockQuote(pieces.join(''));
  // The longest beginning that fits with the mark, by halving.
  let [fitting, tooMany] = [0, pieces.length + 1];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(cutAfter(pieces, middle), room)) fitting = middle;
    else tooMany = middle;
  }
  const cut = cutAfter(pieces, fitting);
  return fitting === 0 || room.characters < LEAST_CHARACTERS ? null : cut;
}

/** What a text takes as a block quote, all of it, at most: pages of a long article are counted with it. */
export function quotedSize(text: string): TextSize {
  const { characters, bytes } = sizeOf(blockQuote(escapeMarkdown(text)));
  // A quote is escaped piece by piece, each as if it began a line.
  const backslashes = (text.match(OPENERS)?.length ?? 0) + Math.floor(text.length / LONGEST_PIECE);
  return { characters: characters + backslashes, bytes: bytes + 2 * backslashes };
}

/** The text as parts that each have room as a block quote, parted between words; one part where there is room for all of it. */
export function quotableParts(text: string, room: TextSize): Span[] {
  if (isWithin(quotedSize(text), room)) return [{ start: 0, end: text.length }];
  const parts: Span[] = [];
  let start = 0;
  let size = quotedSize('');
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const own = sizeOf(escapeMarkdown(word));
    const marks = 2 * word.split('\n').length - 2;
    const together = {
      characters: size.characters + own.characters + marks,
      // Quotation marks of JSON are counted once.
      bytes: size.bytes + own.bytes - 2 + marks,
    };
    if (index > start && !isWithin(together, room)) {
      parts.push({ start, end: index });
      start = index + word.length - word.trimStart().length;
      size = quotedSize(word.trimStart());
    } else size = together;
  }
  return [...parts, { start, end: text.length }];
}

function cutAfter(pieces: readonly string[], count: number): string {
  return blockQuote(`${pieces.slice(0, count).join('').trimEnd()} …`);
}

/** In bold as a whole, or word by word where it is so long that the text may have to be cut in it. */
function bold(text: string): string[] {
  if (text.length <= LONG_MATCH) return [`**${escapeMarkdown(text)}**`];
  return (text.match(/\s*\S{1,64}/gu) ?? []).map((word) =>
    word.replace(/\S+/u, (letters) => `**${escapeMarkdown(letters)}**`),
  );
}

/** Escaped pieces between which a text may be cut: words, and stretches of words that have no spaces. */
function words(text: string): string[] {
  return (text.match(WORD) ?? []).map(escapeMarkdown);
}

function blockQuote(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.map((line) => `> ${line}`).join('\n');
}
