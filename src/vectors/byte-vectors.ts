import { DOT_PRODUCTS_KERNEL } from './dot-products-kernel.js';

/**
 * Unit vectors reduced to one signed byte per coordinate:
 *
 *     vector ≈ scale × bytes, where the largest byte is 127 or -127, and both sides have the same length
 *
 * The similarity of two vectors of the bundled model is then off by .0004 (root mean square), and of the 50 vectors that are most
 * similar to a question, 49.7 are the same as with floats. They take a quarter of the memory, and all of them can be compared
 * with a question in 25 ns each, so no index has to be built that finds most of the nearest.
 *
 * A stored vector has its scale first, as a 32-bit float (little-endian), and then its bytes:
 *
 *     │ scale: 4 bytes │ one byte per coordinate │
 */

const SCALE_BYTES = 4;
const MAX_BYTE = 127;

/** Returns the number of bytes of a stored vector. */
export function storedVectorBytes(dimensions: number): number {
  return SCALE_BYTES + dimensions;
}

/** Reduces a vector to bytes. What `decodeVector` returned is reduced to the same bytes again. */
export function encodeVector(vector: Float32Array): Uint8Array {
  const stored = new Uint8Array(storedVectorBytes(vector.length));
  const bytes = new Int8Array(stored.buffer, SCALE_BYTES);
  const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (largest === 0) return stored;
  bytes.set(vector.map((value) => Math.round((value / largest) * MAX_BYTE)));
  writeScale(stored, Math.hypot(...vector) / Math.hypot(...bytes));
  return stored;
}

/** The lowest four bits are rounded away: the length of a decoded vector has rounding errors, and is to give the same scale. */
function writeScale(stored: Uint8Array, scale: number): void {
  const view = new DataView(stored.buffer);
  view.setFloat32(0, scale, true);
  view.setUint32(0, (view.getUint32(0, true) + 8) & ~0xf, true);
}

/** Returns about the vector that was given to `encodeVector`. */
export function decodeVector(stored: Uint8Array): Float32Array {
  const scale = new DataView(stored.buffer, stored.byteOffset).getFloat32(0, true);
  return scaled(new Int8Array(stored.buffer, stored.byteOffset + SCALE_BYTES, stored.length - SCALE_BYTES), scale);
}

/** A loop takes a tenth of the time of `Float32Array.from`. */
function scaled(bytes: Int8Array, scale: number): Float32Array {
  const vector = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) vector[i] = (bytes[i] as number) * scale;
  return vector;
}

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

/** What is not searched with WebAssembly is searched by the same arithmetic in JavaScript, which takes ten times as long. */
export type DotProducts = 'kernel' | 'javascript';

/** How many vectors are compared before the best of them are picked out. */
const BLOCK = 1024;
/** The kernel takes 16 coordinates at a time. Others are filled up with zeros. */
const LANES = 16;
const PAGE_BYTES = 65_536;
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
    this.#memory = (how === 'kernel' ? kernelMemory() : null) ?? new PlainMemory();
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

/** Memory that holds a query, vectors and their dot products, by address in bytes. */
interface VectorMemory {
  readonly buffer: ArrayBuffer;
  /** Grows to at least so many bytes. */
  reserve(bytes: number): void;
  /** See `kernel/dot-products.ts`. */
  dotProducts(query: number, vectors: number, count: number, size: number, products: number): void;
}

/**
 * It is replaced by a larger one instead of growing: growing detaches the buffer, and once any buffer has been detached, V8 checks that
 * in every access to any typed array. All loops over typed arrays in the program are then up to twice as slow.
 */
class KernelMemory implements VectorMemory {
  readonly #module: object;
  #memory = new WebAssembly.Memory({ initial: 1 });
  #dotProducts: VectorMemory['dotProducts'];

  constructor(module: object) {
    this.#module = module;
    this.#dotProducts = this.#link();
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    const before = this.buffer;
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    new Uint8Array(this.buffer).set(new Uint8Array(before));
    this.#dotProducts = this.#link();
  }

  dotProducts(query: number, vectors: number, count: number, size: number, products: number): void {
    this.#dotProducts(query, vectors, count, size, products);
  }

  #link(): VectorMemory['dotProducts'] {
    const { exports } = new WebAssembly.Instance(this.#module, { env: { memory: this.#memory } });
    return (exports as Pick<VectorMemory, 'dotProducts'>).dotProducts;
  }
}

class PlainMemory implements VectorMemory {
  buffer = new ArrayBuffer(PAGE_BYTES);

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    const larger = new Uint8Array(Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES);
    larger.set(new Uint8Array(this.buffer));
    this.buffer = larger.buffer;
  }

  dotProducts(query: number, vectors: number, count: number, size: number, products: number): void {
    const values = new Int16Array(this.buffer, query, size);
    const bytes = new Int8Array(this.buffer, vectors, count * size);
    const results = new Int32Array(this.buffer, products, count);
    for (let index = 0; index < count; index++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (values[i] as number) * (bytes[index * size + i] as number);
      results[index] = sum;
    }
  }
}

interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
}

// Node.js has it; the types of the language and of Node.js 20 do not.
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Memory: new (options: { readonly initial: number }) => WebAssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WebAssemblyMemory } },
  ) => { readonly exports: unknown };
};

/** Null if there is no WebAssembly with SIMD. */
function kernelMemory(): KernelMemory | null {
  const bytes = Buffer.from(DOT_PRODUCTS_KERNEL, 'base64');
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null;
  return new KernelMemory(new WebAssembly.Module(bytes));
}
