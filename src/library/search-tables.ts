import { crc32 } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { Block, ContextSpan } from '../corpus/block.js';
import type { Span } from '../text/span.js';
import { type FrequencyChange, FrequencyWriter } from './frequencies.js';
import { readValue, removeValue, writeValue } from './manifest.js';
import { parseBlocks, parseContext, parseTokens } from './rows.js';
import { articleWords, contextWords, passageWords } from './searched-text.js';

// The search tables say which words and tokens are where. Everything in them follows from the articles and passages.

/** What the search tables have about an article. */
export interface SearchedArticle {
  readonly key: number;
  readonly title: string | null;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly passages: readonly SearchedPassage[];
}

interface SearchedPassage extends Span {
  readonly key: number;
  readonly context: readonly ContextSpan[];
  readonly tokenIds: Uint32Array;
}

/** Writes the search tables. Its statements are prepared once, which takes longer than to run them. */
export class SearchTables {
  readonly #frequencies: FrequencyWriter;
  readonly #addArticle: Statement;
  readonly #addPassage: Statement;
  readonly #removeArticle: Statement;
  readonly #removePassage: Statement;

  constructor(database: Database) {
    this.#frequencies = new FrequencyWriter(database);
    this.#addArticle = database.prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)');
    this.#addPassage = database.prepare('INSERT INTO passage_terms (rowid, text, context) VALUES (?, ?, ?)');
    // A contentless FTS5 table needs the text of a row to delete it; only then are its statistics for BM25 right again.
    this.#removeArticle = database.prepare(
      "INSERT INTO article_terms (article_terms, rowid, title, text) VALUES ('delete', ?, ?, ?)",
    );
    this.#removePassage = database.prepare(
      "INSERT INTO passage_terms (passage_terms, rowid, text, context) VALUES ('delete', ?, ?, ?)",
    );
  }

  /** Adds an article, a passage at a time. Run it within a transaction. */
  add(article: SearchedArticle): Generator<void, void, void> {
    return this.#update(article, 1);
  }

  /** Removes an article that was added just as it is, a passage at a time. Run it within a transaction. */
  remove(article: SearchedArticle): Generator<void, void, void> {
    return this.#update(article, -1);
  }

  *#update({ key, passages, ...article }: SearchedArticle, change: FrequencyChange): Generator<void, void, void> {
    const title = article.title ?? '';
    const text = articleWords(article.text, article.blocks);
    this.#frequencies.updateWords(`${title} ${text}`, change);
    this.#frequencies.updateTokens(
      passages.map(({ tokenIds }) => tokenIds),
      change,
    );
    (change > 0 ? this.#addArticle : this.#removeArticle).run(key, title, text);
    const updatePassage = change > 0 ? this.#addPassage : this.#removePassage;
    for (const passage of passages) {
      updatePassage.run(passage.key, passageWords(article.text, passage), contextWords(article.text, passage.context));
      yield;
    }
  }
}

/**
 * Fills the search tables anew from the articles and passages, which have to be intact, a passage at a time. Run it within a
 * transaction.
 */
export function* refillSearchTables(database: Database): Generator<void, void, void> {
  database.exec(`
    INSERT INTO passage_terms (passage_terms) VALUES ('delete-all');
    INSERT INTO article_terms (article_terms) VALUES ('delete-all');
    DELETE FROM token_frequencies;
    DELETE FROM word_frequencies;
  `);
  const tables = new SearchTables(database);
  const readArticle = searchedArticleReader(database);
  for (const key of database.prepare('SELECT key FROM articles ORDER BY key').pluck().all() as number[])
    yield* tables.add(readArticle(key));
}

/** Returns a function that reads what the search tables have about a stored article. Its statements are prepared once. */
export function searchedArticleReader(database: Database): (articleKey: number) => SearchedArticle {
  const selectArticle = database.prepare('SELECT key, title, text, blocks FROM articles WHERE key = ?');
  const selectPassages = database.prepare(
    'SELECT key, start, end, context, tokens FROM passages WHERE article = ? ORDER BY ordinal',
  );
  return (articleKey) => {
    const { blocks, ...article } = selectArticle.get(articleKey) as Omit<SearchedArticle, 'blocks'> & {
      blocks: string;
    };
    const stored = selectPassages.all(articleKey) as (Span & { key: number; context: string; tokens: Buffer })[];
    const passages = stored.map(({ context, tokens, ...passage }) => ({
      ...passage,
      context: parseContext(context),
      tokenIds: parseTokens(tokens),
    }));
    return { ...article, blocks: parseBlocks(blocks), passages };
  };
}

