import { randomInt } from 'node:crypto';
import type { Writable } from 'node:stream';
import { escapeControls } from '../text/visible-text.js';

/** What an output stream says about its terminal. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Where text is printed. Everything printed passes its `write`, which lets only our own colours act on the terminal: article text,
 * file names, messages of libraries and whatever else holds escape sequences is shown with them written out.
 */
export interface Output extends OutputStream {
  write(text: string): void;
  /** The stream behind it, for what moves the cursor. It must be given printable text only. */
  readonly stream: Writable & OutputStream;
}

/** Creates an output that prints to a stream. */
export function createOutput(stream: Writable & OutputStream): Output {
  return {
    stream,
    // Read at each use: a terminal may be resized.
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      // Some terminals do not know their size, and say 0.
      return stream.columns || undefined;
    },
    write: (text) => void stream.write(toTerminal(text)),
  };
}

/**
 * Stands in each of our own colour sequences until they are printed. It is chosen anew in each process, so no text from outside can
 * pass for ours. As further parameters of the sequence, it takes up no columns.
 */
const MARK = `;${[1, 2, 3].map(() => randomInt(1000, 10_000)).join(';')}`;

const ESCAPE = '\u001b';
const PLAIN_COLOR = new RegExp(`${ESCAPE}\\[(\\d+)m`, 'g');
const MARKED_COLOR = new RegExp(`${ESCAPE}\\[(\\d+)${MARK}m`, 'g');

/** Marks the colour sequences of a text as ours. Nothing but ours may be in it: `toTerminal` sees to that. */
export function markColors(text: string): string {
  return text.replace(PLAIN_COLOR, (_, code: string) => `${ESCAPE}[${code}${MARK}m`);
}

/** A text as terminals get it: with our own colours, and all other control characters written out (`\u001b`). */
export function toTerminal(text: string): string {
  let shown = '';
  let end = 0;
  for (const { 0: sequence, 1: code, index } of text.matchAll(MARKED_COLOR)) {
    shown += `${escapeControls(text.slice(end, index))}${ESCAPE}[${code}m`;
    end = index + sequence.length;
  }
  return shown + escapeControls(text.slice(end));
}
