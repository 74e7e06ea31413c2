/** Puts a value into a map that keeps only the last ones that were put into it. @param most How many are kept. */
export function setBounded<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  // Anew: what is put in again is among the last.
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
