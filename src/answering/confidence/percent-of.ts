/**
 * Rounds a confidence to whole percent, but never to certainty.
 *
 * @param confidence 0 to 1.
 * @returns 1 to 99.
 */
export function percentOf(confidence: number): number {
  return Math.min(99, Math.max(1, Math.round(confidence * 100)));
}
