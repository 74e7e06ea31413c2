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
  readonly key: number | bigint;
  readonly title: string | null;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly passages: readonly SearchedPassage[];
}

interface SearchedPassage extends Span {
  readonly key: number | bigint;
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

  /** Adds an article. Call it within a transaction. */
  add(article: SearchedArticle): void {
    this.#update(article, 1);
  }

  /** Removes an article that was added just as it is. Call it within a transaction. */
  remove(article: SearchedArticle): void {
    this.#update(article, -1);
  }

  #update({ key, passages, ...article }: SearchedArticle, change: FrequencyChange): void {
    const title = article.title ?? '';
    const text = articleWords(article.text, article.blocks);
    this.#frequencies.updateWords(`${title} ${text}`, change);
    this.#frequencies.updateTokens(
      passages.map(({ tokenIds }) => tokenIds),
      change,
    );
    (change > 0 ? this.#addArticle : this.#removeArticle).run(key, title, text);
    const updatePassage = change > 0 ? this.#addPassage : this.#removePassage;
    for (const passage of passages)
      updatePassage.run(passage.key, passageWords(article.text, passage), contextWords(article.text, passage.context));
  }
}

/** Fills the search tables anew from the articles and passages, which have to be intact. Call it within a transaction. */
export function refillSearchTables(database: Database): void {
  database.exec(`
    INSERT INTO passage_terms (passage_terms) VALUES ('delete-all');
    INSERT INTO article_terms (article_terms) VALUES ('delete-all');
    DELETE FROM token_frequencies;
    DELETE FROM word_frequencies;
  `);
  const tables = new SearchTables(database);
  const selectArticle = database.prepare('SELECT title, text, blocks FROM articles WHERE key = ?');
  const selectPassages = database.prepare(
    'SELECT key, start, end, context, tokens FROM passages WHERE article = ? ORDER BY ordinal',
  );
  for (const key of database.prepare('SELECT key FROM articles ORDER BY key').pluck().all() as number[]) {
    const article = selectArticle.get(key) as { title: string | null; text: string; blocks: string };
    const passages = selectPassages.all(key) as (Span & { key: number; context: string; tokens: Buffer })[];
    tables.add({
      ...article,
      key,
      blocks: parseBlocks(article.blocks),
      passages: passages.map(({ context, tokens, ...passage }) => ({
        ...passage,
        context: parseContext(context),
        tokenIds: parseTokens(tokens),
      })),
    });
  }
}

/** The name of their checksum in the manifest. */
const CHECKSUM = 'search-tables';

/** Stores the checksum of the search tables, until an article changes. Call it when everything is written. */
export function sealSearchTables(database: Database): void {
  if (readValue(database, CHECKSUM).value === null) writeValue(database, CHECKSUM, String(checksumOf(database)));
}

/** Removes the checksum of the search tables. Call it in the transaction that changes them. */
export function unsealSearchTables(database: Database): void {
  removeValue(database, CHECKSUM);
}

/** Whether the search tables are as they were sealed. They are unsealed while, or after, articles change and the end is not reached. */
export function areSearchTablesIntact(database: Database): boolean {
  const { value, isIntact } = readValue(database, CHECKSUM);
  return isIntact && (value === null || value === String(checksumOf(database)));
}

/** SQLite's own tables of a full-text table, as rows of text. */
const FULL_TEXT_PARTS: readonly string[] = [
  "SELECT group_concat(segid || ' ' || hex(term) || ' ' || pgno) FROM $_idx",
  "SELECT group_concat(id || ' ' || hex(sz)) FROM $_docsize",
  "SELECT group_concat(k || ' ' || v) FROM $_config",
];
const FREQUENCIES: readonly string[] = [
  "SELECT group_concat(token || ' ' || passages) FROM token_frequencies",
  "SELECT group_concat(word || ' ' || articles) FROM word_frequencies",
];

/** CRC-32 over all rows. Joining them in SQL is several times as fast as reading them one by one. */
function checksumOf(database: Database): number {
  let checksum = 0;
  const add = (value: unknown): void => {
    checksum = crc32(Buffer.isBuffer(value) ? value : String(value), checksum);
  };
  for (const table of ['passage_terms', 'article_terms']) {
    const blocks = database.prepare(`SELECT id, block FROM ${table}_data ORDER BY id`).raw().iterate();
    for (const [id, block] of blocks as IterableIterator<[number, Buffer]>) {
      add(id);
      add(block);
    }
    for (const sql of FULL_TEXT_PARTS) add(database.prepare(sql.replace('$', table)).pluck().get());
  }
  for (const sql of FREQUENCIES) add(database.prepare(sql).pluck().get());
  return checksum;
}
