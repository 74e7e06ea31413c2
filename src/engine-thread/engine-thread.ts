import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { withPinned } from '../answering/pinned-answer.js';
import { builtFile } from '../built-file.js';
import type { EngineHealth } from '../discord/context/bot-context.js';
import type { Engine, EngineSource } from '../engine.js';
import { messageOf, TransientError } from '../user-error.js';
import {
  type Call,
  type CallResults,
  type FromThread,
  fromSentError,
  type ThreadSetup,
  type ToThread,
} from './messages.js';

const PROGRAM = builtFile('engine-thread/program.js');

/** A thread that computes for longer than this without looking at its messages counts as hung. */
const PONG_TIMEOUT_MS = 5000;

/** How long a thread may take to open its engine: a second on most machines, far longer from a cold disk. */
const START_TIMEOUT_MS = 180_000;

/** How many times to try to start a thread in place of another. Each pause is this much longer than the one before. */
const MAX_START_ATTEMPTS = 5;
const RETRY_PAUSE_MS = 200;

/** How long a thread may take to close its engine before it is ended. */
const SHUTDOWN_GRACE_MS = 3000;

/** Options of {@link EngineThread.open}. */
export interface EngineThreadOptions {
  readonly source: EngineSource;
  /** Milliseconds until a call that has no result yet is given up. */
  readonly timeoutMs: number;
  /** Called with what the person running Footnote should know, in one line. */
  readonly onNotice: (notice: string) => void;
  /** The program of the thread. Default: `program.js` in this folder. */
  readonly program?: URL;
}

interface PendingCall {
  readonly call: Call;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: CallResults[Call['kind']]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * An engine in a thread of its own, so that no question keeps this thread from its events. A thread that dies or hangs is
 * replaced. What it was working on is asked again, one call at a time, so that a call that kills its thread is told from the
 * others.
 */
export class EngineThread implements Pick<Engine, 'ask' | 'findSources' | 'embed' | 'close'> {
  readonly #options: EngineThreadOptions;
  /** Calls without a result, in their order. */
  readonly #pending = new Map<number, PendingCall>();
  /** What the thread is working on, also if nobody waits for it any more. */
  readonly #running = new Set<number>();
  /** What a thread was working on when it ended. While there are any, one call runs at a time. */
  readonly #suspects = new Set<number>();
  #lastId = 0;
  /** Null while a new thread is starting. */
  #worker: Worker | null = null;
  #starting: Promise<void> | null = null;
  #isPinging = false;
  #isClosed = false;
  #health: EngineHealth = { replacedModels: 0, replacedThreads: 0, replacedAt: null };

  private constructor(options: EngineThreadOptions) {
    this.#options = options;
  }

  /**
   * Starts the thread and waits until its engine is open.
   *
   * @throws {UserError} as `openEngine` does.
   */
  static async open(options: EngineThreadOptions): Promise<EngineThread> {
    const thread = new EngineThread(options);
    thread.#use(await startWorker(options));
    return thread;
  }

  get health(): EngineHealth {
    return this.#health;
  }

  /** Answers a question as `Engine.ask` does. What is pinned to it is found in this thread. */
  async ask(...[question, { findPin = null, ...options } = {}]: Parameters<Engine['ask']>): ReturnType<Engine['ask']> {
    const { answer, pinKeys } = await this.#run({ kind: 'ask', question, options });
    return findPin === null ? answer : withPinned(answer, findPin(pinKeys, options.scope ?? null));
  }

  /** Finds sources as `Engine.findSources` does. */
  findSources(...[text, options = {}]: Parameters<Engine['findSources']>): ReturnType<Engine['findSources']> {
    return this.#run({ kind: 'find-sources', text, options });
  }

