/** Limit of the backoff. Discord allows 1,000 new sessions a day, and every replaced connection takes one. */
const MAX_BACKOFF = 16;

/**
 * Decides when a connection has been down for so long that it should be replaced. After each replacement it waits twice
 * as long before the next one, up to 16 times; a connection that stays up resets that.
 */
export class ConnectionHealth {
  readonly #stuckAfterMs: number;
  #readySince: number | null = null;
  #downSince: number | null = null;
  #backoff = 1;

  /** @param stuckAfterMs How long a connection may be down before it counts as stuck. */
  constructor(stuckAfterMs: number) {
    this.#stuckAfterMs = stuckAfterMs;
  }

  /**
   * Records the state of the connection. Call it about once a second.
   *
   * @param now Milliseconds since 1970.
   * @returns Whether the connection is stuck.
   */
  check(isReady: boolean, now: number): boolean {
    this.#readySince = isReady ? (this.#readySince ?? now) : null;
    this.#downSince = isReady ? null : (this.#downSince ?? now);
    if (this.#readySince !== null && now - this.#readySince > this.#stuckAfterMs) this.#backoff = 1;
    return this.#downSince !== null && now - this.#downSince >= this.#stuckAfterMs * this.#backoff;
  }

  /** Doubles the time until the next replacement. */
  backOff(): void {
    this.#backoff = Math.min(MAX_BACKOFF, this.#backoff * 2);
  }

  /** Starts measuring the downtime from the next check, for a connection that has just been replaced. */
  resetDowntime(): void {
    this.#downSince = null;
  }
}
