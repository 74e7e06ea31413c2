import { type APIMessage, type APIThreadChannel, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import { memberPayload } from '../payloads/guild-payloads.js';
import { isThread } from './channels.js';
import type { StoredMessage } from './stored-message.js';
import type { World } from './world.js';

/** A message in full, with the one it replies to: what a person sees, and what the target of an interaction has. */
export function fullMessage(world: World, stored: StoredMessage): APIMessage {
  return messageFor(world, stored, true);
}

/** A message as the bot gets it from a GET request. Its text is empty where the bot may not read it. */
export function fetchedMessage(world: World, stored: StoredMessage): APIMessage {
  return messageFor(world, stored, hasMessageContent(world.grantedIntents));
}

/** The data of MESSAGE_CREATE and MESSAGE_UPDATE for a session with these intents. */
export function gatewayMessage(world: World, stored: StoredMessage, intents: number): object {
  const message = messageFor(world, stored, hasMessageContent(intents));
  const { guildId, onlyFor } = stored;
  // discord.js drops a direct message that has no channel_type, or has guild_id: null.
  const typed = { ...message, channel_type: world.channel(message.channel_id).type };
  // An ephemeral message arrives without guild_id, as if it were a direct message.
  if (guildId === undefined || onlyFor !== undefined) return typed;
  return {
    ...typed,
    guild_id: guildId,
    member: memberPayload(world.rolesOf(message.author.id)),
    mentions: message.mentions.map((user) => ({ ...user, member: memberPayload(world.rolesOf(user.id)) })),
  };
}

function messageFor(world: World, stored: StoredMessage, seesContent: boolean): APIMessage {
  const { payload } = stored;
  const readable = seesContent || concernsBot(world, stored) ? payload : withoutContent(payload);
  const thread = world.channels.get(payload.id);
  // A message shows the thread about it. The message that begins a forum post does not: it is inside that thread.
  const hasThread = isThread(thread) && payload.channel_id !== payload.id;
  const shown = hasThread
    ? { ...readable, thread: world.channelPayload(thread) as unknown as APIThreadChannel }
    : readable;
  if (payload.type !== MessageType.Reply) return shown;
  return { ...shown, referenced_message: referencedMessage(world, payload, seesContent) };
}

/** The message replied to, without reactions and without the one it replies to itself; null once it is deleted. */
function referencedMessage(world: World, payload: APIMessage, seesContent: boolean): APIMessage | null {
  const target = world.messages.get(payload.message_reference?.message_id ?? '');
  if (!target || target.isDeleted) return null;
  const { referenced_message: _nested, reactions: _reactions, ...referenced } = messageFor(world, target, seesContent);
  return referenced;
}

function hasMessageContent(intents: number): boolean {
  return (intents & GatewayIntentBits.MessageContent) !== 0;
}

/**
 * Without the Message Content intent text is empty except in the bot's own messages, in direct messages and where
 * it is mentioned: https://docs.discord.com/developers/events/gateway#message-content-intent
 */
function concernsBot({ bot }: World, { payload, guildId }: StoredMessage): boolean {
  return guildId === undefined || payload.author.id === bot.id || payload.mentions.some(({ id }) => id === bot.id);
}

function withoutContent({ poll: _poll, ...message }: APIMessage): APIMessage {
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}
