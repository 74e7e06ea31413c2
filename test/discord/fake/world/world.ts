import {
  type APIApplicationCommand,
  type APIUser,
  ApplicationFlags,
  ChannelType,
  GatewayIntentBits,
} from 'discord-api-types/v10';
import { describeProblem } from '../checks/problem.js';
import { problemsOfReply, type ReplyKind } from '../checks/reply-checks.js';
import type { Journal } from '../journal.js';
import { type FakeGuild, memberPayload, userPayload } from '../payloads/guild-payloads.js';
import { createSnowflakes } from '../payloads/snowflakes.js';
import {
  type Activity,
  channelPayload,
  type Elsewhere,
  type FakeChannel,
  type FakeThread,
  isDirect,
  isThread,
} from './channels.js';
import type { Interaction } from './interaction.js';
import type { StoredMessage } from './stored-message.js';

/** Who gets an event. */
export interface Audience {
  /** The guild it is about; absent for direct messages, which go to shard 0. */
  readonly guildId?: string;
  /** The event goes to sessions that asked for any of these intents; absent: to all. */
  readonly intents?: number;
}

/** A file that someone attaches to a command. */
export interface AttachedFile {
  readonly name: string;
  readonly data: string;
  /** Where it can be downloaded. */
  readonly url: string;
}

/** Sends a gateway event. `dataFor` makes its data for a session with these intents. */
export type Dispatch = (name: string, audience: Audience, dataFor: (intents: number) => object) => void;

/** Options of `World`. */
export interface WorldOptions {
  readonly journal: Journal;
  /** Privileged intents that are switched on for the application, as bits of GatewayIntentBits. */
  readonly grantedIntents: number;
  /** The guild's language. */
  readonly guildLocale: string;
  /** Permissions taken from @everyone, as bits of PermissionFlagsBits. */
  readonly deniedPermissions: bigint;
  /** How many other guilds the bot is in, in which nothing happens. */
  readonly quietGuilds: number;
  readonly dispatch: Dispatch;
}

const FOREIGN_TYPES = {
  guild: ChannelType.GuildText,
  direct: ChannelType.DM,
  group: ChannelType.GroupDM,
} as const;

