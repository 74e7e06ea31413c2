import { isDrawn, MAX_SHAPE_CHARACTERS, plainWordShare } from './line-shapes.js';
import type { Line } from './lines.js';

/** "name = …", "name ::= …", braces and comments: lines that only programs and grammars have. */
const PROGRAM_LINE =
  /^[\w<>-]+\s*(?:::?=|=\/?\s)|^[%$#]\s+\S|[{};]$|^(?:\/\*|\*\/|\/\/|#include\b|#define\b|import\s|return\b.*;)|^<\/?[a-z][^>]*>$|^(?:@@|\+\+\+|---)\s|^\|| = \S+[;(]/i;

/** Whether the shape of lines alone shows that their line ends and spaces matter: figures, grammars and programs. */
export function isUnmistakablyPreformatted(lines: readonly Line[]): boolean {
  if (lines[0]?.content.startsWith('/*')) return true;
  if (isGrammarRule(lines)) return true;
  const drawn = lines.filter(({ content }) => isDrawn(content)).length;
  if (drawn >= 2 && drawn >= lines.length * 0.4) return true;
  const program = lines.filter(({ content }) => isProgramLine(content) || isDrawn(content)).length;
  if (program < Math.max(1, lines.length * 0.5)) return false;
  return plainWordShare(lines.map(({ content }) => content).join(' ')) < 0.8;
}

function isProgramLine(content: string): boolean {
  return content.length <= MAX_SHAPE_CHARACTERS && PROGRAM_LINE.test(content);
}

/** "name = …", with the lines below it indented further. */
function isGrammarRule([first, ...deeper]: readonly Line[]): boolean {
  if (first === undefined || !/^[\w<>-]+\s*(?:::?=|=\/?)\s/.test(first.content)) return false;
  return deeper.every((line) => line.indent > first.indent || /^[\w<>-]+\s*(?:::?=|=\/?)\s/.test(line.content));
}

/** An end mark is among the last characters of a text. */
const MAX_END_CHARACTERS = 50;

/** Whether lines read like sentences: mostly plain words, and wrapped or with an end mark. */
export function isProse(lines: readonly Line[], isWrapped: boolean): boolean {
  const text = lines.map(({ content }) => content).join(' ');
  if (plainWordShare(text) < 0.6) return false;
  return (
    (isWrapped && lines.length > 1) ||
    /[\p{L}\p{N})\]][.!?:;,…。！？][\p{P}\p{S}]*$/u.test(text.slice(-MAX_END_CHARACTERS))
  );
}
