import type { Message, PartialMessage } from 'discord.js';
import { answerCard, textCard } from './answer-card.js';
import { HOW_TO_ASK } from './commands.js';
import { orFailure, type Reply } from './failure.js';
import { keepLast } from './keep-last.js';
import type { DiscordParts } from './parts.js';
import { remove, replace, replyTo } from './respond.js';

/** Messages that are remembered as asked: a resumed connection may deliver the last ones again, and people correct them. */
const REMEMBERED = 1000;

/** What is to be done when somebody writes, corrects or deletes a message. */
export interface MessageHandlers {
  readonly onCreate: (message: Message) => Promise<void>;
  readonly onUpdate: (message: Message | PartialMessage) => Promise<void>;
  readonly onDelete: (messageId: string) => Promise<void>;
}

/** A message that was answered, or is being answered. */
interface AskedMessage {
  question: string;
  /** Null until it is sent, and when it could not be. */
  answer: Message | null;
  isDeleted: boolean;
  /** What is done for one message is done in turn: a correction may come while the first answer is on its way. */
  work: Promise<void>;
}

/**
 * Answers messages that mention the bot and direct messages; each once. A reply to an answer goes on from it. The answer
 * follows its question: it is changed in place when the question is corrected, and removed with it.
 */
export function createMessageHandlers(parts: DiscordParts): MessageHandlers {
  const asked = new Map<string, AskedMessage>();
  return {
    onCreate: async (message) => {
      if (message.author.id === message.client.user.id) parts.earlierAnswers.sent(message);
      const question = questionIn(message);
      if (question === null || asked.has(message.id)) return;
      const one: AskedMessage = { question, answer: null, isDeleted: false, work: Promise.resolve() };
      keepLast(asked, message.id, one, REMEMBERED);
      // A waiting sign; an answer without one is as good.
      if ('sendTyping' in message.channel) message.channel.sendTyping().catch(() => {});
      one.work = answerFirst(message, one, parts);
      await one.work;
    },
    onUpdate: async (message) => {
      const one = asked.get(message.id);
      if (one === undefined || message.partial) return;
      const question = questionIn(message);
      // Discord tells of a link's preview as of an edit.
      if (question === one.question) return;
      one.question = question ?? '';
      // Without its mention it is meant for somebody else.
      one.work = one.work.then(() => (question === null ? removeAnswer(one, parts) : answerAgain(message, one, parts)));
      await one.work;
    },
    onDelete: async (messageId) => {
      const one = asked.get(messageId);
      if (one === undefined) return;
      one.isDeleted = true;
      one.work = one.work.then(() => removeAnswer(one, parts));
      await one.work;
    },
  };
}

async function answerFirst(message: Message, one: AskedMessage, parts: DiscordParts): Promise<void> {
  const { card, answer } = await replyFor(message, one.question, parts);
  if (one.isDeleted) return;
  if (answer !== undefined) parts.earlierAnswers.answered(message.id, answer);
  one.answer = await replyTo(message, card, parts.log);
}

async function answerAgain(message: Message, one: AskedMessage, parts: DiscordParts): Promise<void> {
  if (one.isDeleted || one.answer === null) return;
  const { card, answer } = await replyFor(message, one.question, parts);
  if (answer !== undefined) parts.earlierAnswers.answered(message.id, answer);
  await replace(one.answer, card, parts.log);
}

async function removeAnswer(one: AskedMessage, { log }: DiscordParts): Promise<void> {
  if (one.answer === null) return;
  await remove(one.answer, log);
  one.answer = null;
}

function replyFor(message: Message, question: string, parts: DiscordParts): Promise<Reply> {
  return orFailure(async () => {
    if (question === '') return { card: textCard(HOW_TO_ASK) };
    const earlier = parts.earlierAnswers.in(message.reference?.messageId ?? null);
    const answer = await parts.ask(question, { earlier });
    return { card: answerCard(answer), answer };
  }, parts.log);
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
