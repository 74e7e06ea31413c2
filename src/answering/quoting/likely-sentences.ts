import { contains, type Span } from '../../text/span.js';
import type { CitableArticle } from '../ports/passage-store.js';
import { labelledMatches, type RankedPassage } from '../ranking/ranking.js';
import { answerScore } from './highlight.js';
import { readingWords } from './reading-words.js';

/** A sentence or label of a candidate, with the probability that it is the one that answers. */
export interface LikelySentence extends Span {
  readonly isLabel: boolean;
  /** Whether it is a heading. */
  readonly isHeading: boolean;
  readonly words: number;
  /** 0 to 1. Those of all sentences of all candidates add up to 1. A label has 0. */
  readonly probability: number;
  /** The passage it belongs to. */
  readonly ranked: RankedPassage;
}

/**
 * Flattens the scores of the ranking, which is too sure of itself on documents. Chosen together with `SENTENCE_SHARPNESS`, by what is
 * shown for the questions of six collections of documents.
 */
const TEMPERATURE = 1.5;

/** How much the answer score of a sentence counts within its passage. */
const SENTENCE_SHARPNESS = 18;

/**
 * Estimates for each passage how likely it is to answer: the softmax of the scores.
 *
 * @param ranking Best first.
 * @param isCalibrated Whether scores are log-odds. If not, only the order counts.
 * @returns One probability per passage, adding up to 1.
 */
export function passageProbabilities(ranking: readonly RankedPassage[], isCalibrated: boolean): number[] {
  const highest = Math.max(...ranking.map(({ score }) => score));
  const odds = ranking.map(({ score }, index) =>
    isCalibrated ? Math.exp((score - highest) / TEMPERATURE) : 1 / (index + 1),
  );
  return sharesOf(odds);
}

/**
 * Divides the probability of a passage among its sentences, by the softmax of their answer scores.
 *
 * @param idf Weights of the question tokens.
 */
export function likelySentences(
  ranked: RankedPassage,
  probability: number,
  idf: readonly number[],
  { text, blocks }: Pick<CitableArticle, 'text' | 'blocks'>,
): LikelySentence[] {
  const { sentences } = ranked.passage;
  const odds = labelledMatches(ranked).map((matches, index) =>
    sentences[index]?.isLabel ? 0 : Math.exp(SENTENCE_SHARPNESS * answerScore(matches, ranked, idf)),
  );
  const shares = sharesOf(odds);
  return sentences.map(({ start, end, isLabel }, index) => {
    return {
      start,
      end,
      isLabel,
      isHeading: isLabel && blocks.some((block) => block.kind === 'heading' && contains(block, { start, end })),
      words: readingWords(text, { start, end }),
      probability: probability * (shares[index] ?? 0),
      ranked,
    };
  });
}

function sharesOf(odds: readonly number[]): number[] {
  const total = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one) => (total > 0 ? one / total : 0));
}
