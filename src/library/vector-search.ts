import type { Database, Statement } from 'better-sqlite3';
import type { PassageKey, ScoredPassage } from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import type { DamagedIndexError } from '../storage/damaged-index-error.js';
import { ByteVectors, type IndexRange } from '../vectors/byte-vectors.js';
import { decodeVector, storedVectorBytes } from '../vectors/stored-vector.js';
import { changesSince } from './article-catalog.js';
import type { HnswIndex } from './hnsw-index.js';
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
 * Searches passages by embedding. The graph searches the whole library; scoped searches and passages not yet in the graph are compared
 * one by one. The vectors are in memory: 388 bytes a passage of the bundled model, and 48 a token of a title. Those of articles that
 * are added later follow at the end.
 */
export class VectorSearch {
  readonly #database: Database;
  readonly #dimensions: number;
  readonly #onDamage: (error: DamagedIndexError) => void;
  readonly #selectEmbeddings: Statement<[number]>;
  /** By article key, in ascending order. So are the keys of their passages and the indexes of their vectors. */
  #runs = new Map<number, PassageRun>();
  #ordered: readonly PassageRun[] = [];
  #vectors: ByteVectors;
  #all: readonly IndexRange[] = [];
  #graph: HnswIndex | null = null;
  /** Passages up to this key are in the graph. */
  #lastInGraph: PassageKey = 0;

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

