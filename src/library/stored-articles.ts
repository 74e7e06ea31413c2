import type { Database, Statement } from 'better-sqlite3';
import type { Article } from '../corpus/article.js';
import type { Passage } from '../corpus/passage.js';
import { decodeVector, encodeVector, storedVectorBytes } from '../vectors/stored-vector.js';
import { formatSentences, formatTokens, parseTokens, toBlob, toBytes } from './rows.js';
import { type SearchedArticle, SearchTables, searchedArticleReader } from './search-tables.js';
import {
  articleChecksum,
  embeddingsChecksum,
  passageChecksum,
  type StoredEmbeddings,
  VERIFIED_EMBEDDINGS,
} from './verification.js';

/** A passage's embedding and the sign codes of its tokens, as they are stored. */
export interface StoredEmbedding {
  /** The embedding of the passage: a unit vector. It is stored with a byte per value. */
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

/**
 * Reads the embeddings of an article's passages.
 *
 * @param dimensions The number of values in a vector.
 */
export function readEmbeddings(database: Database, articleId: string, dimensions: number): StoredEmbedding[] {
  const rows = database
    .prepare(
      'SELECT p.tokens, p.codes FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ? ORDER BY p.key',
    )
    .all(articleId) as { tokens: Buffer; codes: Buffer }[];
  const vectors = database
    .prepare('SELECT vectors FROM article_embeddings e JOIN articles a ON a.key = e.article WHERE a.id = ?')
    .pluck()
    .get(articleId) as Buffer | undefined;
  if (vectors === undefined) return [];
  return rows.map(({ tokens, codes }, index) => ({
    vector: vectorAt(vectors, index, dimensions),
    tokenIds: parseTokens(tokens),
    codes: toBytes(codes),
  }));
}

/**
 * Returns a function that reads the vector of a passage, or null if it is not in the library. The vectors of an article are one value,
 * in the order of its passages, whose keys follow each other: those of the last article are kept, so read passages in order.
 *
 * @param dimensions The number of values in a vector.
 */
export function vectorReader(database: Database, dimensions: number): (passageKey: number) => Float32Array | null {
  const selectArticle = database.prepare('SELECT article FROM passages WHERE key = ?').pluck();
  const selectVectors = database.prepare(
    'SELECT article, first_passage, vectors FROM article_embeddings WHERE article = ?',
  );
  let last: Pick<StoredEmbeddings, 'article' | 'first_passage' | 'vectors'> | undefined;
  return (passageKey) => {
    const article = selectArticle.get(passageKey) as number | undefined;
    if (article === undefined) return null;
    if (last?.article !== article) last = selectVectors.get(article) as typeof last;
    return last === undefined ? null : vectorAt(last.vectors, passageKey - last.first_passage, dimensions);
  };
}

/** Returns one of the vectors that are stored one after the other. */
function vectorAt(vectors: Buffer, index: number, dimensions: number): Float32Array {
  const bytes = storedVectorBytes(dimensions);
  return decodeVector(vectors.subarray(index * bytes, (index + 1) * bytes));
}

/** Writes articles into the tables of a library. Its statements are prepared once, which takes longer than to run them. */
export class ArticleTables {
  readonly #searchTables: SearchTables;
  readonly #insertArticle: Statement;
  readonly #insertPassage: Statement;
  readonly #insertEmbeddings: Statement;
  readonly #selectKey: Statement<[string]>;
  readonly #readSearchedArticle: (articleKey: number) => SearchedArticle;
  readonly #deletePassage: Statement<[number]>;
  readonly #deleteArticle: Statement<[number]>;

  constructor(database: Database) {
    this.#searchTables = new SearchTables(database);
    this.#insertArticle = database.prepare(
      `INSERT INTO articles (id, file, collection, title, url, publisher, published, language, text, sha256, blocks, marks, omitted, fingerprint, checksum)
       VALUES (@id, @file, @collection, @title, @url, @publisher, @published, @language, @text, @sha256, @blocks, @marks, @omitted, @fingerprint, @checksum)`,
    );
    this.#insertPassage = database.prepare(
      `INSERT INTO passages (id, article, ordinal, start, end, sentences, context, tokens, codes, section_codes, context_codes, checksum)
       VALUES (@id, @articleKey, @ordinal, @start, @end, @sentences, @context, @tokens, @codes, @section_codes, @context_codes, @checksum)`,
    );
    this.#insertEmbeddings = database.prepare(
      `INSERT INTO article_embeddings (${VERIFIED_EMBEDDINGS}) VALUES (@article, @first_passage, @title_codes, @vectors, @checksum)`,
    );
    this.#selectKey = database.prepare<[string]>('SELECT key FROM articles WHERE id = ?').pluck();
    this.#readSearchedArticle = searchedArticleReader(database);
    this.#deletePassage = database.prepare('DELETE FROM passages WHERE key = ?');
    this.#deleteArticle = database.prepare('DELETE FROM articles WHERE key = ?');
  }

  /** Stores an article that is not in the library, a passage at a time. Run it within a transaction. */
  *insert({ article, fingerprint, passages, titleCodes }: EmbeddedArticle): Generator<void, void, void> {
    const row = {
      ...article,
      blocks: JSON.stringify(article.blocks),
      marks: JSON.stringify(article.marks),
      omitted: JSON.stringify(article.omitted),
      fingerprint,
    };
    const key = Number(this.#insertArticle.run({ ...row, checksum: articleChecksum(row) }).lastInsertRowid);
    const stored: (EmbeddedPassage & { readonly key: number })[] = [];
    for (const passage of passages) {
      stored.push({ ...passage, key: this.#storePassage(passage, key, article) });
      yield;
    }
    const embeddings = {
      article: key,
      first_passage: stored[0]?.key ?? 0,
      title_codes: toBlob(titleCodes),
      vectors: Buffer.concat(passages.map(({ vector }) => encodeVector(vector))),
    };
    this.#insertEmbeddings.run({ ...embeddings, checksum: embeddingsChecksum(embeddings) });
    const { title, text, blocks } = article;
    yield* this.#searchTables.add({ key, title, text, blocks, passages: stored });
  }

  /** @returns The key of the passage. The keys of an article's passages follow each other. */
  #storePassage(passage: EmbeddedPassage, articleKey: number, article: Article): number {
    const { id, ordinal, start, end } = passage;
    const row = {
      id,
      ordinal,
      start,
      end,
      sentences: formatSentences(passage.sentences),
      context: JSON.stringify(passage.context),
      tokens: formatTokens(passage.tokenIds),
      codes: toBlob(passage.codes),
      section_codes: toBlob(passage.sectionCodes),
      context_codes: toBlob(passage.contextCodes),
    };
    const { id: articleId, collection, published } = article;
    const checksum = passageChecksum({ ...row, articleId, collection, published });
    return Number(this.#insertPassage.run({ ...row, articleKey, checksum }).lastInsertRowid);
  }

  /** Deletes an article, if it is in the library, a passage at a time. Run it within a transaction. */
  *delete(id: string): Generator<void, void, void> {
    const articleKey = this.#selectKey.get(id) as number | undefined;
    if (articleKey === undefined) return;
    const article = this.#readSearchedArticle(articleKey);
    yield* this.#searchTables.remove(article);
    for (const { key } of article.passages) {
      this.#deletePassage.run(key);
      yield;
    }
    this.#deleteArticle.run(articleKey);
  }
}
