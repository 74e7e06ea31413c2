import { mulberry32 } from './random.js';

/** Multiplies a vector by a fixed random orthogonal matrix, in place. All vectors have the size the rotation was created for. */
export type Rotation = (vector: Float32Array) => void;

const ROUNDS = 3;

/**
 * Creates a pseudo-random orthogonal matrix. Each of its three rounds flips random signs, applies a Walsh-Hadamard transform
 * to each block of 2^k numbers (the largest power of two that divides the size: 128 for 384) and shuffles the coordinates.
 *
 * Every step is orthogonal, so dot products do not change. Together the steps spread a vector evenly over its coordinates,
 * which sign codes rely on (Ailon & Chazelle 2006, the fast Johnson-Lindenstrauss transform). For 384 numbers this takes
 * 10,000 additions; a dense matrix would take 147,000.
 *
 * @param dimensions Size of the vectors.
 * @param seed The same seed gives the same rotation on every machine. Stored token codes depend on it.
 */
export function createRotation(dimensions: number, seed: number): Rotation {
  const random = mulberry32(seed);
  const blockSize = dimensions & -dimensions;
  const rounds = Array.from({ length: ROUNDS }, () => ({
    signs: Float32Array.from({ length: dimensions }, () => (random() < 0.5 ? -1 : 1)),
    order: shuffle(dimensions, random),
  }));
  const scratch = new Float32Array(dimensions);
  const scale = 1 / Math.sqrt(blockSize);
  return (vector) => {
    for (const { signs, order } of rounds) {
      for (let i = 0; i < dimensions; i++) scratch[i] = (vector[i] as number) * (signs[i] as number) * scale;
      for (let start = 0; start < dimensions; start += blockSize) walshHadamard(scratch, start, blockSize);
      for (let i = 0; i < dimensions; i++) vector[i] = scratch[order[i] as number] as number;
    }
  };
}

/** The unnormalised Walsh-Hadamard transform of `size` numbers (a power of two) from `start`, in place. */
function walshHadamard(values: Float32Array, start: number, size: number): void {
  for (let half = 1; half < size; half *= 2) {
    for (let i = start; i < start + size; i += 2 * half) {
      for (let j = i; j < i + half; j++) {
        const a = values[j] as number;
        const b = values[j + half] as number;
        values[j] = a + b;
        values[j + half] = a - b;
      }
    }
  }
}

/** Returns the numbers from 0 to `length` - 1 in random order (Fisher-Yates). */
function shuffle(length: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  return order;
}
