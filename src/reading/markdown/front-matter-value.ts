/**
 * The value of a field of front matter. Numbers and dates stay as the author wrote them, so that version 1.10 does not become
 * 1.1. Anything other than text, a truth value or a list is `unusable`.
 */
export type FrontMatterValue = string | boolean | null | readonly FrontMatterValue[] | { readonly unusable: string };

/** One field at the top level of front matter. */
export interface FrontMatterField {
  readonly key: string;
  readonly value: FrontMatterValue;
  /** From 1, counted from the first line of the front matter's content. */
  readonly line: number;
}

/** Something in front matter that cannot be read. */
export interface FrontMatterProblem {
  /** From 1, counted from the first line of the front matter's content. */
  readonly line: number;
  readonly reason: string;
}

/** What a parser finds in front matter. A problem does not prevent it from finding the other fields. */
export interface ParsedFrontMatter {
  readonly fields: readonly FrontMatterField[];
  readonly problems: readonly FrontMatterProblem[];
}
