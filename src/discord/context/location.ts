import type { BaseInteraction, Channel, GuildBasedChannel, GuildMember, Snowflake, TextBasedChannel } from 'discord.js';
import { isInScope, type Scope } from '../../answering/question/scope.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { Article } from '../../corpus/article.js';
import { ADDED_MARK } from '../../corpus/article.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import { type Texts, textsFor } from '../locales/texts.js';
import { scopeFor } from './added-scope.js';
import type { BotContext } from './bot-context.js';
import { Refusal } from './refusal.js';

/** A channel or direct message, with the settings that apply there. */
export interface Location {
  /** For a thread, the channel it belongs to: threads follow the settings of their channel. */
  readonly channelId: Snowflake | null;
  /** Null in a direct message, and in a server that the bot is not a member of. */
  readonly serverId: Snowflake | null;
  readonly settings: ChannelSettings;
  /** The articles that are searched. */
  readonly scope: Scope;
}

type LocationContext = Pick<BotContext, 'community' | 'addedIndex'>;

/** Returns the location of an interaction. A server that the bot is not a member of has the default settings. */
export function locationOf(interaction: BaseInteraction, bot: LocationContext): Location {
  if (!interaction.inCachedGuild()) return outsideServers(bot);
  const { channel, channelId, guildId, member } = interaction;
  if (channel !== null) return locationIn(channel, member, bot);
  // A channel that the bot cannot see still has settings.
  const places = channelId === null ? [guildId] : [channelId, guildId];
  const settings = bot.community.settings.resolve(places);
  const scope = scopeFor(settings, { serverId: guildId, channel: null, member }, bot);
  return { channelId, serverId: guildId, settings, scope };
}

/**
 * Returns the location of a channel. With null, it is a direct message or an unknown server.
 *
 * @param member Who asks there; null if nothing is known about them.
 */
export function locationIn(
  channel: Channel | TextBasedChannel | null,
  member: GuildMember | null,
  bot: LocationContext,
): Location {
  if (channel === null || channel.isDMBased() || !('guildId' in channel) || channel.guildId === null)
    return outsideServers(bot);
  const places = placesOf(channel);
  const serverId = channel.guildId;
  const settings = bot.community.settings.resolve(places);
  const parent = channel.isThread() ? channel.parent : channel;
  const scope = scopeFor(settings, { serverId, channel: parent, member }, bot);
  return { channelId: places[0] ?? null, serverId, settings, scope };
}

function outsideServers(bot: LocationContext): Location {
  const settings = bot.community.settings.resolve([]);
  return { channelId: null, serverId: null, settings, scope: scopeFor(settings, null, bot) };
}

/** The collections that can be chosen. What people add to a server is searched there whatever is chosen. */
export function collectionsOf({ library }: Pick<BotContext, 'library'>): string[] {
  return library()
    .collections()
    .filter((name) => !name.startsWith(ADDED_MARK));
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
  if (article === null || !isInScope(article, location.scope)) throw new Refusal('outdated.article');
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
  if (found === null || !isInScope(found.article, location.scope)) throw new Refusal('outdated.passage');
  return found;
}
