import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { QuestionQueue, type QuestionQueueOptions } from '../../../src/discord/context/question-queue.js';

const USUAL = { maxWaitMs: 30_000, maxWaitingPerPerson: 20 };

/** A queue whose tasks end when the test says so, and the names of the tasks in the order in which they were started. */
class ObservedQueue {
  readonly queue: QuestionQueue;
  readonly started: string[] = [];
  readonly #ends = new Map<string, () => void>();

  constructor(options: Partial<QuestionQueueOptions> = {}) {
    this.queue = new QuestionQueue({ ...USUAL, maxRunning: 1, ...options });
  }

  /** Asks a question whose name begins with the person's. */
  ask(name: string): Promise<string> {
    return this.queue.run(name.charAt(0), () => {
      this.started.push(name);
      return new Promise((resolve) => this.#ends.set(name, () => resolve(name)));
    });
  }

  /** Ends the task that was started last. */
  async endCurrent(): Promise<void> {
    this.#ends.get(this.started.at(-1) ?? '')?.();
    await sleep(0);
  }
}

describe('the queue of questions', () => {
  test('serves people in turn, and the questions of each in their order', async () => {
    const observed = new ObservedQueue();
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void observed.ask(name);
    for (let ended = 0; ended < 7; ended++) await observed.endCurrent();
    expect(observed.started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    expect(observed.queue.state).toEqual({ running: 0, waiting: 0, refused: 0 });
  });

  test('works on several at a time, and starts the next when one ends or fails', async () => {
    const queue = new QuestionQueue({ ...USUAL, maxRunning: 2 });
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await sleep(5);
      running -= 1;
      throw new Error('failed');
    };
    const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((person) => queue.run(person, task)));
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    expect(most).toBe(2);
    expect(queue.state).toEqual({ running: 0, waiting: 0, refused: 0 });
  });

  test('goes on after a task that throws before it returns a promise', async () => {
    const queue = new QuestionQueue({ ...USUAL, maxRunning: 1 });
    const thrown = queue.run('a', () => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(await queue.run('a', () => Promise.resolve('next'))).toBe('next');
  });

  test('refuses more than twenty waiting questions of one person, and still takes those of others', async () => {
    const observed = new ObservedQueue();
    for (let number = 0; number <= 20; number++) observed.ask(`a${number}`).catch(() => {});
    await expect(observed.ask('a21')).rejects.toMatchObject({ reason: 'busy' });
    void observed.ask('b1');
    expect(observed.queue.state).toEqual({ running: 1, waiting: 21, refused: 1 });
    for (let ended = 0; ended < 3; ended++) await observed.endCurrent();
    expect(observed.started).toEqual(['a0', 'a1', 'b1', 'a2']);
  });

  test('refuses at once what it could not serve in time', async () => {
    const queue = new QuestionQueue({ ...USUAL, maxWaitMs: 1000, maxRunning: 1 });
    // Each is assumed to take 50 ms, so 20 fit into the time that a question may wait.
    const asked = Array.from({ length: 40 }, (_, index) => queue.run(`person ${index}`, () => sleep(0)));
    // Decided when it was asked, before any other has ended.
    expect(queue.state).toEqual({ running: 1, waiting: 20, refused: 19 });
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status).lastIndexOf('fulfilled')).toBe(20);
  });

  test('tells a person who has waited too long, and does not start their task', async () => {
    const observed = new ObservedQueue({ maxWaitMs: 100 });
    void observed.ask('a1');
    await expect(observed.ask('b1')).rejects.toMatchObject({ reason: 'busy' });
    await observed.endCurrent();
    expect(observed.started).toEqual(['a1']);
    expect(observed.queue.state).toEqual({ running: 0, waiting: 0, refused: 1 });
  });
});
