import type { Writable } from 'node:stream';
import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';

/** What is known about the output that text is printed to. */
export interface Screen {
  /** Columns of the terminal; 80 if the output is not a terminal. */
  readonly columns: number;
  /** Functions that colour text; they return it unchanged where there are no colours. */
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** Longer lines are hard to read, however wide the screen is. */
const MAX_TEXT_COLUMNS = 100;
const MIN_TEXT_COLUMNS = 20;

/** What an output stream says about its terminal. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A stream that text is printed to. */
export type Output = Writable & OutputStream;

/** Describes an output. Terminals get colours; NO_COLOR (https://no-color.org) turns them off, FORCE_COLOR turns them on. */
export function screenOf(output: OutputStream, environment: Readonly<Record<string, string | undefined>>): Screen {
  const colors = environment.NO_COLOR
    ? false
    : Boolean(environment.FORCE_COLOR) || (output.isTTY === true && environment.TERM !== 'dumb');
  return { columns: output.columns ?? 80, colors: pc.createColors(colors) };
}

/**
 * Wraps text to the screen and indents each line. Wide characters and emoji count the columns they take.
 *
 * @param by Columns of the indent.
 * @param firstIndent Goes before the first line instead, such as "[1] ".
 */
export function indent(text: string, by: number, screen: Screen, firstIndent = ' '.repeat(by)): string {
  const columns = Math.max(MIN_TEXT_COLUMNS, Math.min(MAX_TEXT_COLUMNS, screen.columns) - by - 1);
  return wrapAnsi(text, columns, { hard: true, trim: true })
    .split('\n')
    .map((line, index) => `${index === 0 ? firstIndent : ' '.repeat(by)}${line}`.trimEnd())
    .join('\n');
}

/** Text without what a terminal would interpret instead of display. */
export { visibleText as printable } from '../text/visible-text.js';
