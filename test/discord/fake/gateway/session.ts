import type { WebSocket } from 'ws';

/** Which shard, and of how many. */
export type Shard = readonly [number, number];

/** An event before it is sent: its name in capitals, as "MESSAGE_CREATE", and its `d`. */
export interface GatewayEvent {
  readonly name: string;
  readonly data: object;
}

/** An event as it was sent in a session. */
export interface SentEvent extends GatewayEvent {
  /** Counts from 1 in each session. */
  readonly sequence: number;
}

/** What Discord knows of a bot's connection. It outlives the socket, so that a RESUME gets what was missed. */
export interface Session {
  readonly id: string;
  /** As bits of GatewayIntentBits. */
  readonly intents: number;
  readonly shard: Shard;
  readonly sent: SentEvent[];
  /** Undefined while the bot is disconnected. */
  socket: WebSocket | undefined;
}

/**
 * Whether a shard gets the events of a guild:
 * https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
 *
 * @param guildId Undefined for direct messages, which go to shard 0.
 */
export function isResponsible([shard, shards]: Shard, guildId: string | undefined): boolean {
  return shard === (guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards)));
}
