import { TransientError } from '../../user-error.js';

/** How many questions are worked on at the same time: one is embedded while another is ranked, and one is ready for each. */
const MAX_RUNNING = 4;
/** How many questions may wait in all, so that memory stays bounded whatever happens. */
const MAX_WAITING = 500;
/** Weight of the latest duration in the moving average. */
const LATEST_WEIGHT = 0.1;
/** What an answer is assumed to take before any was measured. */
const FIRST_GUESS_MS = 50;

/** Options of a {@link QuestionQueue}. */
export interface QuestionQueueOptions {
  /** Milliseconds that a question may wait for its turn. */
  readonly maxWaitMs: number;
  /** How many questions of one person may wait: as many as they may ask in a minute. */
  readonly maxWaitingPerPerson: number;
  /** How many questions are worked on at the same time. Default: 4. */
  readonly maxRunning?: number;
}

interface WaitingTask {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

/** What is in the queue now, and what it turned away. */
export interface QueueState {
  readonly running: number;
  readonly waiting: number;
  /** Turned away since the start, because they could not be served in time. */
  readonly refused: number;
}

/**
 * Serves questions fairly: each person in turn, and the questions of one person in their order. What cannot be served in time is
 * refused at once, so nobody waits in vain.
 */
export class QuestionQueue {
  readonly #maxWaitMs: number;
  readonly #maxWaitingPerPerson: number;
  readonly #maxRunning: number;
  /** By person. Whoever is first is served next, and then goes to the end. */
  readonly #waiting = new Map<string, WaitingTask[]>();
  #waitingCount = 0;
  #running = 0;
  #refused = 0;
  /** Moving average of how long the work on a question takes. */
  #meanMs = FIRST_GUESS_MS;

  constructor({ maxWaitMs, maxWaitingPerPerson, maxRunning = MAX_RUNNING }: QuestionQueueOptions) {
    this.#maxWaitMs = maxWaitMs;
    this.#maxWaitingPerPerson = maxWaitingPerPerson;
    this.#maxRunning = maxRunning;
  }

  get state(): QueueState {
    return { running: this.#running, waiting: this.#waitingCount, refused: this.#refused };
  }

  /**
   * Runs a task when it is the person's turn.
   *
   * @returns What the task returns.
   * @throws {TransientError} with the reason `busy` if too much is waiting, or if it waited too long.
   */
  async run<Result>(personId: string, task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#maxRunning) this.#running += 1;
    else await this.#turnOf(personId);
    const startedAt = performance.now();
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#meanMs += (performance.now() - startedAt - this.#meanMs) * LATEST_WEIGHT;
      this.#startNext();
    }
  }

  /** Resolves when it is the person's turn. Their task counts as running then. */
  #turnOf(personId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        this.#refused += 1;
        reject(new TransientError('busy', 'Too many questions are waiting. Ask again in a moment.'));
      };
      if (!this.#hasRoomFor(personId)) return refuse();
      const timer = setTimeout(() => {
        this.#remove(personId, waiting);
        refuse();
      }, this.#maxWaitMs).unref();
      const waiting: WaitingTask = { start: resolve, timer };
      this.#waiting.set(personId, [...(this.#waiting.get(personId) ?? []), waiting]);
      this.#waitingCount += 1;
    });
  }

  #remove(personId: string, removed: WaitingTask): void {
    const others = (this.#waiting.get(personId) ?? []).filter((task) => task !== removed);
    if (others.length > 0) this.#waiting.set(personId, others);
    else this.#waiting.delete(personId);
    this.#waitingCount -= 1;
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next === undefined) return;
    const [personId, [first, ...others]] = next;
    if (first === undefined) return;
    this.#waiting.delete(personId);
    if (others.length > 0) this.#waiting.set(personId, others);
    this.#waitingCount -= 1;
    this.#running += 1;
    clearTimeout(first.timer);
    first.start();
  }

  /** Whether a question of this person would probably be served in time. */
  #hasRoomFor(personId: string): boolean {
    const own = this.#waiting.get(personId)?.length ?? 0;
    if (own >= this.#maxWaitingPerPerson || this.#waitingCount >= MAX_WAITING) return false;
    // Everybody else is served at most as often as this person before this question's turn comes.
    let ahead = own;
    for (const [other, tasks] of this.#waiting) if (other !== personId) ahead += Math.min(tasks.length, own + 1);
    const waitMs = ((ahead + 1) * this.#meanMs) / this.#maxRunning;
    return waitMs <= this.#maxWaitMs;
  }
}
