import { foldQuestion } from './fold-question.js';

/** How many are remembered: about those of twenty full lists. */
const MAX_REMEMBERED = 10_000;

/** Remembers the folded forms of pinned questions: folding a list of 1,000 for each question takes longer than answering it. */
export class FoldedQuestions {
  readonly #remembered = new Map<string, string>();

  /** Returns the folded form of a question, as `foldQuestion` does. */
  fold(question: string): string {
    const known = this.#remembered.get(question);
    if (known !== undefined) return known;
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    const folded = foldQuestion(question);
    this.#remembered.set(question, folded);
    return folded;
  }
}
