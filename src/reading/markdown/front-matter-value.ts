/**
 * The value of a field of front matter. Numbers and dates are texts as the author wrote them, so that version 1.10 does not
 * become 1.1. What is neither a text, a truth value nor a list is `unusable`.
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

/** What a parser finds in front matter. A problem does not keep it from finding the other fields. */
export interface ParsedFrontMatter {
  readonly fields: readonly FrontMatterField[];
  readonly problems: readonly FrontMatterProblem[];
}
