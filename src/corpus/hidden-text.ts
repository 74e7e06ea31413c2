/** Something in a source file that was left out of the article's text. */
export interface Omission {
  /** What was left out, such as "navigation", in the singular. */
  readonly what: string;
  /** Number of blocks or elements. */
  readonly count: number;
}

/** Text of one kind, in all articles, that no question finds. */
export interface HiddenText {
  /** What it is, such as "page head" or "navigation", in the singular. */
  readonly what: string;
  /** Whether it is in the article's text, where `show --all` shows it. If not, only the source file has it. */
  readonly isStored: boolean;
  /** Number of blocks or elements. */
  readonly count: number;
  /** Number of articles that have some. */
  readonly articles: number;
  /** The id of one of them. */
  readonly exampleId: string;
}
