/**
 * Sign codes: a vector reduced to the signs of its coordinates, one bit each. If the vectors were rotated at random first, the
 * dot product of a float vector with the signs of another estimates the angle between the two (Charikar 2002).
 *
 * The signs are packed eight to a byte, the first coordinate in the highest bit. 384 dimensions take 48 bytes:
 *
 *     coordinate   0     1     2     3     4     5     6     7      8   …
 *     value       0.3  -0.1   0.7  -0.0   0.0   1.2  -2.0   0.1   -0.4  …
 *     bit          1     0     1     0     0     1     0     1      0   …
 *                 └────────────────── byte 0 ──────────────────┘ └─ byte 1 …
 *                                 10100101 = 165
 *
 * To compare one query vector q with many codes, `signTable(q)` computes once, for each byte and each of its 256 values, the
 * sum of the eight coordinates of q with these signs. Comparing a code then takes one look-up per byte:
 *
 *     table     value 0      value 1     …    value 165    …    value 255
 *     byte 0   -q0-q1…-q7  -q0-q1…+q7       +q0-q1+q2-q3…      +q0+q1…+q7
 *     byte 1   -q8-q9…-q15      …
 *     …
 *
 *     signProduct = table[0 * 256 + 165] + table[1 * 256 + byte 1] + …
 *
 * Every entry is divided by the square root of the dimensions, as if a code were a unit vector of ±1 / √dimensions.
 */

/** Returns the number of bytes in the code of a vector: eight signs per byte, rounded up. */
export function codeBytes(dimensions: number): number {
  return Math.ceil(dimensions / 8);
}

/**
 * Writes the signs of a vector: bit 7 - i % 8 of byte i / 8 is set where coordinate i is positive.
 *
 * @param target Must contain zeros where the code is written.
 * @param offset Index of the code's first byte in `target`.
 */
export function writeSignCode(vector: Float32Array, target: Uint8Array, offset: number): void {
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] as number) > 0) {
      const byte = offset + (i >> 3);
      target[byte] = (target[byte] as number) | (128 >> (i & 7));
    }
  }
}

/**
 * Precomputes the dot products of a vector with every possible byte of a code (see the drawing above).
 *
 * @returns `codeBytes * 256` numbers; those of byte b start at index 256 b.
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
      // The value without its lowest set bit is smaller, so its entry is there already. Setting that bit flips one sign.
      const lowestBit = value & -value;
      const coordinate = byte * 8 + 7 - (31 - Math.clz32(lowestBit));
      table[base + value] = (table[base + (value ^ lowestBit)] as number) + 2 * scale * (vector[coordinate] ?? 0);
    }
  }
  return table;
}

/**
 * Estimates the dot product of the table's vector with another one from that one's sign code.
 *
 * @param table What `signTable` returned.
 * @param codes One or more codes.
 * @param offset Index of the code's first byte in `codes`.
 */
export function signProduct(table: Float32Array, codes: Uint8Array, offset: number): number {
  const bytes = table.length >> 8;
  let sum = 0;
  for (let byte = 0; byte < bytes; byte++) sum += table[(byte << 8) | (codes[offset + byte] as number)] as number;
  return sum;
}
