/** Of how many answers the times are kept. */
const KEPT = 200;

export interface LatencySummary {
  readonly count: number;
  /** Milliseconds. */
  readonly median: number;
  readonly slowest: number;
}

/** How long the last answers took. */
export class Latencies {
  readonly #times: number[] = [];

  /** @param ms Milliseconds. */
  add(ms: number): void {
    this.#times.push(ms);
    if (this.#times.length > KEPT) this.#times.shift();
  }

  /** Null before the first one. */
  summary(): LatencySummary | null {
    const sorted = this.#times.toSorted((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)];
    return median === undefined ? null : { count: sorted.length, median, slowest: sorted.at(-1) ?? median };
  }
}
