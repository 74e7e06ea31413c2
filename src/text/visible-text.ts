/**
 * The text without what a terminal or a chat would obey instead of show: control characters (escape sequences begin with
 * one) and marks that reverse the direction of what follows. Line feeds stay, tabs become spaces.
 */
export function visibleText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return text.replace(/\t/g, ' ').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** The text in one line: every run of white space is one space, and none stands at the ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
