import { type APIMessage, ChannelType, MessageFlags } from 'discord-api-types/v10';
import { type FakeChannel, isDirect, isThread } from './channels.js';
import { EMPTY_MESSAGE, INVALID_FORM_BODY } from './message-rules.js';
import { applicationPayload, everyoneRole, guildPayload } from './payloads.js';
import { type Call, DiscordError, type Reply, type Route } from './rest.js';
import type { ReplyKind } from './schema-checks.js';
import type { MessageRequest, StoredMessage, UploadedFile, World } from './world.js';

/** Identifies remaining today, as Discord counts them: https://docs.discord.com/developers/events/gateway */
const IDENTIFIES_PER_DAY = 1_000;
const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

/** What GET /gateway/bot says. */
export interface GatewayAdvice {
  readonly gatewayUrl: () => string;
  readonly shards: number;
  readonly maxConcurrency: number;
}

/** The application itself, people, guilds, channels and messages. */
export function createRoutes(world: World, { gatewayUrl, shards, maxConcurrency }: GatewayAdvice): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/gateway/bot',
      reply: 'gateway address',
      handle: () =>
        ok({
          url: gatewayUrl(),
          shards,
          session_start_limit: {
            total: IDENTIFIES_PER_DAY,
            remaining: IDENTIFIES_PER_DAY - 1,
            reset_after: 0,
            max_concurrency: maxConcurrency,
          },
        }),
    },
    {
      method: 'GET',
      pattern: '/users/@me',
      reply: 'own user',
      handle: () => ok({ ...world.bot, mfa_enabled: false, locale: 'en-US' }),
    },
    {
      method: 'POST',
      pattern: '/users/@me/channels',
      request: 'direct message channel',
      reply: 'direct message channel',
      handle: ({ body }) => {
        const { recipient_id: recipientId } = body as { recipient_id: string };
        if (!world.users.has(recipientId)) throw new DiscordError(400, 50033, 'Invalid Recipient(s)');
        return ok(world.channelPayload(world.directChannel(recipientId)));
      },
    },
    {
      method: 'GET',
      pattern: '/users/:userId',
      reply: 'user',
      handle: ({ params }) => ok(world.users.get(params.userId ?? '') ?? unknown(10013, 'User')),
    },
    ...['/applications/@me', '/oauth2/applications/@me'].map(
      (pattern): Route => ({
        method: 'GET',
        pattern,
        reply: 'application',
        handle: () => ok(applicationPayload(world.bot, world.applicationFlags)),
      }),
    ),
    ...guildRoutes(world),
    ...channelRoutes(world),
  ];
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export const NO_CONTENT: Reply = { status: 204 };

export function unknown(code: number, what: string): never {
  throw new DiscordError(404, code, `Unknown ${what}`);
}

