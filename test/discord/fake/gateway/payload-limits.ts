import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { Refusal } from './handshake.js';

// Source: https://docs.discord.com/developers/events/gateway#sending-events

/** Bytes of one payload that a bot sends. */
export const MAX_PAYLOAD_BYTES = 4_096;
/** Payloads that a bot may send on one connection in a minute, heartbeats included. */
export const MAX_PAYLOADS_PER_MINUTE = 120;

/** What one connection has sent in the last minute. */
export class PayloadLimits {
  readonly #arrivalsMs: number[] = [];

  /** Counts a payload of this size, and says why it is one too many or too large. */
  refusalOf(bytes: number): Refusal | undefined {
    if (bytes > MAX_PAYLOAD_BYTES) {
      const reason = `a payload of ${bytes} bytes, at most ${MAX_PAYLOAD_BYTES}`;
      return { code: GatewayCloseCodes.DecodeError, reason };
    }
    const nowMs = performance.now();
    this.#arrivalsMs.push(nowMs);
    while ((this.#arrivalsMs[0] ?? nowMs) < nowMs - 60_000) this.#arrivalsMs.shift();
    if (this.#arrivalsMs.length <= MAX_PAYLOADS_PER_MINUTE) return undefined;
    return { code: GatewayCloseCodes.RateLimited, reason: `more than ${MAX_PAYLOADS_PER_MINUTE} events in a minute` };
  }
}
