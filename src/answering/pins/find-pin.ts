import { isInScope, type Scope } from '../question/scope.js';
import type { FoldedQuestions } from './folded-questions.js';
import { locatePin, type PinnedLibrary, type PinnedPassage } from './locate-pin.js';
import type { Pin } from './pin.js';

/**
 * Finds the words that are pinned to a question, or null if there are none.
 *
 * @param keys The folded forms of the question, from `pinKeys`: the one that counts most first.
 * @param scope The articles that are searched. What is pinned from other articles is not shown.
 */
export type FindPin = (keys: readonly string[], scope: Scope) => PinnedPassage | null;

/** What pins are found in. */
export interface PinSources {
  /** Returns the pins that apply, in lists: those of the first list count more. */
  readonly lists: () => readonly (readonly Pin[])[];
  readonly library: () => PinnedLibrary;
  readonly folded: FoldedQuestions;
}

/** Returns a function that finds pins. It reads the lists anew for each question. */
export function pinFinder({ lists, library, folded }: PinSources): FindPin {
  return (keys, scope) => {
    for (const pins of lists()) {
      const byKey = new Map(pins.map((pin) => [folded.fold(pin.question), pin]));
      for (const key of keys) {
        const pin = byKey.get(key);
        const pinned = pin === undefined ? null : locatePin(pin, library());
        if (pinned !== null && isInScope(pinned.article, scope)) return pinned;
      }
    }
    return null;
  };
}
