import type { Logger } from 'pino';

/** Runs tasks that nobody awaits until the bot shuts down. A task that fails is logged; it does not end the process. */
export class BackgroundTasks {
  readonly #running = new Set<Promise<void>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Starts a task right away. It may throw or reject. */
  run(task: () => void | Promise<void>): void {
    const running = start(task)
      .catch((error: unknown) => this.#log.error({ err: error }, 'could not handle an event'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when every task that is running now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }
}

/** Turns a synchronous throw into a rejection. */
async function start(task: () => void | Promise<void>): Promise<void> {
  await task();
}
