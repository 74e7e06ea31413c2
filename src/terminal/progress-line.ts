import { createLogUpdate } from 'log-update';
import { printable } from './screen.js';

/** Terminals redraw fast enough for the eye ten times a second; more only costs. */
const REDRAW_MS = 100;
/** Where there is no terminal, a line now and then shows that it goes on. */
const LOG_EVERY_MS = 10_000;
const BAR_COLUMNS = 24;

/** Shows how far long work has come: one line that is redrawn in a terminal, a line every ten seconds elsewhere. */
export interface ProgressLine {
  show(share: number, facts: readonly string[]): void;
  /** Removes the line. */
  clear(): void;
}

export function createProgressLine(output: NodeJS.WriteStream, clock: () => number): ProgressLine {
  const redraw = output.isTTY ? createLogUpdate(output) : null;
  const startedAt = clock();
  let shownAt = output.isTTY ? Number.NEGATIVE_INFINITY : startedAt;
  return {
    show(share, facts) {
      if (clock() - shownAt < (redraw === null ? LOG_EVERY_MS : REDRAW_MS)) return;
      shownAt = clock();
      const elapsed = (shownAt - startedAt) / 1000;
      const left = share > 0.02 ? [`${duration((elapsed / share) * (1 - share))} left`] : [];
      const line = [`${Math.round(share * 100)} %`, ...facts, ...left].map(printable).join(' · ');
      if (redraw === null) output.write(`${line}\n`);
      else redraw(`${bar(share)} ${line}`);
    },
    clear() {
      redraw?.clear();
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_COLUMNS);
  return '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full);
}

/** "2 min 5 s" */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
