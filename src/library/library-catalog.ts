import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Article, ListedArticle } from '../corpus/article.js';
import type { HiddenText } from '../corpus/hidden-text.js';
import type { Passage, PassageInArticle } from '../corpus/passage.js';
import { toUserError } from '../storage/storage-errors.js';
import { UserError } from '../user-error.js';
import { ArticleCatalog, type ArticleChanges, type KnownArticles, type MarkedArticle } from './article-catalog.js';
import { readingFrom } from './damage.js';
import { LIBRARY_FILE, openForReading as openReadOnly } from './library-files.js';
import { checkModel, type ExpectedModel, type Manifest, readManifest } from './manifest.js';
import { NothingIndexedError } from './nothing-indexed-error.js';
import { checkVersion, SCHEMA_VERSION, schemaVersionOf } from './schema.js';

/** Which index to open, and the model that it must have been built with. */
export interface CatalogOptions {
  /** The index folder. */
  readonly folder: string;
  /** The model that questions are embedded with. Null if none are. */
  readonly model: ExpectedModel | null;
}

/**
 * A library opened for browsing only: lists, and look-ups by id. Nothing is loaded in advance, so it opens within
 * milliseconds whatever the size of the library. `Library` also searches.
 */
export class LibraryCatalog extends ArticleCatalog {
  /** The model, rotation and centre that the library's embeddings were made with. */
  readonly manifest: Manifest;
  readonly #file: string;
  readonly #inode: number | null;
  readonly #database: Database;
  /** SQLite's counter of changes by other connections, as of the last refresh. */
  #dataVersion: number;

  protected constructor({ file, inode, database, manifest }: OpenedLibrary) {
    super(database);
    this.#file = file;
    this.#inode = inode;
    this.#database = database;
    this.manifest = manifest;
    this.#dataVersion = dataVersionOf(database);
  }

  /**
   * Opens the library of an index folder.
   *
   * @throws {NothingIndexedError} if there is no library, or it is empty.
   * @throws {DamagedIndexError} if it is damaged so that it cannot be opened.
   * @throws {UserError} if it cannot be used with this model or this version of Footnote.
   */
  static async open(options: CatalogOptions): Promise<LibraryCatalog> {
    return new LibraryCatalog(openForReading(options));
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
    const version = this.read(() => dataVersionOf(this.#database));
    if (version === this.#dataVersion) return false;
    this.catchUp();
    this.#dataVersion = version;
    return true;
  }

  /** Reads again what is kept in memory. Called after each change; if it throws, the next refresh calls it again. */
  protected catchUp(): void {}

  /** Whether another process has indexed something since the library was opened or last refreshed. */
  protected get hasChanged(): boolean {
    return this.read(() => dataVersionOf(this.#database)) !== this.#dataVersion;
  }

  /** Runs a function that reads the library several times: whatever is written meanwhile, it sees one state. */
  readConsistently<Result>(read: () => Result): Result {
    return this.read(() => this.#database.transaction(read)());
  }

  /** @throws {DamagedIndexError} instead of any error that says that what was read is damaged. */
  protected read<Result>(read: () => Result): Result {
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

  // Documented in `ArticleCatalog`. What SQLite finds damaged is a named error here.

  override get articleCount(): number {
    return this.read(() => super.articleCount);
  }

  override get passageCount(): number {
    return this.read(() => super.passageCount);
  }

  override articles(): ListedArticle[] {
    return this.read(() => super.articles());
  }

  override articlesMarked(mark: string): MarkedArticle[] {
    return this.read(() => super.articlesMarked(mark));
  }

  override articleByKey(key: number): ListedArticle | null {
    return this.read(() => super.articleByKey(key));
  }

  override changesSince(known: KnownArticles): ArticleChanges {
    return this.read(() => super.changesSince(known));
  }

  override hiddenText(): HiddenText[] {
    return this.read(() => super.hiddenText());
  }

  override collections(): string[] {
    return this.read(() => super.collections());
  }

  override articleById(id: string): Article | null {
    return this.read(() => super.articleById(id));
  }

  override passageById(id: string): PassageInArticle | null {
    return this.read(() => super.passageById(id));
  }

  override passagesOf(articleId: string): Passage[] {
    return this.read(() => super.passagesOf(articleId));
  }
}

/** The database of a library that can be used with the model. */
export interface OpenedLibrary {
  readonly file: string;
  /** Null if the file was removed before it was opened. */
  readonly inode: number | null;
  readonly database: Database;
  readonly manifest: Manifest;
}

/**
 * Opens the database of an index folder for reading.
 *
 * @throws {NothingIndexedError} if there is no library, or it is empty.
 * @throws {DamagedIndexError} if it is damaged so that it cannot be opened.
 * @throws {UserError} if it cannot be used with this model or this version of Footnote.
 */
export function openForReading({ folder, model }: CatalogOptions): OpenedLibrary {
  const file = join(folder, LIBRARY_FILE);
  let database: Database | null = null;
  try {
    if (!existsSync(file)) throw new NothingIndexedError(folder);
    // Read before the file is opened, so that a library that replaces it in between is noticed later.
    const inode = inodeOf(file);
    database = openReadOnly(file);
    return { file, inode, database, manifest: readUsableManifest(database, file, { folder, model }) };
  } catch (error) {
    database?.close();
    throw toUserError(error, folder);
  }
}

/** Returns the manifest if the library has passages and can be used with this model and this version of Footnote. */
function readUsableManifest(database: Database, file: string, { folder, model }: CatalogOptions): Manifest {
  checkVersion(database, file);
  const version = schemaVersionOf(database);
  const manifest = version === 0 ? null : readManifest(database);
  if (manifest === null || database.prepare('SELECT EXISTS (SELECT 1 FROM passages)').pluck().get() === 0)
    throw new NothingIndexedError(folder);
  if (model !== null) checkModel(manifest, model);
  if (version < SCHEMA_VERSION) {
    throw new UserError(
      `The index in ${folder} was written by an earlier version of Footnote (schema ${version}; this version reads ${SCHEMA_VERSION}). Run \`footnote index\` to upgrade it.`,
    );
  }
  return manifest;
}

function dataVersionOf(database: Database): number {
  return database.pragma('data_version', { simple: true }) as number;
}

/** The file system's number of a file. Null if there is no such file. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
