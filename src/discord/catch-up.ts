import { type Client, type Message, type Snowflake, SnowflakeUtil, type TextBasedChannel } from 'discord.js';
import type { Logger } from 'pino';

/** Older questions are no longer waited for. */
const MAX_AGE_MS = 10 * 60_000;
/** What was said in the moment when the session was lost may or may not have been told. */
const OVERLAP_MS = 5000;
const MAX_MESSAGES = 100;
const MAX_CHANNELS = 100;

/**
 * The messages that were missed between two sessions, oldest first within a channel. Only channels that something was said in are asked, and
 * direct messages with people who wrote before: Discord does not say what was said last in those.
 *
 * @param since When Discord was last heard of, in milliseconds since 1970.
 * @param directChannelIds Of the direct messages that were had before.
 */
export async function* missedMessages(
  client: Client<true>,
  since: number,
  directChannelIds: Iterable<Snowflake>,
  log: Logger,
): AsyncGenerator<Message> {
  const after = String(SnowflakeUtil.generate({ timestamp: Math.max(since - OVERLAP_MS, Date.now() - MAX_AGE_MS) }));
  const isLater = (id: Snowflake | null | undefined): boolean => id != null && BigInt(id) > BigInt(after);
  const spokenIn = [...client.channels.cache.values()]
    .filter((channel): channel is TextBasedChannel => channel.isTextBased() && !channel.isDMBased())
    .filter(({ lastMessageId }) => isLater(lastMessageId))
    .map(({ id }) => id);
  for (const id of [...directChannelIds, ...spokenIn].slice(0, MAX_CHANNELS)) {
    try {
      const channel = await client.channels.fetch(id);
      if (channel === null || !channel.isTextBased()) continue;
      const messages = await channel.messages.fetch({ after, limit: MAX_MESSAGES, cache: false });
      yield* [...messages.values()].toSorted((a, b) => a.createdTimestamp - b.createdTimestamp);
    } catch (error) {
      log.warn({ err: error, channel: id }, 'it could not be seen what was missed in a channel');
    }
  }
}
