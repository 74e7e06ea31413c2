import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type {
  CandidatePassage,
  CitableArticle,
  PassageKey,
  PassagePlace,
  PassageStore,
  PrecedingPassage,
  ScoredArticle,
  ScoredPassage,
} from '../answering/ports/passage-store.js';
import type { Scope } from '../answering/question/scope.js';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { Passage, PassageInArticle, PassageOpening } from '../corpus/passage.js';
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { toUserError } from '../storage/storage-errors.js';
import { UserError } from '../user-error.js';
import { ArticleCatalog } from './article-catalog.js';
import { readingFrom } from './damage.js';
import { type HnswIndex, type Hnswlib, loadHnswlib } from './hnsw-index.js';
import { LIBRARY_FILE, openForReading } from './library-files.js';
import { LibrarySearch, type PassageSpan } from './library-search.js';
import { checkModel, type ExpectedModel, type Manifest, readManifest } from './manifest.js';
import { NothingIndexedError } from './nothing-indexed-error.js';
import { checkVersion, SCHEMA_VERSION, schemaVersionOf } from './schema.js';
import { areSearchTablesIntact } from './search-tables.js';
import { loadGraph } from './vector-snapshot.js';

/** Which index to open, and the model that it must have been built with. */
export interface LibraryOptions {
  /** The index folder. */
  readonly folder: string;
  /** The model that questions will be embedded with. */
  readonly model: ExpectedModel;
  /** Called with what the operator should know, such as that a snapshot had to be rebuilt. One line each. */
  readonly onNotice?: (notice: string) => void;
  /**
   * Loads hnswlib, or returns null to search without a graph. Default: the package `hnswlib-node`, if it is installed.
   */
  readonly loadHnswlib?: () => Promise<Hnswlib | null>;
}

/** A library opened for reading. Any number of processes can have it open while one writes it. */
export class Library implements PassageStore {
  /** The model, rotation and centre that the library's embeddings were made with. */
  readonly manifest: Manifest;
  readonly #file: string;
  readonly #inode: number | null;
  readonly #database: Database;
  readonly #search: LibrarySearch;
  readonly #catalog: ArticleCatalog;
  /** SQLite's counter of changes by other connections, as of the last refresh. */
  #dataVersion = -1;

  private constructor(
    { file, inode, database }: OpenedFile,
    { manifest, graph }: { readonly manifest: Manifest; readonly graph: HnswIndex | null },
  ) {
    this.#file = file;
    this.#inode = inode;
    this.#database = database;
    this.manifest = manifest;
    this.#search = new LibrarySearch(database, manifest, graph);
    this.#catalog = new ArticleCatalog(database);
    this.refresh();
  }

  /**
   * Opens the library of an index folder.
   *
   * @throws {NothingIndexedError} if there is no library, or it is empty.
   * @throws {DamagedIndexError} if it is damaged so that it cannot be opened.
   * @throws {UserError} if it cannot be used with this model or this version of Footnote.
   */
  static async open(options: LibraryOptions): Promise<Library> {
    const { folder, model } = options;
    let opened: OpenedFile | null = null;
    try {
      opened = openFile(folder);
      const manifest = readUsableManifest(opened, folder, model);
      reportSearchTables(opened.database, options);
      const graph = await openGraph(opened.database, manifest, options);
      return new Library(opened, { manifest, graph });
    } catch (error) {
      opened?.database.close();
      throw toUserError(error, folder);
    }
  }

  /** Closes the database. Nothing can be read after that. */
  close(): void {
    this.#database.close();
  }

