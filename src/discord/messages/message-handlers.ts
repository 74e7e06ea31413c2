import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, PartialMessage, Snowflake } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { setBounded } from '../context/bounded-map.js';
import { addReaction, deleteMessage, editMessage, removeReaction } from '../sending/channel-messages.js';
import { type DeliveredReply, deliverReply } from './deliver.js';
import { type MessageContext, messageContextOf, repliesInPlace } from './message-context.js';
import type { CardReply, MessageReply } from './message-reply.js';
import { type MessageRequest, requestIn } from './message-request.js';
import { isProxyOf, PROXY_WINDOW_MS } from './proxies.js';
import { makeReply } from './reply.js';

/** How many messages are tracked. A resumed connection may repeat recent ones, and people edit or delete them. */
const MAX_TRACKED = 1000;

/** How long the answer to a message that was just posted and deleted waits for the message that takes its place. */
const PROXY_GRACE_MS = 1500;

/** Reactions to a message that is created, edited or deleted. Each promise resolves once the bot has reacted. */
export interface MessageHandlers {
  readonly onCreate: (message: Message) => Promise<void>;
  readonly onUpdate: (message: Message | PartialMessage) => Promise<void>;
  readonly onDelete: (messageId: string) => Promise<void>;
}

/** A message with the bot's reply to it, so that the reply can follow edits and deletion. */
interface TrackedMessage {
  readonly id: Snowflake;
  /** The message as it was last seen. */
  context: MessageContext;
  /** The message of a webhook that has taken its place; null if none has. */
  proxyId: Snowflake | null;
  /** Resolves with what it asked at first. */
  readonly reading: Promise<MessageRequest | null>;
  /** Null until it is known, and once it has been edited into something that is not meant for the bot. */
  request: MessageRequest | null;
  /** Null while there is none: not sent yet, deleted, or nothing to say. */
  reply: DeliveredReply | null;
  /** The bot's reaction to it. Null while there is none. */
  emoji: string | null;
  /** How many replies have been sent; an edited one counts once. */
  sentReplies: number;
  isDeleted: boolean;
  /** Resolves when it is certain whether a message that was deleted stays so. */
  deletion: Promise<void>;
  /** Runs the reactions to one message one after another: an edit may arrive while the first reply is on its way. */
  queue: Promise<void>;
}

/** By id. A message whose place was taken by another is there by both. */
type TrackedMessages = Map<Snowflake, TrackedMessage>;

/**
 * Creates the handlers that answer messages: mentions, direct messages, and whatever moderators have turned on for a
 * channel. Each message is answered once. The answer is edited when its question is edited, and deleted along with it.
 */
export function createMessageHandlers(bot: BotContext): MessageHandlers {
  const tracked: TrackedMessages = new Map();
  return {
    onCreate: (message) => answerNew(message, tracked, bot),
    onUpdate: (message) => followEdit(message, tracked, bot),
    onDelete: (messageId) => followDeletion(messageId, tracked, bot),
  };
}

async function answerNew(message: Message, tracked: TrackedMessages, bot: BotContext): Promise<void> {
  if (message.author.id === message.client.user.id) return trackOwn(message, bot);
  if (message.webhookId !== null) return followProxy(message, tracked, bot);
  const context = messageContextOf(message, bot);
  if (isRefusedHere(context) || tracked.has(message.id)) return;
  const original: TrackedMessage = {
    id: message.id,
    context,
    proxyId: null,
    reading: requestIn(context),
    request: null,
    reply: null,
    emoji: null,
    sentReplies: 0,
    isDeleted: false,
    deletion: Promise.resolve(),
    queue: Promise.resolve(),
  };
  // At once: the message that takes its place may arrive in the same moment.
  setBounded(tracked, message.id, original, MAX_TRACKED);
  original.queue = answerFirst(original, tracked);
  await original.queue;
}

async function answerFirst(original: TrackedMessage, tracked: TrackedMessages): Promise<void> {
  original.request = await original.reading;
  if (original.request === null) tracked.delete(original.id);
  else await sendFirstReply(original, original.request);
}

function trackOwn(message: Message, bot: BotContext): void {
  bot.recentAnswers.trackSent(message);
  if (message.channel.isThread()) bot.followedThreads.noteAnswer(message.channelId, message.id);
}

/** Whether nothing can be posted where the message is, and nobody wants the answer elsewhere. */
function isRefusedHere({ message, location, bot }: MessageContext): boolean {
  return bot.refusedChannels.isPaused(message.channelId, Date.now()) && !location.settings.directFallback;
}

