/** Returns the dot product of two vectors of the same size. For unit vectors it is their cosine similarity, -1 to 1. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
