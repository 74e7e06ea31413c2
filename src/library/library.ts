import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CandidatePassage, PassageKey, PassageStore, ScoredArticle, ScoredPassage } from '../answering/ports.js';
import type { Scope } from '../answering/scope.js';
import type { Article, ArticleReference, ListedArticle } from '../corpus/article.js';
import type { Passage, PassageInArticle, PassageOpening, Sentence } from '../corpus/passage.js';
import { toUserError } from '../storage/storage-errors.js';
import { UserError } from '../user-error.js';
import { FullText } from './full-text.js';
import type { HnswIndex } from './hnsw-index.js';
import { LIBRARY_FILE } from './library-writer.js';
import { checkModel, type ExpectedModel, type Manifest, nothingIndexedError, readManifest } from './manifest.js';
import {
  type ArticleRow,
  parseSentences,
  REFERENCE_COLUMNS,
  type ReferenceRow,
  toArticle,
  toFloats,
  toTokens,
} from './rows.js';
import { checkVersion, SCHEMA_VERSION } from './schema.js';
import { scopedArticles, scopeName } from './scoped-articles.js';
import { type KeyedVector, SignScan } from './sign-scan.js';
import type { NearPassage } from './vector-index.js';
import { loadGraph, syncPassages } from './vector-snapshot.js';
import { WordList } from './word-list.js';

/** Any article may be asked alone; of so many scopes, those asked last, the sign codes are kept (48 bytes a passage). */
const MAX_SCANS = 16;

interface PassageRow {
  readonly key: number;
  readonly id: string;
  readonly article: number;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly sentences: string;
}

interface EmbeddingRow {
  readonly vector: Buffer;
  readonly tokens: Buffer;
  readonly codes: Buffer;
  readonly titleCodes: Buffer;
}

export interface LibraryOptions {
  readonly folder: string;
  readonly model: ExpectedModel;
  /** Told what the person who runs it should know, such as a snapshot that had to be rebuilt. */
  readonly onNotice?: (notice: string) => void;
}

/** A library opened for reading. Any number of processes can have it open while one writes. */
export class Library implements PassageStore {
  readonly manifest: Manifest;
  readonly #file: string;
  readonly #inode: number | null;
  readonly #database: Database.Database;
  readonly #fullText: FullText;
  readonly #graph: HnswIndex | null;
  /** By the name of their scope, the one asked last at the end. */
  readonly #scans = new Map<string, SignScan>();
  /** Made when the first unknown word is met. */
  #words: WordList | null = null;
  #tokenFrequencies = new Map<number, number>();
  #passageCount = 0;
  #dataVersion = -1;

  private constructor(
    file: string,
    inode: number | null,
    database: Database.Database,
    manifest: Manifest,
    graph: HnswIndex | null,
  ) {
    this.#file = file;
    this.#inode = inode;
    this.#database = database;
    this.manifest = manifest;
    this.#graph = graph;
    this.#fullText = new FullText(database);
    this.refresh();
  }

