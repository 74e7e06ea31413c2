import type { CandidatePassage, PassageKey, PassageSearch } from './ports.js';
import type { EncodedQuestion } from './question-encoder.js';
import type { Scope } from './scope.js';

/** How many each retriever proposes. More cost time and were not found to help (measured up to 200 on SQuAD and ClapNQ). */
export const CANDIDATE_LIMITS = { terms: 50, vectors: 50, articles: 3, passagesPerArticle: 40 } as const;

/** A passage that some retriever proposed, with its place in each retriever's list. */
export interface Candidate {
  readonly passage: CandidatePassage;
  /** From 1; null where the retriever did not propose it. */
  readonly termRank: number | null;
  readonly vectorRank: number | null;
  /** BM25 of the passage over that of the best passage, 0 to 1; 0 where it is not among the best. */
  readonly termShare: number;
}

/**
 * The best by terms, the best by vector, and the passages of the articles that fit best as a whole.
 *
 * @param earlierArticles Articles whose passages are candidates in any case.
 */
export function findCandidates(
  question: string,
  encoded: EncodedQuestion,
  store: PassageSearch,
  scope: Scope,
  earlierArticles: readonly number[] = [],
): Candidate[] {
  const byTerms = store.searchTerms(question, CANDIDATE_LIMITS.terms, scope);
  const terms = ranksOf(byTerms);
  const bestScore = byTerms[0]?.score ?? 0;
  const termShares = new Map(byTerms.map(({ key, score }) => [key, bestScore > 0 ? score / bestScore : 0]));
  const vectors = ranksOf(store.searchVectors(encoded.vector, CANDIDATE_LIMITS.vectors, scope));
  const articles = store.searchArticles(question, CANDIDATE_LIMITS.articles, scope).map(({ articleKey }) => articleKey);
  const ofArticles = [...new Set([...articles, ...earlierArticles])].flatMap((articleKey) =>
    store.passagesOfArticle(articleKey, question, CANDIDATE_LIMITS.passagesPerArticle),
  );
  const keys = new Set<PassageKey>([...terms.keys(), ...vectors.keys(), ...ofArticles]);
  // A heading that stands alone is searched in vain: it is never quoted, and so it answers nothing.
  const passages = store.candidates([...keys]).filter(({ sentences }) => sentences.some(({ isHeading }) => !isHeading));
  return passages.map((passage) => ({
    passage,
    termRank: terms.get(passage.key) ?? null,
    vectorRank: vectors.get(passage.key) ?? null,
    termShare: termShares.get(passage.key) ?? 0,
  }));
}

function ranksOf(found: readonly { readonly key: PassageKey }[]): Map<PassageKey, number> {
  return new Map(found.map(({ key }, index) => [key, index + 1]));
}
