/**
 * Maximises a log-likelihood by Newton's method. With at most eight coefficients the full curvature is cheap to compute,
 * and a few steps are enough.
 */

/** Default weight of the penalty on the squared coefficients. It keeps them finite when a feature separates perfectly. */
const PENALTY = 1e-4;
const MAX_STEPS = 50;

/** Smallest share of a step that is tried before the coefficients stay as they are. */
const MIN_STEP_SHARE = 1e-6;

/** Stop when no coefficient moves by more. Coefficients are stored with three decimals. */
const TOLERANCE = 1e-5;

/** The objective at some coefficients: its value, gradient and negated curvature, summed over the examples. */
export class Objective {
  /** The log-likelihood minus the penalty. */
  value: number;
  readonly gradient: number[];
  /** The negated Hessian, or an approximation of it: symmetric and positive definite. */
  readonly curvature: number[][];

  /** Starts with the penalty alone. */
  constructor(coefficients: readonly number[], penalty = PENALTY) {
    this.value = -0.5 * penalty * dot(coefficients, coefficients);
    this.gradient = coefficients.map((coefficient) => -penalty * coefficient);
    this.curvature = coefficients.map((_, row) => coefficients.map((__, column) => (row === column ? penalty : 0)));
  }

  /** Adds the features to the gradient, and their outer product to the curvature, each times its weight. */
  add(features: readonly number[], gradientWeight: number, curvatureWeight: number): void {
    features.forEach((value, row) => {
      this.gradient[row] = (this.gradient[row] ?? 0) + gradientWeight * value;
      const curves = this.curvature[row];
      if (curves === undefined || curvatureWeight === 0) return;
      features.forEach((other, column) => {
        curves[column] = (curves[column] ?? 0) + curvatureWeight * value * other;
      });
    });
  }
}

/**
 * Finds the coefficients that maximise a concave function. Starts from zero; a step that makes things worse is halved.
 *
 * @param size Number of coefficients.
 * @param addExamples Adds every example to the objective at the given coefficients.
 * @param penalty Weight of half the sum of the squared coefficients. Default: next to nothing.
 */
export function maximise(
  size: number,
  addExamples: (objective: Objective, coefficients: readonly number[]) => void,
  penalty = PENALTY,
): readonly number[] {
  let coefficients: readonly number[] = Array.from({ length: size }, () => 0);
  let objective = new Objective(coefficients, penalty);
  addExamples(objective, coefficients);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = solve(objective.curvature, objective.gradient);
    for (let share = 1; share > MIN_STEP_SHARE; share /= 2) {
      const moved = coefficients.map((coefficient, index) => coefficient + share * (move[index] ?? 0));
      const movedObjective = new Objective(moved, penalty);
      addExamples(movedObjective, moved);
      if (movedObjective.value < objective.value) continue;
      coefficients = moved;
      objective = movedObjective;
      break;
    }
    if (Math.max(...move.map(Math.abs)) < TOLERANCE) break;
  }
  return coefficients;
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

/** Returns the sum; 0 for no numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Returns the dot product of two lists of the same length. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, index) => total + value * (b[index] ?? 0), 0);
}
