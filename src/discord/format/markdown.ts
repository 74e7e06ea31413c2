import { visibleText } from '../../text/visible-text.js';

/** Characters that can start formatting, a mention, a link or an emoji anywhere in a line. */
const SPECIAL = /[\\*_~`|<>#[\]()@:]/;

/** Marks that are special only at the start of a line: lists ("- ", "+ ", "1. ") and small print ("-# "). */
const LINE_START = /^(\s*)([-+]|\d+(?=\.))/;

/**
 * Escapes a text so that Discord shows it literally: each character that could start a mention, a link or formatting
 * gets a backslash, which Discord hides.
 */
export function escapeMarkdown(text: string): string {
  return sanitize(text)
    .split('\n')
    .map((line) => escapeLine(line))
    .join('\n');
}

/**
 * Removes control characters and replaces lone surrogates, for which Discord rejects the whole message. Line feeds
 * stay.
 */
export function sanitize(text: string): string {
  return visibleText(text).toWellFormed();
}

function escapeLine(line: string): string {
  let escaped = '';
  for (const character of line) escaped += SPECIAL.test(character) ? `\\${character}` : character;
  // A digit cannot be escaped, but the dot after it can.
  return escaped.replace(LINE_START, (_, space: string, mark: string) =>
    /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
  );
}

/** How much of the room a text takes at least that is cut between words. */
const MIN_KEPT_SHARE = 0.6;

/**
 * Cuts a text to at most `maxCharacters` UTF-16 units and marks the cut with "…". It cuts between words, or, where a word takes most
 * of the room, between user-perceived characters.
 */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  let cut = '';
  // Segmenting a long text is slow, and only its start matters.
  const start = text.slice(0, maxCharacters + 64);
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(start)) {
    if (cut.length + segment.length > maxCharacters - 1) break;
    cut += segment;
  }
  const isInWord = /^[\p{L}\p{M}\p{N}]/u.test(text.slice(cut.length)) && /[\p{L}\p{M}\p{N}]$/u.test(cut);
  const lastSpace = cut.search(/\s\S*$/u);
  const end = isInWord && lastSpace >= MIN_KEPT_SHARE * cut.length ? lastSpace : cut.length;
  return `${cut.slice(0, end).trimEnd()}…`;
}

/** Undoes {@link escapeMarkdown}, except for the control characters it removed. */
export function unescapeMarkdown(escaped: string): string {
  return escaped.replace(/\\(.)/gsu, '$1');
}

/**
 * Escapes a text so that the result has at most `maxCharacters` UTF-16 units. The text is shortened before it is
 * escaped, so a backslash is never separated from the character it escapes.
 */
export function escapeToFit(text: string, maxCharacters: number): string {
  if (maxCharacters < 1) return '';
  let length = maxCharacters;
  let escaped = escapeMarkdown(shorten(text, length));
  while (escaped.length > maxCharacters) {
    length -= Math.max(1, Math.ceil((escaped.length - maxCharacters) / 2));
    escaped = escapeMarkdown(shorten(text, length));
  }
  return escaped;
}

/** Whether a text has at least one visible character. Discord rejects labels without one. */
export function isVisible(text: string): boolean {
  return /[^\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}
