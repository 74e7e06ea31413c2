import { Markers } from '../markers.js';
import { blankLine } from './line-shape.js';
import { toPlainMarkdown } from './plain-markdown.js';

/** The paragraph that was written last. */
interface WrittenParagraph {
  /** The index of its first line in the output. */
  readonly at: number;
  /** Its lines as they were in the source. */
  readonly lines: readonly string[];
  /** The number of blank lines after it. */
  blanks: number;
}

/** The lines of the prepared source that are written so far, and the paragraph that is still open. */
export class PreparedText {
  readonly isMdx: boolean;
  readonly markers = new Markers();
  readonly #lines: string[] = [];
  /** The lines since the last blank one or piece of structure. */
  #paragraph: string[] = [];
  #lastParagraph: WrittenParagraph | null = null;

  /** @param isMdx Whether braces hold expressions, and tags are components. */
  constructor(isMdx: boolean) {
    this.isMdx = isMdx;
  }

  /** The lines of the open paragraph; none if no paragraph is open. */
  get paragraph(): readonly string[] {
    return this.#paragraph;
  }

  /** The last paragraph, if exactly one blank line has followed it. */
  get paragraphBeforeBlank(): readonly string[] | null {
    return this.#lastParagraph?.blanks === 1 ? this.#lastParagraph.lines : null;
  }

  /** Adds a line to the open paragraph. */
  addText(line: string): void {
    this.#paragraph.push(line);
  }

  /** Replaces the last line of the open paragraph. */
  replaceLastLine(line: string): void {
    this.#paragraph[this.#paragraph.length - 1] = line;
  }

  /** Takes the open paragraph back and returns its lines. */
  takeParagraph(): string[] {
    return this.#paragraph.splice(0);
  }

  /** Takes the last paragraph, and everything after it, out of the output. */
  removeLastParagraph(): void {
    if (this.#lastParagraph !== null) this.#lines.length = this.#lastParagraph.at;
  }

  /** Adds a line as it is. The paragraph before is no longer the last thing written. */
  addLine(line: string): void {
    this.#lastParagraph = null;
    this.#lines.push(line);
  }

  /** Adds lines as plain Markdown, with `indent` in front. They do not become a part of the open paragraph. */
  addPlain(lines: string, indent = ''): void {
    this.#lines.push(indent + toPlainMarkdown(lines, this.isMdx, this.markers));
  }

  /** Adds a blank line of the source. */
  addBlank(): void {
    this.#lines.push('');
    if (this.#lastParagraph !== null) this.#lastParagraph.blanks += 1;
  }

  /** Adds a marker as a paragraph of its own. */
  addMarker(indent: string, marker: string): void {
    this.#lastParagraph = null;
    const blank = blankLine(indent);
    this.#lines.push(blank, indent + marker, blank);
  }

  /** Ends the open paragraph. Returns false if no paragraph is open. */
  endParagraph(): boolean {
    if (this.#paragraph.length === 0) return false;
    const lines = this.takeParagraph();
    this.#lastParagraph = { at: this.#lines.length, lines, blanks: 0 };
    this.addPlain(lines.join('\n'));
    return true;
  }

  /** Returns the text of all lines. */
  toString(): string {
    return this.#lines.join('\n');
  }
}
