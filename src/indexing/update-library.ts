import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { LibraryWriter } from '../library/library-writer.js';
import type { EmbeddedArticle, IndexedArticle } from '../library/stored-articles.js';
import { readSources, type SourceReading } from '../reading/read-sources.js';
import type { ReadResult } from '../reading/source-article.js';
import type { SourceListing } from '../reading/source-files.js';
import { articleFingerprint } from './article-fingerprint.js';
import { embedArticle, type PassageEmbedder } from './embed-article.js';
import { type Stopping, unlessAborted } from './stopping.js';

/** How many articles are embedded at the same time: enough to keep the workers busy while one article is stored. */
const ARTICLES_IN_FLIGHT = 6;

/** The progress of an update. */
export interface UpdateProgress {
  /** Articles that are up to date. */
  readonly articles: number;
  /** Passages stored. */
  readonly passages: number;
  /** Bytes of the source files that have been read. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** A file, folder or article that could not be read as it is. */
export interface SourceProblem {
  /** Path below the seeds folder. */
  readonly file: string;
  /** The reason and the remedy, for people. */
  readonly reason: string;
}

/** The outcome of an update: how many articles were added, changed and removed, and which sources had problems. */
export interface UpdateReport {
  /** Articles in the library now. */
  readonly articles: number;
  /** Passages in the library now. */
  readonly passages: number;
  /** Articles that were added. */
  readonly added: number;
  /** Articles that were indexed again. */
  readonly changed: number;
  /** Articles that were removed because their source is gone. */
  readonly removed: number;
  /** Articles that were up to date already. */
  readonly unchanged: number;
  /** Sources that were not read. Articles that came from them earlier stay in the library. */
  readonly skipped: readonly SourceProblem[];
  /** Parts of sources that could not be used. */
  readonly warnings: readonly SourceProblem[];
  /** Articles that were damaged in the library, and what became of them. */
  readonly damaged: readonly SourceProblem[];
  /** Text of the articles in the library that no question finds, by kind. */
  readonly hidden: readonly HiddenText[];
  /** Whether it was stopped before the end. Work done by then is kept. */
  readonly interrupted: boolean;
}

/** The library, the source files and the model of an update. */
export interface UpdateOptions {
  readonly writer: UpdatedLibrary;
  readonly listing: SourceListing;
  /** Whether an article stays although its file is not in the listing. Default: none does. */
  readonly keeps?: ((file: string) => boolean) | undefined;
  /** The articles that were removed from the library because they were damaged. They are read again. */
  readonly damaged: readonly Pick<IndexedArticle, 'id' | 'file'>[];
  /** Called for each article that has to be embedded: if nothing has changed, the model is not loaded. */
  readonly openEmbedder: () => Promise<PassageEmbedder>;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Stops the update after the articles that are being embedded, or gives them up. */
  readonly stopping: Pick<Stopping, 'signal' | 'deadline'>;
}

/** The part of {@link LibraryWriter} that an update uses. */
export type UpdatedLibrary = Pick<
  LibraryWriter,
  'indexedArticles' | 'counts' | 'hiddenText' | 'embeddingsOf' | 'putArticle' | 'removeArticle'
>;

/**
 * Brings a library up to date with its source files: indexes new and changed articles, and removes those whose source
 * is gone.
 */
export async function updateLibrary(options: UpdateOptions): Promise<UpdateReport> {
  const { listing, stopping } = options;
  const { signal } = stopping;
  const update = new Update(options);
  try {
    for await (const reading of readSources(listing, { signal })) {
      await update.take(reading);
      if (signal?.aborted) break;
    }
    await update.storeRemaining();
    if (!signal?.aborted) await update.removeMissing();
  } catch (error) {
    // What was given up after the person stopped the update is no failure.
    if (!signal?.aborted || error !== signal.reason) throw error;
  }
  return update.report();
}

/** An update in progress. */
class Update {
  readonly #options: UpdateOptions;
  readonly #totalBytes: number;
  /** The articles that were in the library before, by id. */
  readonly #indexed: ReadonlyMap<string, IndexedArticle>;
  /** The ids of the articles that were read. */
  readonly #seen = new Set<string>();
  /** The ids of the articles that were stored. */
  readonly #stored = new Set<string>();
  /** Articles that are being embedded, in the order in which they were read. */
  readonly #inFlight: Promise<EmbeddedArticle>[] = [];
  /** The files of the articles that were damaged, by their ids. */
  readonly #damaged: ReadonlyMap<string, string>;
  readonly #counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  readonly #skipped: SourceProblem[];
  readonly #warnings: SourceProblem[] = [];
  #bytes = 0;
  #passages = 0;

  constructor(options: UpdateOptions) {
    this.#options = options;
    const { files, collectionFiles } = options.listing;
    this.#totalBytes = [...files, ...collectionFiles].reduce((total, { bytes }) => total + bytes, 0);
    this.#indexed = new Map(options.writer.indexedArticles().map((article) => [article.id, article]));
    this.#skipped = [...options.listing.skipped];
    this.#damaged = new Map(options.damaged.map(({ id, file }) => [id, file]));
  }

