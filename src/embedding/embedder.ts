import { Worker } from 'node:worker_threads';
// For its effect: when the last thread that loaded this addon ends, it cannot be loaded again ("Module did not self-register").
// The main thread never ends, so a new worker always finds it.
import 'onnxruntime-node';
import type { Model } from './model.js';
import type {
  EmbeddingTask,
  FromWorker,
  PassageEmbedding,
  QuestionEmbedding,
  TaskResults,
  TokenIds,
  WorkerSetup,
} from './protocol.js';

/** Of a text's tokens in one task: large enough that messages cost nothing, small enough that a question waits a fraction of a second. */
const PASSAGES_PER_TASK = 8;

/** A task whose worker died is given to another once; the second time it is the task that kills them. */
const ATTEMPTS = 2;

export interface EmbedderOptions {
  readonly model: Model;
  /** Mean token vector of the library's codes, from `measureCentre`; null only to measure it. */
  readonly centre: Float32Array | null;
  readonly rotationSeed: number;
  /** Threads that run the model, each with a copy of it (about 70 MB for the bundled one). */
  readonly workers: number;
  /** The program a worker thread runs. */
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
  worker: Worker;
  current: PendingTask | null;
}

/** The embedding model, in worker threads. */
export class Embedder {
  readonly #options: EmbedderOptions;
  readonly #queue: PendingTask[] = [];
  readonly #slots: Slot[] = [];
  #closed = false;
  #vocabulary: Promise<readonly string[]> | null = null;

  private constructor(
    options: EmbedderOptions,
    /** Numbers in a passage vector. */
    readonly dimensions: number,
  ) {
    this.#options = options;
  }

  /** Starts the worker threads. @throws when the model cannot be loaded. */
  static async open(options: EmbedderOptions): Promise<Embedder> {
    const [first, ...others] = await Promise.all(Array.from({ length: options.workers }, () => startWorker(options)));
    if (first === undefined) throw new RangeError('An embedder needs at least one worker');
    const embedder = new Embedder(options, first.dimensions);
    for (const { worker } of [first, ...others]) embedder.#adopt(worker);
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

  /** Ends the threads; tasks that wait are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const pending = [...this.#queue.splice(0), ...this.#slots.flatMap(({ current }) => (current === null ? [] : [current]))];
    for (const task of pending) task.reject(new Error('The embedder was closed'));
    await Promise.all(this.#slots.map(({ worker }) => worker.terminate()));
  }

  #run<Kind extends EmbeddingTask['kind']>(task: EmbeddingTask & { kind: Kind }, place: 'first' | 'last' = 'last'): Promise<TaskResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('The embedder is closed'));
      const pending: PendingTask = { task, attempts: 0, resolve: resolve as PendingTask['resolve'], reject };
      if (place === 'first') this.#queue.unshift(pending);
      else this.#queue.push(pending);
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
      slot.worker.postMessage(next.task);
    }
  }

  #adopt(worker: Worker): void {
    const slot: Slot = { worker, current: null };
    this.#slots.push(slot);
    worker.on('message', (message: FromWorker) => {
      const pending = slot.current;
      slot.current = null;
      if (message.kind === 'result') pending?.resolve(message.result);
      else if (message.kind === 'failed') pending?.reject(new Error(message.message));
      this.#dispatch();
    });
    // An error is followed by the exit, which does the rest.
    worker.on('error', () => {});
    worker.on('exit', (code) => this.#replace(slot, `the worker thread ended with code ${code}`));
  }

  #replace(slot: Slot, reason: string): void {
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    if (this.#closed) return;
    this.#options.onWorkerLost?.(reason);
    const lost = slot.current;
    if (lost !== null && lost.attempts < ATTEMPTS) this.#queue.unshift(lost);
    else lost?.reject(new Error(`The embedding failed ${ATTEMPTS} times: ${reason}`));
    startWorker(this.#options).then(
      ({ worker }) => {
        if (this.#closed) void worker.terminate();
        else this.#adopt(worker);
        this.#dispatch();
      },
      (error: Error) => {
        if (this.#slots.length > 0) return;
        for (const pending of this.#queue.splice(0)) pending.reject(error);
      },
    );
  }
}

async function startWorker(options: EmbedderOptions): Promise<{ worker: Worker; dimensions: number }> {
  const setup: WorkerSetup = {
    modelId: options.model.id,
    modelsFolder: options.model.modelsFolder,
    modelFile: options.model.modelFile,
    centre: options.centre,
    rotationSeed: options.rotationSeed,
  };
  const worker = new Worker(options.workerFile ?? new URL('./worker.js', import.meta.url), { workerData: setup });
  return new Promise((resolve, reject) => {
    const started = (message: FromWorker): void => {
      // By name: removing all listeners would also remove those by which Node delivers messages.
      worker.off('error', failed);
      worker.off('exit', ended);
      if (message.kind === 'ready') resolve({ worker, dimensions: message.dimensions });
      else reject(new Error(`The model ${options.model.id} could not be started`));
    };
    const failed = (error: unknown): void => reject(new Error(`The model ${options.model.id} could not be loaded: ${String(error)}`, { cause: error }));
    const ended = (code: number): void => reject(new Error(`The thread of the model ${options.model.id} ended with code ${code} while starting`));
    worker.once('message', started);
    worker.once('error', failed);
    worker.once('exit', ended);
  });
}
