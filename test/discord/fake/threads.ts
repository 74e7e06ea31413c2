import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { type FakeChannel, type FakeThread, isThread, threadMemberPayload } from './channels.js';
import { type Call, DiscordError, type Route } from './rest.js';
import { channelForBot, NO_CONTENT, ok, postMessage, unknown } from './routes.js';
import type { MessageRequest, StoredMessage, World } from './world.js';

/** What a thread is made from. */
export interface NewThread {
  readonly parentId: string;
  readonly name: string;
  readonly ownerId: string;
  /** That of the message it begins with, if there is one. */
  readonly id?: string;
  readonly autoArchiveMinutes?: number;
}

interface ThreadRequest {
  readonly name: string;
  readonly type?: ChannelType | null;
  readonly auto_archive_duration?: number | null;
  readonly message?: MessageRequest;
}

const THREE_DAYS_IN_MINUTES = 4_320;

/** Makes a public thread and tells the gateway. */
export function startThread(
  world: World,
  { parentId, name, ownerId, id = world.nextId(), autoArchiveMinutes = THREE_DAYS_IN_MINUTES }: NewThread,
): FakeThread {
  const guildId = world.guildIdOf(parentId);
  if (guildId === undefined || isThread(world.channel(parentId))) throw new Error(`No threads in ${parentId}`);
  const createdAt = new Date().toISOString();
  const thread: FakeThread = {
    id,
    type: ChannelType.PublicThread,
    guildId,
    name,
    parentId,
    ownerId,
    autoArchiveMinutes,
    createdAt,
    members: new Map([[ownerId, createdAt]]),
  };
  world.channels.set(id, thread);
  const payload = world.channelPayload(thread);
  world.check('thread', payload);
  world.tell('THREAD_CREATE', { guildId, intents: GatewayIntentBits.Guilds }, () => ({
    ...payload,
    newly_created: true,
  }));
  return thread;
}

/** Makes a thread of a message, which shows it from then on. */
export function startThreadFrom(
  world: World,
  message: StoredMessage,
  thread: Omit<NewThread, 'id' | 'parentId'>,
): FakeThread {
  const { id, channel_id: parentId } = message.payload;
  const started = startThread(world, { ...thread, id, parentId });
  world.showThread(message);
  return started;
}

export function createThreadRoutes(world: World): Route[] {
  const at = '/channels/:channelId';
  const channelOf = (call: Call) => channelForBot(world, call);
  const threadOf = (call: Call): FakeThread => {
    const channel = channelOf(call);
    return isThread(channel) ? channel : wrongType();
  };
  const isForum = ({ params }: Call) => world.channels.get(params.channelId ?? '')?.type === ChannelType.GuildForum;
  return [
    {
      method: 'POST',
      pattern: `${at}/threads`,
      // The answer is checked where the thread is made: that of a forum has a message too, unlike the specification.
      request: (call) => (isForum(call) ? 'forum post' : 'thread'),
      handle: (call) => {
        const channel = channelOf(call);
        const body = call.body as ThreadRequest;
        return { status: 201, body: isForum(call) ? post(world, channel, call) : start(world, channel, body) };
      },
    },
    {
      method: 'POST',
      pattern: `${at}/messages/:messageId/threads`,
      request: 'thread from message',
      reply: 'thread',
      handle: (call) => {
        const channel = channelOf(call);
        if (channel.type !== ChannelType.GuildText) wrongType();
        const message = world.messagesIn(channel.id).find(({ payload }) => payload.id === call.params.messageId);
        if (!message) return unknown(10008, 'Message');
        if (world.channels.has(message.payload.id)) {
          throw new DiscordError(400, 160004, 'A thread has already been created for this message');
        }
        const thread = startThreadFrom(world, message, ownThread(world, call.body as ThreadRequest));
        return { status: 201, body: world.channelPayload(thread) };
      },
    },
    {
      method: 'PUT',
      pattern: `${at}/thread-members/@me`,
      handle: (call) => {
        world.joinThread(threadOf(call), world.bot.id);
        return NO_CONTENT;
      },
    },
    {
      method: 'DELETE',
      pattern: `${at}/thread-members/@me`,
      handle: (call) => {
        threadOf(call).members.delete(world.bot.id);
        return NO_CONTENT;
      },
    },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/threads/active',
      reply: 'threads',
      handle: (call) => {
        if (call.params.guildId !== world.guild.id) return unknown(10004, 'Guild');
        const joined = world.threads.filter(({ members }) => members.has(world.bot.id));
        return ok({
          threads: world.threads.map((thread) => world.channelPayload(thread)),
          members: joined.map((thread) => threadMemberPayload(thread, world.bot.id)),
          has_more: false,
        });
      },
    },
  ];
}

/** A thread without a message. Without a type it would be a private one, which nobody may make here. */
function start(world: World, channel: FakeChannel, body: ThreadRequest): object {
  if (channel.type !== ChannelType.GuildText) wrongType();
  if (body.type !== ChannelType.PublicThread) throw new DiscordError(403, 50013, 'Missing Permissions');
  return world.channelPayload(startThread(world, { parentId: channel.id, ...ownThread(world, body) }));
}

/** A post of a forum: the thread and the message it begins with, which have the same id. */
function post(world: World, forum: FakeChannel, call: Call): object {
  const body = call.body as ThreadRequest;
  const thread = startThread(world, { parentId: forum.id, ...ownThread(world, body) });
  const stored = postMessage(world, thread, { ...call, body: body.message }, thread.id);
  return { ...world.channelPayload(thread), message: world.asFetched(stored) };
}

function ownThread(world: World, body: ThreadRequest): Omit<NewThread, 'id' | 'parentId'> {
  return { name: body.name, ownerId: world.bot.id, autoArchiveMinutes: body.auto_archive_duration ?? undefined };
}

function wrongType(): never {
  throw new DiscordError(400, 50024, 'Cannot execute action on this channel type');
}
