import type { Coefficients } from '../../src/answering/confidence/coefficients.js';
import { FITTED } from '../../src/answering/confidence/fitted-coefficients.js';
import type { CandidatePassage, PassageStore } from '../../src/answering/ports/passage-store.js';
import type { QuestionEncoder } from '../../src/answering/question/question-encoder.js';
import { isInScope, type Scope } from '../../src/answering/question/scope.js';
import { RANKING_FEATURES, type RankingWeights } from '../../src/answering/ranking/ranking.js';
import type { ArticleReference } from '../../src/corpus/article.js';
import { codeBytes, writeSignCode } from '../../src/vectors/sign-codes.js';

/** Length of its vectors, and the most words it can have: each word is one row of a Hadamard matrix of this size. */
export const DIMENSIONS = 64;

/** An article of a small library. */
export interface SmallArticle {
  readonly title: string | null;
  readonly collection?: string;
  /** `YYYY-MM-DD`. */
  readonly published?: string;
  /**
   * The sentences of each passage. A sentence that starts with "# " is a heading. A passage that starts with "~ " is
   * boilerplate: it is not searched and only separates its neighbours.
   */
  readonly passages: readonly (readonly string[])[];
}

/** What answering needs, without coefficients. */
export interface SmallLibrary {
  readonly store: PassageStore;
  readonly encoder: QuestionEncoder;
  readonly clock: () => number;
}

/**
 * Builds a library in which all numbers can be worked out by hand. Every word is a token, and the vectors of two words
 * are orthogonal with all coordinates ±1/8: the similarity of a word with itself is 1 and with any other 0, by signs
 * too. The vector of a text is the normalised sum over its words. A search by terms counts the distinct words in
 * common. Spelling is not corrected: a test of that has to replace `nearestWord`.
 */
