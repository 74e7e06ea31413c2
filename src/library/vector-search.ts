import type { Database, Statement } from 'better-sqlite3';
import type { PassageKey, ScoredPassage } from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import type { DamagedIndexError } from '../storage/damaged-index-error.js';
import { ByteVectors, decodeVector, type IndexRange, storedVectorBytes } from '../vectors/byte-vectors.js';
import { changesSince } from './article-catalog.js';
import type { Manifest } from './manifest.js';
import { toBytes } from './rows.js';
import { scopedArticles } from './scoped-articles.js';
import { damagedEmbeddings, isIntactEmbeddings, type StoredEmbeddings, VERIFIED_EMBEDDINGS } from './verification.js';

/** How much more memory is reserved than the vectors need. */
const SPARE_SHARE = 0.1;

/** Vectors of removed articles stay in memory until they are this share of all. */
const MAX_REMOVED_SHARE = 0.25;

/** The passages of an article: their keys follow each other, and so do their vectors in memory. */
interface PassageRun {
  readonly firstPassage: PassageKey;
  /** Index of the first vector. */
  readonly from: number;
  readonly to: number;
  readonly titleCodes: Uint8Array;
}

/** The embeddings of an article that are used with its passages. */
export interface ArticleEmbeddings {
  /** The sign codes of the tokens of its title. Empty if it has no title. */
  readonly titleCodes: Uint8Array;
  /** Returns the vector of one of its passages. */
  vectorOf(passage: PassageKey): Float32Array;
}

const NO_CODES = new Uint8Array();

/**
 * Searches passages by embedding, by comparing all that are in scope. The vectors are in memory: 388 bytes a passage of the bundled
 * model, and 48 a token of a title. Those of articles that are added later follow at the end.
 */
export class VectorSearch {
  readonly #database: Database;
  readonly #dimensions: number;
  readonly #onDamage: (error: DamagedIndexError) => void;
  readonly #selectEmbeddings: Statement<[number]>;
  /** By article key, in ascending order. So are the keys of their passages and the indexes of their vectors. */
  readonly #runs = new Map<number, PassageRun>();
  #ordered: readonly PassageRun[] = [];
  #vectors: ByteVectors;
  #all: readonly IndexRange[] = [];

  /**
   * @param onDamage Called for each article whose vectors are not as they were stored. Its passages are found by their words only,
   *   and are an error when they are.
   */
  constructor(
    database: Database,
    { dimensions }: Pick<Manifest, 'dimensions'>,
    onDamage: (error: DamagedIndexError) => void,
  ) {
    this.#database = database;
    this.#dimensions = dimensions;
    this.#onDamage = onDamage;
    this.#vectors = new ByteVectors(dimensions);
    this.#selectEmbeddings = database.prepare(
      `SELECT ${VERIFIED_EMBEDDINGS} FROM article_embeddings WHERE article = ?`,
    );
  }

  /** The number of articles, as of the last refresh. */
  get articleCount(): number {
    return this.#runs.size;
  }

  /** Catches up with articles that were added, changed or removed. */
  refresh(): void {
    const { added, removed } = changesSince(this.#database, this.#runs);
    for (const key of removed) this.#runs.delete(key);
    if (this.#runs.size === 0) this.#loadAll(added);
    else for (const key of added) this.#append(key, this.#selectEmbeddings.get(key) as StoredEmbeddings | undefined);
    this.#order();
    const used = this.#all.reduce((sum, { from, to }) => sum + to - from, 0);
    if (this.#vectors.length - used <= MAX_REMOVED_SHARE * this.#vectors.length) return;
    this.#loadAll([...this.#runs.keys()]);
    this.#order();
  }

  /** Returns the passages in scope that are most similar to a unit vector, most similar first. */
  search(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    const near = this.#vectors.nearest(vector, limit, this.#rangesOf(scope));
    return near.map(({ index, similarity }) => ({ key: this.#keyAt(index), score: similarity }));
  }

  /**
   * Returns the embeddings of an article. They are read if it was added after the last refresh.
   *
   * @throws {DamagedIndexError} if they are not as they were stored.
   */
  embeddingsOf(articleKey: number): ArticleEmbeddings {
    const run = this.#runs.get(articleKey);
    if (run !== undefined && run.to > run.from) {
      const { firstPassage, from, titleCodes } = run;
      return { titleCodes, vectorOf: (passage) => this.#vectors.at(from + passage - firstPassage) };
    }
    const row = this.#selectEmbeddings.get(articleKey) as StoredEmbeddings | undefined;
    if (row === undefined || !isIntactEmbeddings(row)) throw damagedEmbeddings(this.#database, articleKey);
    const bytes = storedVectorBytes(this.#dimensions);
    return {
      titleCodes: toBytes(row.title_codes),
      vectorOf(passage) {
        const at = (passage - row.first_passage) * bytes;
        return decodeVector(row.vectors.subarray(at, at + bytes));
      },
    };
  }

  #loadAll(articleKeys: readonly number[]): void {
    this.#runs.clear();
    this.#vectors = new ByteVectors(this.#dimensions);
    const count = this.#database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
    // With room for changes: without it, the first one would copy all vectors.
    this.#vectors.reserve(Math.ceil(count * (1 + SPARE_SHARE)));
    const rows = this.#database
      .prepare(`SELECT ${VERIFIED_EMBEDDINGS} FROM article_embeddings ORDER BY article`)
      .iterate();
    for (const row of rows as IterableIterator<StoredEmbeddings>) this.#append(row.article, row);
    for (const key of articleKeys) if (!this.#runs.has(key)) this.#append(key, undefined);
  }

  #append(articleKey: number, row: StoredEmbeddings | undefined): void {
    const from = this.#vectors.length;
    const isIntact = row !== undefined && isIntactEmbeddings(row);
    if (isIntact) this.#vectors.push(row.vectors);
    else this.#onDamage(damagedEmbeddings(this.#database, articleKey));
    this.#runs.set(articleKey, {
      firstPassage: isIntact ? row.first_passage : 0,
      from,
      to: this.#vectors.length,
      titleCodes: isIntact ? toBytes(row.title_codes) : NO_CODES,
    });
  }

  #order(): void {
    this.#ordered = [...this.#runs.values()].filter(({ from, to }) => to > from);
    this.#all = joinRanges(this.#ordered);
  }

  #rangesOf(scope: Scope): readonly IndexRange[] {
    const articles = scopedArticles(scope);
    if (articles === null) return this.#all;
    const keys = this.#database.prepare(articles.keys).pluck().all({ scope: articles.scope }) as number[];
    const runs = keys.flatMap((key) => this.#runs.get(key) ?? []);
    return joinRanges(runs.toSorted((a, b) => a.from - b.from));
  }

  #keyAt(index: number): PassageKey {
    let [low, high] = [0, this.#ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ordered[middle]?.from ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const { firstPassage, from } = this.#ordered[low - 1] ?? { firstPassage: 0, from: 0 };
    return firstPassage + index - from;
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
