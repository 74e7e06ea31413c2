import { indentOf } from './line-shape.js';
import { LIST_MARKER } from './line-syntax.js';

/** Code is indented by this many columns more than the text around it. */
const CODE_COLUMNS = 4;

/** Distinguishes indented code from the indented text of list items. */
export class IndentedCode {
  /** For each item that the next line may belong to, the column where its text begins. */
  #itemColumns: number[] = [];
  #isAfterCode = false;

  /** Whether a line is code. `canBeCode` says whether code can begin or continue there. */
  accepts(line: string, canBeCode: boolean): boolean {
    this.#isAfterCode = canBeCode && this.#isCode(line);
    return this.#isAfterCode;
  }

  /**
   * Remembers where the text of a list item begins. A line with less indentation ends the item.
   *
   * @param isInParagraph Whether the line continues a paragraph, and so does not end an item.
   */
  noteText(line: string, isInParagraph: boolean): void {
    const [whole, , marker = '', spaces = ''] = LIST_MARKER.exec(line) ?? [];
    if (whole === undefined && isInParagraph) return;
    const indent = indentOf(line);
    while ((this.#itemColumns.at(-1) ?? 0) > indent) this.#itemColumns.pop();
    if (whole === undefined) return;
    const gap = spaces.length >= 1 && spaces.length <= CODE_COLUMNS ? spaces.length : 1;
    this.#itemColumns.push(indent + marker.length + gap);
  }

  #isCode(line: string): boolean {
    if (!line.startsWith('    ') && !line.includes('\t')) return false;
    const indent = indentOf(line);
    if (indent < CODE_COLUMNS) return false;
    let base = 0;
    for (const column of this.#itemColumns) if (column <= indent) base = column;
    return indent >= base + CODE_COLUMNS && (this.#isAfterCode || !LIST_MARKER.test(line) || base === 0);
  }
}
