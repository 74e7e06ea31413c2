import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../user-error.js';
import type { Model } from './model.js';
import type {
  EmbeddingTask,
  FromWorker,
  PassageEmbedding,
  QuestionEmbedding,
  TaskResults,
  TokenIds,
  ToWorker,
} from './protocol.js';

/** Passages in one task: large enough that messages cost nothing, small enough that a question waits a fraction of a second. */
const PASSAGES_PER_TASK = 8;

/** A task whose worker died is given to another once; the second time it is the task that kills them. */
const ATTEMPTS = 2;

/** A worker that cannot be started (the machine has no memory for the moment) is tried again, with longer pauses. */
const START_ATTEMPTS = 5;
const START_PAUSE_MS = 200;

/**
 * The worker's program. From the TypeScript source, as in tests, it is the built one: Node.js 20 runs no TypeScript.
 */
const WORKER_FILE = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/embedding/worker.js', import.meta.url)
  : new URL('./worker.js', import.meta.url);

export interface EmbedderOptions {
  readonly model: Model;
  /** Mean token vector of the library's codes, from `measureCentre`; null only to measure it. */
  readonly centre: Float32Array | null;
  readonly rotationSeed: number;
  /** Processes that run the model, each with a copy of it (about 130 MB for the bundled one). */
  readonly workers: number;
  /** The program of a worker process. */
  readonly workerFile?: URL;
  /** Told when a worker died and another takes its place. */
  readonly onWorkerLost?: (reason: string) => void;
}

interface PendingTask {
  readonly task: EmbeddingTask;
  attempts: number;
  readonly resolve: (result: TaskResults[keyof TaskResults]) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly worker: ChildProcess;
  current: PendingTask | null;
}

/** The embedding model, in worker processes. */
export class Embedder {
  readonly #options: EmbedderOptions;
  readonly #queue: PendingTask[] = [];
  readonly #slots: Slot[] = [];
  #starting = 0;
  #closed = false;
  #vocabulary: Promise<readonly string[]> | null = null;

  private constructor(
    options: EmbedderOptions,
    /** Numbers in a passage vector. */
    readonly dimensions: number,
  ) {
    this.#options = options;
  }

