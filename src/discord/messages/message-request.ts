import { ChannelType, type Message } from 'discord.js';
import { citedWordsIn, questionIn } from '../format/message-text.js';
import type { MessageContext } from './message-context.js';

/** A forum post up to this many characters is asked together with its title; of a longer post only the title is asked. */
const MAX_POST_CHARACTERS = 300;

/** The request in a message that is meant for the bot. */
export type MessageRequest =
  /** Someone mentions the bot or writes to it directly. The question may be empty. */
  | { readonly kind: 'asked'; readonly question: string }
  /** Someone writes in a place where questions need no mention. The bot stays silent if it was not a question. */
  | { readonly kind: 'overheard'; readonly question: string }
  /** Someone refers to passages by `[[words]]`. */
  | { readonly kind: 'cites'; readonly words: readonly string[] };

/** Determines what a message asks of the bot. Returns null if it is not meant for the bot. */
export function requestIn({ message, location: { settings } }: MessageContext): MessageRequest | null {
  const { author, channel, client, content } = message;
  if (author.bot || message.system || message.webhookId !== null || !settings.answers) return null;
  if (isAddressedToBot(message)) return { kind: 'asked', question: questionIn(message, client.user.id) };
  if (content === '') return null;
  const title = settings.forumPosts ? forumPostTitle(message) : null;
  if (title !== null) return { kind: 'overheard', question: postedQuestion(title, content) };
  const words = settings.inlineCiting ? citedWordsIn(content) : [];
  if (words.length > 0) return { kind: 'cites', words };
  // In a thread people discuss what was asked.
  if (settings.askChannel && !channel.isThread() && !isAddressedToOthers(message))
    return { kind: 'overheard', question: content.trim() };
  return null;
}

/** A mention of everyone does not address the bot. A reply to the bot does, even if its mention is turned off. */
function isAddressedToBot({ channel, client, content, mentions }: Message): boolean {
  const botId = client.user.id;
  return channel.isDMBased() || mentions.users.has(botId) || (mentions.repliedUser?.id === botId && content !== '');
}

function isAddressedToOthers({ mentions, reference }: Message): boolean {
  return mentions.users.size > 0 || mentions.roles.size > 0 || mentions.everyone || reference !== null;
}

/** The title of the forum post that a message opens, or null if it opens none. It has the same id as the post's thread. */
function forumPostTitle({ id, channel }: Message): string | null {
  if (!channel.isThread() || channel.parent?.type !== ChannelType.GuildForum || id !== channel.id) return null;
  return channel.name;
}

function postedQuestion(title: string, content: string): string {
  if (content.length > MAX_POST_CHARACTERS) return title;
  // On lines of their own, so that a log or a quote at the start of the post is still told by its first characters.
  return `${/[.?!]$/.test(title) ? title : `${title}:`}\n${content}`;
}
