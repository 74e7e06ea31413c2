import type { Span } from '../../text/span.js';
import { countWords } from '../../text/words.js';
import type { Line } from './lines.js';

/** A longer line is prose. Some patterns would also take quadratic time for it. */
export const MAX_SHAPE_CHARACTERS = 400;

/** A longer line is neither a heading nor a term. */
export const MAX_HEADING_WORDS = 12;

/** Whether a line ends with punctuation or a closing quotation mark. "…" and "?" do not count: headings end with them too. */
export function endsSentence(content: string): boolean {
  return /[.!:;,。！？।؟]["”’»)\]]*$|[”"»]$/u.test(content.replace(/(?:\.\.\.|…)$/, ''));
}

/** Whether a text starts like a sentence or a heading: with a capital or a number, perhaps after a quotation mark. */
export function startsWithCapital(content: string): boolean {
  return /^["“‘'«(]*[\p{Lu}\p{Lo}\p{N}]/u.test(content);
}

/** Whether a line is written in capitals: "GENERAL RULES OF 1988". */
export function isBlockCapitals(content: string): boolean {
  if (/\p{Ll}/u.test(content)) return false;
  const letters = content.match(/\p{Lu}/gu)?.length ?? 0;
  return letters >= 4 && letters / content.length > 0.5;
}

/** Whether a line consists of one repeated sign, like the line under a heading. */
export function isUnderline(content: string): boolean {
  return /^(?:={3,}|-{3,}|~{3,}|\^{3,}|\*{3,}|#{3,}|_{3,})$/.test(content);
}

/** A gap between columns. Two spaces are not enough: sentences and justified lines have them. */
const COLUMN_GAP = /\S(?: {3,}|[ ]*\t\s*)(?=\S)/;

/** Whether a line has two columns. */
export function hasColumnGap(content: string): boolean {
  return COLUMN_GAP.test(content);
}

/** The gap of two or more spaces between a term and its definition on the same line; null if there is none. */
export function termGap(content: string): Span | null {
  const gap = /\S {2,}(?=\S)/.exec(content);
  return gap === null ? null : { start: gap.index + 1, end: gap.index + gap[0].length };
}

/** Whether a line has the dots between a title and its page number: "Ferries ........ 12". */
export function hasDotLeader(content: string): boolean {
  return /(?:\. ?){4,}/.test(content);
}

/** Where the second column of a line begins, in columns of the page; null if there is no gap of that many spaces. */
export function secondColumn(line: Line, spaces: 2 | 3 = 3): number | null {
  const gap = (spaces === 2 ? /\S {2,}(?=\S)/ : / {3,}(?=\S)/).exec(line.content);
  return gap === null ? null : line.indent + gap.index + gap[0].length;
}

const PLAIN_WORD = /^["“‘'«(]*\p{L}[\p{L}\p{M}'’/-]*[.,;:!?)"”’'»\]]*$/u;

/** The share of the words that are plain words: all letters, with punctuation around them. 0 if there are none. */
export function plainWordShare(text: string): number {
  const words = text.slice(0, 4000).match(/\S+/g) ?? [];
  return words.length === 0 ? 0 : words.filter((word) => PLAIN_WORD.test(word)).length / words.length;
}

/** Whether a line is drawn rather than written: a border, or a part of a figure. */
export function isDrawn(content: string): boolean {
  if (content.length > MAX_SHAPE_CHARACTERS) return false;
  if (/[+|][-=]{2,}|[-=]{2,}[+|>]|[─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝]|^\|.*\|$|\|\s{3,}.*\|$|^\/ .* \/$/.test(content)) return true;
  const signs = content.match(/[-+|/\\_=*<>^~.]/g)?.length ?? 0;
  return content.length >= 3 && signs / content.replace(/\s+/g, '').length > 0.6;
}

/** Whether the length and punctuation of a line allow it to be a heading. */
export function couldBeHeading(content: string): boolean {
  return countWords(content) <= MAX_HEADING_WORDS && !endsSentence(content) && /\p{L}/u.test(content);
}
