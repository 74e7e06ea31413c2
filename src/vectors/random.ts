/**
 * Creates a pseudo-random number generator with 32 bits of state: mulberry32 by Tommy Ettinger (2017, public domain).
 *
 * @param seed The same seed gives the same numbers on every machine. Only its lowest 32 bits are used.
 * @returns A function that returns the next number: uniform in [0, 1), a multiple of 2^-32.
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
