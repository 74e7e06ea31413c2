import type { Mark, MarkKind } from '../../../corpus/block.js';
import { type Span, shiftSpan } from '../../../text/span.js';

/** A text with the marks in it, without whitespace at either end or at the ends of its lines. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** Collects the text of a block piece by piece, with its marks. */
export class MarkedTextBuilder {
  #text = '';
  readonly #marks: Mark[] = [];

  /** The length of the text so far. */
  get length(): number {
    return this.#text.length;
  }

  /** Adds text. Spaces beside something that is not shown become one space. */
  add(text: string): void {
    this.#text += /\s$/.test(this.#text) || this.#text === '' ? text.replace(/^[ \t]+/, '') : text;
  }

  /** Starts a new line, unless one has just begun. */
  breakLine(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
  }

  /** Marks the text from `start` to here. */
  mark(kind: MarkKind, start: number, value?: string): void {
    this.#marks.push({ kind, start, end: this.#text.length, ...(value !== undefined && { value }) });
  }

  /** Adds what another builder has collected, and returns where it is. */
  append({ text, marks }: MarkedText): Span {
    const start = this.#text.length;
    this.#text += text;
    for (const mark of marks) this.#marks.push(shiftSpan(mark, start));
    return { start, end: this.#text.length };
  }

  /** Returns the text as it is shown, and the marks that still cover something. */
  finish(): MarkedText {
    const text = this.#text;
    const lead = text.length - text.trimStart().length;
    if (this.#marks.length === 0) return { text: trimLines(text), marks: [] };
    // Where each line begins and ends after its end is trimmed.
    const starts: number[] = [];
    const shifts: number[] = [];
    const ends: number[] = [];
    let from = 0;
    let shift = lead;
    for (const line of text.split('\n')) {
      starts.push(from);
      shifts.push(shift);
      const kept = line.trimEnd().length;
      ends.push(from + kept);
      shift += line.length - kept;
      from += line.length + 1;
    }
    const shown = trimLines(text);
    const place = (at: number): number => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= at) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, Math.min(shown.length, Math.min(at, ends[low] ?? at) - (shifts[low] ?? 0)));
    };
    const marks = this.#marks
      .map((mark) => ({ ...mark, start: place(mark.start), end: place(mark.end) }))
      .filter(({ kind, start, end }) => kind === 'anchor' || start < end);
    return { text: shown, marks };
  }
}

function trimLines(text: string): string {
  if (!/\s\n/.test(text)) return text.trim();
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
