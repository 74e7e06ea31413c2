import type { TokenMatches } from '../../vectors/token-scorer.js';

/** Combines the matches in several parts of a text, such as its sentences: the best partner of each question token. */
export function bestMatches(parts: readonly TokenMatches[]): TokenMatches {
  const [first, ...others] = parts;
  if (first === undefined) return NO_MATCHES;
  if (others.length === 0) return first;
  const best = { tokens: [...first.tokens], similarities: [...first.similarities] };
  for (const { tokens, similarities } of others) {
    for (let index = 0; index < similarities.length; index++) {
      const similarity = similarities[index] as number;
      if (similarity <= (best.similarities[index] as number)) continue;
      best.similarities[index] = similarity;
      best.tokens[index] = tokens[index] as number;
    }
  }
  return best;
}

const NO_MATCHES: TokenMatches = { tokens: [], similarities: [] };

/**
 * MaxSim(q, p) = sum over i of w_i * max over j of <q_i, p_j>: the late interaction of ColBERT (Khattab & Zaharia
 * 2020), here with a weight for each question token.
 *
 * @param weights One per question token, adding up to 1.
 * @param title Matches of another part of the text, which count where they are better. Default: none.
 * @returns About -1 to 1, usually 0 to 1.
 */
export function maxSim(
  { similarities }: TokenMatches,
  weights: readonly number[],
  title: TokenMatches | null = null,
): number {
  let sum = 0;
  for (let index = 0; index < similarities.length; index++) {
    const own = similarities[index] as number;
    const other = title?.similarities[index] ?? own;
    sum += (weights[index] ?? 0) * (other > own ? other : own);
  }
  return sum;
}

/** Weights of the question tokens for the two forms of MaxSim in the ranking. Each list adds up to 1. */
export interface TokenWeights {
  readonly even: readonly number[];
  /** By inverse document frequency. */
  readonly idf: readonly number[];
}

/**
 * Weighs the tokens of a question.
 *
 * idf = ln(1 + (N - n + 0.5) / (n + 0.5)) as in BM25 (Robertson & Zaragoza 2009): N passages, n of them with the token.
 *
 * @param tokens Without punctuation: a question mark is rare in articles, so its idf would be high, but it says nothing.
 * @param passageCount Number of passages in the library.
 * @param frequencyOf Returns the number of passages that contain a token.
 */
export function weighTokens(
  tokens: ArrayLike<number>,
  passageCount: number,
  frequencyOf: (token: number) => number,
): TokenWeights {
  const idfs = Array.from(tokens, (token) => {
    const frequency = Math.min(frequencyOf(token), passageCount);
    return Math.log(1 + (passageCount - frequency + 0.5) / (frequency + 0.5));
  });
  return { even: scaleToOne(idfs.map(() => 1)), idf: scaleToOne(idfs) };
}

/**
 * Lowers the weights of the first tokens, and scales all to the sum 1.
 *
 * @param count How many tokens.
 * @param factor 0 to 1.
 */
export function weighDown({ even, idf }: TokenWeights, count: number, factor: number): TokenWeights {
  const lower = (weights: readonly number[]): number[] =>
    scaleToOne(weights.map((weight, index) => (index < count ? weight * factor : weight)));
  return { even: lower(even), idf: lower(idf) };
}

/** Scales weights to the sum 1; all are equal if their sum is 0. */
function scaleToOne(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}
