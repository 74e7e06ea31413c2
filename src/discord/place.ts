import type { BaseInteraction, Channel, Snowflake, TextBasedChannel } from 'discord.js';
import { isInScope, type Scope } from '../answering/scope.js';
import type { ChannelSettings } from '../community/setting-values.js';
import type { Article } from '../corpus/article.js';
import type { PassageInArticle } from '../corpus/passage.js';
import type { DiscordParts } from './parts.js';
import { Refusal } from './refusal.js';
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
  if (!interaction.inCachedGuild()) return placeIn(null, parts);
  const { channel, channelId, guildId } = interaction;
  // A channel that the bot does not see has settings all the same.
  return channel === null ? placeById(channelId, guildId, parts) : placeIn(channel, parts);
}

function placeById(
  channelId: Snowflake | null,
  serverId: Snowflake,
  { community }: Pick<DiscordParts, 'community'>,
): Place {
  const places = channelId === null ? [serverId] : [channelId, serverId];
  return { channelId, serverId, settings: community.settings.resolve(places) };
}

/** The place of a channel, or of none that the bot knows. */
export function placeIn(channel: Channel | TextBasedChannel | null, parts: Pick<DiscordParts, 'community'>): Place {
  if (channel === null || channel.isDMBased() || !('guildId' in channel) || channel.guildId === null)
    return { channelId: null, serverId: null, settings: parts.community.settings.resolve([]) };
  const channelId = channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
  return placeById(channelId, channel.guildId, parts);
}

/** The words for a person there: what moderators chose, else the language of the person (or of the server, where that is not known). */
export function textsAt({ settings }: Place, locale: string | null): Texts {
  return textsFor(settings.language ?? locale);
}

/** What may be asked there. */
export function scopeAt({ settings: { collections } }: Place): Scope {
  return collections === null ? null : { collections };
}

/** An article by its id, which anybody may have typed. @throws {Refusal} when it is no longer there, or not asked in that place. */
export function askedArticle(articleId: string, place: Place, { answering }: Pick<DiscordParts, 'answering'>): Article {
  const article = answering().library.articleById(articleId);
  if (article === null || !isInScope(article, scopeAt(place))) throw new Refusal('outdated.article');
  return article;
}

/** A passage so. @throws {Refusal} as for an article. */
export function askedPassage(
  passageId: string,
  place: Place,
  { answering }: Pick<DiscordParts, 'answering'>,
): PassageInArticle {
  const found = answering().library.passageById(passageId);
  if (found === null || !isInScope(found.article, scopeAt(place))) throw new Refusal('outdated.passage');
  return found;
}
