import type { Database } from 'better-sqlite3';
import type { CitableArticle } from '../answering/ports/passage-store.js';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { Passage, PassageInArticle, PassageOpening } from '../corpus/passage.js';
import { isDamage } from './damage.js';
import { hiddenTextOf } from './hidden-text.js';
import { parseBlocks, parseContext, parseMarks, parseSentences, REFERENCE_COLUMNS, toArticle } from './rows.js';
import {
  type StoredArticle,
  type StoredPassage,
  VERIFIED_ARTICLE,
  VERIFIED_PASSAGE,
  verifyArticle,
  verifyPassage,
} from './verification.js';

/** The columns of a {@link ListedArticle}. */
const LISTED_COLUMNS = `${REFERENCE_COLUMNS}, (SELECT count(*) FROM passages WHERE article = articles.key) AS passages`;

/** Selects passages with what is needed to verify them. */
const SELECT_PASSAGES = `SELECT ${VERIFIED_PASSAGE} FROM passages p JOIN articles a ON a.key = p.article`;

/**
 * What differs between two states of a library: the keys of articles, ascending. An article that was indexed again is in both
 * lists, because it has a new key. No key is used twice.
 */
export interface ArticleChanges {
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/** An article of a collection that is apart from the others. */
export interface MarkedArticle {
  readonly id: string;
  readonly collection: string;
  readonly file: string;
}

/** The keys of articles: a set, or a map by key. */
export type KnownArticles = Pick<ReadonlySet<number>, 'has' | 'size' | 'keys'>;

/** Lists the articles of a library and looks them up by id, for people who browse it. */
export class ArticleCatalog {
  readonly #database: Database;
  readonly #readText: (articleKey: number) => CitableArticle | null;

  constructor(database: Database) {
    this.#database = database;
    this.#readText = articleTextReader(database);
  }

  /** The number of articles. */
  get articleCount(): number {
    return this.#database.prepare('SELECT count(*) FROM articles').pluck().get() as number;
  }

  /** The number of passages. */
  get passageCount(): number {
    return this.#database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
  }

  /** Lists all articles, by collection and file. */
  articles(): ListedArticle[] {
    return this.#database
      .prepare(`SELECT ${LISTED_COLUMNS} FROM articles ORDER BY collection, file`)
      .all() as ListedArticle[];
  }

  /** Lists the articles whose collections begin with a character, such as `@`. */
  articlesMarked(mark: string): MarkedArticle[] {
    const next = String.fromCharCode(mark.charCodeAt(0) + 1);
    return this.#database
      .prepare('SELECT id, collection, file FROM articles WHERE collection >= ? AND collection < ?')
      .all(mark, next) as MarkedArticle[];
  }

  /**
   * Lists all articles, by collection and file, and reads each only when the iteration reaches it. Articles that are
   * removed before that are skipped.
   */
  *eachArticle(): Generator<ListedArticle, void, undefined> {
    for (const key of this.#keysByFile()) {
      const article = this.articleByKey(key);
      if (article !== null) yield article;
    }
  }

  /** Returns the article with this key, or null if there is none. */
  articleByKey(key: number): ListedArticle | null {
    const article = this.#database.prepare(`SELECT ${LISTED_COLUMNS} FROM articles WHERE key = ?`).get(key);
    return (article as ListedArticle | undefined) ?? null;
  }

