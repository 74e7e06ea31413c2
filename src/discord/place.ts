import type { BaseInteraction, Channel, Snowflake, TextBasedChannel } from 'discord.js';
import type { Scope } from '../answering/scope.js';
import type { ChannelSettings } from '../community/channel-settings.js';
import type { DiscordParts } from './parts.js';
import { type Texts, textsFor } from './texts/texts.js';

/** Where something is said, as far as settings go by it. */
export interface Place {
  /** Of a thread the channel that it is in: threads behave as their channel does. */
  readonly channelId: Snowflake | null;
  /** Null in a direct message, and in a server that the bot is no member of. */
  readonly serverId: Snowflake | null;
  readonly settings: ChannelSettings;
}

/** Where an interaction happens. In a server where only a person has installed the bot nobody set anything. */
export function placeOf(interaction: BaseInteraction, parts: Pick<DiscordParts, 'community'>): Place {
  return placeIn(interaction.inCachedGuild() ? interaction.channel : null, parts);
}

/** The place of a channel, or of none that the bot knows. */
export function placeIn(
  channel: Channel | TextBasedChannel | null,
  { community }: Pick<DiscordParts, 'community'>,
): Place {
  if (channel === null || channel.isDMBased() || !('guildId' in channel) || channel.guildId === null)
    return { channelId: null, serverId: null, settings: community.settings.resolve([]) };
  const channelId = channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
  return { channelId, serverId: channel.guildId, settings: community.settings.resolve([channelId, channel.guildId]) };
}

/** The words for a person there: what moderators chose, else the language of the person (or of the server, where that is not known). */
export function textsAt({ settings }: Place, locale: string | null): Texts {
  return textsFor(settings.language ?? locale);
}

/** What may be asked there. */
export function scopeAt({ settings: { collections } }: Place): Scope {
  return collections === null ? null : { collections };
}
