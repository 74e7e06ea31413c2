import type { Message, PartialMessage, Snowflake } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { readMessage } from '../sending/channel-messages.js';

/** Keeps an article in line with the message that it was made from. Without the Message Content intent the new text is not known. */
export async function followAddedEdit(message: Message | PartialMessage, bot: BotContext): Promise<void> {
  const { added } = bot.community;
  const article = added.fromMessage(message.id);
  if (article === null || message.editedTimestamp === null) return;
  const whole = message.partial ? await readMessage(message, bot) : null;
  const content = (message.partial ? (whole?.content ?? '') : message.cleanContent).trim();
  if (content === '' || content === article.content) return;
  added.setContent(article.id, content);
  await bot.addedFiles.sync(bot.community);
}

/** Removes the article that was made from a message that is deleted. */
export async function followAddedDeletion(messageId: Snowflake, bot: BotContext): Promise<void> {
  if (bot.community.added.removeFromMessage(messageId)) await bot.addedFiles.sync(bot.community);
}

/** Removes the articles that were made from the messages of a channel or thread that is deleted. */
export async function followChannelDeletion(channelId: Snowflake, bot: BotContext): Promise<void> {
  if (bot.community.added.removeFromChannel(channelId) > 0) await bot.addedFiles.sync(bot.community);
}
