import type { Database, Statement } from 'better-sqlite3';
import type { PassageKey, ScoredPassage } from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import { ByteVectors, decodeVector, type IndexRange, storedVectorBytes } from '../vectors/byte-vectors.js';
import { changesSince } from './article-catalog.js';
import type { Manifest } from './manifest.js';
import { scopedArticles } from './scoped-articles.js';

/** Vectors of removed articles stay in memory until they are this share of all. */
const MAX_REMOVED_SHARE = 0.25;

/** The passages of an article: their keys follow each other, and so do their vectors in memory. */
interface PassageRun {
  readonly firstPassage: PassageKey;
  /** Index of the first vector. */
  readonly from: number;
  readonly to: number;
}

interface EmbeddingRow {
  readonly article: number;
  readonly firstPassage: number;
  readonly vectors: Buffer;
}

const EMBEDDING_COLUMNS = 'article, first_passage AS firstPassage, vectors';

/**
 * Searches passages by embedding, by comparing all that are in scope. The vectors are in memory: 388 bytes a passage of the bundled
 * model. Those of articles that are added later follow at the end.
 */
export class VectorSearch {
  readonly #database: Database;
  readonly #dimensions: number;
  readonly #selectEmbedding: Statement<[number]>;
  /** By article key, in ascending order. So are the keys of their passages and the indexes of their vectors. */
  #runs = new Map<number, PassageRun>();
  #vectors: ByteVectors;
  #all: readonly IndexRange[] = [];
  #ordered: readonly PassageRun[] = [];
  #passageCount = 0;

  constructor(database: Database, { dimensions }: Pick<Manifest, 'dimensions'>) {
    this.#database = database;
    this.#dimensions = dimensions;
    this.#vectors = new ByteVectors(dimensions);
    this.#selectEmbedding = database.prepare(`SELECT ${EMBEDDING_COLUMNS} FROM article_embeddings WHERE article = ?`);
  }

  /** The number of passages, as of the last refresh. */
  get passageCount(): number {
    return this.#passageCount;
  }

  /** The number of articles, as of the last refresh. */
  get articleCount(): number {
    return this.#runs.size;
  }

  /** Catches up with articles that were added, changed or removed. */
  refresh(): void {
    const { added, removed } = changesSince(this.#database, this.#runs);
    for (const key of removed) this.#runs.delete(key);
    if (this.#runs.size === 0) this.#loadAll();
    else for (const key of added) this.#append(this.#selectEmbedding.get(key) as EmbeddingRow | undefined);
    this.#order();
    if (this.#vectors.length - this.#passageCount <= MAX_REMOVED_SHARE * this.#vectors.length) return;
    this.#runs.clear();
    this.#loadAll();
    this.#order();
  }

  /** Returns the passages in scope that are most similar to a unit vector, most similar first. */
  search(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    const near = this.#vectors.nearest(vector, limit, this.#rangesOf(scope));
    return near.map(({ index, similarity }) => ({ key: this.#keyAt(index), score: similarity }));
  }

  /** Returns the vector of a passage; null if there is no such passage. */
  vectorOf(key: PassageKey): Float32Array | null {
    const run = this.#ordered[lastIndexUpTo(this.#ordered, key, ({ firstPassage }) => firstPassage)];
    const index = run === undefined ? -1 : run.from + key - run.firstPassage;
    if (run !== undefined && index < run.to) return this.#vectors.at(index);
    return this.#storedVectorOf(key);
  }

  /** Reads the vector of a passage that was added after the last refresh. */
  #storedVectorOf(key: PassageKey): Float32Array | null {
    const row = this.#database
      .prepare(
        `SELECT ${EMBEDDING_COLUMNS} FROM article_embeddings WHERE article = (SELECT article FROM passages WHERE key = ?)`,
      )
      .get(key) as EmbeddingRow | undefined;
    if (row === undefined) return null;
    const bytes = storedVectorBytes(this.#dimensions);
    const at = (key - row.firstPassage) * bytes;
    return decodeVector(row.vectors.subarray(at, at + bytes));
  }

  #loadAll(): void {
    this.#vectors = new ByteVectors(this.#dimensions);
    const bytes = this.#database.prepare('SELECT sum(length(vectors)) FROM article_embeddings').pluck().get() as number;
    this.#vectors.reserve((bytes ?? 0) / storedVectorBytes(this.#dimensions));
    const rows = this.#database
      .prepare(`SELECT ${EMBEDDING_COLUMNS} FROM article_embeddings ORDER BY article`)
      .iterate();
    for (const row of rows as IterableIterator<EmbeddingRow>) this.#append(row);
  }

  #append(row: EmbeddingRow | undefined): void {
    // Another process may have removed the article in the meantime. The next refresh catches up.
    if (row === undefined) return;
    const from = this.#vectors.length;
    this.#vectors.push(row.vectors);
    this.#runs.set(row.article, { firstPassage: row.firstPassage, from, to: this.#vectors.length });
  }

  #order(): void {
    this.#ordered = [...this.#runs.values()];
    this.#all = joinRanges(this.#ordered);
    this.#passageCount = this.#all.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  #rangesOf(scope: Scope): readonly IndexRange[] {
    const articles = scopedArticles(scope);
    if (articles === null) return this.#all;
    const keys = this.#database.prepare(articles.keys).pluck().all({ scope: articles.scope }) as number[];
    const runs = keys.flatMap((key) => this.#runs.get(key) ?? []);
    return joinRanges(runs.toSorted((a, b) => a.from - b.from));
  }

  #keyAt(index: number): PassageKey {
    const run = this.#ordered[lastIndexUpTo(this.#ordered, index, ({ from }) => from)];
    return run === undefined ? -1 : run.firstPassage + index - run.from;
  }
}

/** Joins ranges that touch. They are in ascending order. */
function joinRanges(ranges: readonly IndexRange[]): IndexRange[] {
  const joined: IndexRange[] = [];
  for (const { from, to } of ranges) {
    const last = joined.at(-1);
    if (last?.to === from) joined[joined.length - 1] = { from: last.from, to };
    else joined.push({ from, to });
  }
  return joined;
}

/** Returns the index of the last item whose key is at most `max`; -1 if there is none. The items are in ascending order. */
function lastIndexUpTo<Item>(items: readonly Item[], max: number, keyOf: (item: Item) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) <= max) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
