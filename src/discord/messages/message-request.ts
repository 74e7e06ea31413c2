import { type AnyThreadChannel, type Message, MessageReferenceType, type Snowflake } from 'discord.js';
import { isQuestionLike } from '../../answering/question/question.js';
import { idsOfBot } from '../context/bot-ids.js';
import { type AskRefusal, directRefusal, refusalAt } from '../context/who-may-ask.js';
import { contentOf } from '../format/message-content.js';
import { citedWordsIn, questionIn } from '../format/message-text.js';
import type { MessageRef } from '../sending/channel-messages.js';
import type { MessageContext } from './message-context.js';

/** A forum post up to this many characters is asked together with its title; of a longer post only the title is asked. */
const MAX_POST_CHARACTERS = 300;

/** The request in a message that is meant for the bot. */
export type MessageRequest =
  /** Someone mentions the bot or writes to it directly. */
  | {
      readonly kind: 'asked';
      /** It may be empty. */
      readonly question: string;
      /** The message that it replies to, if it has no question of its own: then that one is asked. */
      readonly about: MessageRef | null;
    }
  /** Someone addresses the bot who gets no answer there. */
  | { readonly kind: 'refused'; readonly refusal: AskRefusal }
  /** Someone mentions the bot's role, and Discord withholds the text of such messages. */
  | { readonly kind: 'unreadable' }
  /** Someone writes in a place where questions need no mention. The bot stays silent if it was not a question. */
  | {
      readonly kind: 'overheard';
      readonly question: string;
      /** The bot's message that it goes on from; null for none. */
      readonly follows: Snowflake | null;
    }
  /** Someone refers to passages by `[[words]]`. */
  | { readonly kind: 'cites'; readonly words: readonly string[] };

/**
 * Determines what a message asks of the bot. Returns null if it is not meant for the bot.
 *
 * @param first What it asked before it was edited. In a thread it still goes on from the same answer then, even if that thread is no
 *   longer followed. Default: it is new.
 */
export async function requestIn(
  context: MessageContext,
  first: MessageRequest | null = null,
): Promise<MessageRequest | null> {
  const { message, location } = context;
  const { settings } = location;
  const { channel, content } = message;
  if (!isFromPerson(context) || message.system) return null;
  const isAddressed = isAddressedToBot(message);
  const refusal = await refusalIn(context);
  if (refusal !== null) return isAddressed && refusal.kind !== 'ignored' ? { kind: 'refused', refusal } : null;
  if (isAddressed) return askedIn(message);
  const title = settings.forumPosts ? forumPostTitle(message) : null;
  if (title !== null) return { kind: 'overheard', question: postedQuestion(title, content), follows: null };
  if (content === '') return null;
  const words = settings.inlineCiting ? citedWordsIn(content) : [];
  if (words.length > 0) return { kind: 'cites', words };
  if (isAddressedToOthers(message)) return null;
  if (channel.isThread()) return nextQuestionIn(channel, context, first);
  return settings.askChannel ? { kind: 'overheard', question: content.trim(), follows: null } : null;
}

/** A webhook's message is only a person's if it stands for theirs. */
function isFromPerson({ message: { author, webhookId }, authorId }: MessageContext): boolean {
  return author.id !== authorId || (!author.bot && webhookId === null);
}

/** Why the author gets no answer, or null if they do. */
async function refusalIn({ message, authorId, location, bot }: MessageContext): Promise<AskRefusal | null> {
  if (message.channel.isDMBased()) return directRefusal(authorId, bot);
  // The message of a webhook has no member of its own.
  return refusalAt(location, message.guild?.members.cache.get(authorId) ?? message.member);
}

/** In a thread people discuss what was asked. Only who asked there needs no mention for the next question. */
async function nextQuestionIn(
  thread: AnyThreadChannel,
  { message, authorId, location, bot }: MessageContext,
  first: MessageRequest | null,
): Promise<MessageRequest | null> {
  if (!location.settings.threadQuestions || !isQuestionLike(message.content)) return null;
  const question = message.content.trim();
  if (first?.kind === 'overheard') return { ...first, question };
  const followed = await bot.followedThreads.get(thread, authorId, bot);
  return followed === null ? null : { kind: 'overheard', question, follows: followed.lastAnswerId };
}

function askedIn(message: Message): MessageRequest {
  const { channel, content, mentions, reference, client } = message;
  // Discord shows the text of messages that mention the bot itself, but not of those that mention its role only.
  if (content === '' && !channel.isDMBased() && !mentions.users.has(client.user.id)) return { kind: 'unreadable' };
  const title = forumPostTitle(message);
  const others = title === null ? contentOf(message).others : [title];
  const question = questionIn({ content, others }, idsOfBot(message));
  const { messageId, channelId = message.channelId, type } = reference ?? {};
  const isReply = messageId !== undefined && type === MessageReferenceType.Default;
  const about = question === '' && isReply ? { id: messageId, channelId } : null;
  return { kind: 'asked', question, about };
}

/** A mention of everyone does not address the bot. A reply to the bot does, even if its mention is turned off. */
function isAddressedToBot({ channel, client, content, mentions }: Message): boolean {
  const botId = client.user.id;
  return (
    channel.isDMBased() ||
    mentions.users.has(botId) ||
    mentions.roles.some((role) => role.tags?.botId === botId) ||
    (mentions.repliedUser?.id === botId && content !== '')
  );
}

function isAddressedToOthers({ mentions, reference }: Message): boolean {
  return mentions.users.size > 0 || mentions.roles.size > 0 || mentions.everyone || reference !== null;
}

/** The title of the forum post that a message opens, or null if it opens none. It has the same id as the post's thread. */
function forumPostTitle({ id, channel }: Message): string | null {
  const isPost = channel.isThread() && channel.parent?.isThreadOnly() === true;
  return isPost && id === channel.id ? channel.name : null;
}

/** A post may be only a picture. */
function postedQuestion(title: string, content: string): string {
  if (content === '' || content.length > MAX_POST_CHARACTERS) return title;
  // On lines of their own, so that a log or a quote at the start of the post is still told by its first characters.
  return `${/[.?!]$/.test(title) ? title : `${title}:`}\n${content}`;
}
