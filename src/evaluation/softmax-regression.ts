import { dot, type Objective, sum } from './newton.js';

/** A question with the features of its candidates. */
export interface RankingExample {
  readonly weight: number;
  readonly rows: readonly (readonly number[])[];
  /** For each row, a part of its score that is not fitted. Default: 0. */
  readonly offsets?: readonly number[];
  /** For each row, whether its passage is right. */
  readonly isRight: readonly boolean[];
}

/**
 * Adds the log-likelihood of a question under softmax regression: the log of the share that its right candidates have of all, where
 * each counts e^score. The score is a candidate's offset plus the dot product of its features and the coefficients.
 */
export function addRankingExample(
  objective: Objective,
  { weight, rows, offsets, isRight }: RankingExample,
  coefficients: readonly number[],
): void {
  const scores = rows.map((row, index) => (offsets?.[index] ?? 0) + dot(row, coefficients));
  const maxScore = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - maxScore));
  const totalOdds = sum(odds);
  // Far from the optimum the right passages can be too unlikely for a number. The step that leads there is halved.
  const rightOdds = Math.max(Number.MIN_VALUE, sum(odds.filter((_, index) => isRight[index])));
  objective.value += weight * Math.log(rightOdds / totalOdds);
  const shares = odds.map((one) => one / totalOdds);
  const expected = coefficients.map((_, feature) =>
    sum(rows.map((row, index) => (shares[index] ?? 0) * (row[feature] ?? 0))),
  );
  rows.forEach((row, index) => {
    const share = shares[index] ?? 0;
    const shareOfRight = isRight[index] ? (odds[index] ?? 0) / rightOdds : 0;
    objective.add(row, weight * (shareOfRight - share), 0);
    // The covariance of the features over all candidates. Subtracting that of the right ones would only make steps bolder.
    objective.add(
      row.map((value, feature) => value - (expected[feature] ?? 0)),
      0,
      weight * share,
    );
  });
}
