import type { BaseInteraction, Channel, Snowflake, TextBasedChannel } from 'discord.js';
import { isInScope, type Scope } from '../../answering/scope.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import type { Article } from '../../corpus/article.js';
import type { PassageInArticle } from '../../corpus/passage.js';
import { type Texts, textsFor } from '../locales/texts.js';
import type { BotContext } from './bot-context.js';
import { Refusal } from './refusal.js';

/** Where something is said, as far as settings go by it. */
export interface Location {
  /** Of a thread the channel that it is in: threads behave as their channel does. */
  readonly channelId: Snowflake | null;
  /** Null in a direct message, and in a server that the bot is no member of. */
  readonly serverId: Snowflake | null;
  readonly settings: ChannelSettings;
}

/** Where an interaction happens. In a server where only a person has installed the bot nobody set anything. */
export function locationOf(interaction: BaseInteraction, bot: Pick<BotContext, 'community'>): Location {
  if (!interaction.inCachedGuild()) return locationIn(null, bot);
  const { channel, channelId, guildId } = interaction;
  // A channel that the bot does not see has settings all the same.
  return channel === null ? locationById(channelId, guildId, bot) : locationIn(channel, bot);
}

function locationById(
  channelId: Snowflake | null,
  serverId: Snowflake,
  { community }: Pick<BotContext, 'community'>,
): Location {
  const places = channelId === null ? [serverId] : [channelId, serverId];
  return { channelId, serverId, settings: community.settings.resolve(places) };
}

/** The place of a channel, or of none that the bot knows. */
export function locationIn(channel: Channel | TextBasedChannel | null, bot: Pick<BotContext, 'community'>): Location {
  if (channel === null || channel.isDMBased() || !('guildId' in channel) || channel.guildId === null)
    return { channelId: null, serverId: null, settings: bot.community.settings.resolve([]) };
  const channelId = channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
  return locationById(channelId, channel.guildId, bot);
}

/** The words for a person there: what moderators chose, else the language of the person (or of the server, where that is not known). */
export function textsAt({ settings }: Location, locale: string | null): Texts {
  return textsFor(settings.language ?? locale);
}

/** What may be asked there. */
export function scopeAt({ settings: { collections } }: Location): Scope {
  return collections === null ? null : { collections };
}

/** An article by its id, which anybody may have typed. @throws {Refusal} when it is no longer there, or not asked in that place. */
export function requireArticle(articleId: string, location: Location, { engine }: Pick<BotContext, 'engine'>): Article {
  const article = engine().library.articleById(articleId);
  if (article === null || !isInScope(article, scopeAt(location))) throw new Refusal('outdated.article');
  return article;
}

/** A passage so. @throws {Refusal} as for an article. */
export function requirePassage(
  passageId: string,
  location: Location,
  { engine }: Pick<BotContext, 'engine'>,
): PassageInArticle {
  const found = engine().library.passageById(passageId);
  if (found === null || !isInScope(found.article, scopeAt(location))) throw new Refusal('outdated.passage');
  return found;
}
