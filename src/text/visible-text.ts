/**
 * Removes what a terminal or a chat would interpret instead of display: control characters (escape sequences start with
 * one) and marks that override the text direction. Line feeds stay and tabs become spaces.
 */
export function visibleText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
  return text.replace(/\t/g, ' ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Puts a text on one line: each run of whitespace becomes one space, and the ends are trimmed. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
