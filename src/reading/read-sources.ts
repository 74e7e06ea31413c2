import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.js';
import { systemCode } from '../user-error.js';
import type { ReadingReply, ReadingRequest } from './reading-protocol.js';
import { MAX_ARTICLE_BYTES, type ReadResult } from './source-article.js';
import type { SourceFile, SourceListing } from './source-files.js';

const WORKER_FILE = builtFile('reading/reading-worker.js');

/** How much one article may cost to read. */
export interface ReadingLimits {
  /** Milliseconds for the smallest article. */
  readonly ms: number;
  /** Milliseconds more for each megabyte of the file. */
  readonly msPerMegabyte: number;
  /** Megabytes of memory for reading. */
  readonly memoryMegabytes: number;
}

/**
 * Markdown takes longest: about 4 seconds and 200 MB for a megabyte. A machine five times as slow still has the time for that. The
 * memory is what Node.js allows a process on this machine.
 */
export const READING_LIMITS: ReadingLimits = {
  ms: 20_000,
  msPerMegabyte: 20_000,
  memoryMegabytes: Math.round(getHeapStatistics().heap_size_limit / 2 ** 20),
};

/** What was read of one file, in one go. */
export interface SourceReading {
  readonly source: SourceFile;
  /** In the order of the file. */
  readonly results: readonly ReadResult[];
  /** Whether this is all that there is of the file. */
  readonly isLast: boolean;
}

/** How to read. */
export interface ReadSourcesOptions {
  /** Ends reading at once, wherever it is. What was not read yet is not reported. */
  readonly signal?: AbortSignal | undefined;
  /** Default: {@link READING_LIMITS}. */
  readonly limits?: ReadingLimits;
}

/**
 * Reads all files of a listing, in order and in a thread of its own: the collection files, whose problems are warnings, then the
 * articles. A file that takes too long or too much memory is skipped, and another thread reads the rest. While one file is used, the
 * next is read.
 */
export async function* readSources(
  { collectionFiles, files }: Pick<SourceListing, 'collectionFiles' | 'files'>,
  { signal, limits = READING_LIMITS }: ReadSourcesOptions = {},
): AsyncGenerator<SourceReading> {
  const requests: FileRequest[] = [
    ...collectionFiles.map((source) => ({ kind: 'collection', source }) as const),
    ...files.map((source) => ({ kind: 'articles', source }) as const),
  ].toReversed();
  const thread = new ReadingThread(limits, signal);
  try {
    let file = requests.pop();
    let pending = file && thread.start(file);
    while (file !== undefined && pending !== undefined) {
      const reply = await pending;
      if (reply === null) return;
      const { source } = file;
      if (reply.isLast) file = requests.pop();
      pending = reply.isLast ? file && thread.start(file) : thread.continue();
      yield { source, ...reply };
    }
    thread.release();
  } finally {
    thread.stop();
  }
}

/** How long a thread that has read everything is kept: starting another one loads all parsers again. */
const SPARE_MS = 10_000;

/** A thread with nothing to do. */
interface SpareThread {
  readonly worker: Worker;
  readonly memoryMegabytes: number;
  readonly timer: NodeJS.Timeout;
}

let spare: SpareThread | null = null;

function keepSpare(worker: Worker, memoryMegabytes: number): void {
  endSpare();
  removeOurListeners(worker);
  worker.on('error', endSpare);
  worker.unref();
  spare = { worker, memoryMegabytes, timer: setTimeout(endSpare, SPARE_MS).unref() };
}

function takeSpare(memoryMegabytes: number): Worker | null {
  if (spare === null || spare.memoryMegabytes !== memoryMegabytes) return null;
  const { worker, timer } = spare;
  spare = null;
  clearTimeout(timer);
  removeOurListeners(worker);
  worker.ref();
  return worker;
}

