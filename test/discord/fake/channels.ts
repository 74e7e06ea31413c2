import { type APIUser, ChannelType } from 'discord-api-types/v10';

/** A text channel of a guild, or its forum. */
export interface FakeGuildChannel {
  readonly id: string;
  readonly type: ChannelType.GuildText | ChannelType.GuildForum;
  readonly guildId: string;
  readonly name: string;
  readonly position: number;
}

/** A public thread of a text channel, or a post of a forum. */
export interface FakeThread {
  readonly id: string;
  readonly type: ChannelType.PublicThread;
  readonly guildId: string;
  readonly name: string;
  readonly parentId: string;
  readonly ownerId: string;
  readonly autoArchiveMinutes: number;
  readonly createdAt: string;
  /** When each member joined, by user. */
  readonly members: Map<string, string>;
}

/** The direct messages with one person: the bot's, or, where the bot is not, somebody else's. */
export interface FakeDirectChannel {
  readonly id: string;
  readonly type: ChannelType.DM | ChannelType.GroupDM;
  readonly recipientId: string;
}

/** Where a person uses the bot although it is not there: a guild, the direct messages with somebody else, a group. */
export type Elsewhere = 'guild' | 'direct' | 'group';

export type FakeChannel = FakeGuildChannel | FakeThread | FakeDirectChannel;

/** What was said in a channel so far. */
export interface Activity {
  readonly lastMessageId: string | null;
  /** Of a thread: what is there, without the message that began it. */
  readonly messages: number;
  /** Deleted ones too. */
  readonly messagesEver: number;
}

export function isThread(channel: FakeChannel | undefined): channel is FakeThread {
  return channel?.type === ChannelType.PublicThread;
}

export function isDirect(channel: FakeChannel): channel is FakeDirectChannel {
  return channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM;
}

/** A channel as Discord sends it; `recipient` and `botId` are those of direct messages and of threads. */
export function channelPayload(
  channel: FakeChannel,
  activity: Activity,
  { recipient, botId }: { readonly recipient: APIUser | undefined; readonly botId: string },
): Record<string, unknown> {
  const base = { id: channel.id, type: channel.type, flags: 0, last_message_id: activity.lastMessageId };
  if (isDirect(channel)) return { ...base, ...directPart(channel, recipient) };
  const inGuild = { ...base, guild_id: channel.guildId, name: channel.name, rate_limit_per_user: 0 };
  return { ...inGuild, ...(isThread(channel) ? threadPart(channel, activity, botId) : guildPart(channel)) };
}

/** The member object of threads. */
export function threadMemberPayload(thread: FakeThread, userId: string): Record<string, unknown> {
  return { id: thread.id, user_id: userId, join_timestamp: thread.members.get(userId), flags: 0 };
}

function directPart({ type, recipientId }: FakeDirectChannel, recipient: APIUser | undefined): object {
  const recipients = recipient ? [recipient] : [];
  return type === ChannelType.DM ? { recipients } : { recipients, name: null, icon: null, owner_id: recipientId };
}

function guildPart({ type, position }: FakeGuildChannel): object {
  const part = { position, nsfw: false, topic: null, parent_id: null, permission_overwrites: [] };
  if (type === ChannelType.GuildText) return part;
  return {
    ...part,
    available_tags: [],
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

function threadPart(thread: FakeThread, { messages, messagesEver }: Activity, botId: string): object {
  return {
    parent_id: thread.parentId,
    owner_id: thread.ownerId,
    message_count: messages,
    total_message_sent: messagesEver,
    member_count: thread.members.size,
    thread_metadata: {
      archived: false,
      archive_timestamp: thread.createdAt,
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: false,
      create_timestamp: thread.createdAt,
    },
    ...(thread.members.has(botId) && { member: threadMemberPayload(thread, botId) }),
  };
}
