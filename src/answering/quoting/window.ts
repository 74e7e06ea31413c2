import type { Span } from '../../text/span.js';
import type { LikelySentence } from './likely-sentences.js';

/**
 * How much probability the text below a further heading must add. Without this cost, what is shown first answered one more of 178
 * questions about documents, but it was 5 words longer and often about something else. When quotes never crossed a heading, it
 * answered nine fewer.
 */
const COST_PER_HEADING = 0.05;

/** Neighbouring sentences of one article. */
export interface Window extends Span {
  readonly sentences: readonly LikelySentence[];
  /** The probability that one of them answers, 0 to 1. */
  readonly probability: number;
}

/** What a window may be. */
export interface WindowLimits {
  /** How much probability a word must add to be worth reading. */
  readonly costPerWord: number;
  /** A single sentence may have more words. */
  readonly maxWords: number;
  /** Default: a window needs no special sentence. */
  readonly mustInclude?: (sentence: LikelySentence) => boolean;
}

/**
 * Finds the neighbouring sentences that are worth most: the probability that one of them answers, less the cost of reading them
 * and of each heading between them.
 * A window begins with the labels of its first sentence, never between the two, and it doesn't end with a label.
 *
 * @param runs Sentences with nothing but whitespace between them, in text order.
 * @returns null if there is no such window.
 */
export function bestWindow(
  runs: readonly (readonly LikelySentence[])[],
  { costPerWord, maxWords, mustInclude = () => true }: WindowLimits,
): Window | null {
  let best: { readonly value: number; readonly run: readonly LikelySentence[]; from: number; to: number } | null = null;
  for (const run of runs) {
    for (const from of run.keys()) {
      if (run[from - 1]?.isLabel === true) continue;
      let words = 0;
      let probability = 0;
      let headings = 0;
      let taken = 0;
      let isAllowed = false;
      for (let to = from; to < run.length; to++) {
        const sentence = run[to];
        if (sentence === undefined) break;
        words += sentence.words;
        if (words > maxWords && taken > 0) break;
        if (sentence.isHeading && run[to - 1]?.isLabel === false && to > from) headings += 1;
        if (sentence.isLabel) continue;
        probability += sentence.probability;
        taken += 1;
        isAllowed ||= mustInclude(sentence);
        const value = probability - costPerWord * words - COST_PER_HEADING * headings;
        if (isAllowed && (best === null || value > best.value)) best = { value, run, from, to };
      }
    }
  }
  return best === null ? null : windowOf(best.run.slice(best.from, best.to + 1));
}

function windowOf(sentences: readonly LikelySentence[]): Window {
  return {
    start: sentences[0]?.start ?? 0,
    end: sentences.at(-1)?.end ?? 0,
    sentences,
    probability: sentences.reduce((sum, { probability }) => sum + probability, 0),
  };
}
