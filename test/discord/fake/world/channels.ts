import { type APIUser, ChannelType } from 'discord-api-types/v10';

/** A text channel of a guild, its forum, or a category of channels. */
export interface FakeGuildChannel {
  readonly id: string;
  readonly type: ChannelType.GuildText | ChannelType.GuildForum | ChannelType.GuildCategory;
  readonly guildId: string;
  readonly name: string;
  readonly position: number;
  /** Permissions taken from @everyone in it, as bits of PermissionFlagsBits. The fake does not enforce it. Default: none. */
  deniedPermissions?: bigint;
  /** The category that it is in. Default: none. */
  parentId?: string | null;
}

/** A public thread of a text channel, or a post of a forum. */
export interface FakeThread {
  readonly id: string;
  readonly type: ChannelType.PublicThread;
  readonly guildId: string;
  readonly name: string;
  readonly parentId: string;
  readonly ownerId: string;
  /** Minutes of silence after which Discord archives it. The fake never does. */
  readonly autoArchiveMinutes: number;
  /** Whether only moderators can post in it, and whether it is out of sight until someone posts. */
  isLocked: boolean;
  isArchived: boolean;
  /** Ids of the tags of a forum post. */
  tagIds: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** User id to the time of joining, in ISO 8601. */
  readonly members: Map<string, string>;
}

/** Direct messages between the bot and a person. In a place without the bot: between two people, or a group. */
export interface FakeDirectChannel {
  readonly id: string;
  readonly type: ChannelType.DM | ChannelType.GroupDM;
  readonly recipientId: string;
}

/** Any channel of the fake. */
export type FakeChannel = FakeGuildChannel | FakeThread | FakeDirectChannel;

/** A place without the bot: another guild, the direct messages of two people, or a group. */
export type Elsewhere = 'guild' | 'direct' | 'group';

/** How much has been said in a channel. */
export interface Activity {
  /** The newest message, or the newest post of a forum. */
  readonly lastMessageId: string | null;
  /** Number of messages; in a thread, without the message that began it. */
  readonly messages: number;
  /** The same, deleted messages included. */
  readonly messagesEver: number;
}

/** Whether a channel is a thread or a forum post. */
export function isThread(channel: FakeChannel | undefined): channel is FakeThread {
  return channel?.type === ChannelType.PublicThread;
}

/** Whether a channel belongs to no guild. */
export function isDirect(channel: FakeChannel): channel is FakeDirectChannel {
  return channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM;
}

/**
 * A channel object: https://docs.discord.com/developers/resources/channel#channel-object
 *
 * @param people `recipient` is the other person of direct messages; `botId` tells whether the bot is in a thread.
 */
export function channelPayload(
  channel: FakeChannel,
  activity: Activity,
  {
    recipient,
    botId,
    forumTags,
  }: {
    readonly recipient: APIUser | undefined;
    readonly botId: string;
    readonly forumTags: readonly { readonly id: string; readonly name: string }[];
  },
): Record<string, unknown> {
  const base = { id: channel.id, type: channel.type, flags: 0, last_message_id: activity.lastMessageId };
  if (isDirect(channel)) return { ...base, ...directFields(channel, recipient) };
  const inGuild = { ...base, guild_id: channel.guildId, name: channel.name, rate_limit_per_user: 0 };
  return {
    ...inGuild,
    ...(isThread(channel) ? threadFields(channel, activity, botId) : guildFields(channel, forumTags)),
  };
}

/** A thread member object: https://docs.discord.com/developers/resources/channel#thread-member-object */
export function threadMemberPayload(thread: FakeThread, userId: string): Record<string, unknown> {
  return { id: thread.id, user_id: userId, join_timestamp: thread.members.get(userId), flags: 0 };
}

function directFields({ type, recipientId }: FakeDirectChannel, recipient: APIUser | undefined): object {
  const recipients = recipient ? [recipient] : [];
  return type === ChannelType.DM ? { recipients } : { recipients, name: null, icon: null, owner_id: recipientId };
}

function guildFields(
  { type, position, guildId, deniedPermissions = 0n, parentId = null }: FakeGuildChannel,
  forumTags: readonly { readonly id: string; readonly name: string }[],
): object {
  const overwrite = { id: guildId, type: 0, allow: '0', deny: String(deniedPermissions) };
  const fields = {
    position,
    nsfw: false,
    topic: null,
    parent_id: parentId,
    permission_overwrites: deniedPermissions === 0n ? [] : [overwrite],
  };
  if (type !== ChannelType.GuildForum) return fields;
  return {
    ...fields,
    available_tags: forumTags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

function threadFields(thread: FakeThread, { messages, messagesEver }: Activity, botId: string): object {
  return {
    parent_id: thread.parentId,
    owner_id: thread.ownerId,
    message_count: messages,
    total_message_sent: messagesEver,
    member_count: thread.members.size,
    ...(thread.tagIds.length > 0 && { applied_tags: thread.tagIds }),
    thread_metadata: {
      archived: thread.isArchived,
      archive_timestamp: thread.createdAt,
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.isLocked,
      create_timestamp: thread.createdAt,
    },
    ...(thread.members.has(botId) && { member: threadMemberPayload(thread, botId) }),
  };
}
