import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { Output } from './output.js';
import { columnsOf, DEFAULT_COLUMNS, printableLine, wrapMessage } from './screen.js';

/** Ten redraws a second look smooth. */
const REDRAW_MS = 100;
/** Without a terminal, an occasional line shows that work continues. */
const LOG_EVERY_MS = 10_000;
const BAR_COLUMNS = 24;

/** Shows the progress of long work: a line that is redrawn in a terminal, or a new line every ten seconds elsewhere. */
export interface ProgressLine {
  /** Shows the share that is done, 0 to 1, with facts such as "40 passages". Calls that come too soon are skipped. */
  show(share: number, facts: readonly string[]): void;
  /** Removes the line from the terminal. */
  clear(): void;
}

/**
 * Creates a progress line.
 *
 * @param clock Milliseconds from any fixed moment.
 */
export function createProgressLine(output: Output, clock: () => number): ProgressLine {
  const redrawn = output.isTTY ? createRedrawnText(output) : null;
  const startedAt = clock();
  let shownAt = output.isTTY ? Number.NEGATIVE_INFINITY : startedAt;
  return {
    show(share, facts) {
      if (clock() - shownAt < (redrawn === null ? LOG_EVERY_MS : REDRAW_MS)) return;
      shownAt = clock();
      const elapsed = (shownAt - startedAt) / 1000;
      const left = share > 0.02 ? [`${duration(Math.round((elapsed / share) * (1 - share)))} left`] : [];
      const line = [`${Math.round(share * 100)}%`, ...facts, ...left].map(printableLine).join(' · ');
      if (redrawn === null) output.write(`${line}\n`);
      else redrawn.draw(fitting(`${bar(share)} ${line}`, line, output));
    },
    clear() {
      redrawn?.clear();
    },
  };
}

/** Text at the end of a terminal that is drawn again in the same place. */
function createRedrawnText(output: Output): { draw(text: string): void; clear(): void } {
  const { stream } = output;
  let rows = 0;
  const clear = (): void => {
    if (rows === 0) return;
    moveCursor(stream, 0, -rows);
    cursorTo(stream, 0);
    clearScreenDown(stream);
    rows = 0;
  };
  return {
    clear,
    draw(text) {
      clear();
      output.write(`${text}\n`);
      const { columns = DEFAULT_COLUMNS } = output;
      for (const line of text.split('\n')) rows += Math.max(1, Math.ceil(columnsOf(line) / columns));
    },
  };
}

/** On a narrow terminal, the facts are enough. */
function fitting(withBar: string, line: string, { columns = DEFAULT_COLUMNS }: Output): string {
  return columnsOf(withBar) < columns ? withBar : wrapMessage(line, { columns });
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_COLUMNS);
  return '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full);
}

/** A duration for people: "0.4 s", "12 s", "2 min 5 s". */
export function duration(seconds: number): string {
  if (!Number.isInteger(seconds) && seconds > 0 && seconds < 9.95) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
