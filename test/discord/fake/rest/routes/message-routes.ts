import { type APIMessage, ChannelType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { type FakeChannel, isDirect, isThread } from '../../world/channels.js';
import { fetchedMessage } from '../../world/message-views.js';
import { deleteMessage, editMessage, messagesIn, postMessage } from '../../world/messages.js';
import type { MessageRequest, StoredMessage } from '../../world/stored-message.js';
import type { World } from '../../world/world.js';
import { DiscordError, notFound } from '../discord-error.js';
import { type Call, NO_CONTENT, ok, type Reply, type Route } from '../route.js';
import { channelForBot } from './channel-routes.js';
import { refuseBadEdit } from './refuse-bad-edit.js';

/** Messages in a page if the request names no limit. */
const DEFAULT_PAGE_SIZE = 50;
/** Messages in a page at most. */
const MAX_PAGE_SIZE = 100;

/** Messages of a channel and reactions to them: https://docs.discord.com/developers/resources/message */
export function createMessageRoutes(world: World): Route[] {
  const messages = '/channels/:channelId/messages';
  const message = `${messages}/:messageId`;
  const reaction = `${message}/reactions/:emoji/@me`;
  return [
    {
      method: 'GET',
      pattern: messages,
      reply: 'messages',
      handle: (call) => {
        const all = messagesIn(world, channelForBot(world, call).id);
        return ok(pageOf(all, call.query).map((stored) => fetchedMessage(world, stored)));
      },
    },
    {
      method: 'POST',
      pattern: messages,
      request: 'message create',
      reply: 'message',
      context: () => ({ pingable: [...world.pingableRoles] }),
      handle: (call) => ok(fetchedMessage(world, postForBot(world, channelForBot(world, call), call))),
    },
    {
      method: 'GET',
      pattern: message,
      reply: 'message',
      handle: (call) => ok(fetchedMessage(world, messageOf(world, call))),
    },
    {
      method: 'PATCH',
      pattern: message,
      request: 'message edit',
      reply: 'message',
      context: ({ params }) => ({
        isEdit: true,
        flagsBefore: world.messages.get(params.messageId ?? '')?.payload.flags,
      }),
      handle: (call) => ok(fetchedMessage(world, editForBot(world, call))),
    },
    {
      method: 'DELETE',
      pattern: message,
      handle: (call) => {
        const stored = messageOf(world, call);
        // The bot is no moderator here.
        if (!isOwn(world, stored)) {
          throw new DiscordError(403, RESTJSONErrorCodes.MissingPermissions, 'Missing Permissions');
        }
        deleteMessage(world, stored);
        return NO_CONTENT;
      },
    },
    { method: 'PUT', pattern: reaction, handle: (call) => react(world, call, true) },
    { method: 'DELETE', pattern: reaction, handle: (call) => react(world, call, false) },
  ];
}

/**
 * Posts what the bot wrote into a channel, or finds the message it has already posted with the same nonce.
 *
 * @param id That of the message that begins a forum post. Default: a new id.
 * @throws {DiscordError} in a forum, to a person who accepts no direct messages, and if the message replied to is gone.
 */
export function postForBot(world: World, channel: FakeChannel, call: Call, id?: string): StoredMessage {
  if (channel.type === ChannelType.GuildForum) {
    throw new DiscordError(
      400,
      RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
      'Cannot send messages in a non-text channel',
    );
  }
  if (isDirect(channel) && world.closedToBot.has(channel.recipientId)) {
    throw new DiscordError(403, RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'Cannot send messages to this user');
  }
  if (isThread(channel) && channel.isLocked) {
    throw new DiscordError(400, RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'Thread is archived');
  }
  const body = call.body as MessageRequest;
  const earlier = body.enforce_nonce && body.nonce != null ? findByNonce(world, channel.id, body.nonce) : undefined;
  if (earlier) return earlier;
  return postMessage(world, {
    channelId: channel.id,
    id,
    author: world.bot,
    body: withExistingReference(world, channel, body),
    files: call.files,
  });
}

/** The body. If the message replied to is missing and `fail_if_not_exists` is false, it comes without the reference. */
function withExistingReference(world: World, channel: FakeChannel, body: MessageRequest): MessageRequest {
  const reference = body.message_reference;
  if (!reference) return body;
  const target = world.messages.get(reference.message_id);
  if (target && !target.isDeleted && target.payload.channel_id === channel.id) return body;
  if (reference.fail_if_not_exists === false) return { ...body, message_reference: null };
  throw new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', {
    message_reference: { _errors: [{ code: 0, message: 'Unknown message' }] },
  });
}

function findByNonce(
  world: World,
  channelId: string,
  nonce: NonNullable<APIMessage['nonce']>,
): StoredMessage | undefined {
  return messagesIn(world, channelId).find((stored) => isOwn(world, stored) && stored.payload.nonce === nonce);
}

function editForBot(world: World, call: Call): StoredMessage {
  const stored = messageOf(world, call);
  if (!isOwn(world, stored)) {
    throw new DiscordError(
      403,
      RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
      'Cannot edit a message authored by another user',
    );
  }
  const body = call.body as MessageRequest;
  refuseBadEdit(stored, body, call.files);
  editMessage(world, stored, body, { files: call.files });
  return stored;
}

/** Ephemeral messages cannot be reached through their channel, only with the interaction's token. */
function messageOf(world: World, call: Call): StoredMessage {
  const stored = world.messages.get(call.params.messageId ?? '');
  const { id } = channelForBot(world, call);
  const isHere = stored && stored.payload.channel_id === id && stored.onlyFor === undefined && !stored.isDeleted;
  return isHere ? stored : notFound(RESTJSONErrorCodes.UnknownMessage, 'Message');
}

function isOwn({ bot }: World, { payload }: StoredMessage): boolean {
  return payload.author.id === bot.id;
}

/** Adds or removes the bot's reaction. No event is sent. */
function react(world: World, call: Call, isOn: boolean): Reply {
  const { payload } = messageOf(world, call);
  const name = call.params.emoji ?? '';
  const others = (payload.reactions ?? []).filter(({ emoji }) => emoji.name !== name);
  const reaction = {
    emoji: { id: null, name },
    count: 1,
    count_details: { burst: 0, normal: 1 },
    burst_colors: [],
    me: true,
    me_burst: false,
  };
  payload.reactions = isOn ? [...others, reaction] : others;
  return NO_CONTENT;
}

/** The messages that a query asks for, newest first, as Discord lists them. */
function pageOf(unsorted: readonly StoredMessage[], query: URLSearchParams): StoredMessage[] {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  const idOf = ({ payload }: StoredMessage) => BigInt(payload.id);
  const messages = unsorted.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  const after = query.get('after');
  const before = query.get('before');
  const around = query.get('around');
  if (after !== null) {
    const newer = messages.filter((stored) => idOf(stored) > BigInt(after));
    return newer.slice(0, limit).toReversed();
  }
  if (around !== null) {
    const middle = messages.filter((stored) => idOf(stored) < BigInt(around)).length;
    const start = Math.max(0, middle - Math.floor(limit / 2));
    return messages.slice(start, start + limit).toReversed();
  }
  const older = before === null ? messages : messages.filter((stored) => idOf(stored) < BigInt(before));
  return older.slice(-limit).toReversed();
}
