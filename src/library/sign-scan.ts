import { dotProduct } from '../vectors/dot-product.js';
import { createRotation, type Rotation } from '../vectors/rotation.js';
import { codeBytes, signProduct, signTable, writeSignCode } from '../vectors/sign-codes.js';
import type { NearPassage, VectorIndex } from './vector-index.js';

/** Best by code whose exact similarity is then computed, for each one asked for. */
const RESCORED_PER_RESULT = 4;
const MIN_RESCORED = 200;

/** A vector under its passage's row. */
export interface KeyedVector {
  readonly key: number;
  readonly vector: Float32Array;
}

/**
 * Search without a graph: every passage's sign code (48 bytes for 384 dimensions) is compared with the question, and the
 * best are compared again by their vectors. For machines without hnswlib, and for a part of the articles.
 */
export class SignScan implements VectorIndex {
  readonly #rotate: Rotation;
  readonly #keys: number[] = [];
  readonly #codes: Uint8Array;
  readonly #vectorOf: (key: number) => Float32Array | null;
  readonly #width: number;

  /**
   * @param count The number of vectors.
   * @param vectorOf Gives a passage's vector when it is needed again; null for one that has been taken out since.
   */
  constructor(
    dimensions: number,
    seed: number,
    count: number,
    vectors: Iterable<KeyedVector>,
    vectorOf: (key: number) => Float32Array | null,
  ) {
    this.#rotate = createRotation(dimensions, seed);
    this.#width = codeBytes(dimensions);
    this.#codes = new Uint8Array(count * this.#width);
    this.#vectorOf = vectorOf;
    for (const { key, vector } of vectors) {
      const rotated = vector.slice();
      this.#rotate(rotated);
      writeSignCode(rotated, this.#codes, this.#keys.length * this.#width);
      this.#keys.push(key);
    }
  }

  search(vector: Float32Array, limit: number): NearPassage[] {
    const rotated = vector.slice();
    this.#rotate(rotated);
    const table = signTable(rotated);
    const estimates = Float32Array.from(this.#keys, (_, index) => signProduct(table, this.#codes, index * this.#width));
    const rescored = Math.max(MIN_RESCORED, limit * RESCORED_PER_RESULT);
    // The estimate that just makes the cut, so that only few passages are sorted as objects.
    const cut = estimates.length <= rescored ? Number.NEGATIVE_INFINITY : (estimates.slice().sort().at(-rescored) ?? 0);
    const near: NearPassage[] = [];
    this.#keys.forEach((key, index) => {
      if ((estimates[index] as number) < cut) return;
      const exact = this.#vectorOf(key);
      if (exact !== null) near.push({ key, similarity: dotProduct(vector, exact) });
    });
    return near.sort((a, b) => b.similarity - a.similarity || a.key - b.key).slice(0, limit);
  }
}
