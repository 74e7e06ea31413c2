import { MAX_QUESTION_CHARACTERS } from '../../answering/question/question.js';
import type { MessageContent } from './message-content.js';

/**
 * Returns the question in a message: what its author wrote, without mentions of the bot. If they wrote nothing, it is what the message
 * shows besides, up to the length of a question. It may be empty.
 *
 * @param botIds The bot's id, and that of its role.
 */
export function questionIn({ content, others }: MessageContent, botIds: readonly string[]): string {
  const written = content.replaceAll(new RegExp(`<@[!&]?(?:${botIds.join('|')})>`, 'g'), ' ').trim();
  return written !== '' ? written : others.join('\n').slice(0, MAX_QUESTION_CHARACTERS).trim();
}

/** How many passages one message can cite. */
const MAX_CITED = 3;

/** Nothing is cited from code, spoilers and quotes: they show what is hidden on purpose, or what someone else wrote. */
const NOT_CITED_FROM = [
  /```[\s\S]*?(?:```|$)/g,
  // As in Discord, a code span ends with as many backticks as it starts with. The lookbehind keeps a message of nothing
  // but backticks from taking quadratic time.
  /(?<!`)(`+)[\s\S]*?[^`]\1(?!`)/g,
  // "||||" without anything in between is no spoiler.
  /\|\|[\s\S]+?(?:\|\||$)/g,
  /^[ \t]*>>> [\s\S]*$/gm,
  // Not a dot, which stops at a line separator: for Discord the line goes on.
  /^[ \t]*> [^\n]*/gm,
];

/**
 * Returns the words in double square brackets, such as `[[first meeting in Reykjavik]]`: up to three, in order, without
 * repeats.
 */
export function citedWordsIn(content: string): string[] {
  const plain = NOT_CITED_FROM.reduce((text, pattern) => text.replace(pattern, ' '), content);
  const words = [...plain.matchAll(/\[\[([^[\]\n]{1,200})\]\]/g)].map(([, inner = '']) => inner.trim());
  return [...new Set(words)].filter((text) => /[\p{L}\p{N}]/u.test(text)).slice(0, MAX_CITED);
}
