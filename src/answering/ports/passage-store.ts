import type { ArticleReference } from '../../corpus/article.js';
import type { ExcerptSource } from '../../corpus/excerpt.js';
import type { Sentence } from '../../corpus/sentence.js';
import type { Span } from '../../text/span.js';
import type { WordStatistics } from '../question/rare-words.js';
import type { Scope } from '../question/scope.js';
import type { Spelling } from '../question/spelling.js';

/** A passage's number within one library. It may change when the article is indexed again; a passage's id does not. */
export type PassageKey = number;

/** A passage found by one search. */
export interface ScoredPassage {
  readonly key: PassageKey;
  /** Higher is better. Comparable only within one search. */
  readonly score: number;
}

/** An article found by one search. */
export interface ScoredArticle {
  /** The article's number within one library. */
  readonly articleKey: number;
  /** Higher is better. Comparable only within one search. */
  readonly score: number;
}

/** Everything that ranking needs to know about a candidate. */
export interface CandidatePassage extends Span {
  readonly key: PassageKey;
  /** The passage's stable id. */
  readonly id: string;
  readonly articleKey: number;
  /** Its sentences and headings, in order. */
  readonly sentences: readonly Sentence[];
  /** The embedding of the passage: a unit vector. */
  readonly vector: Float32Array;
  /** The model's tokens of all sentences, one sentence after the other. */
  readonly tokenIds: Uint32Array;
  /** One sign code for each token, in the order of `tokenIds`. */
  readonly codes: Uint8Array;
  /** The sign codes of the tokens of the article's title. Empty if it has no title. */
  readonly titleCodes: Uint8Array;
  /** The sign codes of the title and the headings above the passage. Empty if there are no headings. */
  readonly sectionCodes: Uint8Array;
  /** The sign codes of its other context, such as the sentence that introduces its list. Empty if it has none. */
  readonly contextCodes: Uint8Array;
}

/** Where a passage ends and what it says: enough to quote the end of the passage before a quotation. */
export interface PrecedingPassage {
  /** Offset into the article's text. */
  readonly end: number;
  readonly sentences: readonly Sentence[];
}

/** The retrievers, and the passages they propose. */
export interface PassageSearch {
  /**
   * Searches passages by BM25 over their terms.
   *
   * @param question Plain words. Nothing in it is query syntax.
   * @param limit The maximum number of passages to return.
   * @returns The best passages, best first. Empty if the question has no words or no passage has any of them.
   */
  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[];

  /**
   * Searches passages by the cosine similarity of their embeddings.
   *
   * @param vector The embedding of the question: a unit vector.
   * @param limit The maximum number of passages to return.
   * @returns The most similar passages, most similar first, with the similarity as score.
   */
  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[];

  /**
   * Searches articles by BM25 over their title and whole text.
   *
   * @param question Plain words. Nothing in it is query syntax.
   * @param limit The maximum number of articles to return.
   * @returns The best articles, best first.
   */
  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[];

  /**
   * Lists the passages of an article.
   *
   * @param limit The maximum number of passages to return.
   * @returns All passages in the order of the text, or the best by BM25 if there are more than `limit`. Empty for an
   *   unknown key.
   */
  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[];

  /**
   * Loads passages in the order of their keys. Unknown keys are left out: the passage may have been removed since the
   * search.
   */
  candidates(keys: readonly PassageKey[]): CandidatePassage[];
}

/** How often the model's tokens occur, for weighing rare ones higher. */
export interface TokenStatistics {
  /** The number of passages in the library. */
  readonly passageCount: number;

  /** Returns the number of passages that contain a token; 0 if none does. */
  tokenFrequency(token: number): number;
}

/** What citations are cut from, and what they say about it. */
export interface CitableArticle extends ExcerptSource {
  readonly reference: ArticleReference;
}

/** The texts that citations are cut from. */
export interface ArticleTexts {
  /** Returns the key of the article with this id, or null if there is none. */
  articleKey(id: string): number | null;

  /**
   * Loads an article's text and what a citation says about it.
   *
   * @throws {Error} if there is no such article. A key is sure to be valid only within the `readConsistently` call that
   *   returned it.
   */
  article(articleKey: number): CitableArticle;

  /** Returns the passage before this one in its article, or null for the first passage and for unknown keys. */
  passageBefore(key: PassageKey): PrecedingPassage | null;
}

/** Where a passage stands among the others of its article, and its article among those of its collection. */
export interface PassagePlace {
  /** Null if its article is in none. */
  readonly collection: string | null;
  /** Its number in its article, from 0. */
  readonly ordinal: number;
  /**
   * Share of the collection's dated articles that are older than its own, 0 to 1. Those of the same day, itself included, count
   * half, so the mean over the collection is 0.5; that is also what an article without a date has.
   */
  readonly recency: number;
}

/** Where passages stand. */
export interface PassagePlaces {
  /** Returns where a passage stands, or null for unknown keys. */
  passagePlace(key: PassageKey): PassagePlace | null;
}

/** Reads that agree with each other while another process writes. */
export interface ConsistentReads {
  /**
   * Calls a synchronous function whose reads all see the same state of the store.
   *
   * @returns What the function returns. Errors are passed on.
   */
  readConsistently<Result>(read: () => Result): Result;
}

/** Everything that answering asks of a library. A function should ask for the smallest of these ports that it needs. */
export interface PassageStore
  extends PassageSearch,
    TokenStatistics,
    WordStatistics,
    ArticleTexts,
    PassagePlaces,
    Spelling,
    ConsistentReads {}