  /** Catches up with articles that were added, changed or removed. If it throws, everything is as before, and it can be called again. */
  refresh(): void {
    const { added, removed } = changesSince(this.#database, this.#runs);
    if (this.#runs.size === removed.length) this.#loadAll(added);
    else this.#update(added, removed);
    const used = this.#all.reduce((sum, { from, to }) => sum + to - from, 0);
    if (this.#vectors.length - used > MAX_REMOVED_SHARE * this.#vectors.length) this.#loadAll([...this.#runs.keys()]);
  }

  #update(added: readonly number[], removed: readonly number[]): void {
    // Everything is read before anything is changed: reading can fail.
    const rows = added.map((key) => this.#intact(key, this.#selectEmbeddings.get(key) as StoredEmbeddings | undefined));
    for (const key of removed) this.#remove(key);
    for (const [index, key] of added.entries()) append(this.#runs, this.#vectors, key, rows[index] ?? null);
    this.#order();
  }

  /** Returns the passages in scope that are most similar to a unit vector, most similar first. */
  search(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    if (scope !== null || this.#graph === null) return this.#compare(vector, limit, this.#rangesOf(scope));
    const inGraph = this.#graph.search(vector, limit);
    const others = this.#compare(vector, limit, this.#notInGraph());
    return others.length === 0
      ? inGraph
      : [...inGraph, ...others].toSorted((a, b) => b.score - a.score || a.key - b.key).slice(0, limit);
  }

  #compare(vector: Float32Array, limit: number, ranges: readonly IndexRange[]): ScoredPassage[] {
    const near = this.#vectors.nearest(vector, limit, ranges);
    return near.map(({ index, similarity }) => ({ key: this.#keyAt(index), score: similarity }));
  }

  /**
   * Uses a graph from now on. Passages that are no longer in the library are deleted from it.
   *
   * @param graph It has all passages of some earlier state, or none.
   * @returns Whether it can be used: it has all passages up to its last one.
   */
  useGraph(graph: HnswIndex): boolean {
    const keys = graph.keys();
    const last = keys.reduce((max, key) => Math.max(max, key), 0);
    for (const key of keys) if (!this.#has(key)) graph.delete(key);
    const expected = this.#ordered.reduce((sum, { firstPassage, from, to }) => {
      return sum + Math.max(0, Math.min(to - from, last + 1 - firstPassage));
    }, 0);
    if (graph.size !== expected) return false;
    this.#graph = graph;
    this.#lastInGraph = last;
    return true;
  }

  /** Whether a graph is in use that has so many deleted passages that a new one would be better. */
  get needsNewGraph(): boolean {
    return this.#graph?.needsRebuild === true;
  }

  /** The share of the passages that are in the graph, 0 to 1. */
  get shareInGraph(): number {
    const rest = this.#notInGraph().reduce((sum, { from, to }) => sum + to - from, 0);
    const all = this.#all.reduce((sum, { from, to }) => sum + to - from, 0);
    return all === 0 ? 1 : 1 - rest / all;
  }

  /** Adds the passages that the graph in use lacks, one in each step. It can be searched in between. */
  *completeGraph(): Generator<void, void, void> {
    if (this.#graph === null) return;
    for (let next = this.#notInGraph()[0]; next !== undefined; next = this.#notInGraph()[0]) {
      const key = this.#keyAt(next.from);
      this.#graph.add(key, this.#vectors.at(next.from));
      this.#lastInGraph = key;
      yield;
    }
  }

  #remove(articleKey: number): void {
    const run = this.#runs.get(articleKey);
    this.#runs.delete(articleKey);
    if (run === undefined || this.#graph === null) return;
    const { firstPassage, from, to } = run;
    for (let key = firstPassage; key < firstPassage + to - from && key <= this.#lastInGraph; key++)
      this.#graph.delete(key);
  }

  /** Keys and vectors are in the same order, so what follows the last passage of the graph is not in it. */
  #notInGraph(): readonly IndexRange[] {
    const first = this.#indexAfter(this.#lastInGraph);
    return this.#all.flatMap(({ from, to }) => (to <= first ? [] : [{ from: Math.max(from, first), to }]));
  }

  /** The index of the first vector whose passage has a greater key. */
  #indexAfter(key: PassageKey): number {
    const run = this.#ordered[this.#runAfter(({ firstPassage }) => firstPassage <= key) - 1];
    return run === undefined ? 0 : Math.min(run.to, run.from + key + 1 - run.firstPassage);
  }

  #has(key: PassageKey): boolean {
    const run = this.#ordered[this.#runAfter(({ firstPassage }) => firstPassage <= key) - 1];
    return run !== undefined && key < run.firstPassage + run.to - run.from;
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

  /** Reads the vectors of these articles, which are all, in place of those in memory. */
  #loadAll(articleKeys: readonly number[]): void {
    const runs = new Map<number, PassageRun>();
    const vectors = new ByteVectors(this.#dimensions);
    const count = this.#database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
    // With room for changes: without it, the first one would copy all vectors.
    vectors.reserve(Math.ceil(count * (1 + SPARE_SHARE)));
    const rows = this.#database
      .prepare(`SELECT ${VERIFIED_EMBEDDINGS} FROM article_embeddings ORDER BY article`)
      .iterate();
    for (const row of rows as IterableIterator<StoredEmbeddings>)
      append(runs, vectors, row.article, this.#intact(row.article, row));
    for (const key of articleKeys) if (!runs.has(key)) append(runs, vectors, key, this.#intact(key, undefined));
    for (const key of this.#runs.keys()) if (!runs.has(key)) this.#remove(key);
    this.#runs = runs;
    this.#vectors = vectors;
    this.#order();
  }

  /** Returns null for embeddings that are not as they were stored, and reports them. */
  #intact(articleKey: number, row: StoredEmbeddings | undefined): StoredEmbeddings | null {
    if (row !== undefined && isIntactEmbeddings(row)) return row;
    this.#onDamage(damagedEmbeddings(this.#database, articleKey));
    return null;
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
    const run = this.#ordered[this.#runAfter(({ from }) => from <= index) - 1];
    return run === undefined ? 0 : run.firstPassage + index - run.from;
  }

  /** The number of runs from the first for which something holds; it holds for no later one. */
  #runAfter(holds: (run: PassageRun) => boolean): number {
    let [low, high] = [0, this.#ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = this.#ordered[middle];
      if (run !== undefined && holds(run)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Adds the vectors of an article at the end; it has none if they are damaged. */
function append(
  runs: Map<number, PassageRun>,
  vectors: ByteVectors,
  articleKey: number,
  row: StoredEmbeddings | null,
): void {
  const from = vectors.length;
  if (row !== null) vectors.push(row.vectors);
  runs.set(articleKey, {
    firstPassage: row?.first_passage ?? 0,
    from,
    to: vectors.length,
    titleCodes: row === null ? NO_CODES : toBytes(row.title_codes),
  });
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
