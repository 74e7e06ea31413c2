import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { withPinned } from '../answering/pinned-answer.js';
import type { Engine, EngineSource } from '../engine.js';
import { TransientError } from '../user-error.js';
import {
  type Call,
  type CallResults,
  type FromThread,
  fromSentError,
  type ThreadSetup,
  type ToThread,
} from './messages.js';

/** The program of the thread. From TypeScript source, as in tests, the built one: Node.js 20 cannot run TypeScript. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/engine-thread/program.js', import.meta.url)
  : new URL('./program.js', import.meta.url);

/** A thread that computes for longer than this without looking at its messages counts as hung. */
const PONG_TIMEOUT_MS = 5000;

/** A call whose thread died goes to the next thread once. If that one dies too, the call is what kills them. */
const MAX_CALL_ATTEMPTS = 2;

/** How many times to try to start a thread in place of another. Each pause is this much longer than the one before. */
const MAX_START_ATTEMPTS = 5;
const RETRY_PAUSE_MS = 200;

/** How long a thread may take to close its engine before it is ended. */
const SHUTDOWN_GRACE_MS = 3000;

/** What has failed and was started again since the engine was opened. */
export interface EngineHealth {
  /** Model processes that died or hung. */
  readonly replacedModels: number;
  /** Answering threads that died or hung. */
  readonly replacedThreads: number;
  /** When something was last replaced; null if nothing was. */
  readonly replacedAt: Date | null;
}

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
  readonly id: number;
  readonly call: Call;
  readonly timer: NodeJS.Timeout;
  attempts: number;
  readonly resolve: (result: CallResults[Call['kind']]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * An engine in a thread of its own, so that no question keeps this thread from its events. A thread that dies or hangs is
 * replaced, and what it was asked is asked again, once.
 */
export class EngineThread implements Pick<Engine, 'ask' | 'findSources' | 'embed' | 'close'> {
  readonly #options: EngineThreadOptions;
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;
  /** Null while a new thread is starting. */
  #worker: Worker | null = null;
  #isStarting = false;
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
  findSources(...[text, { scope = null } = {}]: Parameters<Engine['findSources']>): ReturnType<Engine['findSources']> {
    return this.#run({ kind: 'find-sources', text, scope });
  }

  /** Embeds texts as `Engine.embed` does. */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    return [...(await this.#run({ kind: 'embed', texts }))];
  }

  /** Closes the engine and ends the thread. Calls without a result are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const id of this.#pending.keys()) this.#take(id)?.reject(unavailable('it was closed'));
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
      this.#pending.set(id, { id, call, timer, attempts: 0, resolve: resolve as PendingCall['resolve'], reject });
      // All earlier attempts to start a thread failed, but this one may succeed.
      if (this.#worker === null && !this.#isStarting) void this.#replace(1);
      this.#send(id);
    });
  }

  /** Sends a call to the thread; while a new one is starting, it waits. */
  #send(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined || this.#worker === null) return;
    pending.attempts += 1;
    post(this.#worker, { kind: 'call', id, call: pending.call });
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }

  #giveUp(id: number): void {
    this.#take(id)?.reject(
      new TransientError(
        'too-slow',
        `No answer within ${this.#options.timeoutMs / 1000} s. Ask again, or ask for less.`,
      ),
    );
    const worker = this.#worker;
    if (worker !== null) this.#endIfHung(worker);
  }

  /** Ends a thread that does not look at its messages. Its exit starts another one. */
  #endIfHung(worker: Worker): void {
    const timer = setTimeout(() => void worker.terminate(), PONG_TIMEOUT_MS).unref();
    const onMessage = (message: FromThread): void => {
      if (message.kind !== 'pong') return;
      clearTimeout(timer);
      worker.off('message', onMessage);
    };
    worker.on('message', onMessage);
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
      this.#dropRepeated(reason);
      void this.#replace(MAX_START_ATTEMPTS);
    });
    for (const id of this.#pending.keys()) this.#send(id);
  }

  /** Fails the calls that the ended thread was not the first to work on. */
  #dropRepeated(reason: string): void {
    for (const { id, attempts } of this.#pending.values())
      if (attempts >= MAX_CALL_ATTEMPTS) this.#take(id)?.reject(unavailable(reason));
  }

  async #replace(maxAttempts: number): Promise<void> {
    this.#isStarting = true;
    for (let attempt = 1; !this.#isClosed; attempt++) {
      try {
        const worker = await startWorker(this.#options);
        this.#isStarting = false;
        if (this.#isClosed) await worker.terminate();
        else this.#use(worker);
        return;
      } catch (error) {
        if (attempt < maxAttempts) {
          await sleep(RETRY_PAUSE_MS * attempt);
          continue;
        }
        this.#isStarting = false;
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.onNotice(`The answering thread cannot be started: ${reason}`);
        for (const id of this.#pending.keys()) this.#take(id)?.reject(unavailable(reason));
        return;
      }
    }
  }

  #receive(message: FromThread): void {
    if (message.kind === 'result') this.#take(message.id)?.resolve(message.result);
    else if (message.kind === 'error') this.#take(message.id)?.reject(fromSentError(message.error));
    else if (message.kind === 'notice') this.#options.onNotice(message.notice);
    else if (message.kind === 'model-replaced')
      this.#health = { ...this.#health, replacedModels: this.#health.replacedModels + 1, replacedAt: new Date() };
  }
}

/** Starts a thread and waits until its engine is open. */
function startWorker({ source, onNotice, program = PROGRAM }: EngineThreadOptions): Promise<Worker> {
  const worker = new Worker(program, { workerData: { source } satisfies ThreadSetup });
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
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
