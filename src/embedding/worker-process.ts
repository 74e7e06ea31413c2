import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtFile } from '../built-file.js';
import { UserError } from '../user-error.js';
import type { Model } from './model.js';
import type { EmbeddingTask, FromWorker, ToWorker } from './protocol.js';

const WORKER_FILE = builtFile('embedding/worker.js');

/** The pause before the second attempt at starting a worker. Each later pause is this much longer. */
const RETRY_PAUSE_MS = 200;

/** How long a worker may take to load the model: under a second on most machines, far longer from a cold disk. */
const START_TIMEOUT_MS = 120_000;

/** How long a worker may take to end after it was disconnected, before it is killed. */
const SHUTDOWN_GRACE_MS = 2000;

/** Ctrl-C signals every process of a terminal. A worker may end this much earlier than the signal is heard here. */
const INTERRUPT_MS = 1000;

/** The model of a worker process, and the parameters of its sign codes. */
export interface WorkerOptions {
  readonly model: Model;
  /**
   * The mean token vector subtracted before a token's signs are taken: the one stored in the index, from `centreFor`, or from
   * `measureCentre`. Null only for measuring it.
   */
  readonly centre: Float32Array | null;
  /** Seed of the random rotation of token vectors. The same seed gives the same rotation on every machine. */
  readonly rotationSeed: number;
  /** The program of the worker process. Default: `worker.js` in this folder. */
  readonly workerFile?: URL;
  /** Kills the process if it is aborted before the model is loaded. */
  readonly signal?: AbortSignal | undefined;
}

/** A worker that was killed or hung while it was starting. Another attempt may succeed. */
class WorkerLost extends UserError {
  override readonly name = 'WorkerLost';
}

/** One process that runs the model. */
export class WorkerProcess {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    /** Numbers in a vector. */
    readonly dimensions: number,
  ) {
    this.#child = child;
  }

  /**
   * Starts a process and waits until it has loaded the model.
   *
   * @throws {UserError} if the model cannot be loaded or the process ends.
   * @throws the reason of the signal, if that stopped it.
   */
  static async start(options: WorkerOptions): Promise<WorkerProcess> {
    const { centre, rotationSeed, workerFile = WORKER_FILE, signal } = options;
    signal?.throwIfAborted();
    const { id: modelId, modelsFolder, modelFile } = options.model;
    const child = fork(fileURLToPath(workerFile), {
      // Carries typed arrays.
      serialization: 'advanced',
      // Standard output is reserved for answers.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    send(child, { kind: 'setup', setup: { modelId, modelsFolder, modelFile, centre, rotationSeed } });
    const kill = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', kill, { once: true });
    try {
      return new WorkerProcess(child, await waitUntilReady(child, options.model));
    } catch (error) {
      if (isInterrupted(child) && signal?.aborted === false) {
        await once(signal, 'abort', { signal: AbortSignal.timeout(INTERRUPT_MS) }).catch(() => {});
      }
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  /**
   * Starts a process, trying again with longer pauses if the machine is out of memory for a moment.
   *
   * @param maxAttempts At least 1.
   * @param isFinal Asked after each failure; once it returns true, there are no further attempts.
   * @throws {UserError} if the last attempt fails.
   */
  static async startWithRetries(
    options: WorkerOptions,
    maxAttempts: number,
    isFinal: (error: unknown) => boolean,
  ): Promise<WorkerProcess> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await WorkerProcess.start(options);
      } catch (error) {
        if (attempt >= maxAttempts || isFinal(error)) throw error;
        await sleep(RETRY_PAUSE_MS * attempt);
      }
    }
  }

  /**
   * Starts a process, and starts it again if it was killed meanwhile. A model that cannot be loaded fails at once.
   *
   * @throws {UserError} if the model cannot be loaded, or the last attempt fails.
   */
  static startAgainIfLost(options: WorkerOptions, maxAttempts: number): Promise<WorkerProcess> {
    return WorkerProcess.startWithRetries(options, maxAttempts, (error) => !(error instanceof WorkerLost));
  }

  /** The process id, or undefined if the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a task. The reply arrives at the listener of `onReply`. */
  run(task: EmbeddingTask): void {
    send(this.#child, { kind: 'task', task });
  }

  /** Calls a function with every message from the process. */
  onReply(listener: (message: FromWorker) => void): void {
    onMessage(this.#child, listener);
  }

  /**
   * Calls a function when the process ends, or right away if it has ended already.
   *
   * @param listener Receives how it ended: the signal, or "code 1".
   */
  onExit(listener: (ending: string) => void): void {
    const { exitCode, signalCode } = this.#child;
    this.#child.on('exit', (code, signal) => listener(describeEnding(code, signal)));
    // It may have ended while other workers were still starting, before anyone was listening.
    if (hasEnded(this.#child)) listener(describeEnding(exitCode, signalCode));
  }

  /** Kills the process at once, also one that is stopped or hangs. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends the process. It ends by itself when it is disconnected; if it hangs, it is killed after two seconds. */
  async stop(): Promise<void> {
    if (hasEnded(this.#child)) return;
    const exit = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), SHUTDOWN_GRACE_MS);
    await exit;
    clearTimeout(timer);
  }
}

/** Returns the dimensions of the model's vectors once the process has loaded it. */
function waitUntilReady(child: ChildProcess, { id, modelsFolder }: Model): Promise<number> {
  return new Promise((resolve, reject) => {
    const unusable = (what: string): string =>
      `The model ${id} in ${modelsFolder} cannot be used: its process ${what}. ` +
      'Set FOOTNOTE_MODEL to a sentence embedding model, or unset it to use the bundled one.';
    const rejectExit = (code: number | null, signal: string | null): void => {
      clearTimeout(timer);
      const message = unusable(`ended (${describeEnding(code, signal)})`);
      reject(signal === null ? new UserError(message) : new WorkerLost(message));
    };
    const timer = setTimeout(() => {
      child.off('exit', rejectExit);
      child.kill('SIGKILL');
      reject(new WorkerLost(unusable(`was not ready after ${START_TIMEOUT_MS / 1000} s`)));
    }, START_TIMEOUT_MS);
    child.once('error', reject);
    child.once('exit', rejectExit);
    const stopListening = onMessage(child, (message) => {
      stopListening();
      clearTimeout(timer);
      child.off('exit', rejectExit);
      if (message.kind === 'ready') return resolve(message.dimensions);
      child.kill('SIGKILL');
      const reason = message.kind === 'failed' ? message.message : 'it did not start';
      reject(
        new UserError(
          `The model ${id} in ${modelsFolder} cannot be loaded (${reason}). Its files are damaged or in another format. ` +
            'Delete its folder to download it again, or restore the bundled model with `git checkout -- models`.',
        ),
      );
    });
  });
}

function send(child: ChildProcess, message: ToWorker): void {
  // A process that has just ended is noticed by its exit; the error of the failed message would say the same.
  child.send(message, () => {});
}

/**
 * Calls a function with every message of the worker. Node.js itself sends others, such as the files that a process loads
 * under `node --watch`.
 *
 * @returns a function that stops this.
 */
function onMessage(child: ChildProcess, listener: (message: FromWorker) => void): () => void {
  const filtered = (message: object): void => {
    if ('kind' in message) listener(message as FromWorker);
  };
  child.on('message', filtered);
  return () => child.off('message', filtered);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function isInterrupted({ signalCode }: ChildProcess): boolean {
  return signalCode === 'SIGINT' || signalCode === 'SIGTERM';
}

function describeEnding(code: number | null, signal: string | null): string {
  return signal ?? `code ${code}`;
}
