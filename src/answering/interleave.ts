/**
 * Merges lists round-robin: the first of each list, then the second of each, and so on.
 *
 * @param limit Maximum length of the result.
 * @param identify Returns an element's key. Elements with the same key are taken only once.
 */
export function interleave<Element>(
  lists: readonly (readonly Element[])[],
  limit: number,
  identify: (element: Element) => string,
): Element[] {
  const taken = new Map<string, Element>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let index = 0; index < longest; index++) {
    for (const list of lists) {
      const element = list[index];
      if (element === undefined || taken.size >= limit || taken.has(identify(element))) continue;
      taken.set(identify(element), element);
    }
  }
  return [...taken.values()];
}
