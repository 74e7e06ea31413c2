import type { PlacedBlock } from '../add-context.js';
import type { HangingEntry } from './hanging.js';
import { type Line, smallestIndent, spanOfLines } from './lines.js';

/** An item or a term that lines with more indentation belong to. */
export interface Container {
  readonly kind: 'item' | 'term';
  /** Columns in front of its marker or term. */
  readonly indent: number;
  /** Columns in front of its text. */
  readonly textIndent: number;
  readonly style?: string;
  readonly group?: number;
}

/** The blocks found so far, and the items and terms that are still open below the last one. */
export class Outline {
  readonly blocks: PlacedBlock[] = [];
  /** Whether paragraphs belong to an answer, until the next question or heading. */
  isAnswering = false;
  #containers: Container[] = [];
  /** The item that ended last: the next one may be its sibling. */
  #lastItem: Container | null = null;
  #groups = 0;

  /** Adds the next block. */
  add(block: PlacedBlock): void {
    this.blocks.push(block);
  }

  /** Adds terms with their definitions. The last one stays open. */
  addEntries(entries: readonly HangingEntry[]): void {
    for (const { term, definition, indent, definitionLines } of entries) {
      this.leaveTo(indent);
      this.add({ kind: 'term', ...term });
      this.add({ kind: 'definition', ...definition, under: 'term' });
      this.#containers.push({
        kind: 'term',
        indent,
        textIndent: Math.max(indent + 2, definitionLines[0]?.indent ?? indent + 2),
      });
    }
  }

  /** Adds code: lines whose line ends and spaces matter. */
  addCode(lines: readonly Line[]): void {
    this.leaveTo(smallestIndent(lines));
    this.add({ kind: 'code', ...spanOfLines(lines), ...this.place() });
  }

  /** Adds text: a paragraph of its own, or of what is open. @param keepsLines Whether its line ends mean something. */
  addParagraph(lines: readonly Line[], keepsLines = false): void {
    const top = this.#containers.at(-1);
    const kind = top?.kind === 'term' ? 'definition' : this.isAnswering && top === undefined ? 'answer' : 'paragraph';
    this.add({ kind, ...spanOfLines(lines), ...this.place(), ...(keepsLines && { isWrapped: false }) });
  }

  /** The depth of the next block in lists, and the question or term it belongs to. */
  place(): Pick<PlacedBlock, 'depth' | 'under'> {
    const depth = this.depth();
    return { ...(depth > 0 && { depth }), ...this.under() };
  }

  /** The kind of block that the next block belongs to. */
  under(): Pick<PlacedBlock, 'under'> {
    if (this.#containers.some(({ kind }) => kind === 'term')) return { under: 'term' };
    return this.isAnswering ? { under: 'question' } : {};
  }

  /** The number of items that are open. */
  depth(): number {
    return this.#containers.filter(({ kind }) => kind === 'item').length;
  }

  /** Whether a line with this indentation is part of an item or a term. */
  isInside(indent: number): boolean {
    return this.#containers.some((container) => isWithin(indent, container));
  }

  /** Closes the items and terms that a line with this indentation is not part of. */
  leaveTo(indent: number): void {
    let left: Container | undefined;
    for (
      let top = this.#containers.at(-1);
      top !== undefined && !isWithin(indent, top);
      top = this.#containers.at(-1)
    ) {
      left = this.#containers.pop();
    }
    this.#lastItem = left?.kind === 'item' ? left : null;
  }

  /** Closes everything that is open. */
  leaveAll(): void {
    this.#containers = [];
    this.#lastItem = null;
    this.isAnswering = false;
  }

  /** Returns a number for a new list or table. */
  newGroup(): number {
    this.#groups += 1;
    return this.#groups;
  }

  /** Opens an item or a term: lines with more indentation belong to it. */
  enter(container: Container): void {
    this.#containers.push(container);
  }

  /** The item or term that is open, if any. */
  get top(): Container | null {
    return this.#containers.at(-1) ?? null;
  }

  /** Returns the list of the last item if an item with this indentation and style continues it, or else a new list. */
  groupFor(indent: number, style: string): number {
    const last = this.#lastItem;
    const isSibling = last !== null && last.style === style && last.indent === indent;
    return isSibling && last.group !== undefined ? last.group : this.newGroup();
  }
}

/** Whether lines with this indentation belong to an item or a term. */
function isWithin(indent: number, { indent: outer, textIndent }: Container): boolean {
  return indent > outer && indent >= Math.min(textIndent, outer + 2);
}
