import { contentsEntriesOf, contentsLinesIn } from './contents-table.js';
import { couldBeHeading } from './line-shapes.js';
import type { Run } from './lines.js';
import type { Outline } from './outline.js';

/** At least this share of the lines of a run must be entries. */
const MIN_SHARE = 0.5;

/** Finds the runs of lines that belong to a table of contents. Blank lines may separate its entries. */
export class ContentsReader {
  readonly #outline: Outline;
  /** The group of the table that the next run may continue. */
  #group: number | null = null;

  /** @param outline Gets the entries. */
  constructor(outline: Outline) {
    this.#outline = outline;
  }

  /** Adds the entries of a run. Returns false if it is not part of a table of contents. */
  read(run: Run): boolean {
    const entries = contentsLinesIn(run);
    const min = run.length === 1 && this.#group !== null ? 1 : 2;
    if (entries < Math.max(min, run.length * MIN_SHARE)) {
      if (!couldBeHeading(run[0].content)) this.#group = null;
      return false;
    }
    this.#outline.leaveAll();
    this.#group ??= this.#outline.newGroup();
    for (const item of contentsEntriesOf(run, this.#group)) this.#outline.add(item);
    return true;
  }
}
