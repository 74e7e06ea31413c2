import { EXIT, UserError } from '../user-error.js';

/** Something in a file that cannot be used. */
export interface LineProblem {
  /** From 1; null if the line is not known. */
  readonly lineNumber: number | null;
  /** What is wrong, and what to do about it. */
  readonly problem: string;
}

const MAX_LISTED = 10;

/**
 * Rejects a file because of its problems, so that all of them can be corrected at once. The first ten are listed.
 *
 * @throws {UserError} if there are any.
 */
export function rejectLines(file: string, problems: readonly LineProblem[]): void {
  if (problems.length === 0) return;
  const listed = problems.slice(0, MAX_LISTED).map(({ lineNumber, problem }) => {
    const line = lineNumber === null ? '' : ` line ${lineNumber}`;
    return `${file}${line} cannot be used: ${problem}`;
  });
  const [first = '', ...others] = listed;
  const more = problems.length - MAX_LISTED;
  throw new UserError(first, {
    details: [...others, ...(more > 0 ? [`and ${more} more`] : [])],
    exitCode: EXIT.usageError,
  });
}

/** Finds the lines whose id is that of an earlier line. */
export function repeatedIds<Value>(
  lines: readonly { readonly lineNumber: number; readonly value: Value }[],
  idOf: (value: Value) => string,
): LineProblem[] {
  const lineOfId = new Map<string, number>();
  return lines.flatMap(({ lineNumber, value }) => {
    const id = idOf(value);
    const earlier = lineOfId.get(id);
    if (earlier !== undefined)
      return [{ lineNumber, problem: `line ${earlier} has the same id "${id}". Give one of them another.` }];
    lineOfId.set(id, lineNumber);
    return [];
  });
}
