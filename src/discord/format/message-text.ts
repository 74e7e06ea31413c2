import type { Message, Snowflake } from 'discord.js';

/** What a message asks: its text without mentions of the bot; empty when there is nothing else in it. */
export function questionIn({ content }: Pick<Message, 'content'>, botId: Snowflake): string {
  return content.replaceAll(new RegExp(`<@!?${botId}>`, 'g'), ' ').trim();
}

/** Up to so many passages are cited in one message. */
const MAX_CITED = 3;

/** What must not be cited from: code, quotes and spoilers show what others wrote, or what is not to be read at once. */
const SET_APART = [
  /```[\s\S]*?(?:```|$)/g,
  // As Discord reads it: a span ends at as many marks as it began with. It begins at the first mark of a run, so that a message
  // of marks takes no longer than another.
  /(?<!`)(`+)[\s\S]*?[^`]\1(?!`)/g,
  // Between two bars and two bars stands something.
  /\|\|[\s\S]+?(?:\|\||$)/g,
  /^[ \t]*>>> [\s\S]*$/gm,
  // A line separator ends no line for Discord, and a dot does not match it.
  /^[ \t]*> [^\n]*/gm,
];

/** The words in double square brackets, in order, each once: `[[first meeting in Reykjavik]]`. */
export function citedWordsIn(content: string): string[] {
  const plain = SET_APART.reduce((text, pattern) => text.replace(pattern, ' '), content);
  const words = [...plain.matchAll(/\[\[([^[\]\n]{1,200})\]\]/g)].map(([, inner = '']) => inner.trim());
  return [...new Set(words)].filter((one) => /[\p{L}\p{N}]/u.test(one)).slice(0, MAX_CITED);
}
