import { dotProduct } from './dot-product.js';

/**
 * Groups similar texts. Each text joins the earliest group whose first text is similar enough, or starts a new group.
 *
 * @param vectors Unit vectors of the texts. Their order decides which texts start groups.
 * @param minSimilarity Minimum dot product of a text with the first text of its group, -1 to 1.
 * @returns The indices of each group's texts, ascending. Larger groups come first; groups of equal size keep their order.
 */
export function groupBySimilarity(vectors: readonly Float32Array[], minSimilarity: number): number[][] {
  const groups: number[][] = [];
  vectors.forEach((vector, index) => {
    const group = groups.find(([first = index]) => dotProduct(vector, vectors[first] ?? vector) >= minSimilarity);
    if (group === undefined) groups.push([index]);
    else group.push(index);
  });
  return groups.toSorted((a, b) => b.length - a.length);
}
