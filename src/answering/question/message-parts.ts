import { withoutChatMarks } from './chat-marks.js';
import { asksSomething, isCode, isPastedLine } from './pasted-line.js';
import { chatWords, courtesyKinds } from './small-talk.js';

/** The parts of a message by who wrote them. */
export interface MessageParts {
  /** What the person says. */
  readonly prose: string;
  /** Code blocks, logs, stack traces and shell sessions. */
  readonly pasted: string;
  /** What someone else said, without the quote marks. */
  readonly quoted: string;
}

/** A code block, with the name of its language. One without an end goes on to the end of the message. */
const CODE_BLOCK = /```(?:[\w+#.-]{1,20}\n)?([\s\S]*?)(?:```|$)/g;
/** In Discord, this mark quotes everything behind it. */
const QUOTED_REST = /^[ \t]*>>> ([\s\S]*)$/m;
const QUOTED_LINE = /^[ \t]*>(?: |$)/;
/** However often a line is quoted. */
const QUOTE_MARKS = /^[ \t]*>[> \t]*/gm;

/**
 * Takes a message apart into what its author says, what was pasted and what is quoted. Takes time in proportion to its
 * length.
 */
export function messageParts(message: string): MessageParts {
  const blocks: string[] = [];
  const unfenced = message.replace(CODE_BLOCK, (block: string, code: string, at: number) => {
    if (isInSentence(message, at, at + block.length) && !code.includes('\n')) return ` ${code} `;
    blocks.push(code);
    return '\n\n';
  });
  const rest = QUOTED_REST.exec(unfenced);
  const own = rest === null ? unfenced : unfenced.slice(0, rest.index);
  const lines = own.split(/\r?\n/);
  const quoted = lines.filter((line) => QUOTED_LINE.test(line));
  const { prose, pasted } = splitLines(lines.map((line) => (QUOTED_LINE.test(line) ? '' : line)));
  return {
    prose,
    pasted: [...blocks, pasted].filter((text) => text.trim() !== '').join('\n'),
    quoted: [...quoted, rest?.[1] ?? ''].join('\n').replace(QUOTE_MARKS, '').trim(),
  };
}

/** Whether a code block stands for a word of a sentence: "What does ```npm ci``` do?". */
function isInSentence(message: string, start: number, end: number): boolean {
  const before = message.slice(Math.max(0, start - 40), start);
  const after = message.slice(end, end + 40);
  return /[^\s.?!:][ \t]*$/.test(before) || (/[^\s][ \t]*$/.test(before) && /^[ \t]*\p{Ll}/u.test(after));
}

/** Once a program's line has been seen, the lines below it are its output too, up to a blank line or a question. */
function splitLines(lines: readonly string[]): { readonly prose: string; readonly pasted: string } {
  const prose: string[] = [];
  const pasted: string[] = [];
  const isSingle = lines.filter((line) => line.trim() !== '').length === 1;
  let isInPaste = false;
  for (const line of lines) {
    if (line.trim() === '') {
      isInPaste = false;
      prose.push('');
    } else if (isPastedLine(line) || (!isSingle && isCode(line)) || (isInPaste && !isSaid(line))) {
      isInPaste = true;
      pasted.push(line);
    } else {
      isInPaste = false;
      prose.push(line);
    }
  }
  return { prose: prose.join('\n'), pasted: pasted.join('\n') };
}

/** Whether a line behind a paste is the person's again: a question or thanks. */
function isSaid(line: string): boolean {
  const { text } = withoutChatMarks(line);
  const words = chatWords(text);
  return asksSomething(text) || (words.length > 0 && courtesyKinds(words) !== null);
}
