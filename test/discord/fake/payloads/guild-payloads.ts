import {
  type APIGuild,
  type APIGuildMember,
  type APIRole,
  type APIUser,
  Locale,
  PermissionFlagsBits,
} from 'discord-api-types/v10';

/** What the fake knows about its guild. */
export interface FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The guild's language, such as "en-US". */
  readonly locale: string;
  /** Permissions taken from @everyone, as bits of PermissionFlagsBits. */
  readonly deniedPermissions: bigint;
  /** The bot, and the role that Discord gave it when it was added. */
  readonly botId: string;
  readonly botRoleId: string;
  /** An emoji of its own. */
  readonly emoji: { readonly id: string; readonly name: string };
  /** Roles that people can have. They have no permissions of their own. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** Where Discord welcomes people. Default: nowhere. */
  systemChannelId?: string | null;
  /** Whether the bot may read the audit log. Default: false. */
  showsAuditLog?: boolean;
}

/** Language of people and guilds unless a test says otherwise. */
export const DEFAULT_LOCALE: string = Locale.EnglishUS;

/** discord-api-types has enums of flags without a member for "none". */
const NO_FLAGS = 0 as never;
const JOINED_AT = '2026-01-05T12:00:00.000Z';

const EVERYONE =
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.SendMessagesInThreads;

/** Permissions of @everyone, in the form in which Discord sends them. */
export const EVERYONE_PERMISSIONS = String(EVERYONE);

/** Permissions of a member who has those of @everyone and `extra`. */
export function permissionsWith(extra: bigint): string {
  return String(EVERYONE | extra);
}

/** A user object: https://docs.discord.com/developers/resources/user#user-object */
export function userPayload(id: string, username: string, isBot = false): APIUser {
  return {
    id,
    username,
    global_name: isBot ? null : username,
    discriminator: '0',
    avatar: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    primary_guild: null,
    ...(isBot && { bot: true }),
  };
}

/** A guild member without its user: https://docs.discord.com/developers/resources/guild#guild-member-object */
export function memberPayload(roles: readonly string[] = []): Omit<APIGuildMember, 'user'> {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: NO_FLAGS,
    joined_at: JOINED_AT,
    nick: null,
    pending: false,
    premium_since: null,
    roles: [...roles],
    mute: false,
    deaf: false,
  };
}

/**
 * The role that everyone has; its id is the guild's. https://docs.discord.com/developers/topics/permissions#role-object
 */
export function everyoneRole({ id, deniedPermissions }: Pick<FakeGuild, 'id' | 'deniedPermissions'>): APIRole {
  return {
    id,
    name: '@everyone',
    permissions: String(EVERYONE & ~deniedPermissions),
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: NO_FLAGS,
  };
}

/** The role that a bot gets when it is added; people can mention it. It has no permissions of its own. */
export function botRole(
  guild: Pick<FakeGuild, 'id' | 'deniedPermissions' | 'botId' | 'botRoleId' | 'showsAuditLog'>,
): APIRole {
  return {
    ...everyoneRole(guild),
    id: guild.botRoleId,
    name: 'Footnote',
    permissions: guild.showsAuditLog === true ? String(PermissionFlagsBits.ViewAuditLog) : '0',
    position: 1,
    managed: true,
    tags: { bot_id: guild.botId },
  };
}

/** Every role of a guild. */
export function rolesOf(guild: FakeGuild): APIRole[] {
  const given = guild.roles.map((role, index) => ({
    ...everyoneRole(guild),
    ...role,
    permissions: '0',
    position: index + 2,
  }));
  return [everyoneRole(guild), botRole(guild), ...given];
}

/**
 * A guild as GET /guilds/:id answers; the gateway adds channels, members and more.
 * https://docs.discord.com/developers/resources/guild#guild-object
 */
export function guildPayload(guild: FakeGuild): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId ?? null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: rolesOf(guild),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [{ ...guild.emoji, roles: [], require_colons: true, managed: false, animated: false, available: true }],
    stickers: [],
    incidents_data: null,
  } as unknown as APIGuild;
}
