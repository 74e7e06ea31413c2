import { type APIMessage, GatewayIntentBits, MessageFlags, MessageType } from 'discord-api-types/v10';
import { componentsOfRequest, embedsOfRequest, messagePayload } from '../payloads/message-payloads.js';
import { isThread } from './channels.js';
import { mentionedUsers } from './mentions.js';
import { fullMessage, gatewayMessage } from './message-views.js';
import type { MessageRequest, NewMessage, StoredMessage, UploadedFile } from './stored-message.js';
import { joinThread } from './thread-members.js';
import type { Audience, World } from './world.js';

/**
 * The flags that a request may set: https://docs.discord.com/developers/resources/message#message-object-message-flags
 */
const SETTABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Stores a message and sends MESSAGE_CREATE. */
export function postMessage(world: World, message: NewMessage): StoredMessage {
  const { channelId, author, body, onlyFor, extra, id = world.nextId(), files = [] } = message;
  const mentioned = [...(message.mentions ?? mentionedUsers(world, body))];
  const reference = body.message_reference;
  const ephemeral = onlyFor === undefined ? 0 : MessageFlags.Ephemeral;
  const stored: StoredMessage = {
    guildId: world.guildIdOf(channelId),
    onlyFor,
    // An ephemeral message notifies nobody: the one person who sees it has just asked for it.
    notified: onlyFor === undefined ? mentioned.map((user) => user.id) : [],
    isDeleted: false,
    payload: {
      ...messagePayload(id, channelId, author),
      type: message.type ?? (reference ? MessageType.Reply : MessageType.Default),
      content: (body.content ?? '').trim(),
      embeds: embedsOfRequest(body.embeds),
      components: componentsOfRequest(body.components),
      attachments: attachmentsOf(world, channelId, body, files),
      mentions: mentioned,
      tts: body.tts ?? false,
      ...(body.nonce != null && { nonce: body.nonce }),
      ...(reference && { message_reference: referenceTo(world, channelId, reference.message_id) }),
      ...extra,
      flags: ((body.flags ?? 0) & SETTABLE_FLAGS) | (extra?.flags ?? 0) | ephemeral,
    },
  };
  world.messages.set(id, stored);
  const channel = world.channel(channelId);
  if (isThread(channel)) joinThread(world, channel, author.id);
  announceMessage(world, 'MESSAGE_CREATE', stored);
  return stored;
}

/**
 * Changes the parts of a message that the request has, and sends MESSAGE_UPDATE.
 *
 * @param options `fillsDeferral`: this edit replaces "thinking…", so it does not mark the message as edited.
 */
export function editMessage(
  world: World,
  stored: StoredMessage,
  body: MessageRequest,
  {
    files = [],
    fillsDeferral = false,
  }: { readonly files?: readonly UploadedFile[]; readonly fillsDeferral?: boolean } = {},
): void {
  const before = stored.payload;
  const remaining = before.attachments.filter(
    ({ id }) => !body.attachments || body.attachments.some((attachment) => String(attachment.id) === id),
  );
  const added = attachmentsOf(world, before.channel_id, body, files);
  const changesText = body.content !== undefined || body.components !== undefined;
  stored.payload = {
    ...before,
    ...(body.content !== undefined && { content: (body.content ?? '').trim() }),
    ...(body.embeds !== undefined && { embeds: embedsOfRequest(body.embeds) }),
    ...(body.components !== undefined && { components: componentsOfRequest(body.components) }),
    ...(changesText && { mentions: mentionedUsers(world, { ...before, ...body, message_reference: null }) }),
    attachments: [...remaining, ...added],
    edited_timestamp: fillsDeferral ? null : new Date().toISOString(),
    flags: flagsAfterEdit(before.flags ?? 0, body.flags),
  };
  announceMessage(world, 'MESSAGE_UPDATE', stored);
}

/** Deletes a message and sends MESSAGE_DELETE, unless it is ephemeral or the bot is not there. */
export function deleteMessage(world: World, stored: StoredMessage): void {
  stored.isDeleted = true;
  const { id, channel_id } = stored.payload;
  const { guildId, onlyFor } = stored;
  if (onlyFor !== undefined || world.isForeign(channel_id)) {
    world.notifyTests();
    return;
  }
  const data = { id, channel_id, ...(guildId !== undefined && { guild_id: guildId }) };
  world.sendEvent('MESSAGE_DELETE', audienceOf(stored), () => data);
}

/** Deletes messages of one channel and sends one MESSAGE_DELETE_BULK, as for a moderator's bulk deletion. */
export function deleteMessages(world: World, channelId: string, messages: readonly StoredMessage[]): void {
  for (const stored of messages) stored.isDeleted = true;
  const guildId = world.guildIdOf(channelId);
  const ids = messages.map(({ payload }) => payload.id);
  const data = { ids, channel_id: channelId, ...(guildId !== undefined && { guild_id: guildId }) };
  world.sendEvent('MESSAGE_DELETE_BULK', { guildId, intents: GatewayIntentBits.GuildMessages }, () => data);
}

/** Sends an event about a message, even one that was sent before. */
export function announceMessage(world: World, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', stored: StoredMessage): void {
  world.check('message', fullMessage(world, stored));
  // The bot gets no events from a place where it is not, not even about its own messages.
  if (world.isForeign(stored.payload.channel_id)) world.notifyTests();
  else world.sendEvent(event, audienceOf(stored), (intents) => gatewayMessage(world, stored, intents));
}

/** The messages of a channel that everyone there sees, oldest first. */
export function messagesIn(world: World, channelId: string): StoredMessage[] {
  return [...world.messages.values()].filter(
    ({ payload, onlyFor, isDeleted }) => payload.channel_id === channelId && onlyFor === undefined && !isDeleted,
  );
}

function audienceOf({ guildId, onlyFor }: StoredMessage): Audience {
  if (guildId === undefined || onlyFor !== undefined) return { intents: GatewayIntentBits.DirectMessages };
  return { guildId, intents: GatewayIntentBits.GuildMessages };
}

function referenceTo(world: World, channelId: string, messageId: string): APIMessage['message_reference'] {
  const guildId = world.guildIdOf(channelId);
  const reference = { type: 0, channel_id: channelId, message_id: messageId };
  return guildId === undefined ? reference : { ...reference, guild_id: guildId };
}

function attachmentsOf(
  world: World,
  channelId: string,
  body: MessageRequest,
  files: readonly UploadedFile[],
): APIMessage['attachments'] {
  return files.map((file) => {
    const id = world.nextId();
    const described = body.attachments?.find((attachment) => String(attachment.id) === file.key);
    const url = `https://cdn.discordapp.com/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}`;
    return {
      id,
      filename: described?.filename ?? file.name,
      size: file.bytes,
      url,
      proxy_url: url,
      ...(file.type && { content_type: file.type }),
      ...(described?.description && { description: described.description }),
    };
  });
}

/** An edit can set and clear SUPPRESS_EMBEDS and set IS_COMPONENTS_V2. It ends LOADING; all other flags stay. */
function flagsAfterEdit(before: number, requested: number | null | undefined): number {
  const settled = before & ~MessageFlags.Loading;
  if (requested == null) return settled;
  const isV2 = (settled | requested) & MessageFlags.IsComponentsV2;
  return (settled & ~MessageFlags.SuppressEmbeds) | (requested & MessageFlags.SuppressEmbeds) | isV2;
}
