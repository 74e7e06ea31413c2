import { createRequire } from 'node:module';
import pc from 'picocolors';
import type stringWidth from 'string-width';
import type wrapAnsi from 'wrap-ansi';
import { escapeControls, escapeLineFeeds } from '../text/visible-text.js';
import { markColors, type OutputStream, toTerminal } from './output.js';

/** What is known about the output that text is printed to. */
export interface Screen {
  /** Columns of the terminal; 80 if the output is not a terminal. */
  readonly columns: number;
  /** Functions that colour text; they return it unchanged where there are no colours. */
  readonly colors: Colors;
}

const COLORS = ['bold', 'dim', 'strikethrough', 'red', 'green', 'yellow', 'cyan'] as const;

/** Functions that colour text, and whether they do. */
export type Colors = Readonly<Record<(typeof COLORS)[number], (text: string) => string>> & {
  readonly isColorSupported: boolean;
};

/** Creates functions that colour text. Their colours are marked as ours, so that they, and no others, reach the terminal. */
export function createColors(isColorSupported: boolean): Colors {
  const plain = pc.createColors(isColorSupported);
  const [...functions] = COLORS.map((name) => [name, withColors(plain[name])] as const);
  return { ...(Object.fromEntries(functions) as Omit<Colors, 'isColorSupported'>), isColorSupported };
}

/** Lets a function see a text with our colours only, and marks the colours of what it returns as ours. */
function withColors(change: (text: string) => string): (text: string) => string {
  return (text) => markColors(change(toTerminal(text)));
}

/** Longer lines are hard to read, however wide the screen is. */
const MAX_TEXT_COLUMNS = 100;
const MIN_TEXT_COLUMNS = 20;
/** Columns of an output that is not a terminal. */
export const DEFAULT_COLUMNS = 80;

/** Describes an output. Terminals get colours; NO_COLOR (https://no-color.org) turns them off, FORCE_COLOR turns them on. */
export function screenOf(output: OutputStream, environment: Readonly<Record<string, string | undefined>>): Screen {
  const colors = environment.NO_COLOR
    ? false
    : Boolean(environment.FORCE_COLOR) || (output.isTTY === true && environment.TERM !== 'dumb');
  return { columns: output.columns ?? DEFAULT_COLUMNS, colors: createColors(colors) };
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
  return wrap(text, textColumns(screen, by), { hard: true })
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
      return wrap(line.trim(), textColumns(screen, space.length)).replace(/^/gm, space).trimEnd();
    })
    .join('\n');
}

/** Wraps only the lines that are wider than the screen, so that tables keep their columns. */
export function wrapLongLines(text: string, screen: Pick<Screen, 'columns'>): string {
  const lines = text.split('\n');
  return lines.map((line) => (columnsOf(line) <= screen.columns ? line : wrapMessage(line, screen))).join('\n');
}

/** Wraps a message if it is printed to a terminal. Programs and files that read messages get one line. */
export function wrapForTerminal(text: string, { isTTY = false, columns = DEFAULT_COLUMNS }: OutputStream): string {
  return isTTY ? wrapMessage(text, { columns }) : text;
}

function wrap(text: string, columns: number, { hard = false } = {}): string {
  const isWrapped = text.split('\n').every((line) => isNarrow(line) && line.trim() === line && line.length <= columns);
  return isWrapped ? text : withColors((shown) => widths().wrapAnsi(shown, columns, { hard, trim: true }))(text);
}

/** Columns that a text takes up. */
export function columnsOf(text: string): number {
  return isNarrow(text) ? text.length : widths().stringWidth(text);
}

/** Whether a text has only letters and signs of one column each, as most lines do. */
function isNarrow(text: string): boolean {
  return /^[ -~¡-¬®-ɏ–—‘’“”•…]*$/.test(text);
}

const require = createRequire(import.meta.url);

/** Loaded when a text needs them: they know all of Unicode, and take longer to load than a short command runs. */
function widths(): { stringWidth: typeof stringWidth; wrapAnsi: typeof wrapAnsi } {
  return {
    stringWidth: (require('string-width') as { default: typeof stringWidth }).default,
    wrapAnsi: (require('wrap-ansi') as { default: typeof wrapAnsi }).default,
  };
}

function textColumns({ columns }: Pick<Screen, 'columns'>, by: number): number {
  return Math.max(MIN_TEXT_COLUMNS, Math.min(MAX_TEXT_COLUMNS, columns) - by - 1);
}

/**
 * Text from outside, as it is put into lines of ours: control characters are written out (`\u001b`), tabs become spaces, and line feeds
 * stay.
 */
export function printable(text: string): string {
  return escapeControls(text.replaceAll('\r\n', '\n').replaceAll('\t', ' '));
}

/** As {@link printable}, but on one line: for names, and for lines that have to stay one. Line feeds are written as `\n`. */
export function printableLine(text: string): string {
  return escapeLineFeeds(printable(text));
}
