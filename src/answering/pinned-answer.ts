import { overlap } from '../text/span.js';
import type { Answer } from './answer.js';
import { citePin } from './pins/cite-pin.js';
import type { PinnedPassage } from './pins/locate-pin.js';
import { MAX_QUOTES } from './quoting/choose-quotes.js';

/**
 * Puts what is pinned to a question in front of its answer. It then counts as `answered`: a person says so. There is no confidence,
 * because that is a probability, and nobody has measured how often people are right. Notes that were about the answer's own
 * citations are left out; its ranking stays.
 *
 * @param pinned Null if nothing is pinned: the answer stays as it is.
 */
export function withPinned(answer: Answer, pinned: PinnedPassage | null): Answer {
  if (pinned === null) return answer;
  const citation = citePin(pinned, answer.searched);
  const others = answer.citations.filter(
    (other) => other.article.id !== citation.article.id || !overlap(other, citation),
  );
  return {
    ...answer,
    outcome: 'answered',
    confidence: null,
    notes: [
      { kind: 'pinned', question: pinned.question, passageId: citation.passageId },
      ...answer.notes.filter(({ kind }) => kind === 'spelling'),
    ],
    trace: { ...answer.trace, questions: [] },
    citations: [citation, ...others.slice(0, MAX_QUOTES - 1)],
  };
}

/** Whether a passage is in an answer because somebody pinned it. */
export function isPinned({ notes }: Pick<Answer, 'notes'>, passageId: string): boolean {
  return notes.some((note) => note.kind === 'pinned' && note.passageId === passageId);
}
