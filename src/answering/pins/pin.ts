import type { PassageInArticle } from '../../corpus/passage.js';
import { sliceOf } from '../../text/span.js';

/** Words of an article that a person pinned to a question: whoever asks it is shown them first. */
export interface Pin {
  readonly question: string;
  readonly articleId: string;
  /** The words, a slice of the article as it was when they were pinned. */
  readonly text: string;
  /** Where they began in the article's text, in UTF-16 code units. */
  readonly start: number;
}

/** Pins a passage to a question: all of it but the labels it begins with, which are shown above a quote. */
export function pinTo(question: string, { passage, article }: PassageInArticle): Pin {
  const start = passage.sentences.find(({ isLabel }) => !isLabel)?.start ?? passage.start;
  return { question, articleId: article.id, text: sliceOf(article.text, { start, end: passage.end }), start };
}
