import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Article, Paragraph } from '../corpus/article.js';
import type { Passage } from '../corpus/passage.js';
import type { Lock } from '../storage/process-lock.js';
import { toUserError } from '../storage/storage-errors.js';
import { sliceOf } from '../text/span.js';
import { wordsOf } from '../text/words.js';
import { systemCode, UserError } from '../user-error.js';
import {
  checkModel,
  type ExpectedModel,
  type Manifest,
  readManifest,
  readSnapshot,
  writeManifest,
} from './manifest.js';
import { formatParagraphs, formatSentences, parseParagraphs, toBlob, toFloats, toTokens } from './rows.js';
import { checkVersion, isForeign, migrate } from './schema.js';
import { loadGraph, removeOtherSnapshots, saveGraph } from './vector-snapshot.js';
import { lockForWriting } from './writer-lock.js';

/** The one file that cannot be rebuilt from the others of the index folder. */
export const LIBRARY_FILE = 'library.sqlite';

/** A library that is built anew, until it takes the place of the present one: that stays in use meanwhile. */
const UNFINISHED_FILE = 'library.unfinished.sqlite';

/** A passage with what the embedding model made of it. */
export interface EmbeddedPassage extends Passage {
  readonly vector: Float32Array;
  readonly tokenIds: Uint32Array;
  readonly codes: Uint8Array;
}

/** What is stored of an article that was indexed before. */
export interface KnownArticle {
  readonly id: string;
  readonly file: string;
  readonly fingerprint: string;
}

/** The embedding of a passage, without the place of the passage. */
export type StoredEmbedding = Pick<EmbeddedPassage, 'vector' | 'tokenIds' | 'codes'>;

/** Writes a library. One process at a time can have it open. */
export class LibraryWriter {
  readonly #folder: string;
  readonly #database: Database.Database;
  readonly #lock: Lock;

  private constructor(folder: string, database: Database.Database, lock: Lock) {
    this.#folder = folder;
    this.#database = database;
    this.#lock = lock;
  }

  /**
   * Opens or creates the library of an index folder.
   *
   * @param options.rebuild Begins an empty library beside the present one; `publish` puts it in its place.
   * @throws {UserError} when the folder cannot be written, another process writes it, or its library cannot be used.
   */
  static open(folder: string, options: { readonly rebuild: boolean; readonly now: Date }): LibraryWriter {
    let lock: Lock | null = null;
    let database: Database.Database | null = null;
    try {
      mkdirSync(folder, { recursive: true });
      lock = lockForWriting(folder, options.now);
      const file = join(folder, options.rebuild ? UNFINISHED_FILE : LIBRARY_FILE);
      removeDatabase(join(folder, UNFINISHED_FILE));
      if (options.rebuild) refuseForeign(join(folder, LIBRARY_FILE));
      database = new Database(file);
      // Before anything is written: a file that is refused stays as it is.
      checkVersion(database, file);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('foreign_keys = ON');
      migrate(database);
      return new LibraryWriter(folder, database, lock);
    } catch (error) {
      database?.close();
      lock?.release();
      throw toUserError(error, folder);
    }
  }

  /** The process that was indexing before and did not finish, or null. */
  get takenOverFrom(): { readonly pid: number; readonly startedAt: string } | null {
    return this.#lock.takenOverFrom;
  }

