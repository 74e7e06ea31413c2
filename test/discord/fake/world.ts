import {
  type APIApplicationCommand,
  type APIMessage,
  type APIThreadChannel,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import {
  type Activity,
  channelPayload,
  type Elsewhere,
  type FakeChannel,
  type FakeThread,
  isDirect,
  isThread,
  threadMemberPayload,
} from './channels.js';
import type { Audience } from './gateway.js';
import type { Interaction } from './interactions.js';
import type { Journal } from './journal.js';
import { mentionedIds } from './mentions.js';
import {
  componentsOfRequest,
  createSnowflakes,
  embedsOfRequest,
  type FakeGuild,
  memberPayload,
  messagePayload,
  userPayload,
} from './payloads.js';
import { describeProblem, problemsOfReply } from './schema-checks.js';

export interface StoredMessage {
  payload: APIMessage;
  readonly guildId: string | undefined;
  /** Of an ephemeral message: the one person who sees it. */
  readonly onlyFor: string | undefined;
  /** The ids of the people it notified when it was sent. */
  readonly notified: readonly string[];
  isDeleted: boolean;
}

/** What a message is made from; the body is a request's, already checked. */
export interface NewMessage {
  readonly channelId: string;
  readonly author: APIUser;
  readonly body: MessageRequest;
  readonly type?: MessageType;
  readonly id?: string;
  readonly onlyFor?: string;
  readonly files?: readonly UploadedFile[];
  readonly mentions?: readonly APIUser[];
  readonly extra?: Partial<APIMessage>;
}

export interface MessageRequest {
  readonly content?: string | null;
  readonly embeds?: readonly object[] | null;
  readonly components?: readonly object[] | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly tts?: boolean | null;
  readonly attachments?:
    | readonly { readonly id: string | number; readonly filename?: string; readonly description?: string | null }[]
    | null;
  readonly message_reference?: { readonly message_id: string; readonly fail_if_not_exists?: boolean | null } | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly string[];
    readonly users?: readonly string[];
    readonly replied_user?: boolean;
  } | null;
}

export interface UploadedFile {
  /** N of files[N]. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly bytes: number;
}

export interface WorldOptions {
  readonly journal: Journal;
  /** Privileged intents that are switched on, as bits. */
  readonly grantedIntents: number;
  /** The guild's language. */
  readonly guildLocale: string;
  /** What nobody may in the guild, as bits. */
  readonly withheld: bigint;
  readonly dispatch: (name: string, audience: Audience, dataFor: (intents: number) => object) => void;
}

const FOREIGN_TYPES = {
  guild: ChannelType.GuildText,
  direct: ChannelType.DM,
  group: ChannelType.GroupDM,
} as const;

