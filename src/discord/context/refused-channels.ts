import type { Snowflake } from 'discord.js';
import { setBounded } from './bounded-map.js';

/** The first pause after a refusal. Each further refusal doubles it. */
const FIRST_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 3_600_000;
const MAX_CHANNELS = 1000;

/** A channel in which Discord refused to post a reply. */
export interface RefusedChannel {
  readonly channelId: Snowflake;
  /** Null for direct messages. */
  readonly serverId: Snowflake | null;
  /** Discord's error code. */
  readonly code: number;
  /** Refusals since the last reply that Discord accepted. */
  readonly count: number;
  /** When it was last refused, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Channels in which Discord refuses what the bot posts. Nothing is posted there for a while, because Discord blocks bots that go on
 * sending what it refuses. In memory, so a restart tries again.
 */
export class RefusedChannels {
  readonly #channels = new Map<Snowflake, RefusedChannel>();

  /** Counts a refusal. During a pause none counts: it was on its way before the pause began. */
  add(refused: Pick<RefusedChannel, 'channelId' | 'serverId' | 'code'>, now: number): void {
    const { channelId } = refused;
    if (this.isPaused(channelId, now)) return;
    const count = (this.#channels.get(channelId)?.count ?? 0) + 1;
    setBounded(this.#channels, channelId, { ...refused, count, at: now }, MAX_CHANNELS);
  }

  /** Forgets a channel: a reply was accepted there, or its permissions may have changed. */
  clear(channelId: Snowflake): void {
    this.#channels.delete(channelId);
  }

  /** Forgets the channels of a server, for when permissions have changed that apply to many. */
  clearServer(serverId: Snowflake): void {
    for (const refused of this.#channels.values())
      if (refused.serverId === serverId) this.#channels.delete(refused.channelId);
  }

  /** Whether nothing should be posted in a channel now. */
  isPaused(channelId: Snowflake, now: number): boolean {
    const refused = this.#channels.get(channelId);
    if (refused === undefined) return false;
    return now < refused.at + Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refused.count - 1));
  }

  /** The channels of a server where a reply was refused, the latest first. */
  listOf(serverId: Snowflake): RefusedChannel[] {
    return [...this.#channels.values()].filter((refused) => refused.serverId === serverId).toReversed();
  }
}
