import {
  type Client,
  type DMChannel,
  type Message,
  type Snowflake,
  SnowflakeUtil,
  type TextBasedChannel,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Missed } from './connection.js';

/** Older questions are no longer waited for. */
const MAX_AGE_MS = 10 * 60_000;
/** What was said in the moment when the session was lost may or may not have been told. */
const OVERLAP_MS = 5000;
const MAX_MESSAGES = 100;
const MAX_CHANNELS = 100;

/**
 * The messages that were missed between two sessions, oldest first. Only channels that something was said in are asked, and direct
 * messages with people who wrote before.
 */
export async function* missedMessages(
  client: Client<true>,
  { since, directChannels }: Missed,
  log: Logger,
): AsyncGenerator<Message> {
  const after = String(SnowflakeUtil.generate({ timestamp: Math.max(since - OVERLAP_MS, Date.now() - MAX_AGE_MS) }));
  const isLater = (id: string | null): boolean => id !== null && BigInt(id) > BigInt(after);
  const known = client.channels.cache;
  const channels = [...known.values()]
    .filter((channel): channel is TextBasedChannel => channel.isTextBased())
    // Discord does not say what was said last in direct messages.
    .filter((channel) => channel.isDMBased() || isLater(channel.lastMessageId))
    .map(({ id }) => id);
  const unknown = [...directChannels].filter((id) => !known.has(id));
  for (const id of [...channels, ...unknown].slice(0, MAX_CHANNELS)) {
    try {
      const messages = await messagesAfter(after, id, client);
      yield* messages.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    } catch (error) {
      log.warn({ err: error, channel: id }, 'it could not be seen what was missed in a channel');
    }
  }
}

async function messagesAfter(after: Snowflake, channelId: Snowflake, client: Client<true>): Promise<Message[]> {
  const channel = (await client.channels.fetch(channelId)) as DMChannel | null;
  const messages = await channel?.messages.fetch({ after, limit: MAX_MESSAGES, cache: false });
  return [...(messages?.values() ?? [])];
}