  /** What the stored vectors were made with; null for a new library. @throws {UserError} when that is another model. */
  manifestFor(model: ExpectedModel): Manifest | null {
    const manifest = readManifest(this.#database);
    if (manifest !== null) checkModel(manifest, model);
    return manifest;
  }

  begin(manifest: Manifest): void {
    this.#write(() => writeManifest(this.#database, manifest));
  }

  knownArticles(): KnownArticle[] {
    return this.#database.prepare('SELECT id, file, fingerprint FROM articles').all() as KnownArticle[];
  }

  counts(): { articles: number; passages: number } {
    return this.#database
      .prepare('SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM passages) AS passages')
      .get() as {
      articles: number;
      passages: number;
    };
  }

  /** Embeddings of an article's stored passages, by passage id: what did not change is not embedded again. */
  embeddingsOf(articleId: string): Map<string, StoredEmbedding> {
    const rows = this.#database
      .prepare(
        'SELECT p.id, p.vector, p.tokens, p.codes FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ?',
      )
      .all(articleId) as { id: string; vector: Buffer; tokens: Buffer; codes: Buffer }[];
    return new Map(
      rows.map(({ id, vector, tokens, codes }) => [
        id,
        { vector: toFloats(vector), tokenIds: toTokens(tokens), codes: new Uint8Array(codes) },
      ]),
    );
  }

  /**
   * Stores an article with its passages in place of its earlier version, in one transaction.
   *
   * @param titleCodes Sign codes of the tokens of its title; empty without one.
   */
  putArticle(
    article: Article,
    fingerprint: string,
    passages: readonly EmbeddedPassage[],
    titleCodes: Uint8Array,
  ): void {
    this.#write(() => {
      this.#deleteArticle(article.id);
      const { lastInsertRowid: articleKey } = this.#database
        .prepare(
          `INSERT INTO articles (id, file, collection, title, url, publisher, published, language, text, sha256, paragraphs, fingerprint, title_codes)
           VALUES (@id, @file, @collection, @title, @url, @publisher, @published, @language, @text, @sha256, @paragraphs, @fingerprint, @titleCodes)`,
        )
        .run({
          ...article,
          paragraphs: formatParagraphs(article.paragraphs),
          fingerprint,
          titleCodes: toBlob(titleCodes),
        });
      const searched = searchedText(article.text, article.paragraphs);
      this.#countWords(article.title, searched, 1);
      this.#database
        .prepare('INSERT INTO article_terms (rowid, title, text) VALUES (?, ?, ?)')
        .run(articleKey, article.title ?? '', searched);
      const insertPassage = this.#database.prepare(
        'INSERT INTO passages (id, article, ordinal, start, end, sentences, vector, tokens, codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      const insertTerms = this.#database.prepare('INSERT INTO passage_terms (rowid, text) VALUES (?, ?)');
      for (const passage of passages) {
        const { lastInsertRowid: key } = insertPassage.run(
          passage.id,
          articleKey,
          passage.ordinal,
          passage.start,
          passage.end,
          formatSentences(passage.sentences),
          toBlob(passage.vector),
          toBlob(passage.tokenIds),
          toBlob(passage.codes),
        );
        insertTerms.run(key, sliceOf(article.text, passage));
      }
      this.#countTokens(
        passages.map(({ tokenIds }) => tokenIds),
        1,
      );
    });
  }

  removeArticle(id: string): void {
    this.#write(() => this.#deleteArticle(id));
  }

  /** Brings the vector snapshot up to date. @returns what was wrong with the one on the disk, or null. */
  async saveSnapshot(dimensions: number): Promise<string | null> {
    try {
      const graph = await loadGraph(this.#folder, this.#database, dimensions);
      if (graph?.differsFromSnapshot) await saveGraph(this.#folder, this.#database, graph.index, dimensions);
      return graph?.problem ?? null;
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }

  /**
   * Ends the work: puts a library that was built anew in the place of the present one, at once, and removes the snapshots
   * that nothing names any more. To be called before `close`, after all is written.
   */
  async publish(): Promise<void> {
    try {
      const snapshot = readSnapshot(this.#database);
      const unfinished = this.#database.name;
      const file = join(this.#folder, LIBRARY_FILE);
      if (unfinished !== file) {
        if (!this.#closeDatabase()) throw new Error(`The log of ${unfinished} could not be brought in`);
        // The log of the present library would be taken for one of the new.
        removeDatabase(file, { butNotItself: true });
        renameSync(unfinished, file);
      }
      await removeOtherSnapshots(this.#folder, snapshot);
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }

  close(): void {
    this.#closeDatabase();
    removeDatabase(join(this.#folder, UNFINISHED_FILE));
    this.#lock.release();
  }

  /** @returns whether the library is one file at rest; a reader that is just there keeps the log beside it. */
  #closeDatabase(): boolean {
    if (!this.#database.open) return true;
    let isWhole = false;
    try {
      this.#database.pragma('busy_timeout = 0');
      isWhole = this.#database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
    } catch (error) {
      if (!systemCode(error)?.startsWith('SQLITE_')) throw error;
    }
    this.#database.close();
    return isWhole;
  }

  #deleteArticle(id: string): void {
    const article = this.#database
      .prepare('SELECT key, title, text, paragraphs, fingerprint FROM articles WHERE id = ?')
      .get(id) as
      | { key: number; title: string | null; text: string; paragraphs: string; fingerprint: string }
      | undefined;
    if (article === undefined) return;
    const { key, title, text } = article;
    const passages = this.#database
      .prepare('SELECT key, start, end, tokens FROM passages WHERE article = ?')
      .all(key) as {
      key: number;
      start: number;
      end: number;
      tokens: Buffer;
    }[];
    this.#countTokens(
      passages.map(({ tokens }) => toTokens(tokens)),
      -1,
    );
    const searched = searchedText(text, parseParagraphs(article.paragraphs));
    // Without a fingerprint it was stored before words were counted.
    if (article.fingerprint !== '') this.#countWords(title, searched, -1);
    // A contentless table forgets a row by being told its text again; only so do lengths and frequencies stay right.
    const forgetTerms = this.#database.prepare(
      "INSERT INTO passage_terms (passage_terms, rowid, text) VALUES ('delete', ?, ?)",
    );
    for (const passage of passages) forgetTerms.run(passage.key, sliceOf(text, passage));
    this.#database
      .prepare("INSERT INTO article_terms (article_terms, rowid, title, text) VALUES ('delete', ?, ?, ?)")
      .run(key, title ?? '', searched);
    this.#database.prepare('DELETE FROM articles WHERE key = ?').run(key);
  }

  /** Keeps, for each token, the number of passages that contain it. */
  #countTokens(passages: readonly Uint32Array[], by: 1 | -1): void {
    const changes = new Map<number, number>();
    for (const tokens of passages)
      for (const token of new Set(tokens)) changes.set(token, (changes.get(token) ?? 0) + by);
    const change = this.#database.prepare(
      'INSERT INTO token_frequencies (token, passages) VALUES (?, ?) ON CONFLICT (token) DO UPDATE SET passages = passages + excluded.passages',
    );
    for (const [token, count] of changes) change.run(token, count);
    if (by < 0) this.#database.exec('DELETE FROM token_frequencies WHERE passages <= 0');
  }

  /** Keeps, for each word, the number of articles that contain it. */
  #countWords(title: string | null, text: string, by: 1 | -1): void {
    const change = this.#database.prepare(
      'INSERT INTO word_frequencies (word, articles) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET articles = articles + excluded.articles',
    );
    const forget = this.#database.prepare('DELETE FROM word_frequencies WHERE word = ? AND articles <= 0');
    for (const word of new Set(wordsOf(`${title ?? ''} ${text}`))) {
      change.run(word, by);
      if (by < 0) forget.run(word);
    }
  }

  #write(change: () => void): void {
    try {
      this.#database.transaction(change)();
    } catch (error) {
      throw toUserError(error, this.#folder);
    }
  }
}

/** What of an article is searched as a whole. */
function searchedText(text: string, paragraphs: readonly Paragraph[]): string {
  return paragraphs
    .filter(({ kind }) => kind === 'body' || kind === 'heading')
    .map((paragraph) => sliceOf(text, paragraph))
    .join('\n');
}

/** A library that is damaged or newer may be built anew; another program's database may not be replaced. */
function refuseForeign(file: string): void {
  if (!existsSync(file)) return;
  const database = new Database(file, { readonly: true });
  try {
    if (isForeign(database)) checkVersion(database, file);
  } catch (error) {
    if (error instanceof UserError) throw error;
  } finally {
    database.close();
  }
}

/** A database with its log and journal. */
function removeDatabase(file: string, options: { readonly butNotItself?: boolean } = {}): void {
  if (!options.butNotItself) rmSync(file, { force: true });
  for (const ending of ['-wal', '-shm', '-journal']) rmSync(`${file}${ending}`, { force: true });
}
