/**
 * Removes what a terminal or a chat would interpret instead of display: control characters (escape sequences start with
 * one) and marks that override the text direction. Line feeds stay and tabs become spaces.
 */
export function visibleText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
  return text.replace(/\t/g, ' ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

/**
 * Characters that a terminal or a program that reads lines may obey instead of showing: control characters other than tabs and line
 * feeds (escape sequences start with one), separators of lines and paragraphs, and marks that override the text direction.
 */
const CONTROLS = /[^\P{Cc}\t\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Writes control characters as JSON does: `\u001b`. In JSON, where they can stand only inside strings, the value stays the same.
 * Tabs and line feeds stay.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Keeps a text on one line by writing line feeds as `\n`. Nothing else changes. */
export function escapeLineFeeds(text: string): string {
  return text.replaceAll('\n', '\\n');
}

/** Puts a text on one line: each run of whitespace becomes one space, and the ends are trimmed. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
