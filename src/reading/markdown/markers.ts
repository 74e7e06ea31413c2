import type { Omission } from '../../corpus/hidden-text.js';
import type { Container } from './container.js';

/** The place between two blocks where a container begins or ends. */
interface ContainerEdge {
  readonly id: number;
  /** Null where it ends. */
  readonly opens: Container | null;
}

/** What a marker in the prepared source stands for. */
interface Marked {
  /** The text that the marker replaces. */
  readonly source: string;
  readonly edge: ContainerEdge | null;
}

/** Unicode keeps these for use inside a program. They occur in no text and mean nothing in Markdown. */
const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';
const MARKER = /\ufdd0(\d+)\ufdd1/g;
const ONLY_MARKER = /^\ufdd0(\d+)\ufdd1$/;

/**
 * Replaces what the Markdown parser does not know by short markers, and finds them again in the parsed text. It also counts what
 * is left out.
 */
export class Markers {
  readonly #marked: Marked[] = [];
  readonly #omitted = new Map<string, number>();
  readonly #closed = new Set<number>();
  #ids = 0;

  /** Replaces characters in the source that would look like a marker. */
  static clean(source: string): string {
    return /[\ufdd0\ufdd1]/.test(source) ? source.replace(/[\ufdd0\ufdd1]/g, '\ufffd') : source;
  }

  /** Returns a marker that is shown as `text`, whatever Markdown would make of it. */
  verbatim(text: string): string {
    return this.#mark({ source: text, edge: null });
  }

  /** Returns a marker for the beginning of a container. */
  open(container: Container, source: string): { id: number; marker: string } {
    this.#ids += 1;
    return { id: this.#ids, marker: this.#mark({ source, edge: { id: this.#ids, opens: container } }) };
  }

  /** Returns a marker for the end of a container. */
  close(id: number, source: string): string {
    this.#closed.add(id);
    return this.#mark({ source, edge: { id, opens: null } });
  }

  /** Counts something that is left out. */
  omit(what: string): void {
    this.#omitted.set(what, (this.#omitted.get(what) ?? 0) + 1);
  }

  /** Returns what was left out, and how often. */
  omitted(): Omission[] {
    return [...this.#omitted].map(([what, count]) => ({ what, count }));
  }

  /**
   * Returns the edge that a paragraph stands for, or null if it is not one. The edge of a container that is never closed is
   * `'ignored'`: the container would reach to the end of the article.
   */
  edgeOf(paragraph: string): ContainerEdge | 'ignored' | null {
    const index = ONLY_MARKER.exec(paragraph.trim())?.[1];
    const edge = index === undefined ? null : (this.#marked[Number(index)]?.edge ?? null);
    if (edge === null) return null;
    return this.#closed.has(edge.id) ? edge : 'ignored';
  }

  /** Puts back what the markers in a text replace. */
  restore(text: string): string {
    return text.includes(OPEN) ? text.replace(MARKER, (_, index) => this.#marked[Number(index)]?.source ?? '') : text;
  }

  #mark(marked: Marked): string {
    this.#marked.push(marked);
    return `${OPEN}${this.#marked.length - 1}${CLOSE}`;
  }
}
