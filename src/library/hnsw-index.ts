import { open } from 'node:fs/promises';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { ScoredPassage } from '../answering/ports/passage-store.js';

/** Links per node (M) and candidates examined while building (ef_construction), as in Malkov & Yashunin 2018. */
const LINKS_PER_NODE = 24;
const EF_CONSTRUCTION = 400;
/**
 * Candidates examined during a search (ef). Of the 50 passages nearest to a question, among 28,883 of real documents, it finds .981
 * with 200, .991 with 400 and .993 with 600, in .7, 1.4 and 2.0 ms, for the 191 questions that these values were chosen with. More
 * finds no more: what is missed are short passages that occur many times, such as "License: MIT", which link only to each other.
 */
const EF_SEARCH = 600;
/** Fixed, so that the same passages in the same order give the same graph. */
const LEVEL_SEED = 100;
/**
 * Deleted nodes stay in the graph because searches pass through them. Above this share, a new graph is smaller and
 * faster.
 */
const MAX_DELETED_SHARE = 0.25;

/** The hnswlib binding. */
export type Hnswlib = typeof import('hnswlib-node');

/** Loads the hnswlib binding. Returns null if it is not installed: npm skips it where it cannot be compiled. */
export async function loadHnswlib(): Promise<Hnswlib | null> {
  try {
    // The package is CommonJS, so its exports may be on the default export.
    const loaded = (await import('hnswlib-node')) as Hnswlib & { default?: Hnswlib };
    return loaded.default ?? loaded;
  } catch {
    return null;
  }
}

/**
 * Approximate nearest-neighbour search in a hierarchical navigable small world graph. hnswlib works with distances
 * (1 - similarity); nothing outside this file sees them.
 */
export class HnswIndex {
  readonly #graph: HierarchicalNSW;
  readonly #deleted = new Set<number>();

  private constructor(graph: HierarchicalNSW) {
    this.#graph = graph;
  }

  /** Creates an empty index with room for `capacity` passages. It grows if more are added. */
  static create(hnswlib: Hnswlib, dimensions: number, capacity: number): HnswIndex {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    graph.initIndex({
      maxElements: Math.max(1, capacity),
      m: LINKS_PER_NODE,
      efConstruction: EF_CONSTRUCTION,
      randomSeed: LEVEL_SEED,
    });
    return new HnswIndex(graph);
  }

  /**
   * Reads an index from a file, which takes a fifth of a second for 100,000 passages. hnswlib silently accepts a file with other
   * dimensions, so check the checksum and the manifest first.
   *
   * @throws if the file is incomplete.
   */
  static read(hnswlib: Hnswlib, dimensions: number, file: string): HnswIndex {
    const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
    // `readIndex`, which does not wait for it, aborts the whole process if its worker thread is ended meanwhile.
    graph.readIndexSync(file);
    return new HnswIndex(graph);
  }

  /** The number of passages that a search can return. */
  get size(): number {
    return this.#graph.getCurrentCount() - this.#deleted.size;
  }

  /** Whether so many nodes are deleted that the graph should be built again. */
  get needsRebuild(): boolean {
    return this.#deleted.size > MAX_DELETED_SHARE * this.#graph.getCurrentCount();
  }

  /** The keys of all passages in the graph, including deleted ones. */
  keys(): number[] {
    return this.#graph.getIdsList();
  }

  /**
   * Adds a passage.
   *
   * @throws {RangeError} if the vector has a number that is not finite: hnswlib would accept it and from then on miss
   * whatever is near it.
   */
  add(key: number, vector: Float32Array): void {
    if (vector.some((value) => !Number.isFinite(value)))
      throw new RangeError(`The vector of passage ${key} is not finite`);
    const capacity = this.#graph.getMaxElements();
    if (this.#graph.getCurrentCount() >= capacity) this.#graph.resizeIndex(Math.ceil(capacity * 1.5) + 1);
    this.#graph.addPoint(Array.from(vector), key);
  }

  /**
   * Removes a passage from the search results.
   *
   * @returns Whether it was there. False for a passage that was deleted before the graph was written: the file
   *   remembers that.
   */
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

  /** Returns the `limit` most similar passages, most similar first, with the similarity as score; all if there are fewer. */
  search(vector: Float32Array, limit: number): ScoredPassage[] {
    const count = Math.min(limit, this.size);
    if (count === 0) return [];
    // A graph that was read from a file has lost this setting, so set it before every search.
    this.#graph.setEf(Math.max(EF_SEARCH, count));
    const { neighbors, distances } = this.#graph.searchKnn(Array.from(vector), count);
    return neighbors.map((key, index) => ({ key, score: 1 - (distances[index] ?? 1) }));
  }

  /**
   * Writes the graph, in another thread, and flushes it to disk. Do not change it meanwhile. hnswlib reports success even if the disk is
   * full: read the file again to check.
   */
  async write(file: string): Promise<void> {
    await this.#graph.writeIndex(file);
    const written = await open(file, 'r');
    try {
      await written.sync();
    } finally {
      await written.close();
    }
  }
}
