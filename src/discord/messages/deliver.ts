import type { Message } from 'discord.js';
import { oneLine } from '../../text/visible-text.js';
import { type Card, textCard } from '../cards/card.js';
import { LIMITS } from '../format/limits.js';
import { sanitize, shorten } from '../format/markdown.js';
import {
  type MessageRef,
  sendDirectMessage,
  sendMessage,
  sendReply,
  startThread,
} from '../sending/channel-messages.js';
import { isPausedHere, type MessageContext, repliesInPlace } from './message-context.js';
import type { CardReply } from './message-reply.js';

/** A reply that was sent. */
export interface DeliveredReply {
  readonly message: MessageRef;
  /** Whether it answers a question. Only answers can go to a thread or a direct message. */
  readonly isAnswer: boolean;
}

/**
 * Sends a reply to the place moderators have chosen: below the message, to a thread, or to the author's direct messages.
 *
 * @param nonce Identifies the reply, so that Discord does not post it twice. Up to 25 characters.
 * @returns null if nothing could be sent.
 */
export async function deliverReply(
  { card, question }: CardReply,
  nonce: string,
  context: MessageContext,
): Promise<DeliveredReply | null> {
  const { settings } = context.location;
  if (question === null) return isPausedHere(context) ? null : delivered(await replyBelow(card, nonce, context), false);
  if (settings.replyPlace === 'private' && !repliesInPlace(context)) return replyDirectly(card, nonce, context);
  const posted = await postAnswer(card, question, nonce, context);
  if (posted !== null || !settings.directFallback || !context.message.inGuild()) return delivered(posted, true);
  return delivered(await sendDirectMessage(context.authorId, card, { nonce }, context.sending), true);
}

/** Posts an answer where its channel has it. In a channel that refuses what the bot posts, it does not try again at once. */
async function postAnswer(
  card: Card,
  question: string,
  nonce: string,
  context: MessageContext,
): Promise<MessageRef | null> {
  if (isPausedHere(context)) return null;
  return repliesInPlace(context) ? replyBelow(card, nonce, context) : replyInThread(card, question, nonce, context);
}

function delivered(message: MessageRef | null, isAnswer: boolean): DeliveredReply | null {
  return message === null ? null : { message, isAnswer };
}

function replyBelow(card: Card, nonce: string, { message, sending }: MessageContext): Promise<MessageRef | null> {
  return sendReply(refOf(message), card, { nonce }, sending);
}

/** Sends the answer to the message's thread. If there can be no thread, or nothing can be posted in it, below the message. */
async function replyInThread(
  card: Card,
  question: string,
  nonce: string,
  context: MessageContext,
): Promise<MessageRef | null> {
  const { message, sending } = context;
  const name = shorten(sanitize(oneLine(question)), LIMITS.threadName);
  const threadId = await startThread(refOf(message), name, sending).catch((error: unknown) => {
    sending.log.warn({ err: error }, 'could not start a thread');
    return null;
  });
  const sent = threadId === null ? null : await sendMessage(threadId, card, { nonce }, sending);
  return sent ?? replyBelow(card, nonce, context);
}

/** Sends the answer to the author alone. Someone who accepts no direct messages is told how to ask instead. */
async function replyDirectly(card: Card, nonce: string, context: MessageContext): Promise<DeliveredReply | null> {
  const { authorId, texts, sending } = context;
  const direct = await sendDirectMessage(authorId, card, { nonce }, sending);
  if (direct !== null) return delivered(direct, true);
  if (isPausedHere(context)) return null;
  return delivered(await replyBelow(textCard(texts.say('answer.directClosed')), nonce, context), false);
}

function refOf({ id, channelId }: Message): MessageRef {
  return { id, channelId };
}