const LIMITED_FLAGS = [
  [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
  [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
  [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
] as const;

const SETTABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** What Discord remembers: one guild with two text channels and a forum, people, messages, commands, interactions. */
export class World {
  readonly nextId = createSnowflakes();
  readonly bot: APIUser;
  readonly guild: FakeGuild;
  readonly users = new Map<string, APIUser>();
  readonly channels = new Map<string, FakeChannel>();
  /** The people who take no direct messages of the bot. */
  readonly closedToBot = new Set<string>();
  readonly messages = new Map<string, StoredMessage>();
  /** Channels the bot is not in. People who installed it for themselves use it there. */
  readonly #foreignChannels = new Map<string, FakeChannel>();
  readonly #foreignGuildId: string;
  readonly globalCommands: APIApplicationCommand[] = [];
  readonly guildCommands: APIApplicationCommand[] = [];
  /** By token. */
  readonly interactions = new Map<string, Interaction>();
  readonly #options: WorldOptions;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.bot = this.addUser('footnote', true);
    const owner = this.addUser('ada');
    this.guild = {
      id: this.nextId(),
      name: 'The reading room',
      ownerId: owner.id,
      locale: options.guildLocale,
      withheld: options.withheld,
    };
    this.#foreignGuildId = this.nextId();
    const texts = ['general', 'questions'].map((name) => ({ name, type: ChannelType.GuildText as const }));
    const forum = { name: 'help', type: ChannelType.GuildForum as const };
    for (const [position, channel] of [...texts, forum].entries()) {
      const id = this.nextId();
      this.channels.set(id, { id, guildId: this.guild.id, position, ...channel });
    }
  }

  /** The privileged intents, as an application of fewer than 100 guilds shows them. */
  get applicationFlags(): number {
    const { grantedIntents } = this.#options;
    return LIMITED_FLAGS.reduce((flags, [intent, flag]) => flags | (grantedIntents & intent ? flag : 0), 0);
  }

  addUser(username: string, isBot = false): APIUser {
    const user = userPayload(this.nextId(), username, isBot);
    this.users.set(user.id, user);
    return user;
  }

  user(id: string): APIUser {
    const user = this.users.get(id);
    if (!user)
      throw new Error(
        `No user ${id}. Known: ${[...this.users.values()].map((known) => `${known.username} ${known.id}`).join(', ')}`,
      );
    return user;
  }

  /** The channel of the direct messages between the bot and a person; made when first asked for. */
  directChannel(userId: string): FakeChannel {
    this.user(userId);
    const known = [...this.channels.values()].find(
      (channel) => channel.type === ChannelType.DM && channel.recipientId === userId,
    );
    if (known) return known;
    const channel: FakeChannel = { id: this.nextId(), type: ChannelType.DM, recipientId: userId };
    this.channels.set(channel.id, channel);
    return channel;
  }

  get textChannelIds(): readonly string[] {
    return [...this.channels.values()].filter(({ type }) => type === ChannelType.GuildText).map(({ id }) => id);
  }

  get forumId(): string {
    return [...this.channels.values()].find(({ type }) => type === ChannelType.GuildForum)?.id ?? '';
  }

  /** The guild's channels, without its threads. */
  get guildChannels(): readonly FakeChannel[] {
    return [...this.channels.values()].filter((channel) => !isDirect(channel) && !isThread(channel));
  }

  get threads(): readonly FakeThread[] {
    return [...this.channels.values()].filter(isThread);
  }

  channel(id: string): FakeChannel {
    const channel = this.channels.get(id) ?? this.#foreignChannels.get(id);
    if (!channel) throw new Error(`No channel ${id}`);
    return channel;
  }

  /** Whether the bot is not where this channel is. */
  isForeign(channelId: string): boolean {
    return this.#foreignChannels.has(channelId);
  }

  /** The one channel of its kind that people are in and the bot is not; made when first asked for. */
  foreignChannel(where: Elsewhere): FakeChannel {
    const type = FOREIGN_TYPES[where];
    const known = [...this.#foreignChannels.values()].find((channel) => channel.type === type);
    if (known) return known;
    const id = this.nextId();
    const channel: FakeChannel =
      type === ChannelType.GuildText
        ? { id, type, guildId: this.#foreignGuildId, name: 'elsewhere', position: 0 }
        : { id, type, recipientId: this.guild.ownerId };
    this.#foreignChannels.set(id, channel);
    return channel;
  }

  guildIdOf(channelId: string): string | undefined {
    const channel = this.channel(channelId);
    return isDirect(channel) ? undefined : channel.guildId;
  }

  channelPayload(channel: FakeChannel): Record<string, unknown> {
    const recipient = isDirect(channel) ? this.users.get(channel.recipientId) : undefined;
    return channelPayload(channel, this.#activityOf(channel), { recipient, botId: this.bot.id });
  }

  #activityOf({ id, type }: FakeChannel): Activity {
    const said = [...this.messages.values()].filter(
      ({ payload, onlyFor }) => payload.channel_id === id && onlyFor === undefined,
    );
    // The last "message" of a forum is its last post.
    const ids = (type === ChannelType.GuildForum ? this.threads : said.map(({ payload }) => payload)).map(
      (one) => one.id,
    );
    const last = ids.reduce<string | null>((best, next) => (best && BigInt(best) > BigInt(next) ? best : next), null);
    const answers = said.filter(({ payload }) => payload.id !== id);
    return {
      lastMessageId: last,
      messages: answers.filter(({ isDeleted }) => !isDeleted).length,
      messagesEver: answers.length,
    };
  }

  /** Whoever talks in a thread is a member of it from then on. */
  joinThread(thread: FakeThread, userId: string): void {
    if (thread.members.has(userId)) return;
    thread.members.set(userId, new Date().toISOString());
    // Without the Server Members intent a bot hears only of itself.
    if (userId !== this.bot.id) return;
    const { id, guildId, members } = thread;
    const added = [{ ...threadMemberPayload(thread, userId), member: this.memberOf(userId), presence: null }];
    this.tell('THREAD_MEMBERS_UPDATE', { guildId, intents: GatewayIntentBits.Guilds }, () => ({
      id,
      guild_id: guildId,
      member_count: members.size,
      added_members: added,
    }));
  }

  /** Marks a message as one with a thread. */
  showThread(stored: StoredMessage): void {
    stored.payload = { ...stored.payload, flags: (stored.payload.flags ?? 0) | MessageFlags.HasThread };
    this.announce('MESSAGE_UPDATE', stored);
  }

  /** Sends an event to the gateway. */
  tell(name: string, audience: Audience, dataFor: (intents: number) => object): void {
    this.#options.dispatch(name, audience, dataFor);
    this.#options.journal.changed();
  }

  /** Messages of a channel that everybody there sees, oldest first. */
  messagesIn(channelId: string): StoredMessage[] {
    return [...this.messages.values()].filter(
      ({ payload, onlyFor, isDeleted }) => payload.channel_id === channelId && onlyFor === undefined && !isDeleted,
    );
  }

  /** Stores a message and tells the gateway. */
  post({
    channelId,
    author,
    body,
    type,
    id = this.nextId(),
    onlyFor,
    files = [],
    mentions,
    extra,
  }: NewMessage): StoredMessage {
    const flags =
      ((body.flags ?? 0) & SETTABLE_FLAGS) | (extra?.flags ?? 0) | (onlyFor === undefined ? 0 : MessageFlags.Ephemeral);
    const reference = body.message_reference;
    const mentioned = [...(mentions ?? this.#mentioned(body))];
    const stored: StoredMessage = {
      guildId: this.guildIdOf(channelId),
      onlyFor,
      // Nobody else sees an ephemeral message, and whoever sees it asked for it.
      notified: onlyFor === undefined ? mentioned.map((user) => user.id) : [],
      isDeleted: false,
      payload: {
        ...messagePayload(id, channelId, author),
        type: type ?? (reference ? MessageType.Reply : MessageType.Default),
        content: (body.content ?? '').trim(),
        embeds: embedsOfRequest(body.embeds),
        components: componentsOfRequest(body.components),
        attachments: this.#attachments(channelId, body, files),
        mentions: mentioned,
        tts: body.tts ?? false,
        ...(body.nonce != null && { nonce: body.nonce }),
        ...(reference && { message_reference: this.#reference(channelId, reference.message_id) }),
        ...extra,
        flags,
      },
    };
    this.messages.set(id, stored);
    const channel = this.channel(channelId);
    if (isThread(channel)) this.joinThread(channel, author.id);
    this.announce('MESSAGE_CREATE', stored);
    return stored;
  }

  /** Changes the parts that are there and tells the gateway. */
  edit(
    stored: StoredMessage,
    body: MessageRequest,
    options: { readonly files?: readonly UploadedFile[]; readonly isFirstAfterDeferral?: boolean } = {},
  ): void {
    const before = stored.payload;
    const kept = before.attachments.filter(
      ({ id }) => !body.attachments || body.attachments.some((attachment) => String(attachment.id) === id),
    );
    const added = this.#attachments(before.channel_id, body, options.files ?? []);
    stored.payload = {
      ...before,
      ...(body.content !== undefined && { content: (body.content ?? '').trim() }),
      ...(body.embeds !== undefined && { embeds: embedsOfRequest(body.embeds) }),
      ...(body.components !== undefined && { components: componentsOfRequest(body.components) }),
      ...((body.content !== undefined || body.components !== undefined) && {
        mentions: this.#mentioned({ ...before, ...body, message_reference: null }),
      }),
      attachments: [...kept, ...added],
      edited_timestamp: options.isFirstAfterDeferral ? null : new Date().toISOString(),
      flags: flagsAfterEdit(before.flags ?? 0, body.flags),
    };
    this.announce('MESSAGE_UPDATE', stored);
  }

  delete(stored: StoredMessage): void {
    stored.isDeleted = true;
    const { id, channel_id } = stored.payload;
    const { guildId, onlyFor } = stored;
    if (onlyFor !== undefined || this.isForeign(channel_id)) {
      this.#options.journal.changed();
      return;
    }
    const data = { id, channel_id, ...(guildId !== undefined && { guild_id: guildId }) };
    this.tell('MESSAGE_DELETE', audienceOf(stored), () => data);
  }

  /** Deletes messages of one channel in one go, as a moderator does. */
  deleteAll(channelId: string, all: readonly StoredMessage[]): void {
    for (const stored of all) stored.isDeleted = true;
    const guildId = this.guildIdOf(channelId);
    const ids = all.map(({ payload }) => payload.id);
    const data = { ids, channel_id: channelId, ...(guildId !== undefined && { guild_id: guildId }) };
    this.tell('MESSAGE_DELETE_BULK', { guildId, intents: GatewayIntentBits.GuildMessages }, () => data);
  }

  /** Sends the message to the gateway, once more if it was sent before. */
  announce(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', stored: StoredMessage): void {
    this.check('message', this.asShownTo(stored, true));
    // The bot hears nothing from where it is not, not even of itself.
    if (this.isForeign(stored.payload.channel_id)) this.#options.journal.changed();
    else this.tell(event, audienceOf(stored), (intents) => this.#gatewayMessage(stored, intents));
  }

  /** The message as GET answers. */
  asFetched(stored: StoredMessage): APIMessage {
    return this.asShownTo(stored, (this.#options.grantedIntents & GatewayIntentBits.MessageContent) !== 0);
  }

  /** The message with the one it replies to, and without its text where the bot may not read it. */
  asShownTo(stored: StoredMessage, seesContent: boolean): APIMessage {
    const { payload } = stored;
    const readable = seesContent || this.#isBotsBusiness(stored) ? payload : withoutContent(payload);
    const thread = this.channels.get(payload.id);
    // The message that begins a forum's post does not show it: it is inside.
    const hasThread = isThread(thread) && payload.channel_id !== payload.id;
    const shown = hasThread
      ? { ...readable, thread: this.channelPayload(thread) as unknown as APIThreadChannel }
      : readable;
    if (payload.type !== MessageType.Reply) return shown;
    const target = this.messages.get(payload.message_reference?.message_id ?? '');
    // The message replied to comes without the one it replies to, and without reactions.
    const {
      referenced_message: _nested,
      reactions: _reactions,
      ...referenced
    } = target ? this.asShownTo(target, seesContent) : ({} as APIMessage);
    return { ...shown, referenced_message: target && !target.isDeleted ? referenced : null };
  }

  /** Counts and checks something of the fake's own. */
  check(kind: Parameters<typeof problemsOfReply>[0], payload: unknown): void {
    this.#options.journal.checkedPayloads += 1;
    for (const problem of problemsOfReply(kind, payload)) {
      this.#options.journal.violation(`the fake itself sent a bad ${kind}: ${describeProblem(problem)}`);
    }
  }

  memberOf(userId: string): object {
    return { ...memberPayload(), user: this.user(userId) };
  }

  /**
   * Without the Message Content intent text is empty except in the bot's own messages, in direct messages and where
   * it is mentioned: https://docs.discord.com/developers/events/gateway#message-content-intent
   */
  #isBotsBusiness({ payload, guildId }: StoredMessage): boolean {
    return (
      guildId === undefined ||
      payload.author.id === this.bot.id ||
      payload.mentions.some(({ id }) => id === this.bot.id)
    );
  }

  #gatewayMessage(stored: StoredMessage, intents: number): object {
    const message = this.asShownTo(stored, (intents & GatewayIntentBits.MessageContent) !== 0);
    const { guildId, onlyFor } = stored;
    // Without channel_type discord.js drops a direct message; with guild_id: null too.
    const typed = { ...message, channel_type: this.channel(message.channel_id).type };
    // An ephemeral message arrives without guild_id, as if it were a direct message.
    if (guildId === undefined || onlyFor !== undefined) return typed;
    return {
      ...typed,
      guild_id: guildId,
      member: memberPayload(),
      mentions: message.mentions.map((user) => ({ ...user, member: memberPayload() })),
    };
  }

  #mentioned({ message_reference: reference, allowed_mentions: allowed, ...body }: MessageRequest): APIUser[] {
    const mayMention = (id: string) =>
      !allowed?.parse || allowed.parse.includes('users') || allowed.users?.includes(id);
    const replied = this.messages.get(reference?.message_id ?? '')?.payload.author.id;
    const pingsReplied = replied !== undefined && (allowed?.replied_user ?? !allowed);
    const ids = [...mentionedIds(body).filter(mayMention), ...(pingsReplied ? [replied] : [])];
    return [...new Set(ids)].flatMap((id) => this.users.get(id) ?? []);
  }

  #reference(channelId: string, messageId: string): NonNullable<APIMessage['message_reference']> {
    const guildId = this.guildIdOf(channelId);
    return {
      type: 0,
      channel_id: channelId,
      message_id: messageId,
      ...(guildId !== undefined && { guild_id: guildId }),
    };
  }

  #attachments(channelId: string, body: MessageRequest, files: readonly UploadedFile[]): APIMessage['attachments'] {
    return files.map((file) => {
      const id = this.nextId();
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
}

function audienceOf({ guildId, onlyFor }: StoredMessage): Audience {
  if (guildId === undefined || onlyFor !== undefined) return { intents: GatewayIntentBits.DirectMessages };
  return { guildId, intents: GatewayIntentBits.GuildMessages };
}

function withoutContent({ poll: _poll, ...message }: APIMessage): APIMessage {
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}

/** SUPPRESS_EMBEDS goes both ways, IS_COMPONENTS_V2 only on, LOADING ends, everything else stays. */
function flagsAfterEdit(before: number, asked: number | null | undefined): number {
  const settled = before & ~MessageFlags.Loading;
  if (asked == null) return settled;
  const isV2 = (settled | asked) & MessageFlags.IsComponentsV2;
  return (settled & ~MessageFlags.SuppressEmbeds) | (asked & MessageFlags.SuppressEmbeds) | isV2;
}
