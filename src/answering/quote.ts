import type { Span } from '../corpus/article.js';
import type { Sentence } from '../corpus/passage.js';
import { matchTokens, maxSim, type QuestionTables } from './late-interaction.js';
import type { CandidatePassage } from './passage-store.js';

const MAX_QUOTE_SENTENCES = 3;

/** A further sentence must match the question's words this much better to be quoted with the others, as a share of MaxSim. */
const GAIN_PER_SENTENCE = 0.04;

/** A sentence that leans on the one before it: quoted alone it does not say who or what. */
const LEANS_BACK =
  /^["“'‘(]*(?:he|she|they|it|his|her|their|its|this|that|these|those|but|and|also|however|instead|then|there|such)\b/i;

/** A sentence that asks is rarely one that answers. */
const ASKS = /\?["”’')\]]*$/;

/** A stretch of a passage to read, with the tokens that stand in it. */
export interface QuoteSpan extends Span {
  readonly fromToken: number;
  readonly toToken: number;
}

/**
 * Chooses one to three neighbouring sentences of a passage: those whose tokens, encoded in their context, match the question
 * best. Headings are never part of a quote.
 *
 * @param sentenceText Gives the text of a sentence, to see whether it leans on the one before.
 */
export function chooseQuote(
  passage: CandidatePassage,
  tables: QuestionTables,
  weights: readonly number[],
  sentenceText: (sentence: Sentence) => string,
): QuoteSpan {
  const sentences = withTokens(passage.sentences);
  let best: { readonly from: number; readonly to: number; readonly value: number } | null = null;
  for (let from = 0; from < sentences.length; from++) {
    for (let to = from + 1; to <= Math.min(sentences.length, from + MAX_QUOTE_SENTENCES); to++) {
      const run = sentences.slice(from, to);
      const first = run[0];
      const last = run.at(-1);
      if (first === undefined || last === undefined || run.some(({ isHeading }) => isHeading)) break;
      const matched = maxSim(matchTokens(tables, passage.codes, first.fromToken, last.toToken), weights);
      // Seen from the reader: a dangling "He said" costs as much as one more sentence does.
      const leans = from > 0 && sentences[from - 1]?.isHeading === false && LEANS_BACK.test(sentenceText(first));
      const asks = run.every((sentence) => ASKS.test(sentenceText(sentence)));
      const value = matched - GAIN_PER_SENTENCE * (run.length - 1 + (leans ? 1 : 0) + (asks ? 1 : 0));
      if (best === null || value > best.value) best = { from, to, value };
    }
  }
  // A passage of nothing but headings has no sentence to prefer.
  const { from, to } = best ?? { from: 0, to: sentences.length };
  const first = sentences[from];
  const last = sentences[to - 1];
  if (first === undefined || last === undefined)
    return { start: passage.start, end: passage.end, fromToken: 0, toToken: passage.tokenIds.length };
  return { start: first.start, end: last.end, fromToken: first.fromToken, toToken: last.toToken };
}

function withTokens(
  sentences: readonly Sentence[],
): (Sentence & { readonly fromToken: number; readonly toToken: number })[] {
  let fromToken = 0;
  return sentences.map((sentence) => {
    const placed = { ...sentence, fromToken, toToken: fromToken + sentence.tokens };
    fromToken = placed.toToken;
    return placed;
  });
}