/** Refuses an edit that would leave nothing to see, or text and embeds beside v2 components. */
export function refuseBadEdit({ payload }: StoredMessage, body: MessageRequest, files: readonly UploadedFile[]): void {
  const content = body.content === undefined ? payload.content : (body.content ?? '').trim();
  const embeds = body.embeds === undefined ? payload.embeds : body.embeds;
  const lists = [embeds, body.components ?? payload.components, body.attachments ?? payload.attachments, files];
  const isV2 = (((payload.flags ?? 0) | (body.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0;
  if (isV2 && (content !== '' || (embeds ?? []).length > 0)) {
    throw new DiscordError(400, INVALID_FORM_BODY, 'Invalid Form Body', {
      flags: { _errors: [{ code: 0, message: 'IS_COMPONENTS_V2 needs content null and embeds []' }] },
    });
  }
  if (content === '' && lists.every((list) => (list ?? []).length === 0)) {
    throw new DiscordError(400, EMPTY_MESSAGE, 'Cannot send an empty message');
  }
}

function guildRoutes(world: World): Route[] {
  const inGuild = (call: Call) => (call.params.guildId === world.guild.id ? world.guild : unknown(10004, 'Guild'));
  return [
    { method: 'GET', pattern: '/guilds/:guildId', reply: 'guild', handle: (call) => ok(guildPayload(inGuild(call))) },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/channels',
      handle: (call) => inGuild(call) && ok(world.guildChannels.map((channel) => world.channelPayload(channel))),
    },
    { method: 'GET', pattern: '/guilds/:guildId/roles', handle: (call) => ok([everyoneRole(inGuild(call))]) },
    {
      method: 'GET',
      pattern: '/guilds/:guildId/members/:userId',
      reply: 'member',
      handle: (call) => {
        inGuild(call);
        const userId = call.params.userId ?? '';
        return world.users.has(userId) ? ok(world.memberOf(userId)) : unknown(10007, 'Member');
      },
    },
  ];
}

function channelRoutes(world: World): Route[] {
  const channelOf = (call: Call) => channelForBot(world, call);
  /** Ephemeral messages cannot be reached through their channel, only through the interaction's token. */
  const messageOf = (call: Call): StoredMessage => {
    const stored = world.messages.get(call.params.messageId ?? '');
    const isHere =
      stored && stored.payload.channel_id === channelOf(call).id && stored.onlyFor === undefined && !stored.isDeleted;
    return isHere ? stored : unknown(10008, 'Message');
  };
  const isOwn = (stored: StoredMessage) => stored.payload.author.id === world.bot.id;
  const react = (isOn: boolean) => (call: Call) => {
    const { payload } = messageOf(call);
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
  };
  const at = '/channels/:channelId';
  return [
    {
      method: 'GET',
      pattern: at,
      handle: (call) => {
        const channel = channelOf(call);
        const payload = world.channelPayload(channel);
        world.check(kindOf(channel), payload);
        return ok(payload);
      },
    },
    { method: 'POST', pattern: `${at}/typing`, handle: (call) => channelOf(call) && NO_CONTENT },
    {
      method: 'GET',
      pattern: `${at}/messages`,
      reply: 'messages',
      handle: (call) =>
        ok(page(world.messagesIn(channelOf(call).id), call.query).map((stored) => world.asFetched(stored))),
    },
    {
      method: 'POST',
      pattern: `${at}/messages`,
      request: 'message create',
      reply: 'message',
      handle: (call) => ok(world.asFetched(postMessage(world, channelOf(call), call))),
    },
    {
      method: 'GET',
      pattern: `${at}/messages/:messageId`,
      reply: 'message',
      handle: (call) => ok(world.asFetched(messageOf(call))),
    },
    {
      method: 'PATCH',
      pattern: `${at}/messages/:messageId`,
      request: 'message edit',
      reply: 'message',
      context: ({ params }) => ({
        isEdit: true,
        flagsBefore: world.messages.get(params.messageId ?? '')?.payload.flags,
      }),
      handle: (call) => {
        const stored = messageOf(call);
        if (!isOwn(stored)) throw new DiscordError(403, 50005, 'Cannot edit a message authored by another user');
        const body = call.body as MessageRequest;
        refuseBadEdit(stored, body, call.files);
        world.edit(stored, body, { files: call.files });
        return ok(world.asFetched(stored));
      },
    },
    {
      method: 'DELETE',
      pattern: `${at}/messages/:messageId`,
      handle: (call) => {
        const stored = messageOf(call);
        // The bot is no moderator here.
        if (!isOwn(stored)) throw new DiscordError(403, 50013, 'Missing Permissions');
        world.delete(stored);
        return NO_CONTENT;
      },
    },
    { method: 'PUT', pattern: `${at}/messages/:messageId/reactions/:emoji/@me`, handle: react(true) },
    { method: 'DELETE', pattern: `${at}/messages/:messageId/reactions/:emoji/@me`, handle: react(false) },
  ];
}

/** The channel of a request. The bot may not look at channels where it is not, whatever its messages there. */
export function channelForBot(world: World, { params }: Call): FakeChannel {
  const id = params.channelId ?? '';
  if (world.isForeign(id)) throw new DiscordError(403, 50001, 'Missing Access');
  return world.channels.get(id) ?? unknown(10003, 'Channel');
}

function kindOf(channel: FakeChannel): ReplyKind {
  if (isDirect(channel)) return 'direct message channel';
  return isThread(channel) ? 'thread' : 'guild channel';
}

/** Posts what the bot wrote; `id` is given for the message that begins a forum's post. */
export function postMessage(world: World, channel: FakeChannel, call: Call, id?: string): StoredMessage {
  if (channel.type === ChannelType.GuildForum) {
    throw new DiscordError(400, 50008, 'Cannot send messages in a non-text channel');
  }
  if (isDirect(channel) && world.closedToBot.has(channel.recipientId)) {
    throw new DiscordError(403, 50007, 'Cannot send messages to this user');
  }
  const body = call.body as MessageRequest;
  const earlier = body.enforce_nonce && body.nonce != null ? sameNonce(world, channel.id, body.nonce) : undefined;
  if (earlier) return earlier;
  const reference = body.message_reference;
  const target = reference && world.messages.get(reference.message_id);
  const isMissing = reference && (!target || target.isDeleted || target.payload.channel_id !== channel.id);
  if (isMissing && reference.fail_if_not_exists !== false) {
    throw new DiscordError(400, INVALID_FORM_BODY, 'Invalid Form Body', {
      message_reference: { _errors: [{ code: 0, message: 'Unknown message' }] },
    });
  }
  return world.post({
    channelId: channel.id,
    id,
    author: world.bot,
    body: isMissing ? { ...body, message_reference: null } : body,
    files: call.files,
  });
}

function sameNonce(
  world: World,
  channelId: string,
  nonce: NonNullable<APIMessage['nonce']>,
): StoredMessage | undefined {
  return world
    .messagesIn(channelId)
    .find(({ payload }) => payload.author.id === world.bot.id && payload.nonce === nonce);
}

/** Newest first, as Discord lists them. */
function page(unsorted: readonly StoredMessage[], query: URLSearchParams): StoredMessage[] {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PAGE), MAX_PAGE);
  const id = ({ payload }: StoredMessage) => BigInt(payload.id);
  const messages = [...unsorted].sort((one, other) => (id(one) < id(other) ? -1 : 1));
  const after = query.get('after');
  const before = query.get('before');
  const around = query.get('around');
  if (after !== null) {
    const newer = messages.filter((stored) => id(stored) > BigInt(after));
    return newer.slice(0, limit).reverse();
  }
  if (around !== null) {
    const middle = messages.filter((stored) => id(stored) < BigInt(around)).length;
    const start = Math.max(0, middle - Math.floor(limit / 2));
    return messages.slice(start, start + limit).reverse();
  }
  const older = before === null ? messages : messages.filter((stored) => id(stored) < BigInt(before));
  return older.slice(-limit).reverse();
}
