/** Characters that Discord's Markdown, mentions, links or emoji may begin with, wherever they stand. */
const SPECIAL = /[\\*_~`|<>#[\]()@:]/;

/** What is special only where a line begins: lists ("- ", "+ ", "1. ") and small print ("-# "). */
const LINE_OPENER = /^(\s*)([-+]|\d+(?=\.))/;

/**
 * Shows text as it is: each character that could begin a mention, a link or formatting gets a backslash, which Discord
 * does not show. Characters that a terminal or a browser would obey (controls, direction marks) are left out.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => escapeLine(line))
    .join('\n');
}

/** The text without control characters and without marks that reverse the direction of what follows. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : '',
  );
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
