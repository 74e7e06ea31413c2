import type {
  CandidatePassage,
  PassageKey,
  PassageSearch,
  ScoredArticle,
  ScoredPassage,
} from '../ports/passage-store.js';
import type { EncodedQuestion } from '../question/question-encoder.js';
import type { Scope } from '../question/scope.js';

/**
 * How many candidates each retriever proposes. More would take longer and did not help (measured up to 200 on SQuAD and
 * ClapNQ).
 */
export const CANDIDATE_LIMITS = { terms: 50, vectors: 50, articles: 3, passagesPerArticle: 40 } as const;

/** A passage that a retriever proposed, with its rank in the list of each retriever. */
export interface Candidate {
  readonly passage: CandidatePassage;
  /** Rank by BM25, from 1; null if that search did not find the passage. */
  readonly termRank: number | null;
  /** Rank by vector similarity, from 1; null if that search did not find the passage. */
  readonly vectorRank: number | null;
  /** BM25 score over that of the best passage, 0 to 1; 0 if `termRank` is null. */
  readonly termShare: number;
}

/** What the words of a question find. */
export interface FoundByWords {
  /** Best first. */
  readonly passages: readonly ScoredPassage[];
  /** Best first. */
  readonly articles: readonly ScoredArticle[];
}

/** Searches for the words of a question. It needs no embedding, so it can be done while the model makes one. */
export function searchWords(
  question: string,
  store: Pick<PassageSearch, 'searchTerms' | 'searchArticles'>,
  scope: Scope,
): FoundByWords {
  return {
    passages: store.searchTerms(question, CANDIDATE_LIMITS.terms, scope),
    articles: store.searchArticles(question, CANDIDATE_LIMITS.articles, scope),
  };
}

/**
 * Collects the candidates of a question: the best passages by terms, the best by vector, and the passages of the
 * articles that match best as a whole.
 *
 * @param found What `searchWords` returned. What has been removed from the library since is left out.
 * @param earlierArticles Keys of articles whose passages are always candidates.
 */
export function findCandidates(
  question: string,
  encoded: EncodedQuestion,
  found: FoundByWords,
  store: PassageSearch,
  scope: Scope,
  earlierArticles: readonly number[] = [],
): Candidate[] {
  const byTerms = found.passages;
  const termRanks = ranksOf(byTerms);
  const bestScore = byTerms[0]?.score ?? 0;
  const termShares = new Map(byTerms.map(({ key, score }) => [key, bestScore > 0 ? score / bestScore : 0]));
  const vectorRanks = ranksOf(store.searchVectors(encoded.vector, CANDIDATE_LIMITS.vectors, scope));
  const articles = found.articles.map(({ articleKey }) => articleKey);
  const ofArticles = [...new Set([...articles, ...earlierArticles])].flatMap((articleKey) =>
    store.passagesOfArticle(articleKey, question, CANDIDATE_LIMITS.passagesPerArticle),
  );
  const keys = new Set<PassageKey>([...termRanks.keys(), ...vectorRanks.keys(), ...ofArticles]);
  // A passage of nothing but headings cannot be quoted, so it cannot answer anything.
  const passages = store.candidates([...keys]).filter(({ sentences }) => sentences.some(({ isLabel }) => !isLabel));
  return passages.map((passage) => ({
    passage,
    termRank: termRanks.get(passage.key) ?? null,
    vectorRank: vectorRanks.get(passage.key) ?? null,
    termShare: termShares.get(passage.key) ?? 0,
  }));
}

function ranksOf(found: readonly { readonly key: PassageKey }[]): Map<PassageKey, number> {
  return new Map(found.map(({ key }, index) => [key, index + 1]));
}
