import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, PartialMessage, Snowflake } from 'discord.js';
import type { BotContext } from '../context/bot-context.js';
import { setBounded } from '../context/bounded-map.js';
import {
  addReaction,
  deleteMessage,
  editMessage,
  removeReaction,
  sendDirectMessage,
} from '../sending/channel-messages.js';
import { type DeliveredReply, deliverReply } from './deliver.js';
import { isPausedHere, type MessageContext, messageContextOf, repliesInPlace } from './message-context.js';
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
  /** A webhook's message that says the same. It takes the place of this one if this one is deleted; null if there is none. */
  proxy: Message | null;
  /** Whether the webhook's message has taken its place. */
  isProxied: boolean;
  /** Resolves with what it asked at first. */
  readonly reading: Promise<MessageRequest | null>;
  /** What it asks since it was edited: null for nothing that is meant for the bot, undefined if it was not edited. */
  edited: MessageRequest | null | undefined;
  /** How often it has been edited. */
  edits: number;
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
  if (message.webhookId !== null) return noteProxy(message, tracked, bot);
  const context = messageContextOf(message, bot);
  if (tracked.has(message.id) || (isPausedHere(context) && !answersElsewhere(context))) return;
  const original: TrackedMessage = {
    id: message.id,
    context,
    proxy: null,
    isProxied: false,
    reading: requestIn(context),
    edited: undefined,
    edits: 0,
    reply: null,
    emoji: null,
    sentReplies: 0,
    isDeleted: false,
    deletion: Promise.resolve(),
    queue: Promise.resolve(),
  };
  // At once: the message that takes its place may arrive in the same moment.
  setBounded(tracked, message.id, original, MAX_TRACKED);
  await inTurn(original, () => answerFirst(original, tracked));
}

/** Runs a piece of work after all others for the same message, even if one of them has failed. */
function inTurn(original: TrackedMessage, work: () => Promise<void>): Promise<void> {
  original.queue = original.queue.catch(() => {}).then(work);
  return original.queue;
}

async function answerFirst(original: TrackedMessage, tracked: TrackedMessages): Promise<void> {
  const request = await original.reading;
  if (request === null) {
    tracked.delete(original.id);
    if (original.proxy !== null) tracked.delete(original.proxy.id);
  }
  // If it was edited meanwhile, only its latest wording is answered.
  else if (original.edited === undefined) await sendFirstReply(original, request);
}

function trackOwn(message: Message, bot: BotContext): void {
  bot.recentAnswers.trackSent(message);
  const askedIn = bot.recentAnswers.askedIn(message.id);
  // Only answers: someone may also have cited something in the thread.
  if (message.channel.isThread() && bot.recentAnswers.get(askedIn) !== null)
    bot.followedThreads.noteAnswer(message.channelId, message.id);
}

/** Whether an answer may go somewhere else than the channel. */
function answersElsewhere({ location: { settings } }: MessageContext): boolean {
  return settings.directFallback || settings.replyPlace === 'private';
}

/** A webhook's message may say what a person has just written. It is theirs once the original is deleted. */
function noteProxy(message: Message, tracked: TrackedMessages, bot: BotContext): void {
  const original = [...tracked.values()].findLast(
    ({ context, proxy }) => proxy === null && isProxyOf(message, context.message),
  );
  if (original === undefined) return;
  original.proxy = message;
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
  if (message.partial || !isCurrent(original, message.id)) return;
  const first = await original.reading;
  // What was not meant for the bot is not tracked. Discord also reports an update when it adds a link preview.
  if (first === null || message.editedTimestamp === original.context.message.editedTimestamp) return;
  original.edits += 1;
  const edit = original.edits;
  const context = { ...messageContextOf(message, bot, original.context.authorId), askedIn: original.id };
  const request = await requestIn(context, first);
  // A later edit was read in the meantime.
  if (edit !== original.edits) return;
  original.context = context;
  const last = original.edited === undefined ? first : original.edited;
  if (JSON.stringify(request) === JSON.stringify(last)) return;
  forgetStored(original);
  original.edited = request;
  await inTurn(original, () => updateReply(original));
}

/** Whether a message is the one that counts: the original, or the one that has taken its place. */
function isCurrent({ id, proxy, isProxied }: TrackedMessage, messageId: Snowflake): boolean {
  return messageId === (isProxied ? proxy?.id : id);
}

/** Questions are stored under the message that a reply refers to. */
function forgetStored({ id, proxy, context: { bot } }: TrackedMessage): void {
  bot.community.forgetQuestion(id);
  if (proxy !== null) bot.community.forgetQuestion(proxy.id);
}

async function followDeletion(messageId: Snowflake, tracked: TrackedMessages, bot: BotContext): Promise<void> {
  const original = tracked.get(messageId);
  if (original === undefined) return bot.community.forgetQuestion(messageId);
  if (!isCurrent(original, messageId)) return;
  if (!original.isProxied) {
    original.deletion = passOn(original, bot);
    await original.deletion;
    if (original.isProxied) return;
  }
  original.isDeleted = true;
  forgetStored(original);
  await inTurn(original, () => deleteReply(original));
}

/** Gives the place of a deleted message to the webhook's message that says the same, if there is one or one comes at once. */
async function passOn(original: TrackedMessage, bot: BotContext): Promise<void> {
  const age = Date.now() - original.context.message.createdTimestamp;
  if (age > PROXY_WINDOW_MS) return;
  // Meanwhile nobody can see it: a question that is gone is not stored.
  if (original.proxy === null) {
    forgetStored(original);
    await sleep(PROXY_GRACE_MS);
  }
  const { authorId, message } = original.context;
  // It may have been edited since.
  if (original.proxy === null || !isProxyOf(original.proxy, message)) return;
  original.isProxied = true;
  original.context = { ...messageContextOf(original.proxy, bot, authorId), askedIn: original.id };
}

async function sendFirstReply(original: TrackedMessage, request: MessageRequest): Promise<void> {
  const { channel } = original.context.message;
  // Only a courtesy, so a failure does not matter.
  if (request.kind === 'asked' && 'sendTyping' in channel && !isPausedHere(original.context))
    channel.sendTyping().catch(() => {});
  const reply = await makeReply(request, original.context);
  await original.deletion;
  if (reply !== null && !original.isDeleted) await sendReplyTo(original, reply);
}

async function updateReply(original: TrackedMessage): Promise<void> {
  const { context, edited: request = null } = original;
  await original.deletion;
  if (original.isDeleted) return;
  // Again, because the first reply may have stored the question after the edit had arrived.
  forgetStored(original);
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
    const nonce = `${original.id}-a`;
    if (reply.aside && (await sendDirectMessage(context.authorId, reply.aside, { nonce }, context.sending)) !== null)
      return;
    if (isPausedHere(context)) return;
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
