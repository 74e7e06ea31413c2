import { mkdirSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { Lock, LockHolder } from '../storage/process-lock.js';
import { toUserError } from '../storage/storage-errors.js';
import { runInSlices } from '../time-slices.js';
import { hiddenTextOf } from './hidden-text.js';
import { loadHnswlib } from './hnsw-index.js';
import { closeDatabase, isUnfinished, openForWriting, removeUnfinished, replaceLibrary } from './library-files.js';
import {
  checkModel,
  type ExpectedModel,
  type Manifest,
  readManifest,
  readSnapshot,
  writeManifest,
} from './manifest.js';
import { type RemovedDamage, removeDamagedArticles } from './repair.js';
import { sealSearchTables, unsealSearchTables } from './search-tables.js';
import {
  ArticleTables,
  type EmbeddedArticle,
  type IndexedArticle,
  listIndexedArticles,
  readEmbeddings,
  type StoredEmbedding,
} from './stored-articles.js';
import { loadGraph, removeOtherSnapshots, saveGraph } from './vector-snapshot.js';
import { lockForWriting } from './writer-lock.js';

/** Options of {@link LibraryWriter.open}. */
export interface LibraryWriterOptions {
  /** Whether to start an empty library, which replaces the current one when it is published. */
  readonly rebuild: boolean;
  /** Recorded in the lock, so that another process can say since when the library is being written. */
  readonly now: Date;
}

/**
 * Writes a library. Only one process can have it open at a time. Methods that return a promise work in slices, in which other work goes
 * on: call no other method until it is resolved.
 *
 * `writeIndex` calls its methods in this order: `open`, `manifestFor`, `removeDamaged`, `begin` if the library is new,
 * `putArticle` and `removeArticle` for each article that changed, `sealSearchTables`, `saveSnapshot`, `publish`, `close`.
 */
export class LibraryWriter {
  readonly #folder: string;
  readonly #database: Database;
  readonly #tables: ArticleTables;
  readonly #lock: Lock;

  private constructor(folder: string, database: Database, lock: Lock) {
    this.#folder = folder;
    this.#database = database;
    this.#tables = new ArticleTables(database);
    this.#lock = lock;
  }

  /**
   * Opens the library of an index folder, or creates it. One of an earlier version is upgraded, which cannot be stopped.
   *
   * @throws {UserError} if the folder cannot be written, another process is writing it, or its library cannot be used.
   */
  static open(folder: string, { rebuild, now }: LibraryWriterOptions): LibraryWriter {
    let lock: Lock | null = null;
    try {
      mkdirSync(folder, { recursive: true });
      lock = lockForWriting(folder, now);
      return new LibraryWriter(folder, openForWriting(folder, rebuild), lock);
    } catch (error) {
      lock?.release();
      throw toUserError(error, folder);
    }
  }

  /** The process that was writing the library before and did not finish, or null. */
  get takenOverFrom(): LockHolder | null {
    return this.#lock.takenOverFrom;
  }

  /**
   * Reads what the stored embeddings were made with.
   *
   * @returns The manifest, or null if the library is new.
   * @throws {UserError} if they were made with another model.
   */
  manifestFor(model: ExpectedModel): Manifest | null {
    const manifest = readManifest(this.#database);
    if (manifest !== null) checkModel(manifest, model);
    return manifest;
  }

  /** Records what the embeddings of a new library will be made with. Call it before the first article is stored. */
  begin(manifest: Manifest): void {
    this.#write(() => writeManifest(this.#database, manifest));
  }

  /** Lists the articles in the library with their fingerprints, without their texts. */
  indexedArticles(): IndexedArticle[] {
    return listIndexedArticles(this.#database);
  }

  /** Counts the articles and passages in the library. */
  counts(): { articles: number; passages: number } {
    return this.#database
      .prepare('SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM passages) AS passages')
      .get() as { articles: number; passages: number };
  }

  /** Counts the text of the articles that no question finds, by kind. */
  hiddenText(): HiddenText[] {
    return hiddenTextOf(this.#database);
  }

  /** Reads the embeddings of an article's passages. A passage with the same tokens need not be embedded again. */
  embeddingsOf(articleId: string): StoredEmbedding[] {
    return readEmbeddings(this.#database, articleId, readManifest(this.#database)?.dimensions ?? 0);
  }

  /**
   * Stores an article in place of its earlier version.
   *
   * @param signal Stops it: the earlier version stays then.
   * @throws the reason of the signal, once it was stopped.
   */
  putArticle(article: EmbeddedArticle, signal?: AbortSignal): Promise<void> {
    return this.#writeInSlices(this.#put(article), signal);
  }

  *#put(article: EmbeddedArticle): Generator<void, void, void> {
    unsealSearchTables(this.#database);
    yield* this.#tables.delete(article.article.id);
    yield* this.#tables.insert(article);
  }

  /**
   * Deletes an article with its passages.
   *
   * @param signal Stops it: the article stays then.
   * @throws the reason of the signal, once it was stopped.
   */
  removeArticle(id: string, signal?: AbortSignal): Promise<void> {
    return this.#writeInSlices(this.#remove(id), signal);
  }

  *#remove(id: string): Generator<void, void, void> {
    unsealSearchTables(this.#database);
    yield* this.#tables.delete(id);
  }

  /**
   * Removes articles that are not as they were stored, so that they are read again. The search tables are written again if they or an
   * article are damaged. If something is damaged, SQLite then checks the whole file, which cannot be stopped.
   *
   * @param signal Stops it: nothing is changed then.
   * @throws {DamagedIndexError} if the index has to be rebuilt.
   * @throws the reason of the signal, once it was stopped.
   */
  removeDamaged(signal?: AbortSignal): Promise<RemovedDamage> {
    return this.#writeInSlices(removeDamagedArticles(this.#database), signal);
  }

  /**
   * Stores a checksum of the search tables, for readers to compare. Call it after the last change.
   *
   * @param signal Stops it: there is none then until the next time.
   * @throws the reason of the signal, once it was stopped.
   */
  sealSearchTables(signal?: AbortSignal): Promise<void> {
    return this.#writeInSlices(sealSearchTables(this.#database), signal);
  }

  /**
   * Brings the vector snapshot up to date. Without hnswlib there is none, and nothing happens.
   *
   * @param onProgress Called with the share of the passages that are in it, 0 to 1.
   * @param signal Stops it: the snapshot on disk stays as it was.
   * @returns What was wrong with the snapshot on disk, or null.
   * @throws {UserError} if the snapshot cannot be written.
   * @throws the reason of the signal, once it was stopped.
   */
  async saveSnapshot(
    dimensions: number,
    onProgress: (share: number) => void = () => {},
    signal?: AbortSignal,
  ): Promise<string | null> {
    const location = { folder: this.#folder, database: this.#database, dimensions };
    try {
      const hnswlib = await loadHnswlib();
      if (hnswlib === null) return null;
      const graph = await loadGraph(location, hnswlib, onProgress, signal);
      if (graph.differsFromSnapshot) await saveGraph(graph.index, location, hnswlib, signal);
      return graph.problem;
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }

  /**
   * Finishes the work: puts a rebuilt library in place of the current one and deletes snapshots that are no longer
   * used. Call it after everything is written, before `close`.
   */
  async publish(): Promise<void> {
    try {
      const snapshot = readSnapshot(this.#database);
      if (isUnfinished(this.#database, this.#folder)) replaceLibrary(this.#database, this.#folder);
      await removeOtherSnapshots(this.#folder, snapshot);
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }

  /** Closes the library and lets other processes write it. A rebuilt library that was not published is deleted. */
  close(): void {
    closeDatabase(this.#database);
    removeUnfinished(this.#folder);
    this.#lock.release();
  }

  /** Changes the library in one transaction. Other work goes on meanwhile, but must not use the writer. */
  async #writeInSlices<Result>(steps: Generator<void, Result, void>, signal: AbortSignal | undefined): Promise<Result> {
    const database = this.#database;
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = await runInSlices(steps, signal);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw toUserError(error, this.#folder);
    }
  }

  #write<Result>(change: () => Result): Result {
    try {
      return this.#database.transaction(change)();
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }
}