  /**
   * Compares the library with an earlier state of it. It takes 2 ms for 10,000 articles, so it can be called after each change.
   *
   * @param known The keys of all articles in the earlier state, such as the keys of a map. Empty lists all articles as added.
   */
  changesSince(known: KnownArticles): ArticleChanges {
    return changesSince(this.#database, known);
  }

  /** Counts the text that no question finds, by kind. */
  hiddenText(): HiddenText[] {
    return hiddenTextOf(this.#database);
  }

  /** Lists the names of all collections, sorted. */
  collections(): string[] {
    return this.#database
      .prepare('SELECT DISTINCT collection FROM articles WHERE collection IS NOT NULL ORDER BY collection')
      .pluck()
      .all() as string[];
  }

  /**
   * Returns the article with this id, or null if there is none.
   *
   * @throws {DamagedIndexError} if it is not as it was stored.
   */
  articleById(id: string): Article | null {
    const row = this.#database.prepare(`SELECT ${VERIFIED_ARTICLE} FROM articles WHERE id = ?`).get(id) as
      | StoredArticle
      | undefined;
    if (row === undefined) return null;
    verifyArticle(this.#database, row);
    return toArticle(row);
  }

  /**
   * Returns the passage with this id and its article, or null if there is none.
   *
   * @throws {DamagedIndexError} if one of them is not as it was stored.
   */
  passageById(id: string): PassageInArticle | null {
    const row = this.#database.prepare(`${SELECT_PASSAGES} WHERE p.id = ?`).get(id) as StoredPassage | undefined;
    if (row === undefined) return null;
    verifyPassage(this.#database, row);
    const article = this.articleById(row.articleId);
    return article === null ? null : { article, passage: toPassage(row) };
  }

  /**
   * Lists the passages of an article in order. Empty if there is no such article.
   *
   * @throws {DamagedIndexError} if one of them is not as it was stored.
   */
  passagesOf(articleId: string): Passage[] {
    const rows = this.#database
      .prepare(`${SELECT_PASSAGES} WHERE a.id = ? ORDER BY ordinal`)
      .iterate(articleId) as IterableIterator<StoredPassage>;
    return Array.from(rows, (row) => {
      verifyPassage(this.#database, row);
      return toPassage(row);
    });
  }

  /**
   * Lists the passages of an article with the beginning of their text, for suggestions while typing, in the order of the text. Empty if
   * there is no such article, or it is damaged.
   *
   * @param maxCharacters The length of a beginning in UTF-16 code units. No character is cut in half.
   */
  openingsOf(articleKey: number, maxCharacters: number): PassageOpening[] {
    try {
      return this.#readOpenings(articleKey, maxCharacters);
    } catch (error) {
      // Sentences that are not JSON are a syntax error.
      if (isDamage(error) || error instanceof SyntaxError) return [];
      throw error;
    }
  }

  #readOpenings(articleKey: number, maxCharacters: number): PassageOpening[] {
    const read = this.#database.transaction(() => ({
      article: this.#readText(articleKey),
      // The passages are not verified: reading their embeddings would take many times as long, and the text is verified.
      rows: this.#database
        .prepare('SELECT id, start, end, sentences FROM passages WHERE article = ? ORDER BY ordinal')
        .all(articleKey) as Pick<StoredPassage, 'id' | 'start' | 'end' | 'sentences'>[],
    }));
    const { article, rows } = read();
    if (article === null) return [];
    const { id: articleId, title, file, collection } = article.reference;
    const { text } = article;
    return rows.map((row) => {
      const start = parseSentences(row.sentences).find(({ isLabel }) => !isLabel)?.start ?? row.start;
      // Drops the first half of a surrogate pair at the end.
      const opening = text.slice(start, Math.min(row.end, start + maxCharacters)).replace(/[\ud800-\udbff]$/, '');
      return { passageId: row.id, articleId, title, file, collection, opening };
    });
  }

  #keysByFile(): number[] {
    return this.#database.prepare('SELECT key FROM articles ORDER BY collection, file').pluck().all() as number[];
  }
}

/** Compares the articles of a library with those of an earlier state. */
export function changesSince(database: Database, known: KnownArticles): ArticleChanges {
  // One text is read in half the time of many rows.
  const keys = database.prepare('SELECT json_group_array(key) FROM articles').pluck().get() as string;
  const current = JSON.parse(keys) as number[];
  const added = current.filter((key) => !known.has(key)).toSorted((a, b) => a - b);
  if (current.length - added.length === known.size) return { added, removed: [] };
  const present = new Set(current);
  return { added, removed: [...known.keys()].filter((key) => !present.has(key)).toSorted((a, b) => a - b) };
}

/**
 * Returns a function that reads what citations are cut from and what they say about it. It returns null if there is no such article.
 * Its statement is prepared once.
 *
 * @throws {DamagedIndexError} if the article is not as it was stored.
 */
export function articleTextReader(database: Database): (articleKey: number) => CitableArticle | null {
  const select = database.prepare(`SELECT ${VERIFIED_ARTICLE} FROM articles WHERE key = ?`);
  return (articleKey) => {
    const row = select.get(articleKey) as StoredArticle | undefined;
    if (row === undefined) return null;
    verifyArticle(database, row);
    const { id, title, url, publisher, published, file, collection, text } = row;
    const reference = { id, title, url, publisher, published, file, collection };
    return { reference, text, blocks: parseBlocks(row.blocks), marks: parseMarks(row.marks) };
  };
}

function toPassage({ id, articleId, ordinal, start, end, sentences, context }: StoredPassage): Passage {
  return { id, articleId, ordinal, start, end, sentences: parseSentences(sentences), context: parseContext(context) };
}
