/** Returns the dot product of two vectors of the same size. For unit vectors it is their cosine similarity, -1 to 1. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  // In two sums, because each addition waits for the one before it.
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    even += (a[i] as number) * (b[i] as number);
    odd += (a[i + 1] as number) * (b[i + 1] as number);
  }
  if (a.length % 2 === 1) even += (a[a.length - 1] as number) * (b[a.length - 1] as number);
  return even + odd;
}
