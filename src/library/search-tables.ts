import { crc32 } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Block, ContextSpan } from '../corpus/block.js';
import type { Span } from '../text/span.js';
import { updateTokenFrequencies, updateWordFrequencies } from './frequencies.js';
import { readValue, removeValue, writeValue } from './manifest.js';
import { parseBlocks, parseContext, toTokens } from './rows.js';
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

/** Adds an article to the search tables, a passage at a time. Run it within a transaction. */
export function* addSearchTerms(
  database: Database,
  { key, passages, ...article }: SearchedArticle,
): Generator<void, void, void> {
  const title = article.title ?? '';
  const text = articleWords(article.text, article.blocks);
  updateWordFrequencies(database, `${title} ${text}`, 1);
  database.prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)').run(key, title, text);
  const insertTerms = database.prepare('INSERT INTO passage_terms (rowid, text, context) VALUES (?, ?, ?)');
  for (const passage of passages) {
    insertTerms.run(passage.key, passageWords(article.text, passage), contextWords(article.text, passage.context));
    yield;
  }
  updateTokenFrequencies(
    database,
    passages.map(({ tokenIds }) => tokenIds),
    1,
  );
}

/** Fills the search tables anew from the articles and passages, which have to be intact. Call it within a transaction. */
export function refillSearchTables(database: Database): void {
  database.exec(`
    INSERT INTO passage_terms (passage_terms) VALUES ('delete-all');
    INSERT INTO article_terms (article_terms) VALUES ('delete-all');
    DELETE FROM token_frequencies;
    DELETE FROM word_frequencies;
  `);
  const selectArticle = database.prepare('SELECT title, text, blocks FROM articles WHERE key = ?');
  const selectPassages = database.prepare(
    'SELECT key, start, end, context, tokens FROM passages WHERE article = ? ORDER BY ordinal',
  );
  for (const key of database.prepare('SELECT key FROM articles ORDER BY key').pluck().all() as number[]) {
    const article = selectArticle.get(key) as { title: string | null; text: string; blocks: string };
    const passages = selectPassages.all(key) as (Span & { key: number; context: string; tokens: Buffer })[];
    const added = addSearchTerms(database, {
      ...article,
      key,
      blocks: parseBlocks(article.blocks),
      passages: passages.map(({ context, tokens, ...passage }) => ({
        ...passage,
        context: parseContext(context),
        tokenIds: toTokens(tokens),
      })),
    });
    while (added.next().done !== true);
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

/**
 * Whether the search tables are as they were sealed. While articles change they are not sealed, and count as intact. Call it within
 * a transaction. For 10,000 passages it takes about 20 ms.
 */
export function areSearchTablesIntact(database: Database): boolean {
  const { value, isIntact } = readValue(database, CHECKSUM);
  return isIntact && (value === null || value === String(checksumOf(database)));
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
