import { codeBytes, signProduct, signTable } from '../../vectors/sign-codes.js';
import type { EncodedQuestion } from '../question/question-encoder.js';

/** A question prepared for comparison with passage tokens. */
export interface QuestionTables {
  /** One look-up table per token of the question. */
  readonly tables: readonly Float32Array[];
  /** Bytes in the sign code of one passage token. */
  readonly codeWidth: number;
}

/** Builds the look-up tables of a question, once for all of its candidates. */
export function tablesOf(question: EncodedQuestion): QuestionTables {
  return { tables: question.tokenVectors.map(signTable), codeWidth: codeBytes(question.vector.length) };
}

/** The best partner of one question token among the tokens of a passage. */
export interface TokenMatch {
  /** Index of the token in the passage; -1 if there are none. */
  readonly token: number;
  /** Similarity of the two tokens, about -1 to 1 because it is estimated from signs; 0 if there are none. */
  readonly similarity: number;
}

/**
 * Finds the best partner of each question token among the passage tokens `from` (inclusive) to `to` (exclusive); of
 * equal ones the first.
 *
 * @param codes Sign codes of the passage's tokens, one after the other.
 * @returns One match per question token, in order.
 */
export function matchTokens(
  { tables, codeWidth }: QuestionTables,
  codes: Uint8Array,
  from = 0,
  to = codes.length / codeWidth,
): TokenMatch[] {
  return tables.map((table) => {
    let token = -1;
    let similarity = Number.NEGATIVE_INFINITY;
    for (let index = from; index < to; index++) {
      const product = signProduct(table, codes, index * codeWidth);
      if (product > similarity) {
        similarity = product;
        token = index;
      }
    }
    return token === -1 ? { token, similarity: 0 } : { token, similarity };
  });
}

/** Combines the matches in several parts of a text, such as its sentences: the best partner of each question token. */
export function bestMatches(parts: readonly (readonly TokenMatch[])[]): readonly TokenMatch[] {
  const [first = [], ...others] = parts;
  return others.reduce<readonly TokenMatch[]>(
    (best, part) =>
      best.map((match, index) => {
        const other = part[index];
        return other !== undefined && other.similarity > match.similarity ? other : match;
      }),
    first,
  );
}

/**
 * MaxSim(q, p) = sum over i of w_i * max over j of <q_i, p_j>: the late interaction of ColBERT (Khattab & Zaharia
 * 2020), here with a weight for each question token.
 *
 * @param weights One per question token, adding up to 1.
 * @returns About -1 to 1, usually 0 to 1.
 */
export function maxSim(matches: readonly TokenMatch[], weights: readonly number[]): number {
  return matches.reduce((sum, { similarity }, index) => sum + (weights[index] ?? 0) * similarity, 0);
}

/** Weights of the question tokens for the two forms of MaxSim in the ranking. Each list adds up to 1. */
export interface TokenWeights {
  /** Equal for all tokens except punctuation, which has 0. */
  readonly even: readonly number[];
  /** By inverse document frequency; 0 for punctuation. */
  readonly idf: readonly number[];
}

/**
 * Weighs the tokens of a question. Punctuation gets 0: a question mark is rare in articles, so its idf would be high,
 * but it says nothing about what is asked.
 *
 * idf = ln(1 + (N - n + 0.5) / (n + 0.5)) as in BM25 (Robertson & Zaragoza 2009): N passages, n of them with the token.
 *
 * @param isWord For each token, whether it has a letter or digit.
 * @param passageCount Number of passages in the library.
 * @param frequencyOf Returns the number of passages that contain a token.
 */
export function weighTokens(
  tokens: ArrayLike<number>,
  isWord: readonly boolean[],
  passageCount: number,
  frequencyOf: (token: number) => number,
): TokenWeights {
  const idfs = Array.from(tokens, (token, index) => {
    if (!isWord[index]) return 0;
    const frequency = Math.min(frequencyOf(token), passageCount);
    return Math.log(1 + (passageCount - frequency + 0.5) / (frequency + 0.5));
  });
  const even = scaleToOne(isWord.map(Number));
  return { even, idf: scaleToOne(idfs) };
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

/** Scales weights to the sum 1; all are equal if their sum is 0. A question without any word is refused before this. */
function scaleToOne(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}
