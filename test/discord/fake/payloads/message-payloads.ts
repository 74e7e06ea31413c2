import { type APIMessage, type APIUser, ComponentType, MessageType } from 'discord-api-types/v10';
import { type JsonObject, withoutNulls } from './json.js';

/** discord-api-types has enums of flags without a member for "none". */
const NO_FLAGS = 0 as never;

/** A message without content, to be filled in: https://docs.discord.com/developers/resources/message#message-object */
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

/** Embeds as Discord returns them: with a type, without nulls, texts trimmed. */
export function embedsOfRequest(embeds: unknown): APIMessage['embeds'] {
  return ((embeds ?? []) as readonly JsonObject[]).map((embed) => ({
    ...trimmed(withoutNulls(embed)),
    ...mapped(embed, 'fields', (field) => ({ inline: false, ...trimmed(withoutNulls(field)) })),
    type: 'rich',
  })) as unknown as APIMessage['embeds'];
}

/**
 * Components as Discord returns them: numbered, with defaults for what was left out. An id of 0 counts as no id.
 * https://docs.discord.com/developers/components/reference#anatomy-of-a-component
 */
export function componentsOfRequest(components: unknown): NonNullable<APIMessage['components']> {
  const taken = new Set(idsOf(components));
  let last = 0;
  const nextFree = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  const fill = (component: JsonObject): JsonObject => ({
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
    ...(component.accessory ? { accessory: fill(component.accessory as JsonObject) } : {}),
    ...(component.type === ComponentType.Thumbnail ? { media: unfurled(component.media) } : {}),
  });
  return ((components ?? []) as readonly JsonObject[]).map(fill) as unknown as NonNullable<APIMessage['components']>;
}

/** The ids that a request gives to its components. */
function idsOf(components: unknown): unknown[] {
  return ((components ?? []) as readonly JsonObject[]).flatMap(({ id, components: inner, accessory }) => [
    id,
    ...idsOf(inner),
    ...idsOf(accessory ? [accessory] : []),
  ]);
}

const selectDefaults = { min_values: 1, max_values: 1 };
const componentDefaults: Readonly<Partial<Record<ComponentType, JsonObject>>> = {
  [ComponentType.StringSelect]: selectDefaults,
  [ComponentType.UserSelect]: selectDefaults,
  [ComponentType.RoleSelect]: selectDefaults,
  [ComponentType.MentionableSelect]: selectDefaults,
  [ComponentType.ChannelSelect]: selectDefaults,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
};

function mapped(component: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
  const list = component[key] as readonly JsonObject[] | null | undefined;
  return list ? { [key]: list.map(change) } : {};
}

function unfurled(media: unknown): JsonObject {
  const { url } = media as { url: string };
  return { id: '0', url, proxy_url: url };
}

function trimmed(value: JsonObject): JsonObject {
  const trim = (inner: unknown): unknown => {
    if (typeof inner === 'string') return inner.trim();
    if (Array.isArray(inner)) return inner.map(trim);
    return typeof inner === 'object' && inner !== null ? trimmed(inner as JsonObject) : inner;
  };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trim(inner)]));
}
