/** The parts of a line of the source. */
export interface SourceLine {
  /** The whole line. */
  readonly line: string;
  /** The white space in front. */
  readonly indent: string;
  /** The line without white space at its ends. */
  readonly content: string;
}

/** Splits a line into its indentation and its content. */
export function sourceLine(line: string): SourceLine {
  return { line, indent: line.slice(0, line.length - line.trimStart().length), content: line.trim() };
}

/** Returns the rest of a line as a line of its own with the same indentation; empty if nothing is left. */
export function restOfLine({ indent }: SourceLine, rest: string): string {
  return rest.trim() === '' ? '' : indent + rest.trim();
}
