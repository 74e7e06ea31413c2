import type { BaseInteraction, Channel, GuildBasedChannel, Snowflake, TextBasedChannel } from 'discord.js';
import { isInScope, type Scope } from '../../answering/question/scope.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { Article } from '../../corpus/article.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import { type Texts, textsFor } from '../locales/texts.js';
import type { BotContext } from './bot-context.js';
import { Refusal } from './refusal.js';

/** A channel or direct message, with the settings that apply there. */
export interface Location {
  /** For a thread, the channel it belongs to: threads follow the settings of their channel. */
  readonly channelId: Snowflake | null;
  /** Null in a direct message, and in a server that the bot is not a member of. */
  readonly serverId: Snowflake | null;
  readonly settings: ChannelSettings;
}

/** Returns the location of an interaction. A server that the bot is not a member of has the default settings. */
export function locationOf(interaction: BaseInteraction, bot: Pick<BotContext, 'community'>): Location {
  if (!interaction.inCachedGuild()) return locationIn(null, bot);
  const { channel, channelId, guildId } = interaction;
  if (channel !== null) return locationIn(channel, bot);
  // A channel that the bot cannot see still has settings.
  const places = channelId === null ? [guildId] : [channelId, guildId];
  return { channelId, serverId: guildId, settings: bot.community.settings.resolve(places) };
}

/** Returns the location of a channel. With null, it is a direct message or an unknown server. */
export function locationIn(channel: Channel | TextBasedChannel | null, bot: Pick<BotContext, 'community'>): Location {
  if (channel === null || channel.isDMBased() || !('guildId' in channel) || channel.guildId === null)
    return { channelId: null, serverId: null, settings: bot.community.settings.resolve([]) };
  const places = placesOf(channel);
  return { channelId: places[0] ?? null, serverId: channel.guildId, settings: bot.community.settings.resolve(places) };
}

/**
 * Returns the ids of the places whose settings apply in a channel, the most specific first: the channel, its category and its server. A
 * thread follows the settings of its channel.
 */
export function placesOf(channel: GuildBasedChannel): Snowflake[] {
  const parent = channel.isThread() ? channel.parent : channel;
  const channelId = parent?.id ?? (channel.isThread() ? channel.parentId : null) ?? channel.id;
  return [channelId, ...(parent?.parentId == null ? [] : [parent.parentId]), channel.guildId];
}

/**
 * Returns the texts in the right language: the one that moderators chose for the location, or else the given one.
 *
 * @param locale The person's locale, or the server's if the person's is unknown.
 */
export function textsAt({ settings }: Location, locale: string | null): Texts {
  return textsFor(settings.language ?? locale);
}

/** Returns the articles that are searched at a location. */
export function scopeAt({ settings: { collections } }: Location): Scope {
  return collections === null ? null : { collections };
}

/**
 * Looks up an article by an id that may be outdated or made up.
 *
 * @throws {Refusal} if there is no such article, or it is not available at this location.
 */
export function requireArticle(
  articleId: string,
  location: Location,
  { library }: Pick<BotContext, 'library'>,
): Article {
  const article = library().articleById(articleId);
  if (article === null || !isInScope(article, scopeAt(location))) throw new Refusal('outdated.article');
  return article;
}

/**
 * Looks up a passage by an id that may be outdated or made up.
 *
 * @throws {Refusal} if there is no such passage, or its article is not available at this location.
 */
export function requirePassage(
  passageId: string,
  location: Location,
  { library }: Pick<BotContext, 'library'>,
): PassageInArticle {
  const found = library().passageById(passageId);
  if (found === null || !isInScope(found.article, scopeAt(location))) throw new Refusal('outdated.passage');
  return found;
}
