import { dotProduct } from '../vectors/dot-product.js';
import { createRotation, type Rotation } from '../vectors/rotation.js';
import { codeBytes, signProduct, signTable, writeSignCode } from '../vectors/sign-codes.js';
import type { NearPassage, VectorIndex } from './vector-index.js';

/** How many of the best estimates have their exact similarity computed, for each result asked for. */
const RESCORED_PER_RESULT = 4;
const MIN_RESCORED = 200;

/** The embedding of a passage. */
export interface KeyedVector {
  /** The passage's key in the library. */
  readonly key: number;
  readonly vector: Float32Array;
}

/** The vectors that a {@link SignScan} searches. */
export interface SignScanOptions {
  readonly dimensions: number;
  /** The seed of the random rotation before signs are taken. */
  readonly rotationSeed: number;
  /** The number of vectors. */
  readonly count: number;
  readonly vectors: Iterable<KeyedVector>;
  /** Loads a passage's vector for exact comparison. Null if the passage has been removed since. */
  readonly vectorOf: (key: number) => Float32Array | null;
}

/**
 * Search without a graph. It estimates the similarity of every passage from its sign code (48 bytes for 384
 * dimensions), then computes the exact similarity of the best. Used where hnswlib is not installed, and to search a
 * part of the articles.
 */
export class SignScan implements VectorIndex {
  readonly #rotate: Rotation;
  readonly #keys: number[] = [];
  readonly #codes: Uint8Array;
  readonly #vectorOf: (key: number) => Float32Array | null;
  readonly #width: number;

  constructor({ dimensions, rotationSeed, count, vectors, vectorOf }: SignScanOptions) {
    this.#rotate = createRotation(dimensions, rotationSeed);
    this.#width = codeBytes(dimensions);
    this.#codes = new Uint8Array(count * this.#width);
    this.#vectorOf = vectorOf;
    for (const { key, vector } of vectors) {
      writeSignCode(this.#rotated(vector), this.#codes, this.#keys.length * this.#width);
      this.#keys.push(key);
    }
  }

  search(vector: Float32Array, limit: number): NearPassage[] {
    const table = signTable(this.#rotated(vector));
    const estimates = Float32Array.from(this.#keys, (_, index) => signProduct(table, this.#codes, index * this.#width));
    const threshold = nthLargest(estimates, Math.max(MIN_RESCORED, limit * RESCORED_PER_RESULT));
    const rescored: NearPassage[] = [];
    this.#keys.forEach((key, index) => {
      if ((estimates[index] as number) < threshold) return;
      const exact = this.#vectorOf(key);
      if (exact !== null) rescored.push({ key, similarity: dotProduct(vector, exact) });
    });
    return rescored.toSorted((a, b) => b.similarity - a.similarity || a.key - b.key).slice(0, limit);
  }

  #rotated(vector: Float32Array): Float32Array {
    const rotated = vector.slice();
    this.#rotate(rotated);
    return rotated;
  }
}

/** Sorting plain numbers to find the threshold is much cheaper than sorting all passages as objects. */
function nthLargest(values: Float32Array, n: number): number {
  if (values.length <= n) return Number.NEGATIVE_INFINITY;
  return values.toSorted().at(-n) ?? 0;
}
