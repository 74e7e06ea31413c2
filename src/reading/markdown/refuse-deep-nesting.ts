import { UnreadableFile } from '../source-article.js';

/**
 * Quotes and lists inside each other. People nest fewer than 20, and the time to parse a line grows with the square of its depth: a
 * line of 3,000 bullets would take a quarter of a minute.
 */
const MAX_DEPTH = 100;

/** The marks of quotes and items in front of a line, one after another: "> - 1. ". */
const MARK = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))/y;
/** Four spaces before it make it code. Only another fence without words behind it ends it. */
const FENCE = /^ {0,3}(?<mark>`{3,}(?=[^`]*$)|~{3,})(?<info>.*)/;
/** Three or more of one mark are a line across the page, not lists. */
const THEMATIC_BREAK = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*){2,}$/;

/**
 * Refuses Markdown whose quotes and lists are nested deeper than anyone nests them, before a parser sees it. It looks at the marks in
 * front of each line and at how far they are indented, which finds what takes long, if not every depth.
 *
 * @param linesBefore Lines of the file above it.
 * @throws {UnreadableFile} that names the line.
 */
export function refuseDeepNesting(source: string, linesBefore: number): void {
  /** How far the open items are indented, from the outermost. */
  const open: number[] = [];
  let fence = '';
  for (const [index, line] of source.split('\n').entries()) {
    const { mark, info = '' } = FENCE.exec(line)?.groups ?? {};
    if (mark !== undefined && fence === '') fence = mark;
    else if (mark?.startsWith(fence) === true && info.trim() === '') fence = '';
    if (fence !== '' || line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    while ((open.at(-1) ?? -1) >= indent) open.pop();
    const marks = THEMATIC_BREAK.test(line) ? [] : marksOf(line);
    if (open.length + marks.length > MAX_DEPTH) {
      throw new UnreadableFile(
        `has quotes or lists nested more than ${MAX_DEPTH} levels deep in line ${linesBefore + index + 1}: ` +
          'simplify that line, or save it as .txt',
      );
    }
    for (const at of marks) open.push(at);
  }
}

/** Where the marks in front of a line are, from the first to one too many. */
function marksOf(line: string): number[] {
  const marks: number[] = [];
  MARK.lastIndex = 0;
  while (marks.length <= MAX_DEPTH && MARK.test(line)) marks.push(MARK.lastIndex - 1);
  return marks;
}
