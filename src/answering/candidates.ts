import type { CandidatePassage, PassageKey, PassageStore, Scope } from './passage-store.js';
import type { EncodedQuestion } from './question.js';

/** How many each retriever proposes. More cost time and were not found to help (measured up to 200 on SQuAD and ClapNQ). */
export const CANDIDATE_LIMITS = { terms: 50, vectors: 50, articles: 3, passagesPerArticle: 40 } as const;

/** A passage that some retriever proposed, with its place in each retriever's list. */
export interface Candidate {
  readonly passage: CandidatePassage;
  /** From 1; null where the retriever did not propose it. */
  readonly termRank: number | null;
  readonly vectorRank: number | null;
  /** BM25 of the whole article over that of the best article, 0 to 1; 0 for an article that is not among the best. */
  readonly articleTermShare: number;
}

/** The best by terms, the best by vector, and the passages of the articles that fit best as a whole. */
export function findCandidates(
  question: string,
  encoded: EncodedQuestion,
  store: PassageStore,
  scope: Scope,
): Candidate[] {
  const terms = ranksOf(store.searchTerms(question, CANDIDATE_LIMITS.terms, scope));
  const vectors = ranksOf(store.searchVectors(encoded.vector, CANDIDATE_LIMITS.vectors, scope));
  // Every article among the 50 best has its share; only those of the very best bring in all their passages.
  const articles = store.searchArticles(question, CANDIDATE_LIMITS.terms, scope);
  const bestScore = articles[0]?.score ?? 0;
  const shares = new Map(articles.map(({ articleKey, score }) => [articleKey, bestScore > 0 ? score / bestScore : 0]));
  const ofArticles = articles
    .slice(0, CANDIDATE_LIMITS.articles)
    .flatMap(({ articleKey }) => store.passagesOfArticle(articleKey, question, CANDIDATE_LIMITS.passagesPerArticle));
  const keys = new Set<PassageKey>([...terms.keys(), ...vectors.keys(), ...ofArticles]);
  return store.candidates([...keys]).map((passage) => ({
    passage,
    termRank: terms.get(passage.key) ?? null,
    vectorRank: vectors.get(passage.key) ?? null,
    articleTermShare: shares.get(passage.articleKey) ?? 0,
  }));
}

function ranksOf(found: readonly { readonly key: PassageKey }[]): Map<PassageKey, number> {
  return new Map(found.map(({ key }, index) => [key, index + 1]));
}
