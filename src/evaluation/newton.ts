/**
 * Maximises a log-likelihood by Newton's method. With at most six factors the full curvature is cheap to compute, and a few
 * steps are enough.
 */

/** Weight of the penalty on the squared factors. It keeps them finite when a feature separates perfectly. */
const PENALTY = 1e-4;
const MAX_STEPS = 50;

/** Smallest share of a step that is tried before the factors stay as they are. */
const MIN_STEP_SHARE = 1e-6;

/** Stop when no factor moves by more. Factors are stored with three decimals. */
const TOLERANCE = 1e-5;

/** Value, gradient and negative curvature of the objective at some factors, summed over the examples. */
export class Slope {
  /** The log-likelihood minus the penalty. */
  value: number;
  readonly gradient: number[];
  /** The negated Hessian, or an approximation of it: symmetric and positive definite. */
  readonly curvature: number[][];

  /** Starts with the penalty alone. */
  constructor(factors: readonly number[]) {
    this.value = -0.5 * PENALTY * dot(factors, factors);
    this.gradient = factors.map((factor) => -PENALTY * factor);
    this.curvature = factors.map((_, row) => factors.map((__, column) => (row === column ? PENALTY : 0)));
  }

  /** Adds `pull` times the features to the gradient, and `weight` times their outer product to the curvature. */
  add(features: readonly number[], pull: number, weight: number): void {
    features.forEach((value, row) => {
      this.gradient[row] = (this.gradient[row] ?? 0) + pull * value;
      const curves = this.curvature[row];
      if (curves === undefined || weight === 0) return;
      features.forEach((other, column) => {
        curves[column] = (curves[column] ?? 0) + weight * value * other;
      });
    });
  }
}

/**
 * Finds the factors that maximise a concave function. Starts from zero; a step that makes things worse is halved.
 *
 * @param size Number of factors.
 * @param addExamples Adds every example to the slope at the given factors.
 */
export function maximise(
  size: number,
  addExamples: (slope: Slope, factors: readonly number[]) => void,
): readonly number[] {
  let factors: readonly number[] = Array.from({ length: size }, () => 0);
  let slope = new Slope(factors);
  addExamples(slope, factors);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = solve(slope.curvature, slope.gradient);
    for (let share = 1; share > MIN_STEP_SHARE; share /= 2) {
      const moved = factors.map((factor, index) => factor + share * (move[index] ?? 0));
      const slopeThere = new Slope(moved);
      addExamples(slopeThere, moved);
      if (slopeThere.value < slope.value) continue;
      factors = moved;
      slope = slopeThere;
      break;
    }
    if (Math.max(...move.map(Math.abs)) < TOLERANCE) break;
  }
  return factors;
}

/** Solves a small symmetric positive definite system by Gauss-Jordan elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  rows.forEach((pivot, column) => {
    const divisor = pivot[column] ?? 1;
    for (let i = 0; i < pivot.length; i++) pivot[i] = (pivot[i] ?? 0) / divisor;
    rows.forEach((row, index) => {
      if (index === column) return;
      const factor = row[column] ?? 0;
      for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) - factor * (pivot[i] ?? 0);
    });
  });
  return rows.map((row) => row.at(-1) ?? 0);
}

/** Returns the dot product of two lists of the same length. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, index) => total + value * (b[index] ?? 0), 0);
}
