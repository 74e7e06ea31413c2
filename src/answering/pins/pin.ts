/** Words of an article that a person pinned to a question: whoever asks it is shown them first. */
export interface Pin {
  readonly question: string;
  readonly articleId: string;
  /** The words, a slice of the article as it was when they were pinned. */
  readonly text: string;
  /** Where they began in the article's text, in UTF-16 code units. */
  readonly start: number;
}
