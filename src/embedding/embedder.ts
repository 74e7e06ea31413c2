import { TransientError } from '../user-error.js';
import type {
  EmbeddingTask,
  FromWorker,
  PassageEmbedding,
  QuestionEmbedding,
  TaskResults,
  TokenIds,
} from './protocol.js';
import { type WorkerOptions, WorkerProcess } from './worker-process.js';

/** Passages per task: enough to make messages cheap, few enough that a question waits only a fraction of a second. */
const PASSAGES_PER_TASK = 8;

/** A task whose worker died goes to another worker once. If that one dies too, the task is what kills them. */
const MAX_TASK_ATTEMPTS = 2;

/** How many times to try to start a worker. A start can fail while the machine is briefly out of memory. */
const MAX_START_ATTEMPTS = 5;

/** What a question needs: its embedding, and the vocabulary before the first one. */
const QUESTION_TASKS: ReadonlySet<EmbeddingTask['kind']> = new Set(['question', 'vocabulary']);

/**
 * How long a worker may work on a task before it counts as hung. A question takes a few milliseconds and people are waiting for
 * it; other tasks take up to a few seconds. The limits leave room for a machine that is twenty times as slow.
 */
const QUESTION_TIMEOUT_MS = 4000;
const TASK_TIMEOUT_MS = 30_000;
/** Added for each character to split into tokens, and for each token to embed: a task can be a whole book. */
const TIMEOUT_MS_PER_CHARACTER = 0.06;
const TIMEOUT_MS_PER_TOKEN = 20;

/** Options of {@link Embedder.open}: those of every worker, and the number of workers. */
export interface EmbedderOptions extends WorkerOptions {
  /** Number of worker processes, at least 1. Each has its own copy of the model (about 130 MB for the bundled one). */
  readonly workers: number;
  /** Called when a worker died or hung, and a new one is started in its place. */
  readonly onWorkerLost?: (reason: string) => void;
  /** How many milliseconds a worker may work on a question before it counts as hung. Default: 4,000. */
  readonly questionTimeoutMs?: number;
}

interface PendingTask {
  readonly task: EmbeddingTask;
  attempts: number;
  readonly resolve: (result: TaskResults[keyof TaskResults]) => void;
  readonly reject: (error: Error) => void;
}

/** A running worker and the task it is working on; null while it is idle. */
interface Slot {
  readonly worker: WorkerProcess;
  task: PendingTask | null;
  /** Ends the worker if it does not finish its task. */
  timer: NodeJS.Timeout | null;
  /** Why it was ended; null if it was not. */
  endedBecause: string | null;
}

/** The embedding model, running in worker processes that are replaced when they die or hang. */
export class Embedder {
  readonly #options: EmbedderOptions;
  /** People wait for these. They go ahead of all other tasks, first come, first served. */
  readonly #questions: PendingTask[] = [];
  readonly #tasks: PendingTask[] = [];
  readonly #slots: Slot[] = [];
  #startingCount = 0;
  #isClosed = false;
  #vocabulary: Promise<readonly string[]> | null = null;

  private constructor(
    options: EmbedderOptions,
    /** Numbers in a vector. */
    readonly dimensions: number,
  ) {
    this.#options = options;
  }

