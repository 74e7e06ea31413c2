import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';

/** Where text is printed to, and how it may look. */
export interface Screen {
  /** Columns of the terminal; 80 where the output is no terminal. */
  readonly columns: number;
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** Lines longer than this are hard to read on a wide screen. */
const MAX_TEXT_COLUMNS = 100;
const MIN_TEXT_COLUMNS = 20;

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Colours are for terminals; NO_COLOR (https://no-color.org) turns them off, FORCE_COLOR on. */
export function screenOf(output: OutputStream, environment: Readonly<Record<string, string | undefined>>): Screen {
  const colors = environment.NO_COLOR
    ? false
    : Boolean(environment.FORCE_COLOR) || (output.isTTY === true && environment.TERM !== 'dumb');
  return { columns: output.columns ?? 80, colors: pc.createColors(colors) };
}

/** Wraps text to the screen, each line indented; wide characters and emoji count the columns they take. */
export function indent(text: string, by: number, screen: Screen, firstIndent = ' '.repeat(by)): string {
  const columns = Math.max(MIN_TEXT_COLUMNS, Math.min(MAX_TEXT_COLUMNS, screen.columns) - by - 1);
  return wrapAnsi(text, columns, { hard: true, trim: true })
    .split('\n')
    .map((line, index) => `${index === 0 ? firstIndent : ' '.repeat(by)}${line}`.trimEnd())
    .join('\n');
}

export { visibleText as printable } from '../text/visible-text.js';
