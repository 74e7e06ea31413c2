import { dotProduct } from './dot-product.js';

/**
 * Groups texts that are alike: each joins the first group whose first text is near enough, else begins one. The largest group comes first.
 *
 * @param vectors Unit vectors of the texts, in the order in which groups are begun.
 * @param minSimilarity Least dot product of a text with the first of its group, -1 to 1.
 * @returns for each group the places of its texts, ascending.
 */
export function groupBySimilarity(vectors: readonly Float32Array[], minSimilarity: number): number[][] {
  const groups: number[][] = [];
  vectors.forEach((vector, place) => {
    const group = groups.find(([first = place]) => dotProduct(vector, vectors[first] ?? vector) >= minSimilarity);
    if (group === undefined) groups.push([place]);
    else group.push(place);
  });
  return groups.toSorted((a, b) => b.length - a.length);
}
