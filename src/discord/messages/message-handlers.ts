import type { Message, PartialMessage } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { setBounded } from '../context/bounded-map.js';
import { locationIn, textsAt } from '../context/location.js';
import { deleteMessage, editMessage } from '../sending/channel-messages.js';
import type { SendContext } from '../sending/send-context.js';
import { type DeliveredReply, deliverReply } from './deliver.js';
import { type MessageContext, messageContextOf, repliesInPlace } from './message-context.js';
import { type MessageRequest, requestIn } from './message-request.js';
import { type MessageReply, makeReply } from './reply.js';

/** How many messages are tracked. A resumed connection may repeat recent ones, and people edit or delete them. */
const MAX_TRACKED = 1000;

/** Reactions to a message that is created, edited or deleted. Each promise resolves once the bot has reacted. */
export interface MessageHandlers {
  readonly onCreate: (message: Message) => Promise<void>;
  readonly onUpdate: (message: Message | PartialMessage) => Promise<void>;
  readonly onDelete: (messageId: string) => Promise<void>;
}

/** A message with the bot's reply to it, so that the reply can follow edits and deletion. */
interface TrackedMessage {
  /** Null once it has been edited into something that is not meant for the bot. */
  request: MessageRequest | null;
  /** Null while there is none: not sent yet, deleted, or nothing to say. */
  reply: DeliveredReply | null;
  /** How many replies have been sent; an edited one counts once. */
  sentReplies: number;
  isDeleted: boolean;
  /** Runs the reactions to one message one after another: an edit may arrive while the first reply is on its way. */
  queue: Promise<void>;
}

/**
 * Creates the handlers that answer messages: mentions, direct messages, and whatever moderators have turned on for a
 * channel. Each message is answered once. The answer is edited when its question is edited, and deleted along with it.
 */
export function createMessageHandlers(bot: BotContext): MessageHandlers {
  const tracked = new Map<string, TrackedMessage>();
  return {
    onCreate: (message) => answerNew(message, tracked, bot),
    onUpdate: (message) => followEdit(message, tracked, bot),
    onDelete: (messageId) => followDeletion(messageId, tracked, bot),
  };
}

async function answerNew(message: Message, tracked: Map<string, TrackedMessage>, bot: BotContext): Promise<void> {
  if (message.author.id === message.client.user.id) bot.recentAnswers.trackSent(message);
  const context = messageContextOf(message, bot);
  const request = requestIn(context);
  if (request === null || tracked.has(message.id)) return;
  const original: TrackedMessage = { request, reply: null, sentReplies: 0, isDeleted: false, queue: Promise.resolve() };
  setBounded(tracked, message.id, original, MAX_TRACKED);
  original.queue = sendFirstReply(original, request, context);
  await original.queue;
}

async function followEdit(
  message: Message | PartialMessage,
  tracked: Map<string, TrackedMessage>,
  bot: BotContext,
): Promise<void> {
  const { community } = bot;
  const original = tracked.get(message.id);
  if (original === undefined) {
    // Asked before a restart, or too long ago. If the question was stored, it no longer says what the message says.
    if (message.editedTimestamp !== null) community.forgetQuestion(message.id);
    return;
  }
  if (message.partial) return;
  const context = messageContextOf(message, bot);
  const request = requestIn(context);
  // Discord also reports an update when it adds a link preview.
  if (JSON.stringify(request) === JSON.stringify(original.request)) return;
  community.forgetQuestion(message.id);
  original.request = request;
  original.queue = original.queue.then(() => updateReply(original, context));
  await original.queue;
}

async function followDeletion(messageId: string, tracked: Map<string, TrackedMessage>, bot: BotContext): Promise<void> {
  bot.community.forgetQuestion(messageId);
  const original = tracked.get(messageId);
  if (original === undefined) return;
  original.isDeleted = true;
  const sending = { rest: bot.rest, log: bot.log, texts: textsAt(locationIn(null, bot), null) };
  original.queue = original.queue.then(() => deleteReply(original, sending));
  await original.queue;
}

async function sendFirstReply(
  original: TrackedMessage,
  request: MessageRequest,
  context: MessageContext,
): Promise<void> {
  const { channel } = context.message;
  // Only a courtesy, so a failure does not matter.
  if (request.kind === 'asked' && 'sendTyping' in channel) channel.sendTyping().catch(() => {});
  const reply = await makeReply(request, context);
  if (reply !== null && !original.isDeleted) await sendReplyTo(original, reply, context);
}

async function updateReply(original: TrackedMessage, context: MessageContext): Promise<void> {
  if (original.isDeleted) return;
  // Again, because the first reply may have stored the question after the edit had arrived.
  context.bot.community.forgetQuestion(context.message.id);
  const reply = original.request === null ? null : await makeReply(original.request, context);
  if (reply === null) return deleteReply(original, context.sending);
  if (original.reply !== null && canBecome(reply, original.reply, context))
    return editMessage(original.reply.message, reply.card, context.sending);
  await deleteReply(original, context.sending);
  await sendReplyTo(original, reply, context);
}

/** Whether a reply can be edited into another. An instruction below the message cannot become an answer that goes elsewhere. */
function canBecome(reply: MessageReply, sent: DeliveredReply, context: MessageContext): boolean {
  return sent.isAnswer || reply.question === null || repliesInPlace(context);
}

async function sendReplyTo(original: TrackedMessage, reply: MessageReply, context: MessageContext): Promise<void> {
  original.sentReplies += 1;
  // The nonce stays the same when a request is repeated, but a new reply needs a new one: Discord posts nothing for a
  // nonce whose message has been deleted.
  const { id } = context.message;
  const nonce = original.sentReplies === 1 ? id : `${id}-${original.sentReplies}`;
  original.reply = await deliverReply(reply, nonce, context);
}

async function deleteReply(original: TrackedMessage, sending: SendContext): Promise<void> {
  if (original.reply === null) return;
  await deleteMessage(original.reply.message, sending);
  original.reply = null;
}
