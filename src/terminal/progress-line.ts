import { createLogUpdate } from 'log-update';
import stringWidth from 'string-width';
import { DEFAULT_COLUMNS, type Output, printable, wrapMessage } from './screen.js';

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
  const redraw = output.isTTY ? createLogUpdate(output) : null;
  const startedAt = clock();
  let shownAt = output.isTTY ? Number.NEGATIVE_INFINITY : startedAt;
  return {
    show(share, facts) {
      if (clock() - shownAt < (redraw === null ? LOG_EVERY_MS : REDRAW_MS)) return;
      shownAt = clock();
      const elapsed = (shownAt - startedAt) / 1000;
      const left = share > 0.02 ? [`${duration(Math.round((elapsed / share) * (1 - share)))} left`] : [];
      const line = [`${Math.round(share * 100)}%`, ...facts, ...left].map(printable).join(' · ');
      if (redraw === null) output.write(`${line}\n`);
      else redraw(fitting(`${bar(share)} ${line}`, line, output));
    },
    clear() {
      redraw?.clear();
    },
  };
}

/** On a narrow terminal, the facts are enough. */
function fitting(withBar: string, line: string, { columns = DEFAULT_COLUMNS }: Output): string {
  return stringWidth(withBar) < columns ? withBar : wrapMessage(line, { columns });
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