  /** @throws {UserError} when nothing is indexed, or the index cannot be used with this model or this version. */
  static async open({ folder, model, onNotice = () => {} }: LibraryOptions): Promise<Library> {
    const file = join(folder, LIBRARY_FILE);
    if (!existsSync(file)) throw nothingIndexedError(folder);
    let database: Database.Database | null = null;
    try {
      // Before it is opened: a library that takes its place meanwhile is then noticed.
      const inode = inodeOf(file);
      database = new Database(file, { readonly: true });
      checkVersion(database, file);
      const version = database.pragma('user_version', { simple: true }) as number;
      const manifest = version === 0 ? null : readManifest(database);
      if (manifest === null || database.prepare('SELECT count(*) FROM passages').pluck().get() === 0)
        throw nothingIndexedError(folder);
      checkModel(manifest, model);
      if (version < SCHEMA_VERSION) {
        throw new UserError(
          `The index in ${folder} was written by an earlier Footnote (schema ${version}, this one reads ${SCHEMA_VERSION}). Bring it up to date with: footnote index`,
        );
      }
      const graph = await loadGraph(folder, database, manifest.dimensions);
      if (graph === null)
        onNotice('hnswlib is not installed: passages are compared one by one, which is exact and slower.');
      if (graph?.problem)
        onNotice(
          `The vector snapshot could not be used (${graph.problem}); it was rebuilt in memory. To save it, run: footnote index`,
        );
      return new Library(file, inode, database, manifest, graph?.index ?? null);
    } catch (error) {
      database?.close();
      throw toUserError(error, folder);
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Whether another library lies in the place of this one: it was built anew, and this one has to be opened again. */
  get isReplaced(): boolean {
    return inodeOf(this.#file) !== this.#inode;
  }

  /** Takes over what another process has indexed since. @returns whether there was anything. */
  refresh(): boolean {
    const version = this.#database.pragma('data_version', { simple: true }) as number;
    if (version === this.#dataVersion) return false;
    this.#dataVersion = version;
    this.readConsistently(() => this.#takeOver());
    return true;
  }

  /** Reads one state of the library, whatever another process writes meanwhile. */
  readConsistently<Result>(read: () => Result): Result {
    return this.#database.transaction(read)();
  }

  #takeOver(): void {
    this.#passageCount = this.#database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
    const rows = this.#database.prepare('SELECT token, passages FROM token_frequencies').raw().all() as [
      number,
      number,
    ][];
    this.#tokenFrequencies = new Map(rows);
    this.#fullText.refresh(this.#passageCount);
    this.#scans.clear();
    this.#words = null;
    if (this.#graph !== null) syncPassages(this.#graph, this.#database);
  }

  get modelId(): string {
    return this.manifest.modelId;
  }

  /** When it was last written to. */
  get changedAt(): Date {
    return statSync(this.#file, { throwIfNoEntry: false })?.mtime ?? new Date(this.manifest.createdAt);
  }

  get articleCount(): number {
    return this.#database.prepare('SELECT count(*) FROM articles').pluck().get() as number;
  }

  get passageCount(): number {
    return this.#passageCount;
  }

  tokenFrequency(token: number): number {
    return this.#tokenFrequencies.get(token) ?? 0;
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.#fullText.passages(question, limit, scope);
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.#nearest(vector, limit, scope).map(({ key, similarity }) => ({ key, score: similarity }));
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.#fullText.articles(question, limit, scope);
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.#fullText.passagesOfArticle(articleKey, question, limit);
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    const select = this.#database.prepare(
      `SELECT p.key, p.id, article, start, end, sentences, vector, tokens, codes, title_codes AS titleCodes
       FROM passages p JOIN articles a ON a.key = p.article WHERE p.key = ?`,
    );
    return keys.flatMap((key) => {
      const row = select.get(key) as (PassageRow & EmbeddingRow) | undefined;
      // The graph may be a moment ahead of or behind the tables while another process indexes.
      if (row === undefined) return [];
      return {
        key,
        id: row.id,
        articleKey: row.article,
        start: row.start,
        end: row.end,
        sentences: parseSentences(row.sentences),
        vector: toFloats(row.vector),
        tokenIds: toTokens(row.tokens),
        codes: new Uint8Array(row.codes),
        titleCodes: new Uint8Array(row.titleCodes),
      };
    });
  }

  /** Where passages stand, without what ranking needs of them. */
  passageSpans(keys: readonly PassageKey[]): { key: PassageKey; articleKey: number; start: number; end: number }[] {
    const select = this.#database.prepare('SELECT key, article AS articleKey, start, end FROM passages WHERE key = ?');
    return keys.flatMap(
      (key) => (select.get(key) as { key: number; articleKey: number; start: number; end: number }) ?? [],
    );
  }

  passageBefore(key: PassageKey): { end: number; sentences: Sentence[] } | null {
    const row = this.#database
      .prepare(
        'SELECT b.end, b.sentences FROM passages p JOIN passages b ON b.article = p.article AND b.ordinal = p.ordinal - 1 WHERE p.key = ?',
      )
      .get(key) as PassageRow | undefined;
    return row === undefined ? null : { end: row.end, sentences: parseSentences(row.sentences) };
  }

  articleKey(id: string): number | null {
    return (
      (this.#database.prepare('SELECT key FROM articles WHERE id = ?').pluck().get(id) as number | undefined) ?? null
    );
  }

  nearestWord(word: string): string | null {
    this.#words ??= new WordList(this.#database);
    return this.#words.nearest(word);
  }

  article(articleKey: number): { reference: ArticleReference; text: string } {
    const row = this.#referenceAndText(articleKey);
    if (row === null) throw new Error(`Article ${articleKey} is no longer in the library`);
    const { text, ...reference } = row;
    return { reference, text };
  }

  #referenceAndText(articleKey: number): (ReferenceRow & { text: string }) | null {
    const select = this.#database.prepare(`SELECT ${REFERENCE_COLUMNS}, text FROM articles WHERE key = ?`);
    return (select.get(articleKey) as (ReferenceRow & { text: string }) | undefined) ?? null;
  }

  /** All articles, by collection and file. */
  articles(): ListedArticle[] {
    return this.#database
      .prepare(
        `SELECT ${REFERENCE_COLUMNS}, (SELECT count(*) FROM passages WHERE article = articles.key) AS passages
         FROM articles ORDER BY collection, file`,
      )
      .all() as ListedArticle[];
  }

  /** As `articles`, read one by one as the iteration goes on; one that is taken out meanwhile is passed over. */
  *eachArticle(): Generator<ListedArticle, void, undefined> {
    const select = this.#database.prepare(
      `SELECT ${REFERENCE_COLUMNS}, (SELECT count(*) FROM passages WHERE article = articles.key) AS passages
       FROM articles WHERE key = ?`,
    );
    for (const key of this.#articleKeys()) {
      const article = select.get(key) as ListedArticle | undefined;
      if (article !== undefined) yield article;
    }
  }

  /** By collection and file. */
  #articleKeys(): number[] {
    return this.#database.prepare('SELECT key FROM articles ORDER BY collection, file').pluck().all() as number[];
  }

  collections(): string[] {
    return this.#database
      .prepare('SELECT DISTINCT collection FROM articles WHERE collection IS NOT NULL ORDER BY collection')
      .pluck()
      .all() as string[];
  }

  /** The article with this id, or null. */
  articleById(id: string): Article | null {
    const row = this.#database
      .prepare(`SELECT ${REFERENCE_COLUMNS}, text, sha256, language, paragraphs FROM articles WHERE id = ?`)
      .get(id) as ArticleRow | undefined;
    return row === undefined ? null : toArticle(row);
  }

  /** The passage with this id and its article, or null. */
  passageById(id: string): PassageInArticle | null {
    const row = this.#database
      .prepare(
        'SELECT p.id, a.id AS articleId, ordinal, start, end, sentences FROM passages p JOIN articles a ON a.key = p.article WHERE p.id = ?',
      )
      .get(id) as (PassageRow & { articleId: string }) | undefined;
    if (row === undefined) return null;
    const article = this.articleById(row.articleId);
    return article === null ? null : { article, passage: { ...row, sentences: parseSentences(row.sentences) } };
  }

  /** The passages of an article in order; none when it is not there. */
  passagesOf(articleId: string): Passage[] {
    const rows = this.#database
      .prepare(
        'SELECT p.id, a.id AS articleId, ordinal, start, end, sentences FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ? ORDER BY ordinal',
      )
      .all(articleId) as (PassageRow & { articleId: string })[];
    return rows.map((row) => ({ ...row, sentences: parseSentences(row.sentences) }));
  }

  /**
   * Every passage with the beginning of its text, for look-ups as one types: by collection and file, and in the order of the
   * article. Articles are read one by one as the iteration goes on, each in one state; one that is taken out meanwhile is
   * passed over, and one that is added is not seen.
   */
  *passageOpenings(maxCharacters: number): Generator<PassageOpening, void, undefined> {
    for (const articleKey of this.#articleKeys()) yield* this.#openingsOf(articleKey, maxCharacters);
  }

  *#openingsOf(articleKey: number, maxCharacters: number): Generator<PassageOpening, void, undefined> {
    const { article, rows } = this.readConsistently(() => ({
      article: this.#referenceAndText(articleKey),
      rows: this.#database
        .prepare('SELECT id, start, end, sentences FROM passages WHERE article = ? ORDER BY ordinal')
        .all(articleKey) as PassageRow[],
    }));
    if (article === null) return;
    const { id: articleId, title, file, collection, text } = article;
    for (const row of rows) {
      const first = parseSentences(row.sentences).find(({ isHeading }) => !isHeading)?.start ?? row.start;
      // Never half a character: an emoji may stand across the cut.
      const opening = text.slice(first, Math.min(row.end, first + maxCharacters)).replace(/[\ud800-\udbff]$/, '');
      yield { passageId: row.id, articleId, title, file, collection, opening };
    }
  }

  #nearest(vector: Float32Array, limit: number, scope: Scope): NearPassage[] {
    if (scope === null && this.#graph !== null) return this.#graph.search(vector, limit);
    const name = scopeName(scope);
    const scan = this.#scans.get(name) ?? this.#scanOf(scope);
    this.#scans.delete(name);
    this.#scans.set(name, scan);
    const [longestUnasked] = this.#scans.keys();
    if (this.#scans.size > MAX_SCANS && longestUnasked !== undefined) this.#scans.delete(longestUnasked);
    return scan.search(vector, limit);
  }

  #scanOf(scope: Scope): SignScan {
    const articles = scopedArticles(scope);
    const condition = articles === null ? '' : `WHERE article IN (${articles.keys})`;
    const bound = { scope: articles?.scope };
    const count = this.#database.prepare(`SELECT count(*) FROM passages ${condition}`).pluck().get(bound) as number;
    const rows = this.#database
      .prepare(`SELECT key, vector FROM passages ${condition} ORDER BY key`)
      .iterate(bound) as IterableIterator<{ key: number; vector: Buffer }>;
    const vectorOf = this.#database.prepare('SELECT vector FROM passages WHERE key = ?').pluck();
    return new SignScan(this.manifest.dimensions, this.manifest.rotationSeed, count, mapVectors(rows), (key) => {
      const vector = vectorOf.get(key) as Buffer | undefined;
      return vector === undefined ? null : toFloats(vector);
    });
  }
}

function* mapVectors(rows: Iterable<{ key: number; vector: Buffer }>): Generator<KeyedVector> {
  for (const { key, vector } of rows) yield { key, vector: toFloats(vector) };
}

/** The file system's number of a file; null where there is none. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
