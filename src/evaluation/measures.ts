/** Share of questions whose first right passage has at most rank k. A rank counts from 1; null is a miss. */
export function recallAt(ranks: readonly (number | null)[], k: number): number {
  return mean(ranks.map((rank) => (rank !== null && rank <= k ? 1 : 0)));
}

/** Mean reciprocal rank: 1 / rank of the first right passage where that is at most k, else 0. */
export function reciprocalRankAt(ranks: readonly (number | null)[], k: number): number {
  return mean(ranks.map((rank) => (rank !== null && rank <= k ? 1 / rank : 0)));
}

/**
 * Area under the ROC curve: the chance that a positive has a higher score than a negative, ties counting half
 * (Mann & Whitney 1947). NaN without positives or negatives.
 */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  const scored = [
    ...positives.map((score) => ({ score, isPositive: true })),
    ...negatives.map((score) => ({ score, isPositive: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < scored.length; ) {
    let to = from;
    while (to < scored.length && scored[to]?.score === scored[from]?.score) to++;
    const middleRank = (from + 1 + to) / 2;
    for (let index = from; index < to; index++) if (scored[index]?.isPositive) rankSum += middleRank;
    from = to;
  }
  const n = positives.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * negatives.length);
}

/** NaN for no numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