/** The name of their checksum in the manifest. */
const CHECKSUM = 'search-tables';

/** Stores the checksum of the search tables, until an article changes. Run it when everything is written, within a transaction. */
export function* sealSearchTables(database: Database): Generator<void, void, void> {
  if (readValue(database, CHECKSUM).value === null)
    writeValue(database, CHECKSUM, String(yield* checksumSteps(database)));
}

/** Removes the checksum of the search tables. Call it in the transaction that changes them. */
export function unsealSearchTables(database: Database): void {
  removeValue(database, CHECKSUM);
}

/** Whether the search tables have the terms of a passage. */
export function hasTermsOf(database: Database, passageKey: number): boolean {
  return database.prepare('SELECT 1 FROM passage_terms_docsize WHERE id = ?').get(passageKey) !== undefined;
}

/** Whether the search tables have as many articles and passages as there are. Rows are counted one by one, not in an index. */
export function areSearchTablesComplete(database: Database): boolean {
  return ['article', 'passage'].every((name) => {
    const stored = database.prepare(`SELECT count(*) FROM ${name}s NOT INDEXED`).pluck().get();
    return stored === database.prepare(`SELECT count(*) FROM ${name}_terms_docsize`).pluck().get();
  });
}

/**
 * Checks the search tables step by step, for callers that must stay responsive: a step takes a few milliseconds, and all of them a
 * quarter of a second for 100,000 passages. The library must not change between them.
 *
 * @returns Whether the search tables are as they were sealed. While articles change they are not sealed, and count as intact.
 */
export function* searchTablesCheck(database: Database): Generator<void, boolean, void> {
  const { value, isIntact } = readValue(database, CHECKSUM);
  return isIntact && (value === null || value === String(yield* checksumSteps(database)));
}

/** How many rows are read in a step. A row of terms has up to 4,000 bytes. */
const STEP_ROWS = 500;

/** Rows of the search tables that are read in steps. */
interface Part {
  /** Selects rows after the last one by its key, in order, with what the checksum covers as `value`. */
  readonly sql: string;
  /** A key before all others. */
  readonly first: Readonly<Record<string, unknown>>;
  /**
   * Whether the rows are one text, joined by commas. Otherwise the checksum covers their keys too, `at`, those of a step before its
   * values.
   */
  readonly isText: boolean;
}

const PARTS: readonly Part[] = [
  ...['passage_terms', 'article_terms'].flatMap((table) => [
    rows(`SELECT id AS at, block AS value FROM ${table}_data WHERE id > @at ORDER BY id`),
    rows(`SELECT rowid AS at, id || ' ' || hex(sz) AS value FROM ${table}_docsize WHERE rowid > @at ORDER BY rowid`),
    joined(
      `SELECT segid, term, segid || ' ' || hex(term) || ' ' || pgno AS value FROM ${table}_idx WHERE (segid, term) > (@segid, @term) ORDER BY segid, term`,
      { segid: -1, term: '' },
    ),
    joined(`SELECT k, k || ' ' || v AS value FROM ${table}_config WHERE k > @k ORDER BY k`, { k: '' }),
  ]),
  rows("SELECT token AS at, token || ' ' || passages AS value FROM token_frequencies WHERE token > @at ORDER BY token"),
  joined("SELECT word, word || ' ' || articles AS value FROM word_frequencies WHERE word > @word ORDER BY word", {
    word: '',
  }),
];

function rows(sql: string): Part {
  return { sql, first: { at: Number.MIN_SAFE_INTEGER }, isText: false };
}

function joined(sql: string, first: Part['first']): Part {
  return { sql, first, isText: true };
}

/** CRC-32 over all rows. */
function* checksumSteps(database: Database): Generator<void, number, void> {
  let checksum = 0;
  for (const { sql, first, isText } of PARTS) {
    const select = database.prepare(`${sql} LIMIT ${STEP_ROWS}`);
    // The text stands for one row, with this key.
    if (isText) checksum = crc32('1', checksum);
    let separator = '';
    let last: Part['first'] | undefined = first;
    while (last !== undefined) {
      const found = select.all(last) as { at?: number; value: Buffer | string | null }[];
      if (!isText) checksum = crc32(found.map(({ at }) => at).join(' '), checksum);
      for (const { value } of found) {
        if (value === null) continue;
        checksum = crc32(value, isText ? crc32(separator, checksum) : checksum);
        if (isText) separator = ',';
      }
      last = found.length < STEP_ROWS ? undefined : found.at(-1);
      yield;
    }
  }
  return checksum;
}