/** Node.js has listeners of its own, which start the channel of the thread again. */
function removeOurListeners(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

function endSpare(): void {
  const ended = spare;
  spare = null;
  clearTimeout(ended?.timer);
  void ended?.worker.terminate();
}

type FileRequest = Exclude<ReadingRequest, { kind: 'next' } | { kind: 'begin' }>;

/** What was read for one request. */
type Batch = Omit<SourceReading, 'source'>;

/** How a request ended: done, refused because of a limit or an error, or stopped. */
type Outcome = { readonly isLast: boolean } | { readonly problem: string } | null;

/** A thread that reads, replaced by another one when it had to be stopped. It works on one request at a time. */
class ReadingThread {
  readonly #limits: ReadingLimits;
  readonly #signal: AbortSignal | undefined;
  /** The collection files that could be read: another thread has to know them too. */
  readonly #collectionFiles: SourceFile[] = [];
  readonly #stop = (): void => this.stop();
  #worker: Worker | null = null;
  #file: FileRequest | null = null;
  /** What was read for the current request. */
  #results: ReadResult[] = [];
  /** The last article, or line, of the file that was read. */
  #lastArticle: string | null = null;
  #settle: (outcome: Outcome) => void = () => {};

  constructor(limits: ReadingLimits, signal: AbortSignal | undefined) {
    this.#limits = limits;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#stop);
  }

  /** Starts to read a file. @returns null if reading was stopped. */
  start(file: FileRequest): Promise<Batch | null> {
    this.#file = file;
    this.#lastArticle = null;
    return this.#ask(file, file);
  }

  /** Goes on with the file that was started. @returns null if reading was stopped. */
  continue(): Promise<Batch | null> {
    return this.#file === null ? Promise.resolve(null) : this.#ask({ kind: 'next' }, this.#file);
  }

  /** Keeps the thread for whoever reads next. Call it when everything has been read. */
  release(): void {
    const worker = this.#worker;
    this.#worker = null;
    if (worker !== null) keepSpare(worker, this.#limits.memoryMegabytes);
  }

  /** Ends the thread, and reading with it. */
  stop(): void {
    this.#signal?.removeEventListener('abort', this.#stop);
    this.#endWorker();
    this.#settle(null);
  }

  async #ask(request: ReadingRequest, file: FileRequest): Promise<Batch | null> {
    if (this.#signal?.aborted) return null;
    this.#results = [];
    const begun = this.#worker === null ? await this.#begin(file.source) : { isLast: true };
    const outcome = begun === null || 'problem' in begun ? begun : await this.#outcomeOf(request, file.source);
    if (outcome === null) return null;
    if ('problem' in outcome) {
      this.#endWorker();
      return { results: [...this.#results, this.#problemOf(file, outcome.problem)], isLast: true };
    }
    if (file.kind === 'collection') this.#collectionFiles.push(file.source);
    return { results: this.#results, isLast: outcome.isLast };
  }

  #begin(source: SourceFile): Promise<Outcome> {
    this.#worker = this.#startWorker();
    return this.#outcomeOf({ kind: 'begin', collectionFiles: this.#collectionFiles }, source);
  }

  #outcomeOf(request: ReadingRequest, source: SourceFile): Promise<Outcome> {
    const { ms, msPerMegabyte } = this.#limits;
    const limit = ms + (msPerMegabyte * Math.min(source.bytes, MAX_ARTICLE_BYTES)) / 1_000_000;
    return new Promise((resolve) => {
      const tooLong = `takes more than ${Math.round(limit / 1000)} s to read: simplify it, split it or save its text as .txt`;
      let timer: NodeJS.Timeout | undefined;
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        resolve(outcome);
      };
      // This thread may have been busy itself: an answer that has arrived in the meantime counts.
      timer = setTimeout(() => setImmediate(() => settle({ problem: tooLong })), limit);
      this.#settle = settle;
      this.#worker?.postMessage(request, []);
    });
  }

  #startWorker(): Worker {
    const { memoryMegabytes } = this.#limits;
    const worker =
      takeSpare(memoryMegabytes) ??
      new Worker(WORKER_FILE, { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } });
    const end = (problem: string): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#settle({ problem });
    };
    worker.on('message', (reply: ReadingReply) => {
      if (this.#worker === worker) this.#take(reply);
    });
    worker.on('error', (error) =>
      end(
        systemCode(error) === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `needs more than ${this.#limits.memoryMegabytes} MB of memory to read: split it`
          : `could not be read (${error.message}): please report this, and save the text as .txt in the meantime`,
      ),
    );
    worker.on('exit', () => end('could not be read (its thread ended): please report this'));
    return worker;
  }

  #take(reply: ReadingReply): void {
    if (reply.kind === 'end') {
      this.#settle(reply);
      return;
    }
    const { result } = reply;
    this.#results.push(result);
    this.#lastArticle = result.kind === 'article' ? result.article.file : result.file;
  }

  #endWorker(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #problemOf({ kind, source: { file } }: FileRequest, problem: string): ReadResult {
    if (kind === 'collection') return { kind: 'warning', file, reason: `it ${problem}` };
    if (this.#lastArticle === null) return { kind: 'skipped', file, reason: `it ${problem}` };
    // Only a bulk file has further articles.
    const reason = `the line after ${this.#lastArticle} ${problem}. The lines from there on were not read`;
    return { kind: 'skipped', file, reason };
  }
}
