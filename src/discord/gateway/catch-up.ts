import {
  type Client,
  type DMChannel,
  type Message,
  type Snowflake,
  SnowflakeUtil,
  type TextBasedChannel,
} from 'discord.js';
import type { Logger } from 'pino';
import type { BackgroundTasks } from './background-tasks.js';
import type { SessionGap } from './connection.js';

/** After this time people no longer wait for an answer. */
const MAX_AGE_MS = 10 * 60_000;
/** Messages from the moment the session was lost may or may not have arrived. */
const OVERLAP_MS = 5000;
const MAX_MESSAGES_PER_CHANNEL = 100;
const MAX_CHANNELS = 100;

/** The handler for messages that {@link catchUp} finds, and where it runs. */
export interface CatchUpOptions {
  /** Called for each message. May be called for messages that have been handled already. */
  readonly onMessage: (message: Message) => Promise<void>;
  readonly tasks: BackgroundTasks;
  readonly log: Logger;
}

/** Handles the messages that were written between two sessions. Within a channel they are handled one after another. */
export async function catchUp(
  client: Client<true>,
  gap: SessionGap,
  { onMessage, tasks, log }: CatchUpOptions,
): Promise<void> {
  log.info('new session, fetching missed messages');
  const queues = new Map<Snowflake, Promise<void>>();
  for await (const message of missedMessages(client, gap, log)) {
    const handled = (queues.get(message.channelId) ?? Promise.resolve()).then(() => onMessage(message));
    tasks.run(() => handled);
    queues.set(
      message.channelId,
      handled.catch(() => {}),
    );
  }
}

/**
 * Fetches the messages that were written between two sessions, oldest first within each channel. Only channels with
 * newer messages are fetched, and direct messages with people who have written before.
 *
 * @internal Exported for its test.
 */
export async function* missedMessages(
  client: Client<true>,
  { since, directChannels }: SessionGap,
  log: Logger,
): AsyncGenerator<Message> {
  const after = String(SnowflakeUtil.generate({ timestamp: Math.max(since - OVERLAP_MS, Date.now() - MAX_AGE_MS) }));
  const isLater = (id: string | null): boolean => id !== null && BigInt(id) > BigInt(after);
  const known = client.channels.cache;
  const channels = [...known.values()]
    .filter((channel): channel is TextBasedChannel => channel.isTextBased())
    // For direct messages Discord does not send the id of the last message.
    .filter((channel) => channel.isDMBased() || isLater(channel.lastMessageId))
    .map(({ id }) => id);
  const unknown = [...directChannels].filter((id) => !known.has(id));
  for (const id of [...channels, ...unknown].slice(0, MAX_CHANNELS)) {
    try {
      const messages = await messagesAfter(after, id, client);
      yield* messages.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    } catch (error) {
      log.warn({ err: error, channel: id }, 'could not fetch missed messages');
    }
  }
}

async function messagesAfter(after: Snowflake, channelId: Snowflake, client: Client<true>): Promise<Message[]> {
  const channel = (await client.channels.fetch(channelId)) as DMChannel | null;
  const messages = await channel?.messages.fetch({ after, limit: MAX_MESSAGES_PER_CHANNEL, cache: false });
  return [...(messages?.values() ?? [])];
}
