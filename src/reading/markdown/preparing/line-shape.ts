/** Returns a line that separates two blocks, in the same quotation if they are in one. */
export function blankLine(indent: string): string {
  return indent.includes('>') ? indent.trimEnd() : '';
}

/** Returns the indentation of a line in columns. A tab reaches to the next multiple of four. */
export function indentOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width += 1;
    else if (char === '\t') width += 4 - (width % 4);
    else break;
  }
  return width;
}

/** Keeps a title such as "1. Install" from becoming a list. */
export function asParagraph(title: string): string {
  return title.replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+*>]|#{1,6}|:{3,}|={1,}|~{3,})(?=\s|$)/, '\\$1');
}
