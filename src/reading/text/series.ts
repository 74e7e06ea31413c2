import { countWords } from '../../text/words.js';
import { MAX_TERM_WORDS } from './hanging.js';
import { hasColumnGap, hasDotLeader, MAX_SHAPE_CHARACTERS, secondColumn } from './line-shapes.js';
import type { Line, Run } from './lines.js';
import { isListItem } from './list-marker.js';

/** Runs that are entries of one table or glossary. Their second columns are aligned. */
export interface Series {
  readonly kind: 'rows' | 'terms';
  readonly id: number;
  /** The first lines of the other entries. Empty for all but the first entry. */
  readonly rest: readonly Line[];
}

/** Finds series of runs such as "A      1 a host address", separated by blank lines. */
export function seriesOf(runs: readonly Run[]): ReadonlyMap<Run, Series> {
  const series = new Map<Run, Series>();
  let open: Run[] = [];
  let shape: string | null = null;
  let id = 0;
  const close = (): void => {
    if (open.length >= 2) {
      id += 1;
      const kind = open.every((run) => run.length === 1) ? 'rows' : 'terms';
      const rest = open.slice(1).map(([line]) => line);
      for (const [index, run] of open.entries()) series.set(run, { kind, id, rest: index === 0 ? rest : [] });
    }
    open = [];
  };
  for (const run of runs) {
    if (run[0].pageRule !== undefined) continue;
    const own = shapeOf(run);
    if (own === null || own !== shape) close();
    shape = own;
    if (own !== null) open.push(run);
  }
  close();
  return series;
}

/** Where the two columns of an entry begin; null if a run is not an entry. */
function shapeOf(run: Run): string | null {
  const [first, ...deeper] = run;
  if (first.content.length > MAX_SHAPE_CHARACTERS || !hasColumnGap(first.content) || isListItem(first)) return null;
  const column = secondColumn(first);
  if (column === null || countWords(first.content.split(/ {3,}/, 1)[0] ?? '') > MAX_TERM_WORDS) return null;
  if (/\d$/.test(first.content) && hasDotLeader(first.content)) return null;
  return deeper.every((line) => line.indent >= column - 1) ? `${first.indent} ${column}` : null;
}
