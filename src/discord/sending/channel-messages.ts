import {
  type APIMessage,
  RESTJSONErrorCodes,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
  type Snowflake,
} from 'discord.js';
import { bodyOf, type Card } from '../cards/card.js';
import { channelRefusal } from './refusals.js';
import { deleteOrLog, hasCode, withRetries } from './retry.js';
import { editBodyOf, filesOf, sendCard } from './send-card.js';
import type { SendContext } from './send-context.js';

/** Identifies a message, to reply to it, edit it or delete it. */
export interface MessageRef {
  readonly id: Snowflake;
  readonly channelId: Snowflake;
}

/** Options of a message besides its card. */
export interface MessageOptions {
  /** Up to 25 characters. Discord creates one message per nonce, so a repeated request does not post twice. */
  readonly nonce: string;
  /** The message to reply to. If it is gone, the reply is sent as a normal message. */
  readonly replyTo?: MessageRef;
}

/**
 * Sends a message to a channel or thread. Where the bot may not read the history it cannot reply, so the message comes without a
 * reference.
 *
 * @returns null if nothing could be sent; that has been logged, and a refusal is remembered.
 */
export async function sendMessage(
  channelId: Snowflake,
  card: Card,
  { nonce, replyTo }: MessageOptions,
  context: SendContext,
): Promise<MessageRef | null> {
  const route = Routes.channelMessages(channelId);
  const options = {
    nonce,
    enforce_nonce: true,
    ...(replyTo !== undefined && { message_reference: { message_id: replyTo.id, fail_if_not_exists: false } }),
  };
  const result = await sendCard(
    (form) => context.rest().post(route, { body: { ...bodyOf(form), ...options }, ...filesOf(form) }),
    card,
    context,
  );
  if ('response' in result) {
    context.refusedChannels.clear(channelId);
    return { id: (result.response as APIMessage).id, channelId };
  }
  const { error } = result;
  if (replyTo !== undefined && hasCode(error, RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory))
    return sendMessage(channelId, card, { nonce }, context);
  const code = channelRefusal(error);
  if (code !== null) context.refusedChannels.add({ channelId, serverId: context.serverId, code }, Date.now());
  return null;
}

/** Sends a reply below a message. Returns null if nothing could be sent. */
export function sendReply(
  message: MessageRef,
  card: Card,
  { nonce }: Pick<MessageOptions, 'nonce'>,
  context: SendContext,
): Promise<MessageRef | null> {
  return sendMessage(message.channelId, card, { nonce, replyTo: message }, context);
}

/** Sends a direct message. Returns null if it could not be sent, usually because the person does not accept any. */
export async function sendDirectMessage(
  userId: Snowflake,
  card: Card,
  options: Pick<MessageOptions, 'nonce'>,
  context: SendContext,
): Promise<MessageRef | null> {
  try {
    const channel = await context.rest().post(Routes.userChannels(), { body: { recipient_id: userId } });
    const { id } = channel as RESTPostAPICurrentUserCreateDMChannelResult;
    return await sendMessage(id, card, options, { ...context, serverId: null });
  } catch {
    return null;
  }
}

/**
 * Starts a thread on a message, or finds the one that exists. A message has at most one thread, which has the id of the
 * message, so the id is known even if Discord's reply is lost or someone else was faster.
 *
 * @returns The id of the thread.
 * @throws Discord's refusal, for example because the bot may not create threads here.
 */
export async function startThread(
  { id, channelId }: MessageRef,
  name: string,
  { rest }: Pick<SendContext, 'rest'>,
): Promise<Snowflake> {
  try {
    await withRetries(() => rest().post(Routes.threads(channelId, id), { body: { name } }));
  } catch (error) {
    if (!hasCode(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) throw error;
  }
  return id;
}

/** Replaces the content of one of the bot's messages. */
export async function editMessage(message: MessageRef, card: Card, context: SendContext): Promise<void> {
  const route = Routes.channelMessage(message.channelId, message.id);
  const send = (form: Card): Promise<unknown> => context.rest().patch(route, { body: editBodyOf(form) });
  await sendCard(send, card, context, { isEdit: true });
}

/** Deletes one of the bot's messages. It is fine if someone else has deleted it already. */
export async function deleteMessage(message: MessageRef, context: SendContext): Promise<void> {
  const route = Routes.channelMessage(message.channelId, message.id);
  await deleteOrLog(() => context.rest().delete(route), context.log);
}

/** Reads a message. Returns null if it is gone, or the bot may not see it. */
export async function readMessage(
  { id, channelId }: MessageRef,
  { rest }: Pick<SendContext, 'rest'>,
): Promise<APIMessage | null> {
  try {
    return (await rest().get(Routes.channelMessage(channelId, id))) as APIMessage;
  } catch {
    return null;
  }
}

/** Adds the bot's reaction to a message. It is only a courtesy: if it may not react there, nothing happens. */
export async function addReaction(message: MessageRef, emoji: string, context: SendContext): Promise<void> {
  await tryReaction(() => context.rest().put(reactionRoute(message, emoji)), context);
}

/** Removes the bot's reaction from a message. */
export async function removeReaction(message: MessageRef, emoji: string, context: SendContext): Promise<void> {
  await tryReaction(() => context.rest().delete(reactionRoute(message, emoji)), context);
}

function reactionRoute(
  { id, channelId }: MessageRef,
  emoji: string,
): ReturnType<typeof Routes.channelMessageOwnReaction> {
  return Routes.channelMessageOwnReaction(channelId, id, encodeURIComponent(emoji));
}

async function tryReaction(send: () => Promise<unknown>, { log }: SendContext): Promise<void> {
  try {
    await send();
  } catch (error) {
    log.debug({ err: error }, 'could not react to a message');
  }
}
