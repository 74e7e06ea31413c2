import {
  type APIApplicationCommand,
  type APIGuild,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  MessageType,
} from 'discord-api-types/v10';

// The shapes Discord sends. Every one is checked against the specification when it leaves the fake.

export interface FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  /** What nobody may in it although everybody usually may, as bits of PermissionFlagsBits. */
  readonly withheld: bigint;
}

const DISCORD_EPOCH_MS = 1_420_070_400_000;
const TIMESTAMP_SHIFT = 22n;
/** discord-api-types has enums of flags without a member for none of them. */
const NO_FLAGS = 0 as never;
export const DEFAULT_LOCALE = 'en-US';
const JOINED_AT = '2026-01-05T12:00:00.000Z';

/** VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY, ADD_REACTIONS, USE_APPLICATION_COMMANDS, threads. */
const EVERYONE =
  (1n << 6n) |
  (1n << 10n) |
  (1n << 11n) |
  (1n << 14n) |
  (1n << 15n) |
  (1n << 16n) |
  (1n << 31n) |
  (1n << 35n) |
  (1n << 38n);
export const PERMISSIONS = String(EVERYONE);

/** What everybody may, and `more`. */
export function permissionsWith(more: bigint): string {
  return String(EVERYONE | more);
}

/** Ids of now, since discord.js computes `createdTimestamp` from them; always growing. */
export function createSnowflakes(now: () => number = Date.now): () => string {
  let last = 0n;
  return () => {
    const next = BigInt(now() - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}

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

export function memberPayload(): Omit<APIGuildMember, 'user'> {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: NO_FLAGS,
    joined_at: JOINED_AT,
    nick: null,
    pending: false,
    premium_since: null,
    roles: [],
    mute: false,
    deaf: false,
  };
}

export function everyoneRole({ id, withheld }: Pick<FakeGuild, 'id' | 'withheld'>): APIRole {
  return {
    id,
    name: '@everyone',
    permissions: String(EVERYONE & ~withheld),
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

/** As GET /guilds/:id answers; the gateway adds channels, members and more. */
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
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [everyoneRole(guild)],
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
    emojis: [],
    stickers: [],
    incidents_data: null,
  } as unknown as APIGuild;
}

export function applicationPayload(bot: APIUser, flags: number): Record<string, unknown> {
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    type: null,
    flags,
    flags_new: String(flags),
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
  };
}

/** A message without text, to be filled in. */
export function messagePayload(id: string, channelId: string, author: APIUser): APIMessage {
  return {
    id,
    channel_id: channelId,
    author,
    type: MessageType.Default,
    content: '',
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    attachments: [],
    embeds: [],
    components: [],
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    flags: NO_FLAGS,
    pinned: false,
    tts: false,
  };
}

type Loose = Readonly<Record<string, unknown>>;

/** Embeds as Discord gives them back: with a type, without nulls, texts trimmed. */
export function embedsOfRequest(embeds: unknown): APIMessage['embeds'] {
  return ((embeds ?? []) as readonly Loose[]).map((embed) => ({
    ...trimmed(withoutNulls(embed)),
    ...mapped(embed, 'fields', (field) => ({ inline: false, ...trimmed(withoutNulls(field)) })),
    type: 'rich',
  })) as unknown as APIMessage['embeds'];
}

/** Components as Discord gives them back: numbered, with the defaults of what was left out. 0 is no number. */
export function componentsOfRequest(components: unknown): NonNullable<APIMessage['components']> {
  const taken = new Set(numbersOf(components));
  let last = 0;
  const nextFree = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const fill = (component: Loose): Loose => ({
    ...componentDefaults[component.type as ComponentType],
    ...withoutNulls(component),
    id: component.id || nextFree(),
    ...mapped(component, 'components', fill),
    ...mapped(component, 'items', (item) => ({
      description: null,
      spoiler: false,
      ...item,
      media: unfurled(item.media),
    })),
    ...(component.accessory ? { accessory: fill(component.accessory as Loose) } : {}),
    ...(component.type === ComponentType.Thumbnail ? { media: unfurled(component.media) } : {}),
  });
  return ((components ?? []) as readonly Loose[]).map(fill) as unknown as NonNullable<APIMessage['components']>;
}

function numbersOf(components: unknown): unknown[] {
  return ((components ?? []) as readonly Loose[]).flatMap(({ id, components: inner, accessory }) => [
    id,
    ...numbersOf(inner),
    ...numbersOf(accessory ? [accessory] : []),
  ]);
}

const selectDefaults = { min_values: 1, max_values: 1 };
const componentDefaults: Readonly<Partial<Record<ComponentType, Loose>>> = {
  [ComponentType.StringSelect]: selectDefaults,
  [ComponentType.UserSelect]: selectDefaults,
  [ComponentType.RoleSelect]: selectDefaults,
  [ComponentType.MentionableSelect]: selectDefaults,
  [ComponentType.ChannelSelect]: selectDefaults,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
};

function mapped(component: Loose, key: string, change: (inner: Loose) => Loose): Loose {
  const list = component[key] as readonly Loose[] | null | undefined;
  return list ? { [key]: list.map(change) } : {};
}

function unfurled(media: unknown): Loose {
  const { url } = media as { url: string };
  return { id: '0', url, proxy_url: url };
}

/** A registered command as Discord gives it back. It leaves out `required` and `autocomplete` when they are false. */
export function commandPayload(
  body: Loose,
  ids: { readonly id: string; readonly applicationId: string; readonly version: string; readonly guildId?: string },
): APIApplicationCommand {
  const type = (body.type ?? ApplicationCommandType.ChatInput) as ApplicationCommandType;
  const permissions = body.default_member_permissions as string | number | null | undefined;
  const options = optionsOfRequest(body.options);
  return {
    id: ids.id,
    application_id: ids.applicationId,
    version: ids.version,
    type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: permissions == null ? null : String(permissions),
    nsfw: body.nsfw ?? false,
    ...(options.length > 0 && { options }),
    ...(ids.guildId === undefined
      ? {
          dm_permission: body.dm_permission ?? true,
          contexts: body.contexts ?? null,
          integration_types: body.integration_types ?? [0],
        }
      : { guild_id: ids.guildId }),
  } as unknown as APIApplicationCommand;
}

function optionsOfRequest(options: unknown): Loose[] {
  return ((options ?? []) as readonly Loose[]).map((option) => {
    const { required, autocomplete, options: nested, choices, ...rest } = withoutNulls(option);
    const nestedOptions = optionsOfRequest(nested);
    return {
      ...rest,
      ...(required ? { required } : {}),
      ...(autocomplete ? { autocomplete } : {}),
      ...(Array.isArray(choices) && choices.length > 0 ? { choices } : {}),
      ...(nestedOptions.length > 0 ? { options: nestedOptions } : {}),
    };
  });
}

/** What GET answers without `with_localizations=true`. */
export function withoutLocalizations<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutLocalizations) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalizations(inner)])) as T;
}

function withoutNulls(value: Loose): Loose {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner != null));
}

function trimmed(value: Loose): Loose {
  const trim = (inner: unknown): unknown => {
    if (typeof inner === 'string') return inner.trim();
    if (Array.isArray(inner)) return inner.map(trim);
    return typeof inner === 'object' && inner !== null ? trimmed(inner as Loose) : inner;
  };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trim(inner)]));
}
