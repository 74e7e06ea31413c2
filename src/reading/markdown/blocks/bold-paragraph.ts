import type { Nodes, Paragraph } from 'mdast';
import { countWords } from '../../../text/words.js';

/** A longer bold paragraph is not a heading. */
const MAX_HEADING_WORDS = 12;
/** A longer bold paragraph at the beginning of an item is not a question. */
const MAX_QUESTION_WORDS = 30;

/** Whether a bold paragraph has the form of a heading rather than a sentence. */
export function isBoldHeading(node: Paragraph, text: string): boolean {
  return isBold(node) && !/[.!,;…]$/.test(text) && countWords(text) <= MAX_HEADING_WORDS;
}

/** Whether a bold paragraph at the beginning of an item is short enough for a question. */
export function isBoldQuestion(node: Paragraph, text: string): boolean {
  return isBold(node) && countWords(text) <= MAX_QUESTION_WORDS;
}

/** Whether a paragraph is nothing but one bold run, followed by a colon or question mark at most. */
export function isBold({ children }: Paragraph): boolean {
  const shown = children.filter((node) => !(node.type === 'text' && node.value.trim() === ''));
  const [first, second] = shown;
  if (shown.length === 2 && !(second?.type === 'text' && /^\s*[:?：？]\s*$/.test(second.value))) return false;
  return shown.length >= 1 && shown.length <= 2 && first !== undefined && isStrong(first);
}

function isStrong(node: Nodes): boolean {
  if (node.type === 'strong') return true;
  const only = 'children' in node && node.children.length === 1 ? node.children[0] : undefined;
  return node.type === 'emphasis' && only !== undefined && isStrong(only);
}