  /**
   * Starts the workers and waits until all of them have loaded the model.
   *
   * @throws {UserError} if the model cannot be loaded. No process is left running then.
   * @throws the reason of the signal, if that stopped it. The processes are killed.
   */
  static async open(options: EmbedderOptions): Promise<Embedder> {
    const starts = await Promise.allSettled(
      Array.from({ length: options.workers }, () => WorkerProcess.startAgainIfLost(options, MAX_START_ATTEMPTS)),
    );
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed !== undefined) {
      await Promise.all(started.map((worker) => worker.stop()));
      throw failed.reason;
    }
    const [first] = started;
    if (first === undefined) throw new RangeError('An embedder needs at least one worker');
    const embedder = new Embedder(options, first.dimensions);
    for (const worker of started) embedder.#addWorker(worker);
    return embedder;
  }

  /** Returns the token ids of each text, without special tokens. */
  tokenize(texts: readonly string[]): Promise<readonly TokenIds[]> {
    return this.#run({ kind: 'tokenize', texts });
  }

  /**
   * Embeds passages, spread over all workers.
   *
   * @param passages The token ids of each passage, as `tokenize` returns them. Any length: long ones are split into windows.
   * @returns One embedding per passage, in the same order.
   */
  async embedPassages(passages: readonly TokenIds[]): Promise<PassageEmbedding[]> {
    const tasks: Promise<readonly PassageEmbedding[]>[] = [];
    for (let start = 0; start < passages.length; start += PASSAGES_PER_TASK) {
      tasks.push(this.#run({ kind: 'embed', passages: passages.slice(start, start + PASSAGES_PER_TASK) }));
    }
    return (await Promise.all(tasks)).flat();
  }

  /**
   * Process ids of the workers.
   *
   * @internal For tests.
   */
  get workerPids(): number[] {
    return this.#slots.flatMap(({ worker }) => worker.pid ?? []);
  }

  /** Embeds a question, ahead of all passages that are waiting and after the questions that came before it. */
  embedQuestion(text: string): Promise<QuestionEmbedding> {
    return this.#run({ kind: 'question', text });
  }

  /**
   * Measures the mean token vector of texts. It is what all token vectors have in common; without subtracting it, many bits
   * would be the same in every sign code.
   *
   * @returns `dimensions` floats.
   */
  measureCentre(texts: readonly string[]): Promise<Float32Array> {
    return this.#run({ kind: 'measure-centre', texts });
  }

  /** Returns the text of every token, by token id. */
  vocabulary(): Promise<readonly string[]> {
    this.#vocabulary ??= this.#run({ kind: 'vocabulary' });
    return this.#vocabulary;
  }

  /** Ends the workers and rejects unfinished tasks. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = this.#slots.flatMap(({ task }) => (task === null ? [] : [task]));
    for (const { timer } of this.#slots) clearTimeout(timer ?? undefined);
    for (const { reject } of [...this.#takeWaiting(), ...running]) reject(new Error('The embedder was closed'));
    await Promise.all(this.#slots.map(({ worker }) => worker.stop()));
  }

  #run<Kind extends EmbeddingTask['kind']>(task: EmbeddingTask & { kind: Kind }): Promise<TaskResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error('The embedder is closed'));
      this.#queueOf(task).push({ task, attempts: 0, resolve: resolve as PendingTask['resolve'], reject });
      // All earlier attempts to start a worker failed, but this one may succeed.
      if (this.#slots.length + this.#startingCount === 0) this.#startReplacement(1);
      this.#dispatch();
    });
  }

  #queueOf({ kind }: EmbeddingTask): PendingTask[] {
    return QUESTION_TASKS.has(kind) ? this.#questions : this.#tasks;
  }

  #takeWaiting(): PendingTask[] {
    return [...this.#questions.splice(0), ...this.#tasks.splice(0)];
  }

  /** Gives every idle worker the next task. */
  #dispatch(): void {
    for (const slot of this.#slots) {
      if (slot.task !== null || slot.endedBecause !== null) continue;
      const next = this.#questions.shift() ?? this.#tasks.shift();
      if (next === undefined) return;
      next.attempts += 1;
      slot.task = next;
      const timeoutMs = this.#timeoutOf(next.task);
      slot.timer = setTimeout(() => {
        slot.endedBecause = `A model process did not answer within ${Math.round(timeoutMs / 1000)} s`;
        slot.worker.kill();
      }, timeoutMs).unref();
      slot.worker.run(next.task);
    }
  }

  #timeoutOf(task: EmbeddingTask): number {
    if (QUESTION_TASKS.has(task.kind)) return this.#options.questionTimeoutMs ?? QUESTION_TIMEOUT_MS;
    if (task.kind === 'tokenize') return TASK_TIMEOUT_MS + lengthOf(task.texts) * TIMEOUT_MS_PER_CHARACTER;
    return TASK_TIMEOUT_MS + (task.kind === 'embed' ? lengthOf(task.passages) * TIMEOUT_MS_PER_TOKEN : 0);
  }

  #addWorker(worker: WorkerProcess): void {
    const slot: Slot = { worker, task: null, timer: null, endedBecause: null };
    this.#slots.push(slot);
    worker.onReply((message) => this.#finishTask(slot, message));
    worker.onExit((ending) => this.#replaceWorker(slot, slot.endedBecause ?? `A model process ended (${ending})`));
  }

  #finishTask(slot: Slot, message: FromWorker): void {
    const { task } = slot;
    slot.task = null;
    clearTimeout(slot.timer ?? undefined);
    if (message.kind === 'result') task?.resolve(message.result);
    else if (message.kind === 'failed') task?.reject(new Error(message.message));
    this.#dispatch();
  }

  /** Removes a worker that died, puts its task back into the queue and starts another worker. */
  #replaceWorker(slot: Slot, reason: string): void {
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    clearTimeout(slot.timer ?? undefined);
    if (this.#isClosed) return;
    this.#options.onWorkerLost?.(reason);
    const { task } = slot;
    if (task !== null && task.attempts < MAX_TASK_ATTEMPTS) this.#queueOf(task.task).unshift(task);
    else task?.reject(failedError(reason));
    this.#startReplacement(MAX_START_ATTEMPTS);
  }

  #startReplacement(maxAttempts: number): void {
    this.#startingCount += 1;
    WorkerProcess.startWithRetries(this.#options, maxAttempts, () => this.#isClosed).then(
      (worker) => {
        this.#startingCount -= 1;
        if (this.#isClosed) void worker.stop();
        else this.#addWorker(worker);
        this.#dispatch();
      },
      (error: unknown) => {
        this.#startingCount -= 1;
        if (this.#isClosed || this.#slots.length + this.#startingCount > 0) return;
        // The reason is for whoever runs Footnote, not for the people whose questions are waiting: it goes into `cause`.
        for (const { reject } of this.#takeWaiting()) reject(startError(error));
      },
    );
  }
}

function lengthOf(parts: readonly { readonly length: number }[]): number {
  return parts.reduce((total, { length }) => total + length, 0);
}

function failedError(reason: string): TransientError {
  return new TransientError(
    'unavailable',
    `Embedding failed after ${MAX_TASK_ATTEMPTS} attempts: ${reason}. Try again; if it keeps failing, run \`footnote doctor\`.`,
  );
}

function startError(cause: unknown): TransientError {
  return new TransientError(
    'unavailable',
    'The embedding model cannot be started: the machine may be out of memory. Try again; if it keeps failing, run `footnote doctor`.',
    { cause },
  );
}