/** A webhook's message may stand for one that a person has just written: then it is theirs from now on. */
function followProxy(message: Message, tracked: TrackedMessages, bot: BotContext): void {
  const original = [...tracked.values()].findLast(
    ({ context, proxyId }) => proxyId === null && isProxyOf(message, context.message),
  );
  if (original === undefined) return;
  original.proxyId = message.id;
  original.context = messageContextOf(message, bot, original.context.authorId);
  bot.recentAnswers.addAlias(message.id, original.id);
  setBounded(tracked, message.id, original, MAX_TRACKED);
}

async function followEdit(message: Message | PartialMessage, tracked: TrackedMessages, bot: BotContext): Promise<void> {
  const { community } = bot;
  const original = tracked.get(message.id);
  if (original === undefined) {
    // Asked before a restart, or too long ago. If the question was stored, it no longer says what the message says.
    if (message.editedTimestamp !== null) community.forgetQuestion(message.id);
    return;
  }
  // The proxy bot may edit what it is about to delete.
  if (message.partial || hasProxy(original, message.id)) return;
  // What was not meant for the bot is not tracked.
  if ((await original.reading) === null) return;
  original.context = messageContextOf(message, bot, original.context.authorId);
  const request = await requestIn(original.context);
  // Discord also reports an update when it adds a link preview.
  if (JSON.stringify(request) === JSON.stringify(original.request)) return;
  community.forgetQuestion(original.id);
  original.request = request;
  original.queue = original.queue.then(() => updateReply(original));
  await original.queue;
}

async function followDeletion(messageId: Snowflake, tracked: TrackedMessages, bot: BotContext): Promise<void> {
  const original = tracked.get(messageId);
  if (original !== undefined && hasProxy(original, messageId)) return;
  bot.community.forgetQuestion(original?.id ?? messageId);
  if (original === undefined) return;
  const isNew = Date.now() - original.context.message.createdTimestamp < PROXY_WINDOW_MS;
  if (isNew && original.proxyId === null) {
    original.deletion = sleep(PROXY_GRACE_MS);
    await original.deletion;
    if (hasProxy(original, messageId)) return;
  }
  original.isDeleted = true;
  original.queue = original.queue.then(() => deleteReply(original));
  await original.queue;
}

/** Whether another message has taken the place of this one. */
function hasProxy({ proxyId }: TrackedMessage, messageId: Snowflake): boolean {
  return proxyId !== null && proxyId !== messageId;
}

async function sendFirstReply(original: TrackedMessage, request: MessageRequest): Promise<void> {
  const { channel } = original.context.message;
  // Only a courtesy, so a failure does not matter.
  if (request.kind === 'asked' && 'sendTyping' in channel) channel.sendTyping().catch(() => {});
  const reply = await makeReply(request, original.context);
  await original.deletion;
  if (reply !== null && !original.isDeleted) await sendReplyTo(original, reply);
}

async function updateReply(original: TrackedMessage): Promise<void> {
  const { context, request } = original;
  if (original.isDeleted) return;
  // Again, because the first reply may have stored the question after the edit had arrived.
  context.bot.community.forgetQuestion(original.id);
  const reply = request === null ? null : await makeReply(request, context);
  await takeBackReaction(original);
  if (reply === null) return deleteReply(original);
  if (!('emoji' in reply) && original.reply !== null && canBecome(reply, original.reply, context))
    return editMessage(original.reply.message, reply.card, context.sending);
  await deleteReply(original);
  await sendReplyTo(original, reply);
}

async function takeBackReaction(original: TrackedMessage): Promise<void> {
  const { message, sending } = original.context;
  if (original.emoji !== null) await removeReaction(message, original.emoji, sending);
  original.emoji = null;
}

/** Whether a reply can be edited into another. An instruction below the message cannot become an answer that goes elsewhere. */
function canBecome(reply: CardReply, sent: DeliveredReply, context: MessageContext): boolean {
  return sent.isAnswer || reply.question === null || repliesInPlace(context);
}

async function sendReplyTo(original: TrackedMessage, reply: MessageReply): Promise<void> {
  const { context } = original;
  if ('emoji' in reply) {
    original.emoji = reply.emoji;
    return addReaction(context.message, reply.emoji, context.sending);
  }
  original.sentReplies += 1;
  // The nonce stays the same when a request is repeated, but a new reply needs a new one: Discord posts nothing for a
  // nonce whose message has been deleted.
  const nonce = original.sentReplies === 1 ? original.id : `${original.id}-${original.sentReplies}`;
  original.reply = await deliverReply(reply, nonce, context);
}

async function deleteReply(original: TrackedMessage): Promise<void> {
  if (original.reply === null) return;
  await deleteMessage(original.reply.message, original.context.sending);
  original.reply = null;
}
