import { MAX_BYTE, SCALE_BYTES, scaled, storedVectorBytes } from './stored-vector.js';
import { createVectorMemory, type DotProducts, type VectorMemory } from './vector-memory.js';

/** A vector found by `nearest`. */
export interface NearVector {
  /** Its index in the order of `push`. */
  readonly index: number;
  /** Cosine similarity to the query, -1 to 1. */
  readonly similarity: number;
}

/** Indexes `from` (inclusive) to `to` (exclusive). */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** How many vectors are compared before the best of them are picked out. */
const BLOCK = 1024;
/** The kernel takes 16 coordinates at a time. Others are filled up with zeros. */
const LANES = 16;
const MAX_INT16 = 2 ** 15 - 1;
const MAX_INT32 = 2 ** 31 - 1;

/** A growing list of vectors in memory, of which the nearest to a query are found by comparing all. */
export class ByteVectors {
  readonly #dimensions: number;
  /** Dimensions, rounded up to `LANES`. */
  readonly #size: number;
  readonly #memory: VectorMemory;
  /** Address of the first vector. The query and the products of a block stand before it. */
  readonly #vectorsAt: number;
  #scales = new Float32Array(0);
  #length = 0;

  /** @param how Default: with WebAssembly if it has SIMD here. */
  constructor(dimensions: number, how: DotProducts = 'kernel') {
    this.#dimensions = dimensions;
    this.#size = Math.ceil(dimensions / LANES) * LANES;
    this.#memory = createVectorMemory(how);
    this.#vectorsAt = 2 * this.#size + 4 * BLOCK;
    this.#memory.reserve(this.#vectorsAt);
  }

  /** The number of vectors. */
  get length(): number {
    return this.#length;
  }

  /** Makes room for so many more vectors at once, instead of being replaced step by step. */
  reserve(count: number): void {
    const needed = this.#length + count;
    this.#memory.reserve(this.#vectorsAt + needed * this.#size);
    if (needed <= this.#scales.length) return;
    const scales = new Float32Array(needed);
    scales.set(this.#scales);
    this.#scales = scales;
  }

  /**
   * Adds vectors at the end.
   *
   * @param stored One or more vectors as `encodeVector` returns them, one after the other.
   * @throws {RangeError} if it is not a whole number of vectors, or a scale is not a finite number: it would be nearest to anything.
   */
  push(stored: Uint8Array): void {
    const width = storedVectorBytes(this.#dimensions);
    if (stored.length % width !== 0) throw new RangeError(`${stored.length} bytes are no vectors of ${width} bytes`);
    const count = stored.length / width;
    const capacity = this.#scales.length;
    if (this.#length + count > capacity) this.reserve(Math.max(count, capacity, BLOCK));
    const view = new DataView(stored.buffer, stored.byteOffset, stored.length);
    const memory = new Uint8Array(this.#memory.buffer);
    for (let offset = 0; offset < stored.length; offset += width) {
      const scale = view.getFloat32(offset, true);
      if (!Number.isFinite(scale)) throw new RangeError(`The scale of vector ${this.#length} is not finite`);
      this.#scales[this.#length] = scale;
      memory.set(stored.subarray(offset + SCALE_BYTES, offset + width), this.#vectorsAt + this.#length * this.#size);
      this.#length += 1;
    }
  }

  /** Returns the vector at an index. */
  at(index: number): Float32Array {
    const scale = this.#scales[index] ?? 0;
    const at = this.#vectorsAt + index * this.#size;
    return scaled(new Int8Array(this.#memory.buffer, at, this.#dimensions), scale);
  }

  /**
   * Finds the vectors that are most similar to a unit vector, most similar first; of equal ones the first.
   *
   * @param ranges The vectors to search, in ascending order.
   */
  nearest(query: Float32Array, limit: number, ranges: readonly IndexRange[]): NearVector[] {
    if (limit <= 0) return [];
    const scale = this.#writeQuery(query);
    const best = new Best(limit);
    for (const { from, to } of ranges) {
      for (let start = from; start < to; start += BLOCK) {
        const count = Math.min(BLOCK, to - start);
        this.#memory.dotProducts(0, this.#vectorsAt + start * this.#size, count, this.#size, 2 * this.#size);
        const products = new Int32Array(this.#memory.buffer, 2 * this.#size, count);
        for (let i = 0; i < count; i++)
          best.add(start + i, (products[i] as number) * (this.#scales[start + i] as number) * scale);
      }
    }
    return best.sorted();
  }

  /** Reduces the query to 16-bit integers, as large as they can be without a sum of more than 32 bits. */
  #writeQuery(query: Float32Array): number {
    const largest = query.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const scale = largest / Math.min(MAX_INT16, Math.floor(MAX_INT32 / (MAX_BYTE * this.#size)));
    const written = new Int16Array(this.#memory.buffer, 0, this.#size).fill(0);
    if (scale > 0) written.set(query.map((value) => Math.round(value / scale)));
    return scale;
  }
}

/** Keeps the best of many values. Most are too low to be kept, so `add` mostly compares one number. */
class Best {
  readonly #limit: number;
  #kept: NearVector[] = [];
  /** What is not above this is not among the best. */
  #threshold = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(index: number, similarity: number): void {
    if (similarity <= this.#threshold) return;
    this.#kept.push({ index, similarity });
    if (this.#kept.length < 2 * this.#limit) return;
    this.#kept = this.sorted();
    this.#threshold = this.#kept.at(-1)?.similarity ?? this.#threshold;
  }

  sorted(): NearVector[] {
    return this.#kept.toSorted((a, b) => b.similarity - a.similarity || a.index - b.index).slice(0, this.#limit);
  }
}
