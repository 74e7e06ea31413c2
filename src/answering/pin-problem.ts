import { isFollowUp } from './follow-up.js';
import { splitQuestions } from './question/question.js';

/** Longest question that can be pinned, in UTF-16 code units. A longer one is hardly ever asked again in the same words. */
export const MAX_PINNED_QUESTION = 300;

/** A reason why nothing can be pinned to a question. */
export type PinProblem = 'too-long' | 'several' | 'follow-up';

/**
 * Returns why nothing can be pinned to a question, or null: it is too long, or several at once, or means something else after every
 * other question.
 *
 * @param question A question from `readMessage` or `readWords`.
 */
export function pinProblem(question: string): PinProblem | null {
  if (question.length > MAX_PINNED_QUESTION) return 'too-long';
  if (isFollowUp(question)) return 'follow-up';
  return splitQuestions(question).length > 1 ? 'several' : null;
}
