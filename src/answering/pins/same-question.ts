import { foldQuestion } from './fold-question.js';

/** Returns a function that tells whether another question is this one in nearly the same words. */
export function sameQuestionAs(question: string): (other: string) => boolean {
  const folded = foldQuestion(question);
  return (other) => foldQuestion(other) === folded;
}
