/**
 * Sign codes: a vector reduced to the signs of its coordinates, one bit each. With a vector that was rotated at random
 * first, the dot product of a float vector with the signs estimates the angle between the two (Charikar 2002).
 */

/** Bytes of the code of a vector. */
export function codeBytes(dimensions: number): number {
  return Math.ceil(dimensions / 8);
}

/** Writes the signs of a vector: bit 7 - i % 8 of byte i / 8 is set where coordinate i is positive. The target starts as zeros. */
export function writeSignCode(vector: Float32Array, target: Uint8Array, offset: number): void {
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] as number) > 0) {
      const byte = offset + (i >> 3);
      target[byte] = (target[byte] as number) | (128 >> (i & 7));
    }
  }
}

/**
 * For each byte of a code and each of its 256 values, the dot product of the vector with the eight signs (as +1 or -1, over
 * the square root of the dimensions, so that a code has length 1). A dot product is then one look-up a byte.
 *
 * @returns `codeBytes * 256` numbers; those of byte b begin at 256 b.
 */
export function signTable(vector: Float32Array): Float32Array {
  const bytes = codeBytes(vector.length);
  const scale = 1 / Math.sqrt(vector.length);
  const table = new Float32Array(bytes * 256);
  for (let byte = 0; byte < bytes; byte++) {
    const base = byte * 256;
    let allNegative = 0;
    for (let bit = 0; bit < 8; bit++) allNegative -= (vector[byte * 8 + bit] ?? 0) * scale;
    table[base] = allNegative;
    for (let value = 1; value < 256; value++) {
      // Turning on the lowest set bit flips one sign.
      const lowest = value & -value;
      const coordinate = byte * 8 + 7 - (31 - Math.clz32(lowest));
      table[base + value] = (table[base + (value ^ lowest)] as number) + 2 * scale * (vector[coordinate] ?? 0);
    }
  }
  return table;
}

/** The dot product of the table's vector with the code that begins at `offset`. */
export function signProduct(table: Float32Array, codes: Uint8Array, offset: number): number {
  const bytes = table.length >> 8;
  let sum = 0;
  for (let byte = 0; byte < bytes; byte++) sum += table[(byte << 8) | (codes[offset + byte] as number)] as number;
  return sum;
}