/** The flag of the application that shows each privileged intent, in its variant for fewer than 100 guilds. */
const LIMITED_FLAGS = [
  [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
  [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
  [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
] as const;

/**
 * The state of the fake Discord: one guild with two text channels and a forum, people, messages, commands and
 * interactions. What happens to messages and threads is in messages.ts and threads.ts.
 */
export class World {
  /** Makes a new id. */
  readonly nextId = createSnowflakes();
  readonly bot: APIUser;
  readonly guild: FakeGuild;
  /** Guilds that the bot is in besides `guild`. Nothing happens in them. */
  readonly quietGuilds: readonly FakeGuild[];
  /** By id, the bot included. */
  readonly users = new Map<string, APIUser>();
  /** Channels that the bot can see, threads and direct messages included, by id. */
  readonly channels = new Map<string, FakeChannel>();
  /** Names of the tags that a post of the forum can have. */
  readonly forumTags = ['Solved', 'Question'].map((name) => ({ id: this.nextId(), name }));
  /** Id of the person who added the bot, as the audit log has it. */
  addedBy: string | null = null;
  /** Files that people attach to commands, by id. */
  readonly attachedFiles = new Map<string, AttachedFile>();
  /** Ids of the roles that people have, by the person's id. */
  readonly rolesOfPeople = new Map<string, readonly string[]>();
  /** Ids of the people who are not in the guild. */
  readonly outsiders = new Set<string>();
  /** Ids of the roles that the guild lets the bot ping. */
  readonly pingableRoles = new Set<string>();
  /** Ids of the people who accept no direct messages from the bot. */
  readonly closedToBot = new Set<string>();
  /** By id, deleted ones included. */
  readonly messages = new Map<string, StoredMessage>();
  /** Commands registered for every place. */
  readonly globalCommands: APIApplicationCommand[] = [];
  /** Commands registered for the guild. */
  readonly guildCommands: APIApplicationCommand[] = [];
  /** By token. */
  readonly interactions = new Map<string, Interaction>();
  /** Privileged intents that are switched on, as bits of GatewayIntentBits. */
  readonly grantedIntents: number;
  readonly #journal: Journal;
  readonly #dispatch: Dispatch;
  /** Channels without the bot, by id. People who installed it for themselves use it there. */
  readonly #foreignChannels = new Map<string, FakeChannel>();
  readonly #foreignGuildId: string;

  constructor({ journal, grantedIntents, guildLocale, deniedPermissions, quietGuilds, dispatch }: WorldOptions) {
    this.#journal = journal;
    this.#dispatch = dispatch;
    this.grantedIntents = grantedIntents;
    this.bot = this.addUser('footnote', true);
    const owner = this.addUser('ada');
    this.guild = {
      id: this.nextId(),
      name: 'The reading room',
      ownerId: owner.id,
      locale: guildLocale,
      deniedPermissions,
      botId: this.bot.id,
      botRoleId: this.nextId(),
      emoji: { id: this.nextId(), name: 'anchor' },
      roles: ['Helpers', 'Newcomers'].map((name) => ({ id: this.nextId(), name })),
    };
    this.quietGuilds = Array.from({ length: quietGuilds }, (_, index) => ({
      ...this.guild,
      id: this.nextId(),
      name: `A quiet place ${index + 1}`,
      botRoleId: this.nextId(),
    }));
    this.#foreignGuildId = this.nextId();
    const texts = ['general', 'questions'].map((name) => ({ name, type: ChannelType.GuildText as const }));
    const forum = { name: 'help', type: ChannelType.GuildForum as const };
    const category = { name: 'library', type: ChannelType.GuildCategory as const };
    for (const [position, channel] of [...texts, forum, category].entries()) {
      const id = this.nextId();
      this.channels.set(id, { id, guildId: this.guild.id, position, ...channel });
    }
  }

  /**
   * Flags that show the privileged intents, as an application in fewer than 100 guilds has them:
   * https://docs.discord.com/developers/resources/application#application-object-application-flags
   */
  get applicationFlags(): number {
    return LIMITED_FLAGS.reduce((flags, [intent, flag]) => flags | (this.grantedIntents & intent ? flag : 0), 0);
  }

  /** Adds a person, or another bot, who is a member of the guild. */
  addUser(username: string, isBot = false): APIUser {
    const user = userPayload(this.nextId(), username, isBot);
    this.users.set(user.id, user);
    return user;
  }

  /** @throws {Error} if there is no such user; the message lists who there is. */
  user(id: string): APIUser {
    const user = this.users.get(id);
    if (user) return user;
    const known = [...this.users.values()].map((someone) => `${someone.username} ${someone.id}`);
    throw new Error(`No user ${id}. Known: ${known.join(', ')}`);
  }

  /** The guild member object of a user. */
  memberOf(userId: string): object {
    return { ...memberPayload(this.rolesOf(userId)), user: this.user(userId) };
  }

  /** Ids of the roles of a member, without the one that everyone has. */
  rolesOf(userId: string): readonly string[] {
    return userId === this.bot.id ? [this.guild.botRoleId] : (this.rolesOfPeople.get(userId) ?? []);
  }

  /** The guild's text channels, oldest first. */
  get textChannelIds(): readonly string[] {
    return [...this.channels.values()].filter(({ type }) => type === ChannelType.GuildText).map(({ id }) => id);
  }

  /** The guild's one forum. */
  get forumId(): string {
    return [...this.channels.values()].find(({ type }) => type === ChannelType.GuildForum)?.id ?? '';
  }

  /** The guild's one category. No channel is in it at first. */
  get categoryId(): string {
    return [...this.channels.values()].find(({ type }) => type === ChannelType.GuildCategory)?.id ?? '';
  }

  /** The guild's channels, without its threads. */
  get guildChannels(): readonly FakeChannel[] {
    return [...this.channels.values()].filter((channel) => !isDirect(channel) && !isThread(channel));
  }

  /** The guild's threads and forum posts. */
  get threads(): readonly FakeThread[] {
    return [...this.channels.values()].filter(isThread);
  }

  /**
   * A channel, with or without the bot.
   *
   * @throws {Error} if there is none.
   */
  channel(id: string): FakeChannel {
    const channel = this.channels.get(id) ?? this.#foreignChannels.get(id);
    if (!channel) throw new Error(`No channel ${id}`);
    return channel;
  }

  /** The direct messages between the bot and a person; created on first use. */
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

  /** Whether the bot is not in this channel. */
  isForeign(channelId: string): boolean {
    return this.#foreignChannels.has(channelId);
  }

  /** The one channel of each kind that has people but not the bot; created on first use. */
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

  /** The guild of a channel; undefined for direct messages. */
  guildIdOf(channelId: string): string | undefined {
    const channel = this.channel(channelId);
    return isDirect(channel) ? undefined : channel.guildId;
  }

  /** A channel as Discord sends it now. */
  channelPayload(channel: FakeChannel): Record<string, unknown> {
    const recipient = isDirect(channel) ? this.users.get(channel.recipientId) : undefined;
    return channelPayload(channel, this.#activityOf(channel), {
      recipient,
      botId: this.bot.id,
      forumTags: this.forumTags,
    });
  }

  /** Sends an event to the sessions of the gateway that it concerns. */
  sendEvent(name: string, audience: Audience, dataFor: (intents: number) => object): void {
    this.#dispatch(name, audience, dataFor);
    this.#journal.notify();
  }

  /** Makes waiting tests look again after a change for which the bot gets no event. */
  notifyTests(): void {
    this.#journal.notify();
  }

  /** Checks something that the fake is about to send, and records a violation if Discord would not send it. */
  check(kind: ReplyKind, payload: unknown): void {
    this.#journal.checkedPayloads += 1;
    for (const problem of problemsOfReply(kind, payload)) {
      this.#journal.addViolation(`the fake itself sent a bad ${kind}: ${describeProblem(problem)}`);
    }
  }

  #activityOf({ id, type }: FakeChannel): Activity {
    const said = [...this.messages.values()].filter(
      ({ payload, onlyFor }) => payload.channel_id === id && onlyFor === undefined,
    );
    // The last "message" of a forum is its last post.
    const ids =
      type === ChannelType.GuildForum ? this.threads.map((post) => post.id) : said.map((one) => one.payload.id);
    // The message that begins a thread of the same id is not counted.
    const counted = said.filter(({ payload }) => payload.id !== id);
    return {
      lastMessageId: newest(ids),
      messages: counted.filter(({ isDeleted }) => !isDeleted).length,
      messagesEver: counted.length,
    };
  }
}

function newest(ids: readonly string[]): string | null {
  return ids.reduce<string | null>((best, id) => (best && BigInt(best) > BigInt(id) ? best : id), null);
}
