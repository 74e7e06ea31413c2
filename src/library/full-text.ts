import type { Database } from 'better-sqlite3';
import type { PassageKey, ScoredArticle, ScoredPassage } from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import { wordsOf } from '../text/words.js';
import { scopedArticles } from './scoped-articles.js';

/** A question says what it is about in its first words. The rest of a very long one only takes time. */
const MAX_QUERY_WORDS = 64;

/**
 * A word in this share of the passages narrows nothing down but dominates the cost of a search: at 100,000 passages a
 * search took 43 ms with such words and 2.6 ms without.
 */
const COMMON_SHARE = 0.1;
/** Up to this many passages no word counts as common: a name can be in a tenth of them, and any search is fast. */
const COMMON_PASSAGES = 2000;

/**
 * BM25 over the terms of passages and of whole articles, computed by SQLite's FTS5.
 *
 * The plus in `+rowid IN (…)` keeps SQLite from repeating the full-text search for each row of the list. With 5,000 of
 * 100,000 passages in scope that took 1,100 ms; searching once and filtering the result takes 6 ms.
 */
export class FullText {
  readonly #database: Database;
  /** Caches the number of passages that contain a word. */
  readonly #frequencies = new Map<string, number>();
  #passageCount = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Forgets how frequent words are. Call it whenever passages were added or removed. */
  refresh(passageCount: number): void {
    this.#passageCount = passageCount;
    this.#frequencies.clear();
  }

  /** Returns the best passages by BM25, best first. */
  searchPassages(question: string, limit: number, scope: Scope): ScoredPassage[] {
    const query = this.#queryFor(question);
    if (query === null) return [];
    const articles = scopedArticles(scope);
    // FTS5's bm25 is negative, so the best come first in ascending order.
    return this.#database
      .prepare(
        `SELECT rowid AS key, -rank AS score FROM passage_terms WHERE passage_terms MATCH @query
         ${articles === null ? '' : `AND +rowid IN (SELECT key FROM passages WHERE article IN (${articles.keys}))`} ORDER BY rank, rowid LIMIT @limit`,
      )
      .all({ query, limit, scope: articles?.scope }) as ScoredPassage[];
  }

  /** Returns the best articles by BM25 over title and text, best first. */
  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    const query = this.#queryFor(question);
    if (query === null) return [];
    const articles = scopedArticles(scope);
    return this.#database
      .prepare(
        `SELECT rowid AS articleKey, -rank AS score FROM article_terms WHERE article_terms MATCH @query
         ${articles === null ? '' : `AND +rowid IN (${articles.keys})`} ORDER BY rank, rowid LIMIT @limit`,
      )
      .all({ query, limit, scope: articles?.scope }) as ScoredArticle[];
  }

  /** Returns all passages of an article in order, or the best `limit` by BM25 if it has more. */
  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    const all = this.#database
      .prepare('SELECT key FROM passages WHERE article = ? ORDER BY ordinal')
      .pluck()
      .all(articleKey) as PassageKey[];
    if (all.length <= limit) return all;
    const query = this.#queryFor(question);
    if (query === null) return all.slice(0, limit);
    return this.#database
      .prepare(
        'SELECT rowid FROM passage_terms WHERE passage_terms MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank, rowid LIMIT ?',
      )
      .pluck()
      .all(query, all[0], all.at(-1), limit) as PassageKey[];
  }

  /** Searches for any of the question's words. Each is quoted, so nothing a person types is read as FTS5 syntax. */
  #queryFor(question: string): string | null {
    const words = [...new Set(wordsOf(question))].slice(0, MAX_QUERY_WORDS);
    const rareWords = words.filter((word) => !this.#isCommon(word));
    const searchedWords = rareWords.length > 0 ? rareWords : words;
    return searchedWords.length === 0 ? null : searchedWords.map((word) => `"${word}"`).join(' OR ');
  }

  /**
   * Returns the number of passages that contain a word, counted up to `COMMON_SHARE` of them.
   *
   * @param word Letters and digits only.
   */
  passageFrequency(word: string): number {
    let frequency = this.#frequencies.get(word);
    if (frequency === undefined) {
      frequency = this.#database
        .prepare('SELECT count(*) FROM (SELECT 1 FROM passage_terms WHERE passage_terms MATCH ? LIMIT ?)')
        .pluck()
        .get(`"${word}"`, this.#commonFrequency) as number;
      // Anyone can make up words, so those of no passage are not kept.
      if (frequency > 0) this.#frequencies.set(word, frequency);
    }
    return frequency;
  }

  #isCommon(word: string): boolean {
    return this.#passageCount > COMMON_PASSAGES && this.passageFrequency(word) >= this.#commonFrequency;
  }

  get #commonFrequency(): number {
    return Math.ceil(Math.max(this.#passageCount, COMMON_PASSAGES) * COMMON_SHARE);
  }
}