  /** Whether a rebuilt library has taken the place of this one. Open it again to read the new one. */
  get isReplaced(): boolean {
    return inodeOf(this.#file) !== this.#inode;
  }

  /**
   * Catches up with what another process has indexed since the library was opened or last refreshed.
   *
   * @returns Whether anything had changed.
   */
  refresh(): boolean {
    const version = this.#read(() => this.#database.pragma('data_version', { simple: true }) as number);
    if (version === this.#dataVersion) return false;
    this.#dataVersion = version;
    this.readConsistently(() => this.#search.refresh());
    return true;
  }

  readConsistently<Result>(read: () => Result): Result {
    return this.#read(() => this.#database.transaction(read)());
  }

  /** @throws {DamagedIndexError} instead of any error that says that what was read is damaged. */
  #read<Result>(read: () => Result): Result {
    return readingFrom(dirname(this.#file), read);
  }

  /** The id of the model that the library was indexed with. */
  get modelId(): string {
    return this.manifest.modelId;
  }

  /** When the library was last written. */
  get changedAt(): Date {
    return statSync(this.#file, { throwIfNoEntry: false })?.mtime ?? new Date(this.manifest.createdAt);
  }

  // For answering: documented in `PassageStore`.

  get passageCount(): number {
    return this.#search.passageCount;
  }

  tokenFrequency(token: number): number {
    return this.#search.tokenFrequency(token);
  }

  wordFrequency(word: string): number {
    return this.#read(() => this.#search.wordFrequency(word));
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.#read(() => this.#search.searchTerms(question, limit, scope));
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.#read(() => this.#search.searchVectors(vector, limit, scope));
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.#read(() => this.#search.searchArticles(question, limit, scope));
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.#read(() => this.#search.passagesOfArticle(articleKey, question, limit));
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    return this.#read(() => this.#search.candidates(keys));
  }

  /** Returns where passages are, without loading what ranking needs. Unknown keys are left out. */
  passageSpans(keys: readonly PassageKey[]): PassageSpan[] {
    return this.#read(() => this.#search.passageSpans(keys));
  }

  articleKey(id: string): number | null {
    return this.#read(() => this.#search.articleKey(id));
  }

  article(articleKey: number): CitableArticle {
    return this.#read(() => this.#search.article(articleKey));
  }

  passageBefore(key: PassageKey): PrecedingPassage | null {
    return this.#read(() => this.#search.passageBefore(key));
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.#read(() => this.#search.passagePlace(key));
  }

  nearestWord(word: string): string | null {
    return this.#read(() => this.#search.nearestWord(word));
  }

  // For browsing.

  /** The number of articles. */
  get articleCount(): number {
    return this.#read(() => this.#catalog.articleCount);
  }

  /** Lists all articles, by collection and file. */
  articles(): ListedArticle[] {
    return this.#read(() => this.#catalog.articles());
  }

  /** Lists all articles, by collection and file, and reads each only when the iteration reaches it. */
  eachArticle(): Generator<ListedArticle, void, undefined> {
    return this.#catalog.eachArticle();
  }

  /** Counts the text that no question finds, by kind. */
  hiddenText(): HiddenText[] {
    return this.#read(() => this.#catalog.hiddenText());
  }

  /** Lists the names of all collections, sorted. */
  collections(): string[] {
    return this.#read(() => this.#catalog.collections());
  }

  /** Returns the article with this id, or null if there is none. */
  articleById(id: string): Article | null {
    return this.#read(() => this.#catalog.articleById(id));
  }

  /** Returns the passage with this id and its article, or null if there is none. */
  passageById(id: string): PassageInArticle | null {
    return this.#read(() => this.#catalog.passageById(id));
  }

  /** Lists the passages of an article in order. Empty if there is no such article. */
  passagesOf(articleId: string): Passage[] {
    return this.#read(() => this.#catalog.passagesOf(articleId));
  }

  /**
   * Lists all passages with the beginning of their text, for suggestions while typing.
   *
   * @param maxCharacters The length of a beginning in UTF-16 code units. No character is cut in half.
   */
  passageOpenings(maxCharacters: number): Generator<PassageOpening, void, undefined> {
    return this.#catalog.passageOpenings(maxCharacters);
  }
}

interface OpenedFile {
  readonly file: string;
  /** Null if the file was removed before it was opened. */
  readonly inode: number | null;
  readonly database: Database;
}

function openFile(folder: string): OpenedFile {
  const file = join(folder, LIBRARY_FILE);
  if (!existsSync(file)) throw new NothingIndexedError(folder);
  // Read before the file is opened, so that a library that replaces it in between is noticed later.
  const inode = inodeOf(file);
  return { file, inode, database: openForReading(file) };
}

/** Returns the manifest if the library has passages and can be used with this model and this version of Footnote. */
function readUsableManifest({ file, database }: OpenedFile, folder: string, model: ExpectedModel): Manifest {
  checkVersion(database, file);
  const version = schemaVersionOf(database);
  const manifest = version === 0 ? null : readManifest(database);
  if (manifest === null || database.prepare('SELECT count(*) FROM passages').pluck().get() === 0)
    throw new NothingIndexedError(folder);
  checkModel(manifest, model);
  if (version < SCHEMA_VERSION) {
    throw new UserError(
      `The index in ${folder} was written by an earlier version of Footnote (schema ${version}; this version reads ${SCHEMA_VERSION}). Run \`footnote index\` to upgrade it.`,
    );
  }
  return manifest;
}

/** With damaged search tables other passages may be found, but every word of them is verified: better than no answers. */
function reportSearchTables(database: Database, { folder, onNotice }: LibraryOptions): void {
  // In one state: another process may be indexing.
  if (database.transaction(() => areSearchTablesIntact(database))()) return;
  onNotice?.(new DamagedIndexError({ part: 'search', indexFolder: folder }).message);
}

async function openGraph(
  database: Database,
  { dimensions }: Manifest,
  { folder, onNotice = () => {}, loadHnswlib: load = loadHnswlib }: LibraryOptions,
): Promise<HnswIndex | null> {
  const hnswlib = await load();
  if (hnswlib === null) {
    onNotice('hnswlib is not installed, so every passage is scanned, which is slower in large libraries.');
    return null;
  }
  const { index, problem } = await loadGraph({ folder, database, dimensions }, hnswlib);
  if (problem !== null)
    onNotice(
      `The vector snapshot could not be used (${problem}), so it was rebuilt in memory. Run \`footnote index\` to save it.`,
    );
  return index;
}

/** The file system's number of a file. Null if there is no such file. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
