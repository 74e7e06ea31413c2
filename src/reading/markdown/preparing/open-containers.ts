import type { Container } from '../container.js';
import { asParagraph, blankLine, indentOf } from './line-shape.js';
import type { PreparedText } from './prepared-text.js';

/** Lines that are indented below what they belong to, or that are inside a component. */
interface Frame {
  readonly id: number;
  /** Columns in front of its lines in the prepared source. */
  readonly base: number;
  /** Columns in front of its lines in the source; null until the first one. */
  content: number | null;
  /** A line with less indentation ends the frame; null if a tag ends it. */
  readonly endsBelow: number | null;
  readonly isDefinition: boolean;
}

/** A container that ends with a line or tag of its own. */
interface OpenContainer {
  readonly id: number;
  readonly by: string;
  readonly indent: string;
}

/** How a container is written in the source. */
interface Opening {
  /** The spaces or quote marks in front. */
  readonly indent: string;
  /** What ends it: colons or slashes, or the name of its tag. */
  readonly by: string;
  /** The markup that opens it. */
  readonly source: string;
}

/** The end of a container that holds only the next paragraph. */
const NEXT_PARAGRAPH = 'next';

/** A line that begins a block. It does not continue a definition unless it is indented. */
const BEGINS_BLOCK = /^(?::[ \t]|[-*+>#|]|```|\d+[.)][ \t])/;

/** Keeps track of the containers that have begun in the source and not ended, and writes markers where they begin and end. */
export class OpenContainers {
  readonly text: PreparedText;
  /** Whether a definition has just ended, so that another one can define the same term. */
  isAfterDefinition = false;
  readonly #frames: Frame[] = [];
  readonly #open: OpenContainer[] = [];

  constructor(text: PreparedText) {
    this.text = text;
  }

  /** How many of the open containers change the indentation of their lines. */
  get frameCount(): number {
    return this.#frames.length;
  }

  /** Whether no container is open that ends with a line or tag of its own. */
  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** What ends the innermost container that ends with a line or tag of its own. */
  get innermost(): string | null {
    return this.#open.at(-1)?.by ?? null;
  }

  /** Whether a container is open that `by` ends. */
  has(by: string): boolean {
    return this.#open.some((container) => container.by === by);
  }

  /** Ends the open paragraph, and the container that holds only this paragraph. */
  endParagraph(): void {
    if (this.text.endParagraph()) this.closeNextParagraph();
  }

  /** Closes the innermost container if it ends with the next paragraph. */
  closeNextParagraph(): void {
    const innermost = this.#open.at(-1);
    if (innermost?.by === NEXT_PARAGRAPH) this.#close(innermost, '');
  }

  /** Opens a container that ends with a line or tag of its own. */
  open(container: Container, opening: Opening): void {
    this.#openWith(container, opening);
  }

  /** Opens a container whose lines are indented as far as the first of them. A tag ends it. */
  openFramed(container: Container, opening: Opening): void {
    const id = this.#openWith(container, opening);
    const base = indentOf(opening.indent);
    this.#frames.push({ id, base, content: null, endsBelow: null, isDefinition: false });
  }

  /**
   * Opens a container whose lines are indented below its first line.
   *
   * @param textColumn The columns between the indentation of its first line and its text (default: as in the next line).
   */
  openIndented(
    container: Container,
    { indent, line, source }: { readonly indent: string; readonly line: string; readonly source: string },
    textColumn: number | null = null,
  ): void {
    this.endParagraph();
    const outer = this.#frames.at(-1);
    const base = indentOf(line);
    const sourceIndent = outer === undefined ? base : base - outer.base + (outer.content ?? 0);
    const id = this.#writeOpening(container, indent, source);
    this.#frames.push({
      id,
      base,
      content: textColumn === null ? null : sourceIndent + textColumn,
      endsBelow: sourceIndent + 1,
      isDefinition: container.kind === 'definition',
    });
  }

  /** Opens a container around the open paragraph, or around the next one if none is open. */
  openAroundParagraph(container: Container, indent: string): void {
    const { id, marker } = this.text.markers.open(container, '');
    const lines = this.text.takeParagraph();
    this.text.addMarker(indent, marker);
    if (lines.length === 0) {
      this.#open.push({ id, by: NEXT_PARAGRAPH, indent });
      return;
    }
    for (const line of lines) this.text.addText(line);
    this.endParagraph();
    this.text.addMarker(indent, this.text.markers.close(id, ''));
  }

  /** Closes the innermost container that `isClosed` accepts, and those inside it. Returns false if there is none. */
  close(isClosed: (by: string) => boolean, source: string): boolean {
    const container = this.#open.findLast(({ by }) => isClosed(by));
    if (container !== undefined) this.#close(container, source);
    return container !== undefined;
  }

  /** Ends the open paragraph, and counts something that is left out after it. */
  leaveOut(what: string): void {
    this.endParagraph();
    this.text.markers.omit(what);
    this.text.addLine('');
  }

  /** Closes the frames that a line of the source ends, and returns the line without the indentation of the others. */
  reindent(line: string): string {
    if (this.#frames.length === 0) return line;
    const content = line.replace(/^[ \t]+/, '');
    if (content === '') return '';
    const indent = indentOf(line);
    for (let top = this.#frames.at(-1); top !== undefined; top = this.#frames.at(-1)) {
      if (top.endsBelow === null || indent >= top.endsBelow) break;
      // The lines of a definition may go on without indentation.
      if (top.isDefinition && this.text.paragraph.length > 0 && !BEGINS_BLOCK.test(content)) return content;
      this.#closeFrame();
    }
    const top = this.#frames.at(-1);
    if (top === undefined) return line;
    top.content ??= indent;
    return ' '.repeat(top.base + Math.max(0, indent - top.content)) + content;
  }

  /** Closes what ends with its indentation, at the end of the source. A container without an end stays open. */
  finish(): void {
    this.endParagraph();
    while (this.#frames.some(({ endsBelow }) => endsBelow !== null)) this.#closeFrame();
  }

  #openWith(container: Container, { indent, by, source }: Opening): number {
    this.endParagraph();
    const id = this.#writeOpening(container, indent, source);
    this.#open.push({ id, by, indent });
    return id;
  }

  /** Writes the marker of a container. Its title is Markdown too, and becomes a paragraph of its own. */
  #writeOpening(container: Container, indent: string, source: string): number {
    const { id, marker } = this.text.markers.open(container, source);
    this.text.addMarker(indent, marker);
    const { kind, title } = container;
    if (title === undefined) return id;
    // As a heading, the title would stand above everything that follows the container as well.
    const inTitle = this.text.markers.open({ kind: kind === 'note' ? 'title' : 'summary' }, '');
    this.text.addMarker(indent, inTitle.marker);
    this.text.addPlain(asParagraph(title), indent);
    this.text.addLine(blankLine(indent));
    this.text.addMarker(indent, this.text.markers.close(inTitle.id, ''));
    return id;
  }

  /** Closes a container and those inside it that are still open. */
  #close(container: OpenContainer, source: string): void {
    this.endParagraph();
    const frame = this.#frames.findIndex(({ id }) => id === container.id);
    if (frame !== -1) while (this.#frames.length > frame) this.#closeFrame();
    this.#open.length = this.#open.indexOf(container);
    this.text.addMarker(container.indent, this.text.markers.close(container.id, source));
  }

  #closeFrame(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    this.endParagraph();
    this.#frames.pop();
    if (frame.endsBelow !== null) this.text.addMarker(' '.repeat(frame.base), this.text.markers.close(frame.id, ''));
    this.isAfterDefinition = frame.isDefinition;
  }
}
