/**
 * Dot products of one vector with many, with WebAssembly SIMD. Written in AssemblyScript; `npm run build:kernel` compiles it to
 * `src/vectors/dot-products-kernel.ts`.
 *
 * The caller lays out the memory and passes addresses.
 */

/**
 * Computes the dot product of a query with each of `count` vectors of `size` bytes.
 *
 * @param query `size` signed 16-bit integers, so small that no sum exceeds 32 bits.
 * @param vectors Signed bytes, one vector after the other.
 * @param size A multiple of 16.
 * @param products Where to write the results: signed 32-bit integers.
 */
export function dotProducts(query: usize, vectors: usize, count: i32, size: i32, products: usize): void {
  for (let index = 0; index < count; index++) {
    const vector = vectors + <usize>(index * size);
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    for (let i: usize = 0; i < <usize>size; i += 16) {
      const bytes = v128.load(vector + i);
      low = i32x4.add(low, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(bytes), v128.load(query + (i << 1))));
      high = i32x4.add(high, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(bytes), v128.load(query + (i << 1), 16)));
    }
    const sums = i32x4.add(low, high);
    store<i32>(
      products + (<usize>index << 2),
      i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3),
    );
  }
}
