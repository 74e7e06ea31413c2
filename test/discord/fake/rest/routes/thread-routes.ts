import { ChannelType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { type FakeChannel, type FakeThread, isThread, threadMemberPayload } from '../../world/channels.js';
import { fetchedMessage } from '../../world/message-views.js';
import { messagesIn } from '../../world/messages.js';
import type { MessageRequest } from '../../world/stored-message.js';
import { joinThread } from '../../world/thread-members.js';
import { type NewThread, startThread, startThreadFrom } from '../../world/threads.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Reply, type Route } from '../route.js';
import { channelForBot } from './channel-routes.js';
import { postForBot } from './message-routes.js';

interface ThreadRequest {
  readonly name: string;
  readonly type?: ChannelType | null;
  readonly auto_archive_duration?: number | null;
  readonly message?: MessageRequest;
}

/** Threads and forum posts: https://docs.discord.com/developers/topics/threads */
export function createThreadRoutes(world: World): Route[] {
  const channel = '/channels/:channelId';
  const isForum = ({ params }: Call) => world.channels.get(params.channelId ?? '')?.type === ChannelType.GuildForum;
  return [
    {
      method: 'POST',
      pattern: `${channel}/threads`,
      // The reply is checked where the thread is made: that of a forum has a message too, unlike the specification.
      request: (call) => (isForum(call) ? 'forum post' : 'thread'),
      handle: (call) => ({ status: 201, body: isForum(call) ? createPost(world, call) : createThread(world, call) }),
    },
    {
      method: 'POST',
      pattern: `${channel}/messages/:messageId/threads`,
      request: 'thread from message',
      reply: 'thread',
      handle: (call) => createThreadFromMessage(world, call),
    },
    {
      method: 'PUT',
      pattern: `${channel}/thread-members/@me`,
      handle: (call) => {
        joinThread(world, threadOf(world, call), world.bot.id);
        return NO_CONTENT;
      },
    },
    {
      method: 'DELETE',
      pattern: `${channel}/thread-members/@me`,
      handle: (call) => {
        threadOf(world, call).members.delete(world.bot.id);
        return NO_CONTENT;
      },
    },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/threads/active',
      reply: 'threads',
      handle: (call) => {
        if (call.params.guildId !== world.guild.id) return notFound(RESTJSONErrorCodes.UnknownGuild, 'Guild');
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

/** A thread without a message. Without a type it would be a private thread, which the bot may not create here. */
function createThread(world: World, call: Call): object {
  const channel = channelForBot(world, call);
  const body = call.body as ThreadRequest;
  if (channel.type !== ChannelType.GuildText) wrongType();
  if (body.type !== ChannelType.PublicThread) {
    throw new DiscordError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions');
  }
  return world.channelPayload(startThread(world, { parentId: channel.id, ...threadOfBot(world, body) }));
}

/** A forum post: a thread and the message it begins with, which have the same id. */
function createPost(world: World, call: Call): object {
  const forum: FakeChannel = channelForBot(world, call);
  const body = call.body as ThreadRequest;
  const thread = startThread(world, { parentId: forum.id, ...threadOfBot(world, body) });
  const stored = postForBot(world, thread, { ...call, body: body.message }, thread.id);
  return { ...world.channelPayload(thread), message: fetchedMessage(world, stored) };
}

function createThreadFromMessage(world: World, call: Call): Reply {
  const channel = channelForBot(world, call);
  if (channel.type !== ChannelType.GuildText) wrongType();
  const message = messagesIn(world, channel.id).find(({ payload }) => payload.id === call.params.messageId);
  if (!message) return notFound(RESTJSONErrorCodes.UnknownMessage, 'Message');
  if (world.channels.has(message.payload.id)) {
    throw new DiscordError(
      400,
      RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
      'A thread has already been created for this message',
    );
  }
  const thread = startThreadFrom(world, message, threadOfBot(world, call.body as ThreadRequest));
  return { status: 201, body: world.channelPayload(thread) };
}

function threadOfBot(world: World, body: ThreadRequest): Omit<NewThread, 'id' | 'parentId'> {
  return { name: body.name, ownerId: world.bot.id, autoArchiveMinutes: body.auto_archive_duration ?? undefined };
}

function threadOf(world: World, call: Call): FakeThread {
  const channel = channelForBot(world, call);
  return isThread(channel) ? channel : wrongType();
}

function wrongType(): never {
  throw new DiscordError(
    400,
    RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
    'Cannot execute action on this channel type',
  );
}
