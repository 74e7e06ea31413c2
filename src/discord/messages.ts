import type { Message } from 'discord.js';
import { answerCard, textCard } from './answer-card.js';
import { HOW_TO_ASK } from './commands.js';
import { orFailure } from './failure.js';
import type { DiscordParts } from './parts.js';
import { replyTo } from './respond.js';

/** Messages that are remembered as answered: a resumed connection may deliver the last ones again. */
const REMEMBERED = 1000;

/** Answers messages that mention the bot and direct messages; each once. A reply to an answer goes on from it. */
export function createMessageHandler(parts: DiscordParts): (message: Message) => Promise<void> {
  const answered = new Set<string>();
  return async (message) => {
    if (message.author.id === message.client.user.id) parts.earlierAnswers.sent(message);
    const question = questionIn(message);
    if (question === null || answered.has(message.id)) return;
    answered.add(message.id);
    for (const oldest of answered) {
      if (answered.size <= REMEMBERED) break;
      answered.delete(oldest);
    }
    // A waiting sign; an answer without one is as good.
    if ('sendTyping' in message.channel) message.channel.sendTyping().catch(() => {});
    const { card, answer } = await orFailure(async () => {
      if (question === '') return { card: textCard(HOW_TO_ASK) };
      const earlier = parts.earlierAnswers.in(message.reference?.messageId ?? null);
      const found = await parts.ask(question, { earlier });
      return { card: answerCard(found), answer: found };
    }, parts.log);
    if (answer !== undefined) parts.earlierAnswers.answered(message.id, answer);
    await replyTo(message, card, parts.log);
  };
}

/** What is asked in a message; empty when it only mentions the bot; null when the bot is not meant. */
function questionIn(message: Message): string | null {
  const { author, channel, client, content, mentions } = message;
  if (author.bot || message.system || message.webhookId !== null) return null;
  const isDirect = channel.isDMBased();
  // A mention of everyone is not a question to the bot.
  if (!isDirect && !mentions.users.has(client.user.id)) return null;
  return content.replaceAll(new RegExp(`<@!?${client.user.id}>`, 'g'), ' ').trim();
}
