/** How many of the latest answers are measured. */
const MAX_SAMPLES = 200;

/** How long the latest answers took, in milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly median: number;
  readonly slowest: number;
}

/** Measures the latest 200 answers for `/status`. */
export class Latencies {
  readonly #samplesMs: number[] = [];

  /** Adds the duration of an answer. */
  add(durationMs: number): void {
    this.#samplesMs.push(durationMs);
    if (this.#samplesMs.length > MAX_SAMPLES) this.#samplesMs.shift();
  }

  /** Summarises the samples. Returns null if there are none yet. */
  summary(): LatencySummary | null {
    const sorted = this.#samplesMs.toSorted((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)];
    return median === undefined ? null : { count: sorted.length, median, slowest: sorted.at(-1) ?? median };
  }
}
