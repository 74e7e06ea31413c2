import { entryInLine, hangingEntriesOf } from './hanging.js';
import { type Run, spanOfLines } from './lines.js';
import type { Outline } from './outline.js';
import { isUnmistakablyPreformatted } from './preformatted.js';
import { type Series, seriesOf } from './series.js';
import { isHeadOf, spacedCells } from './spaced-table.js';

/** Reads tables and glossaries whose entries are separated by blank lines. */
export class SeriesReader {
  readonly #outline: Outline;
  readonly #series: ReadonlyMap<Run, Series>;
  /** The group of each series that has begun, by its id. */
  readonly #groups = new Map<number, number>();

  /** @param outline Gets the entries. */
  constructor(runs: readonly Run[], outline: Outline) {
    this.#outline = outline;
    this.#series = seriesOf(runs);
  }

  /** Adds a run as an entry of its series. Returns false if it is not part of one. */
  read(run: Run): boolean {
    const series = this.#series.get(run);
    if (series === undefined || isUnmistakablyPreformatted(run)) return false;
    this.#outline.leaveTo(run[0].indent);
    if (series.kind === 'rows') this.#addRow(run, series);
    else this.#addEntries(run);
    return true;
  }

  #addRow(run: Run, { id, rest }: Series): void {
    const known = this.#groups.get(id);
    const group = known ?? this.#outline.newGroup();
    this.#groups.set(id, group);
    const isHeader = known === undefined && isHeadOf(run[0], rest);
    const cells = spacedCells(run[0]);
    this.#outline.add({ kind: 'row', ...spanOfLines(run), group, cells, ...(isHeader && { isHeader }) });
  }

  #addEntries(run: Run): void {
    const [line] = run;
    const hanging = run.length > 1 ? hangingEntriesOf(run, { isWrapped: true, width: 0 }) : null;
    const entry = entryInLine(line);
    if (hanging !== null) this.#outline.addEntries(hanging);
    else if (entry !== null) this.#outline.addEntries([entry]);
    else this.#outline.add({ kind: 'paragraph', start: line.start, end: line.end });
  }
}