  /** Starts the workers. @throws when the model cannot be loaded. */
  static async open(options: EmbedderOptions): Promise<Embedder> {
    const starts = await Promise.allSettled(Array.from({ length: options.workers }, () => startWorker(options)));
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed !== undefined) {
      await Promise.all(started.map(({ worker }) => end(worker)));
      throw failed.reason;
    }
    const [first] = started;
    if (first === undefined) throw new RangeError('An embedder needs at least one worker');
    const embedder = new Embedder(options, first.dimensions);
    for (const { worker } of started) embedder.#adopt(worker);
    return embedder;
  }

  /** The token ids of each text. */
  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]> {
    return this.#run({ kind: 'tokenize', texts });
  }

  /** Embeds passages given as token ids, spread over all workers. The order is kept. */
  async embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]> {
    const tasks: Promise<readonly PassageEmbedding[]>[] = [];
    for (let start = 0; start < passages.length; start += PASSAGES_PER_TASK) {
      tasks.push(this.#run({ kind: 'embed', passages: passages.slice(start, start + PASSAGES_PER_TASK) }));
    }
    return (await Promise.all(tasks)).flat();
  }

  /** Process ids of the workers. */
  get workerPids(): number[] {
    return this.#slots.flatMap(({ worker }) => worker.pid ?? []);
  }

  /** Embeds a question, before any passage that waits. */
  embedQuestion(text: string): Promise<QuestionEmbedding> {
    return this.#run({ kind: 'question', text }, 'first');
  }

  /** The mean token vector over texts: what all token vectors have in common, which would be the same bit in every code. */
  measureCentre(texts: readonly string[]): Promise<Float32Array> {
    return this.#run({ kind: 'measure-centre', texts });
  }

  /** The text of every token, by token id. */
  vocabulary(): Promise<readonly string[]> {
    this.#vocabulary ??= this.#run({ kind: 'vocabulary' });
    return this.#vocabulary;
  }

  /** Ends the workers; tasks that wait are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const pending = [
      ...this.#queue.splice(0),
      ...this.#slots.flatMap(({ current }) => (current === null ? [] : [current])),
    ];
    for (const task of pending) task.reject(new Error('The embedder was closed'));
    await Promise.all(this.#slots.map(({ worker }) => end(worker)));
  }

  #run<Kind extends EmbeddingTask['kind']>(
    task: EmbeddingTask & { kind: Kind },
    place: 'first' | 'last' = 'last',
  ): Promise<TaskResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('The embedder is closed'));
      const pending: PendingTask = { task, attempts: 0, resolve: resolve as PendingTask['resolve'], reject };
      if (place === 'first') this.#queue.unshift(pending);
      else this.#queue.push(pending);
      // All attempts at starting one failed before: perhaps it can be started now.
      if (this.#slots.length + this.#starting === 0) this.#start(1);
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.current !== null) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      next.attempts += 1;
      slot.current = next;
      send(slot.worker, { kind: 'task', task: next.task });
    }
  }

  #adopt(worker: ChildProcess): void {
    const slot: Slot = { worker, current: null };
    this.#slots.push(slot);
    worker.on('message', (message: FromWorker) => {
      const pending = slot.current;
      slot.current = null;
      if (message.kind === 'result') pending?.resolve(message.result);
      else if (message.kind === 'failed') pending?.reject(new Error(message.message));
      this.#dispatch();
    });
    const lost = (code: number | null, signal: string | null): void =>
      this.#replace(slot, `A process of the embedding model ended (${signal ?? `code ${code}`})`);
    worker.on('exit', lost);
    // It may have ended before anybody listened, while the others were starting.
    if (worker.exitCode !== null || worker.signalCode !== null) lost(worker.exitCode, worker.signalCode);
  }

  #replace(slot: Slot, reason: string): void {
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    if (this.#closed) return;
    this.#options.onWorkerLost?.(reason);
    const lost = slot.current;
    if (lost !== null && lost.attempts < ATTEMPTS) this.#queue.unshift(lost);
    else lost?.reject(new Error(`The embedding failed ${ATTEMPTS} times: ${reason}`));
    this.#start(START_ATTEMPTS);
  }

  /** Starts a worker in the place of a lost one. */
  #start(attempts: number): void {
    this.#starting += 1;
    startPatiently(this.#options, attempts, () => this.#closed).then(
      ({ worker }) => {
        this.#starting -= 1;
        if (this.#closed) void end(worker);
        else this.#adopt(worker);
        this.#dispatch();
      },
      (error: unknown) => {
        this.#starting -= 1;
        if (this.#closed || this.#slots.length + this.#starting > 0) return;
        // Not the reason itself, which is for whoever runs this, and tasks come from people who ask.
        for (const pending of this.#queue.splice(0))
          pending.reject(new Error('The embedding model cannot be started', { cause: error }));
      },
    );
  }
}

async function startPatiently(
  options: EmbedderOptions,
  attempts: number,
  isClosed: () => boolean,
): ReturnType<typeof startWorker> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startWorker(options);
    } catch (error) {
      if (attempt >= attempts || isClosed()) throw error;
      await sleep(START_PAUSE_MS * attempt);
    }
  }
}

async function startWorker(options: EmbedderOptions): Promise<{ worker: ChildProcess; dimensions: number }> {
  const { id: modelId, modelsFolder, modelFile } = options.model;
  const file = options.workerFile ?? WORKER_FILE;
  // Advanced serialisation carries typed arrays. Standard output belongs to the answers.
  const worker = fork(fileURLToPath(file), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  send(worker, {
    kind: 'setup',
    setup: { modelId, modelsFolder, modelFile, centre: options.centre, rotationSeed: options.rotationSeed },
  });
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(
        new UserError(
          `The model ${modelId} in ${modelsFolder} cannot be used: its process ended (${signal ?? `code ${code}`}). Choose a sentence embedding model with FOOTNOTE_MODEL, or unset it.`,
        ),
      );
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (message: FromWorker) => {
      worker.off('exit', ended);
      if (message.kind === 'ready') return resolve({ worker, dimensions: message.dimensions });
      worker.kill('SIGKILL');
      const what = message.kind === 'failed' ? message.message : 'it did not start';
      reject(
        new UserError(
          `The model ${modelId} in ${modelsFolder} cannot be loaded (${what}). Its files are damaged or of another kind: delete its folder to have it fetched anew; the bundled one is restored by: git checkout -- models`,
        ),
      );
    });
  });
}

function send(worker: ChildProcess, message: ToWorker): void {
  // A worker that has just ended is noticed by its exit; the failed message would only say the same.
  worker.send(message, () => {});
}

/** A worker ends by itself when it is disconnected; one that hangs is killed. */
async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exit = once(worker, 'exit');
  if (worker.connected) worker.disconnect();
  const timer = setTimeout(() => worker.kill('SIGKILL'), 2000);
  await exit;
  clearTimeout(timer);
}
