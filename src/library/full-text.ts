import type { Database } from 'better-sqlite3';
import type { PassageKey, ScoredArticle, ScoredPassage } from '../answering/ports.js';
import type { Scope } from '../answering/scope.js';
import { wordsOf } from '../text/words.js';
import { scopedArticles } from './scoped-articles.js';

/** A question's first words say what is asked; the rest of a very long one only costs time. */
const MAX_QUERY_WORDS = 64;

/** A term in so large a part of the passages finds nothing and costs most of the search (measured: 43 against 2.6 ms at 100,000). */
const COMMON_SHARE = 0.1;
/** In a small collection every name is in a tenth of the passages, and speed is no matter. */
const COMMON_PASSAGES = 2000;

/**
 * BM25 over the terms of passages and of whole articles, by SQLite's FTS5.
 *
 * In `+rowid IN (…)` the plus keeps SQLite from searching once for each row of the list, counting every term anew: in 5,000 of
 * 100,000 passages that took 1,100 ms, and one search that is sifted takes 6.
 */
export class FullText {
  readonly #database: Database;
  /** Whether a word is in too many passages to look for, by folded word. */
  readonly #common = new Map<string, boolean>();
  #passageCount = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Must be told when passages came or went. */
  refresh(passageCount: number): void {
    this.#passageCount = passageCount;
    this.#common.clear();
  }

  passages(question: string, limit: number, scope: Scope): ScoredPassage[] {
    const query = this.#queryFor(question);
    if (query === null) return [];
    const articles = scopedArticles(scope);
    // FTS5's bm25 is negative, so that the best come first in ascending order.
    return this.#database
      .prepare(
        `SELECT rowid AS key, -rank AS score FROM passage_terms WHERE passage_terms MATCH @query
         ${articles === null ? '' : `AND +rowid IN (SELECT key FROM passages WHERE article IN (${articles.keys}))`} ORDER BY rank, rowid LIMIT @limit`,
      )
      .all({ query, limit, scope: articles?.scope }) as ScoredPassage[];
  }

  articles(question: string, limit: number, scope: Scope): ScoredArticle[] {
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

  /** All passages of an article in order, or of one with more than `limit` those with the best BM25. */
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

  /** Any of the question's words, each quoted: nothing a person types is FTS5 syntax. */
  #queryFor(question: string): string | null {
    const words = [...new Set(wordsOf(question))].slice(0, MAX_QUERY_WORDS);
    const telling = words.filter((word) => !this.#isCommon(word));
    const chosen = telling.length > 0 ? telling : words;
    return chosen.length === 0 ? null : chosen.map((word) => `"${word}"`).join(' OR ');
  }

  #isCommon(word: string): boolean {
    if (this.#passageCount <= COMMON_PASSAGES) return false;
    let common = this.#common.get(word);
    if (common === undefined) {
      const limit = Math.ceil(this.#passageCount * COMMON_SHARE);
      const found = this.#database
        .prepare('SELECT count(*) FROM (SELECT 1 FROM passage_terms WHERE passage_terms MATCH ? LIMIT ?)')
        .pluck()
        .get(`"${word}"`, limit) as number;
      common = found >= limit;
      this.#common.set(word, common);
    }
    return common;
  }
}
