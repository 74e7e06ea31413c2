import type { Database } from 'better-sqlite3';
import type { Article } from '../corpus/article.js';
import type { Passage } from '../corpus/passage.js';
import { decodeVector, encodeVector } from '../vectors/byte-vectors.js';
import { FrequencyWriter } from './frequencies.js';
import { formatSentences, formatTokens, parseBlocks, parseContext, parseTokens, toBlob, toBytes } from './rows.js';
import { articleWords, contextWords, passageWords } from './searched-text.js';

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

/** Reads the embeddings of an article's passages. */
export function readEmbeddings(database: Database, articleId: string): StoredEmbedding[] {
  const rows = database
    .prepare(
      'SELECT p.tokens, p.codes FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ? ORDER BY p.key',
    )
    .all(articleId) as { tokens: Buffer; codes: Buffer }[];
  const stored = database
    .prepare('SELECT vectors FROM article_embeddings e JOIN articles a ON a.key = e.article WHERE a.id = ?')
    .pluck()
    .get(articleId) as Buffer | undefined;
  const bytes = (stored?.length ?? 0) / Math.max(1, rows.length);
  return rows.map(({ tokens, codes }, index) => ({
    vector: decodeVector((stored ?? Buffer.alloc(0)).subarray(index * bytes, (index + 1) * bytes)),
    tokenIds: parseTokens(tokens),
    codes: toBytes(codes),
  }));
}

interface ArticleToDelete {
  readonly key: number;
  readonly title: string | null;
  readonly text: string;
  readonly blocks: string;
}

interface PassageToDelete {
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly tokens: Buffer;
  readonly context: string;
}

/** Writes articles into the tables of a library. Its statements are prepared once, which takes longer than to run them. */
export class ArticleTables {
  readonly #frequencies: FrequencyWriter;
  readonly #statements;

  constructor(database: Database) {
    this.#frequencies = new FrequencyWriter(database);
    this.#statements = {
      insertArticle: database.prepare(
        `INSERT INTO articles (id, file, collection, title, url, publisher, published, language, text, sha256, blocks, marks, omitted, fingerprint)
         VALUES (@id, @file, @collection, @title, @url, @publisher, @published, @language, @text, @sha256, @blocks, @marks, @omitted, @fingerprint)`,
      ),
      insertPassage: database.prepare(
        'INSERT INTO passages (id, article, ordinal, start, end, sentences, context, tokens, codes, section_codes, context_codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      insertEmbeddings: database.prepare(
        'INSERT INTO article_embeddings (article, first_passage, title_codes, vectors) VALUES (?, ?, ?, ?)',
      ),
      insertArticleTerms: database.prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)'),
      insertPassageTerms: database.prepare('INSERT INTO passage_terms (rowid, text, context) VALUES (?, ?, ?)'),
      selectArticle: database.prepare('SELECT key, title, text, blocks FROM articles WHERE id = ?'),
      selectPassages: database.prepare('SELECT key, start, end, tokens, context FROM passages WHERE article = ?'),
      // A contentless FTS5 table needs the text of a row to delete it; only then are its statistics for BM25 right again.
      deleteArticleTerms: database.prepare(
        "INSERT INTO article_terms (article_terms, rowid, title, text) VALUES ('delete', ?, ?, ?)",
      ),
      deletePassageTerms: database.prepare(
        "INSERT INTO passage_terms (passage_terms, rowid, text, context) VALUES ('delete', ?, ?, ?)",
      ),
      deleteArticle: database.prepare('DELETE FROM articles WHERE key = ?'),
    };
  }

  /** Stores an article that is not in the library. Call it within a transaction. */
  insert({ article, fingerprint, passages, titleCodes }: EmbeddedArticle): void {
    const { insertArticle, insertArticleTerms, insertEmbeddings } = this.#statements;
    const { lastInsertRowid: articleKey } = insertArticle.run({
      ...article,
      blocks: JSON.stringify(article.blocks),
      marks: JSON.stringify(article.marks),
      omitted: JSON.stringify(article.omitted),
      fingerprint,
    });
    const title = article.title ?? '';
    const text = articleWords(article.text, article.blocks);
    this.#frequencies.updateWords(`${title} ${text}`, 1);
    insertArticleTerms.run(articleKey, title, text);
    const [firstPassage = 0] = passages.map((passage) => this.#insertPassage(articleKey, article.text, passage));
    const vectors = Buffer.concat(passages.map(({ vector }) => encodeVector(vector)));
    insertEmbeddings.run(articleKey, firstPassage, toBlob(titleCodes), vectors);
    this.#frequencies.updateTokens(
      passages.map(({ tokenIds }) => tokenIds),
      1,
    );
  }

  /** @returns The key of the passage. The keys of an article's passages follow each other. */
  #insertPassage(articleKey: number | bigint, text: string, passage: EmbeddedPassage): number | bigint {
    const { insertPassage, insertPassageTerms } = this.#statements;
    const { lastInsertRowid: key } = insertPassage.run(
      passage.id,
      articleKey,
      passage.ordinal,
      passage.start,
      passage.end,
      formatSentences(passage.sentences),
      JSON.stringify(passage.context),
      formatTokens(passage.tokenIds),
      toBlob(passage.codes),
      toBlob(passage.sectionCodes),
      toBlob(passage.contextCodes),
    );
    insertPassageTerms.run(key, passageWords(text, passage), contextWords(text, passage.context));
    return key;
  }

  /** Deletes an article with its passages, if it is in the library. Call it within a transaction. */
  delete(id: string): void {
    const { selectArticle, selectPassages, deleteArticleTerms, deletePassageTerms, deleteArticle } = this.#statements;
    const article = selectArticle.get(id) as ArticleToDelete | undefined;
    if (article === undefined) return;
    const passages = selectPassages.all(article.key) as PassageToDelete[];
    this.#frequencies.updateTokens(
      passages.map(({ tokens }) => parseTokens(tokens)),
      -1,
    );
    const title = article.title ?? '';
    const text = articleWords(article.text, parseBlocks(article.blocks));
    this.#frequencies.updateWords(`${title} ${text}`, -1);
    for (const passage of passages)
      deletePassageTerms.run(
        passage.key,
        passageWords(article.text, passage),
        contextWords(article.text, parseContext(passage.context)),
      );
    deleteArticleTerms.run(article.key, title, text);
    deleteArticle.run(article.key);
  }
}
