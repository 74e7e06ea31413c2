import type { Sentence } from '../corpus/passage.js';
import type { Span } from '../text/span.js';
import { bestMatches, maxSim, type TokenMatch } from './late-interaction.js';
import type { RankedPassage } from './ranking.js';

const MAX_QUOTE_SENTENCES = 3;

/** A further sentence must match the question's words this much better to be quoted with the others, as a share of MaxSim. */
const GAIN_PER_SENTENCE = 0.04;

/** "Yes." or "He agreed." seldom answers by itself. */
const FEW_TOKENS = 8;
/**
 * What a sentence of few tokens, and one that asks, must match better by, as a share of MaxSim: the factors of a softmax
 * regression on SQuAD and ClapNQ (half 0), over the factor of MaxSim in it.
 */
const COST_OF_FEW_TOKENS = 0.09;
const COST_OF_ASKING = 0.03;

/** A sentence that leans on the one before it: quoted alone it does not say who or what. */
export const LEANS_BACK =
  /^["“'‘(]*(?:he|she|they|it|his|her|their|its|this|that|these|those|but|and|also|however|instead|then|there|such)\b/i;

/** A sentence that asks is rarely one that answers. */
const ASKS = /\?["”’')\]]*$/;

/** A stretch of an article to read. */
export interface Quote extends Span {
  /** The best partner of each question token in the part of it that is of the passage. */
  readonly matches: readonly TokenMatch[];
}

/**
 * Chooses one to three neighbouring sentences: the one whose tokens, encoded in their context, match the question best, those
 * before it that it leans on, the one after it when it asks, and neighbours that match more of the question. Headings are never part of a quote.
 *
 * @param idf Weights of the question's tokens.
 * @param textOf Gives the text of a sentence.
 * @param before Sentences that stand right before the passage, where only white space lies between: a passage may begin with
 * "He said", and the one before it says who.
 */
export function chooseQuote(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
  before: readonly Sentence[] = [],
): Quote {
  const { passage, sentenceMatches } = ranked;
  const key = keySentence(ranked, idf, textOf);
  // A passage of nothing but headings has no sentence to prefer.
  if (key === null) return { start: passage.start, end: passage.end, matches: ranked.matches };
  const sentences = [...before, ...passage.sentences];
  const matches = [...before.map(() => null), ...sentenceMatches];
  const canQuote = (index: number): boolean => sentences[index]?.isHeading === false;
  const reads = (index: number, pattern: RegExp): boolean => {
    const sentence = sentences[index];
    return sentence !== undefined && pattern.test(textOf(sentence));
  };
  const leans = (index: number): boolean => reads(index, LEANS_BACK);
  const asks = (index: number): boolean => reads(index, ASKS);
  const valueOfSentences = (from: number, to: number): number => {
    const parts = matches.slice(from, to + 1).filter((part) => part !== null);
    return answers(bestMatches(parts), ranked, idf);
  };
  let from = before.length + key;
  let to = from;
  const isFull = (): boolean => to - from + 1 >= MAX_QUOTE_SENTENCES;
  while (!isFull() && leans(from) && canQuote(from - 1)) from -= 1;
  // A writer who asks answers next.
  if (!isFull() && asks(to) && canQuote(to + 1)) to += 1;
  const first = before.length;
  while (!isFull()) {
    const value = valueOfSentences(from, to);
    const gainAfter = canQuote(to + 1) ? valueOfSentences(from, to + 1) - value : 0;
    const gainBefore =
      from > first && canQuote(from - 1) && !leans(from - 1) ? valueOfSentences(from - 1, to) - value : 0;
    if (Math.max(gainAfter, gainBefore) < GAIN_PER_SENTENCE) break;
    if (gainAfter >= gainBefore) to += 1;
    else from -= 1;
  }
  const parts = matches.slice(from, to + 1).filter((part) => part !== null);
  return {
    start: sentences[from]?.start ?? passage.start,
    end: sentences[to]?.end ?? passage.end,
    matches: bestMatches(parts),
  };
}

/** Index of the sentence of a passage that answers best; null where all are headings. */
export function keySentence(
  ranked: RankedPassage,
  idf: readonly number[],
  textOf: (sentence: Span) => string,
): number | null {
  let best: { readonly index: number; readonly value: number } | null = null;
  for (const [index, sentence] of ranked.passage.sentences.entries()) {
    if (sentence.isHeading) continue;
    const value =
      answers(ranked.sentenceMatches[index] ?? [], ranked, idf) -
      (sentence.tokens < FEW_TOKENS ? COST_OF_FEW_TOKENS : 0) -
      (ASKS.test(textOf(sentence)) ? COST_OF_ASKING : 0);
    if (best === null || value > best.value) best = { index, value };
  }
  return best?.index ?? null;
}

/**
 * How well sentences answer: mostly what is asked beyond the title, since every sentence of the article is about its title.
 * The factors are those of a softmax regression on SQuAD and ClapNQ (half 0), over their sum.
 */
function answers(
  matches: readonly TokenMatch[],
  { weightsBeyondTitle }: RankedPassage,
  idf: readonly number[],
): number {
  return (2 * maxSim(matches, weightsBeyondTitle) + maxSim(matches, idf)) / 3;
}
