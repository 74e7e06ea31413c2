import type { ArticleReference } from '../corpus/article.js';
import type { Sentence } from '../corpus/passage.js';
import type { Span } from '../text/span.js';
import type { Scope } from './scope.js';
import type { Spelling } from './spelling.js';

/** A passage's number within one library; ids are for people and for what outlives the library. */
export type PassageKey = number;

export interface ScoredPassage {
  readonly key: PassageKey;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

export interface ScoredArticle {
  readonly articleKey: number;
  readonly score: number;
}

/** What ranking needs to know of a candidate. */
export interface CandidatePassage extends Span {
  readonly key: PassageKey;
  readonly id: string;
  readonly articleKey: number;
  readonly sentences: readonly Sentence[];
  /** Unit vector of the passage. */
  readonly vector: Float32Array;
  readonly tokenIds: Uint32Array;
  /** Sign codes of the tokens, one after the other. */
  readonly codes: Uint8Array;
  /** Sign codes of the tokens of the article's title; empty without one. */
  readonly titleCodes: Uint8Array;
}

/** What answering asks of the library. */
export interface PassageStore extends Spelling {
  readonly passageCount: number;
  /** Runs a function that sees one state of the store throughout. */
  reading<Result>(read: () => Result): Result;
  /** The number of passages that contain a token. */
  tokenFrequency(token: number): number;
  /** Passages by BM25 over their terms, best first. */
  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[];
  /** Passages by the similarity of their vectors, best first. */
  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[];
  /** Articles by BM25 over their title and whole text, best first. */
  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[];
  /** The passages of an article; of a long one those with the best BM25. */
  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[];
  candidates(keys: readonly PassageKey[]): CandidatePassage[];
  /** The passage before this one in its article, or null for the first. */
  passageBefore(key: PassageKey): { readonly end: number; readonly sentences: readonly Sentence[] } | null;
  /** The article with this id, or null. */
  articleKey(id: string): number | null;
  article(articleKey: number): { readonly reference: ArticleReference; readonly text: string };
}
