import { type Excerpt, type ExcerptBlock, partOfExcerpt } from '../../corpus/excerpt.js';
import { splitSentences } from '../../text/sentences.js';
import { clip, overlap, type Span } from '../../text/span.js';

/** A part of an excerpt that is short enough to show. */
export interface TrimmedExcerpt {
  readonly excerpt: Excerpt;
  /** The highlights in it, as spans of its text. */
  readonly highlights: readonly Span[];
  readonly isCutAtStart: boolean;
  readonly isCutAtEnd: boolean;
}

/**
 * Trims an excerpt at the ends of sentences, items, rows and lines of code, around what is highlighted, until it fits.
 *
 * @param maxCharacters How far from the first highlight it looks. An excerpt may be a whole book.
 * @param fits Whether a part can be shown. If a part doesn't fit, no longer one fits.
 * @returns null if not even the first highlighted sentence fits.
 */
export function trimExcerpt(
  excerpt: Excerpt,
  highlights: readonly Span[],
  maxCharacters: number,
  fits: (trimmed: TrimmedExcerpt) => boolean,
): TrimmedExcerpt | null {
  const units = unitsNear(highlights[0]?.start ?? 0, excerpt, maxCharacters);
  const isHighlighted = (unit: Span): boolean => highlights.some((highlight) => overlap(highlight, unit));
  const found = units.findIndex(isHighlighted);
  // What is highlighted is longer than the room. Sentences without it would not answer.
  if (found === -1 && highlights.length > 0) return null;
  const first = Math.max(0, found);
  const partOf = (from: number, to: number): TrimmedExcerpt | null => {
    const [start, end] = [units[from]?.start, units[to]?.end];
    if (start === undefined || end === undefined) return null;
    const trimmed = trimmedTo({ start, end }, excerpt, highlights);
    return fits(trimmed) ? trimmed : null;
  };
  const last = Math.max(first, units.findLastIndex(isHighlighted));
  const to = partOf(first, last) === null ? first : last;
  if (partOf(first, to) === null) return null;
  // First what follows, then what stands before.
  const after = most(units.length - 1 - to, (count) => partOf(first, to + count) !== null);
  const before = most(first, (count) => partOf(first - count, to + after) !== null);
  return partOf(first - before, to + after);
}

/** The highest number up to `limit` for which a test holds that holds for all lower ones and for 0. */
function most(limit: number, holds: (count: number) => boolean): number {
  let [known, tooMany] = [0, limit + 1];
  while (tooMany - known > 1) {
    const middle = Math.floor((known + tooMany) / 2);
    if (holds(middle)) known = middle;
    else tooMany = middle;
  }
  return known;
}

function trimmedTo(part: Span, excerpt: Excerpt, highlights: readonly Span[]): TrimmedExcerpt {
  return {
    excerpt: partOfExcerpt(excerpt, part),
    highlights: highlights.filter((highlight) => overlap(highlight, part)).map((highlight) => clip(highlight, part)),
    isCutAtStart: excerpt.text.slice(0, part.start).trim() !== '',
    isCutAtEnd: excerpt.text.slice(part.end).trim() !== '',
  };
}

/** The sentences, items, rows and lines of code near a place of an excerpt, in order. */
function unitsNear(place: number, { text, blocks }: Excerpt, maxCharacters: number): Span[] {
  const near = { start: Math.max(0, place - maxCharacters), end: Math.min(text.length, place + maxCharacters) };
  const units = blocks.filter((block) => overlap(block, near)).flatMap((block) => unitsOf(block, text, near));
  return units.filter(({ start, end }) => start >= near.start && (end < near.end || end === text.length));
}

function unitsOf({ kind, start, end }: ExcerptBlock, text: string, near: Span): Span[] {
  const part = { start: Math.max(start, near.start), end: Math.min(end, near.end) };
  if (kind === 'code') return linesIn(text, part);
  if (kind === 'row' || kind === 'item' || kind === 'heading') return [{ start, end }];
  return splitSentences(text, part);
}

function linesIn(text: string, { start, end }: Span): Span[] {
  let from = start;
  return text
    .slice(start, end)
    .split('\n')
    .flatMap((line) => {
      const span = { start: from, end: from + line.length };
      from = span.end + 1;
      return line.trim() === '' ? [] : [span];
    });
}
