import type { Database, Statement } from 'better-sqlite3';
import type { PassageKey, ScoredArticle, ScoredPassage } from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import { wordsOf } from '../text/words.js';
import { type ScopedArticles, scopedArticles } from './scoped-articles.js';

/** A question says what it is about in its first words. The rest of a very long one only takes time. */
const MAX_QUERY_WORDS = 64;

/**
 * A word in this share of the passages narrows nothing down but dominates the cost of a search: at 100,000 passages a
 * search took 43 ms with such words and 2.6 ms without.
 */
const COMMON_SHARE = 0.1;
/** Up to this many passages no word counts as common: a name can be in a tenth of them, and any search is fast. */
const COMMON_PASSAGES = 2000;

/** Which words are common is counted again when the number of passages has changed by this share. */
const RECOUNT_SHARE = 0.1;

/** One of the two full-text tables, and how it is searched. */
interface SearchedTable {
  readonly name: 'passage_terms' | 'article_terms';
  /** Rows with the rarest words are scored first: as many words as it takes to find so many rows. */
  readonly firstRows: number;
  /**
   * What a word adds to a score is about this times its idf, at most. Lower is faster and misses more: with the values here, 48 of the
   * 50 best passages and 2.99 of the 3 best articles are the same as if all rows were scored (16,000 passages of manuals, policies
   * and encyclopedias, 670 questions), and 9.9 of the 10 best passages.
   */
  readonly idfShare: number;
  /** Condition for rows in scope, with `@scope`. */
  inScope(articles: ScopedArticles): string;
}

const PASSAGES: SearchedTable = {
  name: 'passage_terms',
  firstRows: 300,
  idfShare: 1,
  inScope: ({ keys }) => `+rowid IN (SELECT key FROM passages WHERE article IN (${keys}))`,
};

const ARTICLES: SearchedTable = {
  name: 'article_terms',
  firstRows: 100,
  idfShare: 1.5,
  inScope: ({ keys }) => `+rowid IN (${keys})`,
};

interface FoundRow {
  readonly key: number;
  readonly score: number;
}

interface SearchedWord {
  readonly word: string;
  /** The number of rows that contain it. */
  readonly rows: number;
  /** Inverse document frequency, as in FTS5's bm25. */
  readonly idf: number;
}

/**
 * BM25 over the terms of passages and of whole articles, computed by SQLite's FTS5.
 *
 * To find the rows with a word is fast; to score them is not (2 µs each). So only rows that can be among the best are scored, as in
 * MaxScore (Turtle & Flood 1995): those with the rarest words first. If the frequent words together add less than what the last of
 * the best rows has, no row that has only them can be among the best.
 *
 * The plus in `+rowid IN (…)` keeps SQLite from repeating the full-text search for each row of the list. With 5,000 of
 * 100,000 passages in scope that took 1,100 ms; searching once and filtering the result takes 6 ms.
 */
