import { codeBytes, signProduct, signTable } from '../vectors/sign-codes.js';
import type { EncodedQuestion } from './question-encoder.js';

/** A question made ready to be compared with the tokens of passages. */
export interface QuestionTables {
  /** One look-up table a token of the question. */
  readonly tables: readonly Float32Array[];
  /** Bytes of the code of one passage token. */
  readonly codeWidth: number;
}

/** Look-up tables for every token of a question, made once and used for every candidate. */
export function tablesOf(question: EncodedQuestion): QuestionTables {
  return { tables: question.tokenVectors.map(signTable), codeWidth: codeBytes(question.vector.length) };
}

/** The best partner of one question token among the tokens of a passage. */
export interface TokenMatch {
  /** Index among the passage's tokens; -1 where there are none. */
  readonly token: number;
  /** Similarity of the two, about -1 to 1 (it is estimated from signs). */
  readonly similarity: number;
}

/** For each token of the question, its best partner among the passage tokens `from` (inclusive) to `to` (exclusive). */
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

/** For each token of the question the best of its partners in several parts of a text, such as its sentences. */
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
 * MaxSim(q, p) = sum over i of w_i * max over j of <q_i, p_j>: the late interaction of ColBERT (Khattab & Zaharia 2020), here
 * with a weight for each token of the question.
 *
 * @param weights One for each token of the question, of sum 1.
 */
export function maxSim(matches: readonly TokenMatch[], weights: readonly number[]): number {
  return matches.reduce((sum, { similarity }, index) => sum + (weights[index] ?? 0) * similarity, 0);
}

/** How much each token of a question counts, in the two forms of MaxSim that are ranked by; each of sum 1. */
export interface TokenWeights {
  /** The same for every token. */
  readonly even: readonly number[];
  /** By inverse document frequency. */
  readonly idf: readonly number[];
}

/**
 * Weights for the tokens of a question. Punctuation counts nothing: a question mark is rare in articles, so its idf is
 * high, and it says nothing of what is asked.
 *
 * The idf is ln(1 + (N - n + 0.5) / (n + 0.5)) as in BM25 (Robertson & Zaragoza 2009): N passages, n of them with the token.
 *
 * @param isWord For each token whether it has a letter or a digit.
 * @param frequencyOf The number of passages that contain a token.
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

/** A question of nothing but punctuation is refused before; until then all of it counts the same. */
function scaleToOne(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}
