/** A hyphen at the end of a line, with what stands before the rest of the word. */
const LINE_END_HYPHEN = /(?<=[\p{L}\p{M}\p{N}])-[ \t]*\n[ \t]*(?:>[> \t]*)?(?=[\p{L}\p{M}\p{N}])/gu;

/** "> " in front of quoted lines, however often they are quoted. */
const QUOTE_MARKS = /^[ \t]*>[> \t]*/gm;

/**
 * Returns what a slice of an article's text is searched by: without the line breaks, indentation and quote marks of plain text, and
 * with words that a line end cuts put together ("exam-\nple" is "example"). Hyphens that belong to a word stay: those beside a capital
 * or a figure ("Anglo-\nSaxon", "top-\n10"), and those beside a single letter ("e-\nmail").
 */
export function searchText(slice: string): string {
  const joined = slice.replace(LINE_END_HYPHEN, (cut: string, at: number) =>
    isCutWord(slice, at, at + cut.length) ? '' : '-',
  );
  return joined.replace(QUOTE_MARKS, '').replace(/\s+/g, ' ').trim();
}

/** Whether a hyphen only stands where the line ends. */
function isCutWord(text: string, hyphen: number, rest: number): boolean {
  const before = text.slice(Math.max(0, hyphen - 2), hyphen);
  const after = text.slice(rest, rest + 2);
  return (
    /^[\p{L}\p{M}]{2}$/u.test(before) && /^[\p{Ll}\p{Lo}\p{M}][\p{L}\p{M}]$/u.test(after) && !/\p{Lu}$/u.test(before)
  );
}
