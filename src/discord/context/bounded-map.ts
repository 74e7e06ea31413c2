/**
 * Sets a value in a map and removes the oldest keys beyond a maximum size.
 *
 * @param maxSize Number of keys to keep. Setting a key again makes it the newest.
 */
export function setBounded<Value>(map: Map<string, Value>, key: string, value: Value, maxSize: number): void {
  // A Map iterates in insertion order, and overwriting a key would leave it in its old position.
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= maxSize) return;
    map.delete(oldest);
  }
}
