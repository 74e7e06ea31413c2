export { mulberry32 as randomNumbers } from '../../src/vectors/random.js';

/** Draws a number from the standard normal distribution (Box & Muller 1958). */
export function normalNumber(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Draws a unit vector in a random direction. */
export function unitVector(dimensions: number, random: () => number): Float32Array {
  return normalised(Float32Array.from({ length: dimensions }, () => normalNumber(random)));
}

/** Scales a vector to length 1. */
export function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Draws unit vectors in clusters, like the embeddings of passages on a few subjects. */
export function clusteredVectors(
  count: number,
  options: { readonly clusters: number; readonly dimensions: number; readonly random: () => number },
): Float32Array[] {
  const { clusters, dimensions, random } = options;
  const centres = Array.from({ length: clusters }, () => unitVector(dimensions, random));
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * clusters)] ?? new Float32Array(dimensions);
    const away = unitVector(dimensions, random);
    return normalised(centre.map((value, index) => value + 0.9 * (away[index] ?? 0)));
  });
}
