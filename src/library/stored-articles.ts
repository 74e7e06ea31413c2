import type { Database } from 'better-sqlite3';
import type { Article } from '../corpus/article.js';
import type { Passage } from '../corpus/passage.js';
import { updateTokenFrequencies, updateWordFrequencies } from './frequencies.js';
import { formatSentences, parseBlocks, parseContext, toBlob, toFloats, toTokens } from './rows.js';
import { addSearchTerms } from './search-tables.js';
import { articleWords, contextWords, passageWords } from './searched-text.js';
import { articleChecksum, passageChecksum } from './verification.js';

/** A passage's embedding and the sign codes of its tokens, as they are stored. */
export interface StoredEmbedding {
  /** The embedding of the passage: a unit vector. */
  readonly vector: Float32Array;
  readonly tokenIds: Uint32Array;
  /** One sign code for each token, in the order of `tokenIds`. */
  readonly codes: Uint8Array;
}

/** A passage with its embedding and the sign codes of what stands around it. */
export interface EmbeddedPassage extends Passage, StoredEmbedding {
  /** The sign codes of the tokens of the title and the headings above it. Empty if there are no headings. */
  readonly sectionCodes: Uint8Array;
  /** The sign codes of the tokens of its other context, such as the sentence that introduces its list. Empty if it has none. */
  readonly contextCodes: Uint8Array;
}

/** An article as it is stored. */
export interface EmbeddedArticle {
  readonly article: Article;
  /** Changes whenever the article has to be indexed again. */
  readonly fingerprint: string;
  /** In the order of the text. */
  readonly passages: readonly EmbeddedPassage[];
  /** The sign codes of the tokens of its title. Empty if it has no title. */
  readonly titleCodes: Uint8Array;
}

/** An article that is already in the library. */
export interface IndexedArticle {
  readonly id: string;
  /** Path below the seeds folder; `#id` or `#line` names one article of a bulk file. */
  readonly file: string;
  readonly fingerprint: string;
}

/** Lists every article with its fingerprint but without its text, to compare it with its source. */
export function listIndexedArticles(database: Database): IndexedArticle[] {
  return database.prepare('SELECT id, file, fingerprint FROM articles').all() as IndexedArticle[];
}

/** Reads the embeddings of an article's passages. */
export function readEmbeddings(database: Database, articleId: string): StoredEmbedding[] {
  const rows = database
    .prepare('SELECT p.vector, p.tokens, p.codes FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ?')
    .all(articleId) as { vector: Buffer; tokens: Buffer; codes: Buffer }[];
  return rows.map(({ vector, tokens, codes }) => ({
    vector: toFloats(vector),
    tokenIds: toTokens(tokens),
    codes: new Uint8Array(codes),
  }));
}

/** Stores an article that is not in the library, a passage at a time. Run it within a transaction. */
export function* insertArticle(
  database: Database,
  { article, fingerprint, passages, titleCodes }: EmbeddedArticle,
): Generator<void, void, void> {
  const row = {
    ...article,
    blocks: JSON.stringify(article.blocks),
    marks: JSON.stringify(article.marks),
    omitted: JSON.stringify(article.omitted),
    fingerprint,
    title_codes: toBlob(titleCodes),
  };
  const { lastInsertRowid: articleKey } = database
    .prepare(
      `INSERT INTO articles (id, file, collection, title, url, publisher, published, language, text, sha256, blocks, marks, omitted, fingerprint, title_codes, checksum)
       VALUES (@id, @file, @collection, @title, @url, @publisher, @published, @language, @text, @sha256, @blocks, @marks, @omitted, @fingerprint, @title_codes, @checksum)`,
    )
    .run({ ...row, checksum: articleChecksum(row) });
  const passageKeys = yield* insertPassages(database, { ...row, key: articleKey }, passages);
  yield* addSearchTerms(database, {
    key: articleKey,
    title: article.title,
    text: article.text,
    blocks: article.blocks,
    passages: passages.map((passage, index) => ({ ...passage, key: passageKeys[index] ?? 0 })),
  });
}

interface InsertedArticle extends Pick<Article, 'id' | 'collection' | 'published'> {
  readonly key: number | bigint;
  readonly title_codes: Buffer;
}

/** @returns The keys of the passages, in their order. */
function* insertPassages(
  database: Database,
  article: InsertedArticle,
  passages: readonly EmbeddedPassage[],
): Generator<void, (number | bigint)[], void> {
  const { id: articleId, collection, published, title_codes, key: articleKey } = article;
  const insertPassage = database.prepare(
    `INSERT INTO passages (id, article, ordinal, start, end, sentences, context, vector, tokens, codes, section_codes, context_codes, checksum)
     VALUES (@id, @articleKey, @ordinal, @start, @end, @sentences, @context, @vector, @tokens, @codes, @section_codes, @context_codes, @checksum)`,
  );
  const keys: (number | bigint)[] = [];
  for (const passage of passages) {
    const { id, ordinal, start, end } = passage;
    const row = {
      id,
      ordinal,
      start,
      end,
      sentences: formatSentences(passage.sentences),
      context: JSON.stringify(passage.context),
      vector: toBlob(passage.vector),
      tokens: toBlob(passage.tokenIds),
      codes: toBlob(passage.codes),
      section_codes: toBlob(passage.sectionCodes),
      context_codes: toBlob(passage.contextCodes),
    };
    const checksum = passageChecksum({ ...row, articleId, collection, published, title_codes });
    keys.push(insertPassage.run({ ...row, articleKey, checksum }).lastInsertRowid);
    yield;
  }
  return keys;
}

interface DeletedArticle {
  readonly key: number;
  readonly title: string | null;
  readonly text: string;
  readonly blocks: string;
}

interface DeletedPassage {
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly tokens: Buffer;
  readonly context: string;
}

/** Deletes an article with its passages, if it is in the library. Call it within a transaction. */
export function deleteArticle(database: Database, id: string): void {
  const article = database.prepare('SELECT key, title, text, blocks FROM articles WHERE id = ?').get(id) as
    | DeletedArticle
    | undefined;
  if (article === undefined) return;
  const passages = database
    .prepare('SELECT key, start, end, tokens, context FROM passages WHERE article = ?')
    .all(article.key) as DeletedPassage[];
  updateTokenFrequencies(
    database,
    passages.map(({ tokens }) => toTokens(tokens)),
    -1,
  );
  const title = article.title ?? '';
  const text = articleWords(article.text, parseBlocks(article.blocks));
  updateWordFrequencies(database, `${title} ${text}`, -1);
  // A contentless FTS5 table needs the text of a row to delete it; only then are its statistics for BM25 right again.
  const deleteTerms = database.prepare(
    "INSERT INTO passage_terms (passage_terms, rowid, text, context) VALUES ('delete', ?, ?, ?)",
  );
  for (const passage of passages)
    deleteTerms.run(
      passage.key,
      passageWords(article.text, passage),
      contextWords(article.text, parseContext(passage.context)),
    );
  database
    .prepare("INSERT INTO article_terms (article_terms, rowid, title, text) VALUES ('delete', ?, ?, ?)")
    .run(article.key, title, text);
  database.prepare('DELETE FROM articles WHERE key = ?').run(article.key);
}
