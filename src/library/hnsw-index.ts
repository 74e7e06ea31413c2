import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { NearPassage, VectorIndex } from './vector-index.js';

/** Neighbours a node keeps (M) and candidates looked at while building, after Malkov & Yashunin 2018. */
const NEIGHBOURS = 16;
const EF_CONSTRUCTION = 200;
/** Fixed, so that the same passages in the same order give the same graph. */
const LEVEL_SEED = 100;
/** Deleted nodes stay in the graph as way marks; past this share a new graph is smaller and faster. */
const MAX_DELETED_SHARE = 0.25;

type Hnswlib = typeof import('hnswlib-node');

/** The hnswlib binding, or null where it could not be compiled when the packages were installed. */
export async function loadHnswlib(): Promise<Hnswlib | null> {
  try {
    // The package is optional and CommonJS: its names may sit on the default export.
    const loaded = (await import('hnswlib-node')) as Hnswlib & { default?: Hnswlib };
    return loaded.default ?? loaded;
  } catch {
    return null;
  }
}

/**
 * Approximate search in a hierarchical navigable small world graph. hnswlib counts in distances (1 - similarity); they
 * stop in this file.
 */
export class HnswIndex implements VectorIndex {
  readonly #graph: HierarchicalNSW;
  readonly #deleted: Set<number>;

  private constructor(graph: HierarchicalNSW, deleted: Set<number>) {
    this.#graph = graph;
    this.#deleted = deleted;
  }

  /** An index without passages. */
  static create(hnswlib: Hnswlib, dimensions: number, capacity: number): HnswIndex {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.initIndex({
      maxElements: Math.max(1, capacity),
      m: NEIGHBOURS,
      efConstruction: EF_CONSTRUCTION,
      randomSeed: LEVEL_SEED,
    });
    return new HnswIndex(graph, new Set());
  }

  /**
   * Reads a snapshot. hnswlib itself accepts a file of other dimensions without a word: the caller checks the checksum and
   * the manifest first.
   *
   * @throws when the file is not a whole snapshot.
   */
  static read(hnswlib: Hnswlib, dimensions: number, file: string): HnswIndex {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.readIndexSync(file);
    return new HnswIndex(graph, new Set());
  }

  /** Passages that a search can return. */
  get size(): number {
    return this.#graph.getCurrentCount() - this.#deleted.size;
  }

  get isWorn(): boolean {
    return this.#deleted.size > MAX_DELETED_SHARE * this.#graph.getCurrentCount();
  }

  /** Rows of the passages in the graph, deleted ones included. */
  keys(): number[] {
    return this.#graph.getIdsList();
  }

  add(key: number, vector: Float32Array): void {
    const capacity = this.#graph.getMaxElements();
    if (this.#graph.getCurrentCount() >= capacity) this.#graph.resizeIndex(Math.ceil(capacity * 1.5) + 1);
    // hnswlib takes NaN without a word and never finds anything near it again.
    if (vector.some((value) => !Number.isFinite(value)))
      throw new RangeError(`The vector of passage ${key} is not finite`);
    this.#graph.addPoint(Array.from(vector), key);
  }

  /** Takes a passage out of what a search can return. @returns whether it was in it: a snapshot remembers its deletions. */
  delete(key: number): boolean {
    if (this.#deleted.has(key)) return false;
    this.#deleted.add(key);
    try {
      this.#graph.markDelete(key);
      return true;
    } catch {
      return false;
    }
  }

  search(vector: Float32Array, limit: number): NearPassage[] {
    const count = Math.min(limit, this.size);
    if (count === 0) return [];
    // Lost when a snapshot is read, so it is set before every search.
    this.#graph.setEf(Math.max(this.#searchWidth(), count));
    const { neighbors, distances } = this.#graph.searchKnn(Array.from(vector), count);
    return neighbors.map((key, index) => ({ key, similarity: 1 - (distances[index] ?? 1) }));
  }

  /** Writes the graph and makes sure it is on the disk. hnswlib reports success on a full disk: the caller reads it again. */
  write(file: string): void {
    this.#graph.writeIndexSync(file);
    const descriptor = openSync(file, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Candidates kept during a search (ef). Measured for recall@10 of at least 0.99. */
  #searchWidth(): number {
    const count = this.#graph.getCurrentCount();
    if (count <= 100_000) return 64;
    return count <= 500_000 ? 128 : 256;
  }
}
