import type { Message, Snowflake } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { type Location, locationIn, textsAt } from '../context/location.js';
import type { Texts } from '../locales/texts.js';
import type { SendContext } from '../sending/send-context.js';

/** A message with its location, language and the services needed to answer it. */
export interface MessageContext {
  readonly message: Message;
  /** Who wrote it. For a webhook's message that stands for a person's, that person. */
  readonly authorId: Snowflake;
  /** The id under which its answer is remembered: its own, or that of the message whose place it has taken. */
  readonly askedIn: Snowflake;
  readonly location: Location;
  readonly texts: Texts;
  readonly bot: BotContext;
  readonly sending: SendContext;
}

/**
 * Looks up a message's channel settings and language. The language is a guess if the author is new to the bot.
 *
 * @param authorId Who wrote it. Default: its author.
 */
export function messageContextOf(
  message: Message,
  bot: BotContext,
  authorId: Snowflake = message.author.id,
): MessageContext {
  // The message of a webhook has no member of its own.
  const member = message.guild?.members.cache.get(authorId) ?? message.member;
  const location = locationIn(message.channel, member, bot);
  // Discord does not send a locale with messages. The author's is known if they have used a command.
  const texts = textsAt(location, bot.locales.get(authorId) ?? message.guild?.preferredLocale ?? null);
  return {
    message,
    authorId,
    askedIn: message.id,
    location,
    texts,
    bot,
    sending: { rest: bot.rest, log: bot.log, refusedChannels: bot.refusedChannels, serverId: location.serverId, texts },
  };
}

/** Whether nothing should be posted where the message is now, because Discord refuses it. */
export function isPausedHere({ message, sending }: MessageContext): boolean {
  return sending.refusedChannels.isPaused(message.channelId, Date.now());
}

/** Whether answers go right below their questions. In a thread they always do, whatever its channel is set to. */
export function repliesInPlace({ message, location }: MessageContext): boolean {
  return !message.inGuild() || location.settings.replyPlace === 'here' || message.channel.isThread();
}