  /** Takes what was read of a file, and starts to embed the articles that changed. */
  async take({ source, results, isLast }: SourceReading): Promise<void> {
    const { signal } = this.#options.stopping;
    for (const result of results) {
      if (signal?.aborted) return;
      await this.#take(result);
    }
    if (!isLast || signal?.aborted) return;
    this.#bytes += source.bytes;
    this.#reportProgress();
  }

  /** Stores the articles that are still being embedded. */
  async storeRemaining(): Promise<void> {
    while (this.#inFlight.length > 0) await this.#storeFirst();
  }

  /** Removes the articles whose source is gone. Those whose source could not be read stay. */
  async removeMissing(): Promise<void> {
    const { writer, listing, stopping, keeps = () => false } = this.#options;
    const mayStillExist = existenceTest(listing, this.#skipped);
    for (const article of this.#indexed.values()) {
      if (this.#seen.has(article.id) || mayStillExist(article) || keeps(article.file)) continue;
      stopping.signal?.throwIfAborted();
      await writer.removeArticle(article.id, stopping.deadline);
      this.#counts.removed += 1;
      // Lets a signal arrive.
      await nextTurn();
    }
  }

  report(): UpdateReport {
    const { writer, stopping } = this.#options;
    return {
      ...writer.counts(),
      ...this.#counts,
      removed: this.#counts.removed + this.#lostCount(),
      skipped: this.#skipped,
      warnings: this.#warnings,
      damaged: [...this.#damaged].map(([id, file]) => ({ file, reason: this.#fateOf(id) })),
      hidden: writer.hiddenText(),
      interrupted: stopping.signal?.aborted ?? false,
    };
  }

  /** How many damaged articles have left the index for good. */
  #lostCount(): number {
    if (this.#options.stopping.signal?.aborted) return 0;
    return [...this.#damaged.keys()].filter((id) => !this.#stored.has(id)).length;
  }

  #fateOf(id: string): string {
    if (this.#stored.has(id)) return 'was damaged in the index and has been read again';
    return this.#options.stopping.signal?.aborted
      ? 'was damaged in the index and will be read again'
      : 'was damaged in the index and is no longer in it: its file is gone or cannot be read. Put it back from a backup and index again';
  }

  async #take(result: ReadResult): Promise<void> {
    if (result.kind !== 'article') {
      const problems = result.kind === 'skipped' ? this.#skipped : this.#warnings;
      problems.push({ file: result.file, reason: result.reason });
      return;
    }
    const { article } = result;
    this.#seen.add(article.id);
    const fingerprint = articleFingerprint(article);
    if (this.#indexed.get(article.id)?.fingerprint === fingerprint) {
      this.#counts.unchanged += 1;
      return;
    }
    const embedder = await this.#options.openEmbedder();
    const embedded = embedArticle({ article, fingerprint }, embedder, this.#options.writer.embeddingsOf(article.id));
    // Awaited only in #storeFirst. A failure before that must not count as unhandled.
    embedded.catch(() => {});
    this.#inFlight.push(embedded);
    if (this.#inFlight.length >= ARTICLES_IN_FLIGHT) await this.#storeFirst();
  }

  async #storeFirst(): Promise<void> {
    const { deadline } = this.#options.stopping;
    const first = this.#inFlight.shift();
    if (first === undefined) return;
    const embedded = await unlessAborted(first, deadline);
    await this.#options.writer.putArticle(embedded, deadline);
    this.#passages += embedded.passages.length;
    const { id } = embedded.article;
    this.#stored.add(id);
    this.#counts[this.#indexed.has(id) || this.#damaged.has(id) ? 'changed' : 'added'] += 1;
    this.#reportProgress();
  }

  #reportProgress(): void {
    const { added, changed, unchanged } = this.#counts;
    this.#options.onProgress?.({
      articles: added + changed + unchanged,
      passages: this.#passages,
      bytes: this.#bytes,
      totalBytes: this.#totalBytes,
    });
  }
}

/** Returns a function that says whether an article's file could not be read, or is in a folder that could not be listed. */
function existenceTest(
  { unseen }: SourceListing,
  skipped: readonly SourceProblem[],
): (article: IndexedArticle) => boolean {
  const skippedFiles = new Set(skipped.map((problem) => fileOf(problem.file)));
  return (article) => {
    const file = fileOf(article.file);
    const isIn = (folder: string): boolean => folder === '' || file === folder || file.startsWith(`${folder}/`);
    return skippedFiles.has(file) || unseen.some(isIn);
  };
}

/** The path without the `#id` or `#line` that names one article of a bulk file. */
function fileOf(path: string): string {
  return /^.*?\.jsonl(?=#)/is.exec(path)?.[0] ?? path;
}
