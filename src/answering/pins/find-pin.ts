import { isInScope, type Scope } from '../question/scope.js';
import { foldQuestion } from './fold-question.js';
import { locatePin, type PinnedLibrary, type PinnedPassage } from './locate-pin.js';
import type { Pin } from './pin.js';

/**
 * Finds the words that are pinned to a question, or null if there are none.
 *
 * @param keys The folded forms of the question, from `pinKeys`: the one that counts most first.
 * @param scope The articles that are searched. What is pinned from other articles is not shown.
 */
export type FindPin = (keys: readonly string[], scope: Scope) => PinnedPassage | null;

/** How many folded questions are remembered: folding those of a full list anew would take longer than the answer. */
const MAX_FOLDED = 10_000;

/**
 * Returns a function that finds pins.
 *
 * @param listsOf Returns the pins that apply, in lists: those of the first list count more. Read anew for each question.
 * @param libraryOf Returns the library that is answered from.
 */
export function pinFinder(listsOf: () => readonly (readonly Pin[])[], libraryOf: () => PinnedLibrary): FindPin {
  const keyOf = rememberFolded();
  return (keys, scope) => {
    for (const pins of listsOf()) {
      const folded = new Map(pins.map((pin) => [keyOf(pin.question), pin]));
      for (const key of keys) {
        const pin = folded.get(key);
        const pinned = pin === undefined ? null : locatePin(pin, libraryOf());
        if (pinned !== null && isInScope(pinned.article, scope)) return pinned;
      }
    }
    return null;
  };
}

function rememberFolded(): (question: string) => string {
  const remembered = new Map<string, string>();
  return (question) => {
    const known = remembered.get(question);
    if (known !== undefined) return known;
    if (remembered.size >= MAX_FOLDED) remembered.clear();
    const folded = foldQuestion(question);
    remembered.set(question, folded);
    return folded;
  };
}
