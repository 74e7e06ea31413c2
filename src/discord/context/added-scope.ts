import type { GuildBasedChannel, GuildMember, Snowflake } from 'discord.js';
import type { Scope } from '../../answering/question/scope.js';
import type { Community } from '../../community/community.js';
import type { ChannelSettings } from '../../community/setting-values.js';
import { ADDED_MARK } from '../../corpus/article.js';
import type { AddedIndex } from './bot-context.js';

/** Who reads an answer, and where. */
export interface Reader {
  readonly serverId: Snowflake;
  /** The channel of the answer; for a thread, the channel that it belongs to. Null if it is not known. */
  readonly channel: GuildBasedChannel | null;
  /** Who asks. Null if nothing is known about them. */
  readonly member: GuildMember | null;
}

/**
 * Returns the articles that are searched for somebody: those of the chosen collections, and what was added to the server that they are
 * in. What was added elsewhere is never searched. What was made from a message is only searched for people who can see its channel, in
 * the same channel, or anywhere if everyone in the server can see it: others read the answer, too.
 *
 * @param reader Null outside of servers.
 */
export function scopeFor(
  { collections }: Pick<ChannelSettings, 'collections'>,
  reader: Reader | null,
  { addedIndex, community }: { readonly addedIndex: () => AddedIndex; readonly community: Pick<Community, 'added'> },
): Scope {
  const added = addedIndex();
  const own = reader === null ? null : `${ADDED_MARK}${reader.serverId}`;
  const others = [...added.keys()].filter((name) => name !== own);
  const ownArticles = (own === null ? undefined : added.get(own)) ?? [];
  const channels = reader === null || ownArticles.length === 0 ? null : community.added.channels(reader.serverId);
  const hidden = ownArticles.filter(({ file }) => {
    const channelId = channels?.get(file.split('/')[1] ?? '');
    return channelId === undefined || (channelId !== null && !maySee(channelId, reader));
  });
  if (collections === null && others.length === 0 && hidden.length === 0) return null;
  return {
    collections: collections === null || own === null ? collections : [...collections, own],
    ...(others.length > 0 && { withoutCollections: others }),
    ...(hidden.length > 0 && { withoutArticles: hidden.map(({ id }) => id) }),
  };
}

function maySee(channelId: Snowflake, reader: Reader | null): boolean {
  if (reader === null || reader.member === null) return false;
  const { guild } = reader.member;
  const source = guild.channels.cache.get(channelId);
  if (source === undefined || !source.permissionsFor(reader.member).has('ViewChannel')) return false;
  return source.id === reader.channel?.id || source.permissionsFor(guild.roles.everyone).has('ViewChannel');
}
