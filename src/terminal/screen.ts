import type { Writable } from 'node:stream';
import pc from 'picocolors';
import stringWidth from 'string-width';
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
/** Columns of an output that is not a terminal. */
export const DEFAULT_COLUMNS = 80;

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
  return { columns: output.columns ?? DEFAULT_COLUMNS, colors: pc.createColors(colors) };
}

/**
 * Wraps text to the screen and indents each line. Wide characters and emoji count the columns they take, and a word that is
 * longer than a line is cut.
 *
 * @param by Columns of the indent.
 * @param firstIndent Goes before the first line instead, such as "[1] ".
 */
export function indent(
  text: string,
  by: number,
  screen: Pick<Screen, 'columns'>,
  firstIndent = ' '.repeat(by),
): string {
  return wrapAnsi(text, textColumns(screen, by), { hard: true, trim: true })
    .split('\n')
    .map((line, index) => `${index === 0 ? firstIndent : ' '.repeat(by)}${line}`.trimEnd())
    .join('\n');
}

/**
 * Wraps a message to the screen, between words. The indent of a line is that of the lines it is wrapped to. A path or address
 * that is longer than a line is not cut, so that it can be copied.
 */
export function wrapMessage(text: string, screen: Pick<Screen, 'columns'>): string {
  return text
    .split('\n')
    .map((line) => {
      const [space = ''] = /^ */.exec(line) ?? [];
      return wrapAnsi(line.trim(), textColumns(screen, space.length), { trim: true }).replace(/^/gm, space).trimEnd();
    })
    .join('\n');
}

/** Wraps only the lines that are wider than the screen, so that tables keep their columns. */
export function wrapLongLines(text: string, screen: Pick<Screen, 'columns'>): string {
  const lines = text.split('\n');
  return lines.map((line) => (stringWidth(line) <= screen.columns ? line : wrapMessage(line, screen))).join('\n');
}

/** Wraps a message if it is printed to a terminal. Programs and files that read messages get one line. */
export function wrapForTerminal(text: string, { isTTY = false, columns = DEFAULT_COLUMNS }: OutputStream): string {
  return isTTY ? wrapMessage(text, { columns }) : text;
}

function textColumns({ columns }: Pick<Screen, 'columns'>, by: number): number {
  return Math.max(MIN_TEXT_COLUMNS, Math.min(MAX_TEXT_COLUMNS, columns) - by - 1);
}

/** Text without what a terminal would interpret instead of display. */
export { visibleText as printable } from '../text/visible-text.js';