export function smallLibrary(articles: readonly SmallArticle[]): SmallLibrary {
  const vocabulary: string[] = [];
  const tokenOf = (word: string): number => {
    if (!vocabulary.includes(word)) vocabulary.push(word);
    if (vocabulary.length > DIMENSIONS) throw new RangeError('A small library has at most 64 words');
    return vocabulary.indexOf(word);
  };
  const tokensOf = (text: string): Uint32Array => Uint32Array.from(wordsOf(text), tokenOf);
  const stored: { reference: ArticleReference; text: string; passages: CandidatePassage[] }[] = [];
  let key = 0;
  articles.forEach(({ title, collection = null, published = null, passages }, articleKey) => {
    let text = '';
    const titleCodes = codesOf(tokensOf(title ?? ''));
    const built = passages.flatMap((sentences): CandidatePassage[] => {
      if (text !== '') text += '\n\n';
      const start = text.length;
      const placed = sentences.map((sentence, index) => {
        if (index > 0) text += ' ';
        const from = text.length;
        text += sentence;
        const isLabel = sentence.startsWith('# ');
        return { start: from, end: text.length, isLabel, tokens: wordsOf(sentence).length };
      });
      if (sentences[0]?.startsWith('~ ')) return [];
      const tokenIds = tokensOf(sentences.join(' '));
      key += 1;
      const vector = meanOf(tokenIds);
      return [
        {
          key,
          id: `p${key}`,
          articleKey,
          start,
          end: text.length,
          sentences: placed,
          vector,
          tokenIds,
          codes: codesOf(tokenIds),
          titleCodes,
          sectionCodes: new Uint8Array(),
          contextCodes: new Uint8Array(),
        },
      ];
    });
    const reference = {
      id: `a${articleKey}`,
      title,
      url: null,
      publisher: null,
      published,
      file: `${title ?? `untitled-${articleKey}`}.md`,
      collection,
    };
    stored.push({ reference, text, passages: built });
  });
  const all = stored.flatMap(({ passages }) => passages);
  const inScope = (articleKey: number, scope: Scope): boolean => {
    const article = stored[articleKey];
    return article !== undefined && isInScope(article.reference, scope);
  };
  const best = <One>(scored: readonly (One & { score: number })[], limit: number): (One & { score: number })[] =>
    scored
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, limit);

  return {
    clock: () => 0,
    encoder: {
      embedQuestion(text) {
        const tokens = tokensOf(text);
        return Promise.resolve({ vector: meanOf(tokens), tokens, tokenVectors: Array.from(tokens, wordVector) });
      },
      vocabulary: () => Promise.resolve(vocabulary),
    },
    store: {
      passageCount: all.length,
      readConsistently: (read) => read(),
      tokenFrequency: (token) => all.filter(({ tokenIds }) => tokenIds.includes(token)).length,
      wordFrequency: (word) =>
        all.filter(({ tokenIds }) => tokenIds.some((token) => vocabulary[token] === word)).length,
      searchTerms: (question, limit, scope) =>
        best(
          all
            .filter(({ articleKey }) => inScope(articleKey, scope))
            .map((passage) => ({ key: passage.key, score: wordsInCommon(tokensOf(question), passage.tokenIds) })),
          limit,
        ),
      searchVectors: () => [],
      searchArticles: (question, limit, scope) =>
        best(
          stored
            .map(({ reference: { title }, text }, articleKey) => ({
              articleKey,
              score: wordsInCommon(tokensOf(question), tokensOf(`${title ?? ''} ${text}`)),
            }))
            .filter(({ articleKey }) => inScope(articleKey, scope)),
          limit,
        ),
      passagesOfArticle: (articleKey, _question, limit) =>
        (stored[articleKey]?.passages ?? []).slice(0, limit).map((passage) => passage.key),
      candidates: (keys) => keys.flatMap((wanted) => all.find((passage) => passage.key === wanted) ?? []),
      passageBefore(wanted) {
        const { passages = [] } = stored.find(({ passages }) => passages.some(({ key }) => key === wanted)) ?? {};
        return passages[passages.findIndex(({ key }) => key === wanted) - 1] ?? null;
      },
      passagePlace(wanted) {
        const article = stored.find(({ passages }) => passages.some(({ key }) => key === wanted));
        if (article === undefined) return null;
        const { collection, published } = article.reference;
        const dates = stored.flatMap(({ reference }) =>
          reference.collection === collection ? (reference.published ?? []) : [],
        );
        const share = (holds: (date: string) => boolean): number => dates.filter(holds).length / dates.length;
        return {
          collection,
          ordinal: article.passages.findIndex(({ key }) => key === wanted),
          recency:
            published === null ? 0.5 : (share((date) => date < published) + share((date) => date <= published)) / 2,
        };
      },
      articleKey(id) {
        const articleKey = stored.findIndex(({ reference }) => reference.id === id);
        return articleKey === -1 ? null : articleKey;
      },
      nearestWord: () => null,
      article(articleKey) {
        const article = stored[articleKey];
        if (article === undefined) throw new Error(`No article has the key ${articleKey}`);
        const { passages, text } = article;
        const blocks = passages.map(({ start, end }) => ({ kind: 'paragraph', start, end }) as const);
        return { ...article, text, blocks, marks: [] };
      },
    },
  };
}

/** The bundled coefficients, but with a ranking by these features only. */
export function rankedBy(weights: Partial<RankingWeights>, others: Partial<Coefficients> = {}): Coefficients {
  const { decision, thresholds, typical } = FITTED;
  const none = Object.fromEntries(RANKING_FEATURES.map((name) => [name, 0]));
  return { decision, thresholds, typical, ...others, ranking: { ...(none as unknown as RankingWeights), ...weights } };
}

/** Row `token` of the Hadamard matrix with 64 rows, divided by 8: a unit vector, orthogonal to every other row. */
export function wordVector(token: number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, (_, index) => {
    let inCommon = 0;
    for (let bits = token & index; bits > 0; bits >>= 1) inCommon ^= bits & 1;
    return (inCommon === 0 ? 1 : -1) / 8;
  });
}

/** The sign codes of tokens, one after the other. */
export function codesOf(tokens: ArrayLike<number>): Uint8Array {
  const width = codeBytes(DIMENSIONS);
  const codes = new Uint8Array(tokens.length * width);
  for (const [index, vector] of Array.from(tokens, wordVector).entries()) writeSignCode(vector, codes, index * width);
  return codes;
}

function meanOf(tokens: ArrayLike<number>): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const vector of Array.from(tokens, wordVector))
    for (let i = 0; i < DIMENSIONS; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}

function wordsInCommon(a: Uint32Array, b: Uint32Array): number {
  return [...new Set(a)].filter((token) => b.includes(token)).length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