export class FullText {
  readonly #database: Database;
  /** By SQL. To prepare one takes as long as a short search. */
  readonly #statements = new Map<string, Statement>();
  /** The number of passages that contain a word, counted up to the limit of `#isCommon`. */
  readonly #passageFrequencies = new Map<string, number>();
  readonly #articleFrequencies = new Map<string, number>();
  /** Words that are too frequent to be searched, counted when there were `#countedPassages`. */
  readonly #commonWords = new Set<string>();
  #countedPassages = 0;
  #passageCount = 0;
  #articleCount = 0;
  /** The last question and the words that are searched for. All searches of a question need them. */
  #searched: { readonly question: string; readonly words: readonly string[] } | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Forgets how frequent words are. Call it whenever passages were added or removed. */
  refresh(passageCount: number, articleCount: number): void {
    this.#passageCount = passageCount;
    this.#articleCount = articleCount;
    this.#passageFrequencies.clear();
    this.#articleFrequencies.clear();
    this.#searched = null;
    if (Math.abs(passageCount - this.#countedPassages) <= RECOUNT_SHARE * this.#countedPassages) return;
    this.#commonWords.clear();
    this.#countedPassages = passageCount;
  }

  /** Returns the best passages by BM25, best first. */
  searchPassages(question: string, limit: number, scope: Scope): ScoredPassage[] {
    const words = this.#wordsOf(question).map((word) =>
      this.#weigh(word, this.passageFrequency(word), this.#passageCount),
    );
    return this.#search(PASSAGES, words, limit, scope);
  }

  /** Returns the best articles by BM25 over title and text, best first. */
  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    const words = this.#wordsOf(question).map((word) =>
      this.#weigh(word, this.#articleFrequency(word), this.#articleCount),
    );
    return this.#search(ARTICLES, words, limit, scope).map(({ key, score }) => ({ articleKey: key, score }));
  }

  /** Returns all passages of an article in order, or the best `limit` by BM25 if it has more. */
  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    const all = this.#prepared('SELECT key FROM passages WHERE article = ? ORDER BY ordinal')
      .all(articleKey)
      .map((row) => (row as { key: PassageKey }).key);
    if (all.length <= limit) return all;
    const words = this.#wordsOf(question);
    if (words.length === 0) return all.slice(0, limit);
    const found = this.#prepared(
      'SELECT rowid AS key FROM passage_terms WHERE passage_terms MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank, rowid LIMIT ?',
    ).all(matchAny(words), all[0], all.at(-1), limit);
    return (found as { key: PassageKey }[]).map(({ key }) => key);
  }

  /**
   * Returns the number of passages that contain a word, counted up to `COMMON_SHARE` of them.
   *
   * @param word Letters and digits only.
   */
  passageFrequency(word: string): number {
    if (this.#commonWords.has(word)) return this.#commonFrequency;
    return this.#count('passage_terms', word, this.#passageFrequencies, this.#commonFrequency);
  }

  #articleFrequency(word: string): number {
    return this.#count('article_terms', word, this.#articleFrequencies, this.#articleCount);
  }

  #count(table: SearchedTable['name'], word: string, known: Map<string, number>, limit: number): number {
    const counted = known.get(word);
    if (counted !== undefined) return counted;
    const { frequency } = this.#prepared(
      `SELECT count(*) AS frequency FROM (SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ?)`,
    ).get(`"${word}"`, limit) as { frequency: number };
    // Anyone can make up words, so those of no passage are not kept.
    if (frequency > 0) known.set(word, frequency);
    return frequency;
  }

  /** The words of a question that are searched for, each once: those that are not common, or all if there are no others. */
  #wordsOf(question: string): readonly string[] {
    if (this.#searched?.question === question) return this.#searched.words;
    const words = [...new Set(wordsOf(question))].slice(0, MAX_QUERY_WORDS);
    const rareWords = words.filter((word) => !this.#isCommon(word));
    this.#searched = { question, words: rareWords.length > 0 ? rareWords : words };
    return this.#searched.words;
  }

  #isCommon(word: string): boolean {
    if (this.#passageCount <= COMMON_PASSAGES) return false;
    if (this.passageFrequency(word) < this.#commonFrequency) return false;
    this.#commonWords.add(word);
    return true;
  }

  get #commonFrequency(): number {
    return Math.ceil(Math.max(this.#passageCount, COMMON_PASSAGES) * COMMON_SHARE);
  }

  #weigh(word: string, rows: number, count: number): SearchedWord {
    return { word, rows, idf: Math.max(0, Math.log((count - rows + 0.5) / (rows + 0.5))) };
  }

  #search(table: SearchedTable, words: readonly SearchedWord[], limit: number, scope: Scope): FoundRow[] {
    const sorted = words.filter(({ rows }) => rows > 0).toSorted((a, b) => a.rows - b.rows);
    if (sorted.length === 0 || limit <= 0) return [];
    const first = wordsWithRows(sorted, table.firstRows);
    const found = this.#score(table, sorted, first, limit, scope);
    if (first === sorted.length) return found;
    const lowest = found.length < limit ? 0 : (found.at(-1)?.score ?? 0);
    const needed = wordsThatReach(sorted, lowest, table.idfShare);
    return needed <= first ? found : this.#score(table, sorted, needed, limit, scope);
  }

  /**
   * Scores the rows that have one of the first `needed` words, by all words.
   *
   * What the needed words alone add is the score of the rows that have no others. Those that do are scored by all words, in a search
   * of their own: in it, FTS5 skips the rows of frequent words that have no needed one. With a scope, which is looked up anew for each
   * search, one search of all rows is faster.
   */
  #score(
    table: SearchedTable,
    words: readonly SearchedWord[],
    needed: number,
    limit: number,
    scope: Scope,
  ): FoundRow[] {
    const all = words.map(({ word }) => word);
    const [first, others] = [matchAny(all.slice(0, needed)), matchAny(all.slice(needed))];
    if (others === '') return this.#match(table, first, limit, scope);
    if (scope !== null) return this.#match(table, matchAny(all), limit, scope, first);
    const found = this.#match(table, first, limit, null);
    const withOthers = this.#match(table, `(${first}) AND (${others})`, limit, null);
    const scores = new Map([...found, ...withOthers].map(({ key, score }) => [key, score]));
    return Array.from(scores, ([key, score]) => ({ key, score }))
      .toSorted((a, b) => b.score - a.score || a.key - b.key)
      .slice(0, limit);
  }

  /** @param needed Only rows that match this query too. Default: all. */
  #match(table: SearchedTable, query: string, limit: number, scope: Scope, needed: string | null = null): FoundRow[] {
    const { name } = table;
    const articles = scopedArticles(scope);
    const conditions = [
      `${name} MATCH @query`,
      ...(needed === null ? [] : [`+rowid IN (SELECT rowid FROM ${name} WHERE ${name} MATCH @needed)`]),
      ...(articles === null ? [] : [table.inScope(articles)]),
    ];
    // FTS5's bm25 is negative, so the best come first in ascending order.
    return this.#prepared(
      `SELECT rowid AS key, -rank AS score FROM ${name} WHERE ${conditions.join(' AND ')} ORDER BY rank, rowid LIMIT @limit`,
    ).all({
      query,
      limit,
      ...(needed !== null && { needed }),
      ...(articles && { scope: articles.scope }),
    }) as FoundRow[];
  }

  #prepared(sql: string): Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Searches for any of these words. Each is quoted, so nothing a person types is read as FTS5 syntax. */
function matchAny(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
}

/** How many of the rarest words it takes to find so many rows. */
function wordsWithRows(words: readonly SearchedWord[], rows: number): number {
  let found = 0;
  const count = words.findIndex((word) => {
    found += word.rows;
    return found >= rows;
  });
  return count === -1 ? words.length : count + 1;
}

/** How many of the rarest words a row must have one of, to reach a score: all others together add less. */
function wordsThatReach(words: readonly SearchedWord[], score: number, idfShare: number): number {
  let others = 0;
  let needed = words.length;
  while (needed > 0) {
    others += idfShare * (words[needed - 1]?.idf ?? 0);
    if (others > score) break;
    needed -= 1;
  }
  return needed;
}