  /** Embeds texts as `Engine.embed` does. */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    return [...(await this.#run({ kind: 'embed', texts }))];
  }

  /** Closes the engine and ends the thread. Calls without a result are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const id of this.#pending.keys()) this.#take(id)?.reject(unavailable('it was closed'));
    await this.#starting;
    const worker = this.#worker;
    if (worker === null) return;
    const exit = new Promise((resolve) => worker.once('exit', resolve));
    post(worker, { kind: 'close' });
    await Promise.race([exit, sleep(SHUTDOWN_GRACE_MS, undefined, { ref: false })]);
    await worker.terminate();
  }

  #run<Kind extends Call['kind']>(call: Call & { kind: Kind }): Promise<CallResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(unavailable('it is closed'));
      this.#lastId += 1;
      const id = this.#lastId;
      const timer = setTimeout(() => this.#giveUp(id), this.#options.timeoutMs).unref();
      this.#pending.set(id, { call, timer, resolve: resolve as PendingCall['resolve'], reject });
      // All earlier attempts to start a thread failed, but this one may succeed.
      if (this.#worker === null && this.#starting === null) this.#replace(1);
      this.#sendWaiting();
    });
  }

  /** Sends what is waiting to the thread: one call at a time while there are suspects, and those first. */
  #sendWaiting(): void {
    if (this.#worker === null) return;
    for (const id of [...this.#suspects, ...this.#pending.keys()]) {
      if (this.#suspects.size > 0 && this.#running.size > 0) return;
      const pending = this.#pending.get(id);
      if (pending === undefined || this.#running.has(id)) continue;
      this.#running.add(id);
      post(this.#worker, { kind: 'call', id, call: pending.call });
    }
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    this.#suspects.delete(id);
    return pending;
  }

  #giveUp(id: number): void {
    this.#take(id)?.reject(
      new TransientError(
        'too-slow',
        `No answer within ${this.#options.timeoutMs / 1000} s. Ask again, or ask for less.`,
      ),
    );
    if (this.#worker !== null) this.#endIfHung(this.#worker);
  }

  /** Ends a thread that does not look at its messages. Its exit starts another one. */
  #endIfHung(worker: Worker): void {
    if (this.#isPinging) return;
    this.#isPinging = true;
    const stop = (): void => {
      this.#isPinging = false;
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('exit', stop);
    };
    const timer = setTimeout(() => void worker.terminate(), PONG_TIMEOUT_MS).unref();
    const onMessage = ({ kind }: FromThread): void => {
      if (kind === 'pong') stop();
    };
    worker.on('message', onMessage);
    worker.on('exit', stop);
    post(worker, { kind: 'ping' });
  }

  #use(worker: Worker): void {
    this.#worker = worker;
    let reason = 'it hung';
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error: Error) => {
      reason = error.message;
    });
    worker.on('exit', () => {
      if (this.#isClosed) return;
      this.#worker = null;
      this.#options.onNotice(`The answering thread ended (${reason}); starting another one.`);
      this.#health = { ...this.#health, replacedThreads: this.#health.replacedThreads + 1, replacedAt: new Date() };
      this.#suspectRunning(reason);
      this.#replace(MAX_START_ATTEMPTS);
    });
    this.#sendWaiting();
  }

  /** What was running when the thread ended becomes suspect. If it was suspect before, and alone, it is what ends threads. */
  #suspectRunning(reason: string): void {
    const [only, ...others] = this.#running;
    if (only !== undefined && others.length === 0 && this.#suspects.has(only))
      this.#take(only)?.reject(unavailable(reason));
    for (const id of this.#running) if (this.#pending.has(id)) this.#suspects.add(id);
    this.#running.clear();
  }

  #replace(maxAttempts: number): void {
    this.#starting = this.#startAgain(maxAttempts).finally(() => {
      this.#starting = null;
    });
  }

  async #startAgain(maxAttempts: number): Promise<void> {
    for (let attempt = 1; !this.#isClosed; attempt++) {
      try {
        const worker = await startWorker(this.#options);
        if (this.#isClosed) await worker.terminate();
        else this.#use(worker);
        return;
      } catch (error) {
        if (attempt < maxAttempts) {
          await sleep(RETRY_PAUSE_MS * attempt);
          continue;
        }
        const reason = messageOf(error);
        this.#options.onNotice(`The answering thread cannot be started: ${reason}`);
        for (const id of this.#pending.keys()) this.#take(id)?.reject(unavailable(reason));
        return;
      }
    }
  }

  #receive(message: FromThread): void {
    if (message.kind === 'result' || message.kind === 'error') {
      const pending = this.#take(message.id);
      if (message.kind === 'result') pending?.resolve(message.result);
      else pending?.reject(fromSentError(message.error));
      this.#running.delete(message.id);
      this.#sendWaiting();
    } else if (message.kind === 'notice') this.#options.onNotice(message.notice);
    else if (message.kind === 'model-replaced')
      this.#health = { ...this.#health, replacedModels: this.#health.replacedModels + 1, replacedAt: new Date() };
  }
}

/** Starts a thread and waits until its engine is open. */
function startWorker({ source, onNotice, program = PROGRAM }: EngineThreadOptions): Promise<Worker> {
  const worker = new Worker(program, { workerData: { source } satisfies ThreadSetup });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle(() => reject(unavailable('it did not start in time')));
      void worker.terminate();
    }, START_TIMEOUT_MS);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      finish();
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(unavailable('it ended while it was starting')));
    const onMessage = (message: FromThread): void => {
      if (message.kind === 'notice') onNotice(message.notice);
      else if (message.kind === 'opened') settle(() => resolve(worker));
      else if (message.kind === 'failed')
        settle(() => {
          void worker.terminate();
          reject(fromSentError(message.error));
        });
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}

function post(worker: Worker, message: ToThread): void {
  worker.postMessage(message);
}

function unavailable(reason: string): TransientError {
  return new TransientError('unavailable', `The answering thread does not work: ${reason}. Try again in a moment.`);
}
