import { DOT_PRODUCTS_KERNEL } from './dot-products-kernel.js';
import { compileKernel, createMemory, type Kernel, PAGE_BYTES } from './webassembly.js';

/** How dot products are computed: with WebAssembly, or by the same arithmetic in JavaScript. */
export type DotProducts = 'kernel' | 'javascript';

/** Memory that holds a query, vectors and their dot products, by address in bytes. */
export interface VectorMemory {
  readonly buffer: ArrayBuffer;
  /** Grows to at least so many bytes. */
  reserve(bytes: number): void;
  /** See `assembly/dot-products.ts`. */
  dotProducts(query: number, vectors: number, count: number, size: number, products: number): void;
}

type DotProductsExports = Pick<VectorMemory, 'dotProducts'>;

/**
 * It is replaced by a larger one instead of growing: growing detaches the buffer, and once any buffer has been detached, V8 checks that
 * in every access to any typed array. All loops over typed arrays in the program are then up to twice as slow.
 */
class KernelMemory implements VectorMemory {
  readonly #start: Kernel<DotProductsExports>;
  #memory = createMemory(PAGE_BYTES);
  #exports: DotProductsExports;

  constructor(start: Kernel<DotProductsExports>) {
    this.#start = start;
    this.#exports = start(this.#memory);
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  reserve(bytes: number): void {
    if (bytes <= this.buffer.byteLength) return;
    const before = this.buffer;
    this.#memory = createMemory(bytes);
    new Uint8Array(this.buffer).set(new Uint8Array(before));
    this.#exports = this.#start(this.#memory);
  }

  dotProducts(query: number, vectors: number, count: number, size: number, products: number): void {
    this.#exports.dotProducts(query, vectors, count, size, products);
  }
}

/** The same in JavaScript, which takes ten times as long. */
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

/** Creates memory whose dot products are computed with WebAssembly, or in JavaScript if there is none with SIMD. */
export function createVectorMemory(how: DotProducts): VectorMemory {
  const start = how === 'kernel' ? compileKernel<DotProductsExports>(DOT_PRODUCTS_KERNEL) : null;
  return start === null ? new PlainMemory() : new KernelMemory(start);
}
