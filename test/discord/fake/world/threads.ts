import { ChannelType, GatewayIntentBits, MessageFlags, ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import { type FakeThread, isThread } from './channels.js';
import { announceMessage } from './messages.js';
import type { StoredMessage } from './stored-message.js';
import type { World } from './world.js';

/** The arguments of `startThread`. */
export interface NewThread {
  /** A text channel or the forum. */
  readonly parentId: string;
  readonly name: string;
  readonly ownerId: string;
  /** The id of the message it begins with. Default: a new id. */
  readonly id?: string;
  /** Default: three days. */
  readonly autoArchiveMinutes?: number;
}

/**
 * Creates a public thread and sends THREAD_CREATE. https://docs.discord.com/developers/topics/threads
 *
 * @throws {Error} if there can be no threads in the parent: direct messages, and threads themselves.
 */
export function startThread(
  world: World,
  { parentId, name, ownerId, id = world.nextId(), autoArchiveMinutes = ThreadAutoArchiveDuration.ThreeDays }: NewThread,
): FakeThread {
  const guildId = world.guildIdOf(parentId);
  if (guildId === undefined || isThread(world.channel(parentId)))
    throw new Error(`Channel ${parentId} cannot have threads`);
  const createdAt = new Date().toISOString();
  const thread: FakeThread = {
    id,
    type: ChannelType.PublicThread,
    guildId,
    name,
    parentId,
    ownerId,
    autoArchiveMinutes,
    isLocked: false,
    isArchived: false,
    tagIds: [],
    createdAt,
    members: new Map([[ownerId, createdAt]]),
  };
  world.channels.set(id, thread);
  const payload = world.channelPayload(thread);
  world.check('thread', payload);
  world.sendEvent('THREAD_CREATE', { guildId, intents: GatewayIntentBits.Guilds }, () => ({
    ...payload,
    newly_created: true,
  }));
  return thread;
}

/** Changes a thread, as moderators do, and sends THREAD_UPDATE. */
export function changeThread(
  world: World,
  thread: FakeThread,
  change: Partial<Pick<FakeThread, 'isLocked' | 'isArchived' | 'tagIds'>>,
): void {
  Object.assign(thread, change);
  const payload = world.channelPayload(thread);
  world.check('thread', payload);
  world.sendEvent('THREAD_UPDATE', { guildId: thread.guildId, intents: GatewayIntentBits.Guilds }, () => payload);
}

/** Creates a thread about a message. The message shows it from then on, and both have the same id. */
export function startThreadFrom(
  world: World,
  message: StoredMessage,
  thread: Omit<NewThread, 'id' | 'parentId'>,
): FakeThread {
  const { id, channel_id: parentId } = message.payload;
  const started = startThread(world, { ...thread, id, parentId });
  message.payload = { ...message.payload, flags: (message.payload.flags ?? 0) | MessageFlags.HasThread };
  announceMessage(world, 'MESSAGE_UPDATE', message);
  return started;
}
