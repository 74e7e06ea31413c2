import type { Mark } from '../../corpus/block.js';

/** A part of the text that was collected, with the marks in it. */
interface TextPiece {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A mark whose ends may still move. */
interface OpenMark {
  readonly kind: Mark['kind'];
  readonly value?: string;
  start: number;
  end: number;
}

/**
 * Collects the text of one block with its marks. White space is collapsed at once, as a browser does, so that the marks are
 * in the right place from the start.
 */
export class InlineText {
  #lines: string[] = [];
  #finishedLength = 0;
  #line = '';
  /** Whether white space would not be shown here. Asking the line itself would copy it each time. */
  #isAtSpace = true;
  #marks: OpenMark[] = [];

  /** Where the next text will start, in code units. */
  get position(): number {
    return this.#finishedLength + this.#line.length;
  }

  /** Whether nothing has been collected. */
  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#line === '';
  }

  /** Adds running text. White space at the beginning of a line is not shown. */
  add(text: string): void {
    const shown = text.replace(/[ \t\n\f\r]+/g, ' ').replaceAll('\u00ad', '');
    const added = this.#isAtSpace && shown.startsWith(' ') ? shown.slice(1) : shown;
    if (added === '') return;
    this.#line += added;
    this.#isAtSpace = added.endsWith(' ');
  }

  /** Adds preformatted text, which keeps its line ends and indentation. */
  addLines(text: string): void {
    this.#isAtSpace = false;
    for (const [index, line] of text.replace(/\r\n?/g, '\n').replaceAll('\u00ad', '').split('\n').entries()) {
      if (index > 0) this.breakLine();
      this.#line += line;
    }
  }

  /** Ends the line, without the white space at its end. */
  breakLine(): void {
    this.#line = this.#line.trimEnd();
    const end = this.position;
    for (let index = this.#marks.length - 1; index >= 0; index--) {
      const mark = this.#marks[index];
      if (mark === undefined || mark.end <= end) break;
      mark.end = end;
      mark.start = Math.min(mark.start, end);
    }
    this.#lines.push(this.#line);
    this.#finishedLength = end + 1;
    this.#line = '';
    this.#isAtSpace = true;
  }

  /** Begins a new line, unless one has just begun. */
  startLine(): void {
    if (this.#line.trim() !== '') this.breakLine();
  }

  /** Marks the text from `start` to where it ends now. */
  mark(kind: Mark['kind'], start: number, value?: string): void {
    this.#marks.push({
      kind,
      start: Math.min(start, this.position),
      end: this.position,
      ...(value !== undefined && { value }),
    });
  }

  /** Returns the collected text and starts again. An empty line splits running text, but not preformatted text. */
  take(isPreformatted: boolean): TextPiece[] {
    this.breakLine();
    const text = this.#lines.join('\n');
    const pieces = isPreformatted ? [{ start: 0, end: text.length }] : paragraphsOf(this.#lines);
    const marks = this.#marks.toSorted((a, b) => a.start - b.start);
    this.#lines = [];
    this.#finishedLength = 0;
    this.#marks = [];
    return cutMarks(text, pieces, marks);
  }
}

function paragraphsOf(lines: readonly string[]): { start: number; end: number }[] {
  const paragraphs: { start: number; end: number }[] = [];
  let position = 0;
  let isOpen = false;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (line === '') isOpen = false;
    else if (isOpen && last !== undefined) last.end = position + line.length;
    else {
      paragraphs.push({ start: position, end: position + line.length });
      isOpen = true;
    }
    position += line.length + 1;
  }
  return paragraphs;
}

/** @param marks Sorted by where they start. */
function cutMarks(
  text: string,
  pieces: readonly { start: number; end: number }[],
  marks: readonly OpenMark[],
): TextPiece[] {
  const cut: TextPiece[] = [];
  let waiting = marks;
  for (const [index, { start: from, end: to }] of pieces.entries()) {
    const whole = text.slice(from, to);
    const start = from + (whole.length - whole.trimStart().length);
    const shown = whole.trim();
    const isLast = index === pieces.length - 1;
    const own = waiting.filter((mark) => isLast || mark.start <= to);
    waiting = waiting.slice(own.length);
    if (shown !== '') cut.push({ text: shown, marks: own.flatMap((mark) => marksWithin(shown, mark, start)) });
  }
  return cut;
}

/** Moves a mark into a text that starts at `start`, without the white space at its ends. */
function marksWithin(text: string, mark: OpenMark, start: number): Mark[] {
  const clamp = (position: number): number => Math.max(0, Math.min(position - start, text.length));
  let [from, to] = [clamp(mark.start), clamp(mark.end)];
  const rest = mark.value === undefined ? { kind: mark.kind } : { kind: mark.kind, value: mark.value };
  if (mark.kind === 'anchor') return [{ ...rest, start: from, end: from }];
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (from < to && /\s/.test(text[to - 1] ?? '')) to--;
  return from < to ? [{ ...rest, start: from, end: to }] : [];
}
