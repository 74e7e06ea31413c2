import { visibleText } from '../../text/visible-text.js';

/** Characters that Discord's Markdown, mentions, links or emoji may begin with, wherever they stand. */
const SPECIAL = /[\\*_~`|<>#[\]()@:]/;

/** What is special only where a line begins: lists ("- ", "+ ", "1. ") and small print ("-# "). */
const LINE_OPENER = /^(\s*)([-+]|\d+(?=\.))/;

/**
 * Shows text as it is: each character that could begin a mention, a link or formatting gets a backslash, which Discord
 * does not show.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => escapeLine(line))
    .join('\n');
}

/** The text without what would be obeyed instead of shown, and without halves of characters: Discord takes no message with one. */
export function visible(text: string): string {
  return visibleText(text).toWellFormed();
}

function escapeLine(line: string): string {
  let escaped = '';
  for (const character of line) escaped += SPECIAL.test(character) ? `\\${character}` : character;
  // A digit cannot be escaped, the dot after it can.
  return escaped.replace(LINE_OPENER, (_, space: string, opener: string) =>
    /\d/.test(opener) ? `${space}${opener}\\` : `${space}\\${opener}`,
  );
}

/** The beginning of a text with at most `limit` UTF-16 units, cut between characters as people see them, with "…" where something is left out. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, limit + 64))) {
    if (cut.length + segment.length > limit - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** The text that `escapeMarkdown` was given, as far as it is shown. */
export function unescapeMarkdown(escaped: string): string {
  return escaped.replace(/\\(.)/gsu, '$1');
}

/** Escaped, and shortened before that to what fits then: a backslash is never parted from what it escapes. */
export function escapedWithin(text: string, limit: number): string {
  if (limit < 1) return '';
  let length = limit;
  let escaped = escapeMarkdown(shorten(text, length));
  while (escaped.length > limit) {
    length -= Math.max(1, Math.ceil((escaped.length - limit) / 2));
    escaped = escapeMarkdown(shorten(text, length));
  }
  return escaped;
}

/** Whether there is anything to see in a text: Discord refuses labels of invisible letters. */
export function isSeen(text: string): boolean {
  return /[^\p{C}\p{M}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}
