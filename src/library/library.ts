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
import { DamagedIndexError } from '../storage/damaged-index-error.js';
import { toUserError } from '../storage/storage-errors.js';
import { runAtOnce, runInSlices } from '../time-slices.js';
import { messageOf } from '../user-error.js';
import { HnswIndex, type Hnswlib, loadHnswlib } from './hnsw-index.js';
import { type CatalogOptions, LibraryCatalog, type OpenedLibrary, openForReading } from './library-catalog.js';
import { LibrarySearch, type PassageSpan } from './library-search.js';
import type { ExpectedModel } from './manifest.js';
import { searchTablesCheck } from './search-tables.js';
import { readGraph } from './vector-snapshot.js';

/** Which index to open, and the model that it must have been built with. */
export interface LibraryOptions extends CatalogOptions {
  /** The model that questions will be embedded with. */
  readonly model: ExpectedModel;
  /** Called with what the operator should know, such as that something in the index is damaged. One line each. */
  readonly onNotice?: (notice: string) => void;
  /**
   * A library of up to so many passages is open once its search tables are checked and the snapshot of its graph is read. A larger one
   * is open before: its search tables are checked in slices beside the questions, and the snapshot is read in one go. Default: 20,000,
   * which takes a tenth of a second.
   */
  readonly loadedAtOnce?: number;
  /**
   * Loads hnswlib, or returns null to search without a graph. Default: the package `hnswlib-node`, if it is installed.
   */
  readonly loadHnswlib?: () => Promise<Hnswlib | null>;
}

const LOADED_AT_ONCE = 20_000;
/** How often to report how much of a graph has been built. */
const PROGRESS_INTERVAL_MS = 10_000;
const CHECK_SLICE_MS = 5;
const CHECK_PAUSE_MS = 20;

/** A library opened for answering. Any number of processes can have it open while one writes it. */
export class Library extends LibraryCatalog implements PassageStore {
  readonly #search: LibrarySearch;
  #checkTimer: NodeJS.Timeout | undefined;
  readonly #options: LibraryOptions;
  readonly #closing = new AbortController();
  /** Null without hnswlib, and until it is loaded. */
  #hnswlib: Hnswlib | null = null;
  #isCompletingGraph = false;
  /** Whether something has changed since the last call of `refresh`. */
  #hasNews = false;

  private constructor(opened: OpenedLibrary, options: LibraryOptions) {
    super(opened);
    const { onNotice = () => {} } = options;
    this.#options = options;
    this.#search = new LibrarySearch(opened.database, opened.manifest, ({ message }) => onNotice(message));
    this.readConsistently(() => this.#search.refresh());
  }

  /**
   * Opens the library of an index folder, and reads the vectors of all passages.
   *
   * @throws {NothingIndexedError} if there is no library, or it is empty.
   * @throws {DamagedIndexError} if it is damaged so that it cannot be opened.
   * @throws {UserError} if it cannot be used with this model or this version of Footnote.
   */
  static override async open(options: LibraryOptions): Promise<Library> {
    const opened = openForReading(options);
    try {
      const library = new Library(opened, options);
      library.#checkSearchTables(opened, options);
      const loading = library.#openGraph(opened);
      if (library.passageCount <= (options.loadedAtOnce ?? LOADED_AT_ONCE)) await loading;
      return library;
    } catch (error) {
      opened.database.close();
      throw toUserError(error, options.folder);
    }
  }

  override close(): void {
    clearTimeout(this.#checkTimer);
    this.#closing.abort();
    super.close();
  }

  override refresh(): boolean {
    super.refresh();
    const hasNews = this.#hasNews;
    this.#hasNews = false;
    return hasNews;
  }

  protected override catchUp(): void {
    // The process that changed it has checked its search tables.
    clearTimeout(this.#checkTimer);
    this.readConsistently(() => this.#search.refresh());
    this.#hasNews = true;
    void this.#completeGraph();
  }

  /**
   * With damaged search tables other passages may be found, but every word of them is verified: better than no answers. So a large
   * library is open before they are checked, and answers between the slices.
   */
  #checkSearchTables(
    { database }: OpenedLibrary,
    { folder, onNotice = () => {}, loadedAtOnce = LOADED_AT_ONCE }: LibraryOptions,
  ): void {
    const check = searchTablesCheck(database);
    const report = (areIntact: boolean): void => {
      if (!areIntact) onNotice(new DamagedIndexError({ part: 'search', indexFolder: folder }).message);
    };
    const goOn = (): void => {
      try {
        const endsAt = performance.now() + CHECK_SLICE_MS;
        let step = this.read(() => check.next());
        while (step.done !== true && performance.now() < endsAt) step = this.read(() => check.next());
        if (step.done !== true) this.#checkTimer = setTimeout(goOn, CHECK_PAUSE_MS).unref();
        // What another process has changed meanwhile is not compared: it has checked the tables first.
        else report(step.value || this.hasChanged);
      } catch (error) {
        // Nobody waits for it, and what cannot be read here is an error of the question that needs it.
        onNotice(
          error instanceof DamagedIndexError
            ? error.message
            : `The full-text tables could not be checked (${messageOf(error)}).`,
        );
      }
    };
    if (this.passageCount <= loadedAtOnce) report(this.readConsistently(() => runAtOnce(check)));
    else this.#checkTimer = setTimeout(goOn, CHECK_PAUSE_MS).unref();
  }

  /**
   * Reads the snapshot of the graph, and begins to add what it lacks, or to build the graph if the snapshot is missing or damaged. Until
   * a passage is in the graph, it is found by comparing its vector. It never rejects.
   */
  async #openGraph({ database, manifest: { dimensions } }: OpenedLibrary): Promise<void> {
    const { folder, onNotice = () => {}, loadHnswlib: load = loadHnswlib } = this.#options;
    const { signal } = this.#closing;
    try {
      const hnswlib = await load();
      if (hnswlib === null) {
        onNotice('hnswlib is not installed, so all passages are compared, which is slower above 100,000.');
        return;
      }
      const { index, problem } = await readGraph({ folder, database, dimensions }, hnswlib);
      if (signal.aborted) return;
      // The snapshot may be newer than what was read of the library.
      super.refresh();
      if (index === null || !this.#search.useGraph(index)) {
        if (index !== null || problem !== null)
          onNotice(
            `The vector snapshot could not be used (${problem ?? 'it does not fit the index'}), so it is built again in memory. Until then all passages are compared. Run \`footnote index\` to save it.`,
          );
        this.#useNewGraph(hnswlib);
      }
      this.#hnswlib = hnswlib;
      void this.#completeGraph();
    } catch (error) {
      if (signal.aborted) return;
      onNotice(`The vector snapshot could not be read (${messageOf(error)}), so all passages are compared.`);
    }
  }

  #useNewGraph(hnswlib: Hnswlib): void {
    this.#search.useGraph(HnswIndex.create(hnswlib, this.manifest.dimensions, this.passageCount));
  }

  /** Adds what the graph lacks, in slices. Builds a new one if too much of it is deleted. It never rejects. */
  async #completeGraph(): Promise<void> {
    if (this.#hnswlib === null || this.#isCompletingGraph) return;
    const { onNotice = () => {} } = this.#options;
    this.#isCompletingGraph = true;
    const timer = setInterval(() => {
      onNotice(
        `Building the vector index: ${Math.floor(100 * this.#search.shareInGraph)} % of the passages are in it.`,
      );
    }, PROGRESS_INTERVAL_MS).unref();
    try {
      do {
        if (this.#search.needsNewGraph) this.#useNewGraph(this.#hnswlib);
        await runInSlices(this.#search.completeGraph(), this.#closing.signal);
      } while (this.#search.needsNewGraph);
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      onNotice(`The vector index could not be completed (${messageOf(error)}); passages that it lacks are compared.`);
    } finally {
      clearInterval(timer);
      this.#isCompletingGraph = false;
    }
  }

  // For answering: documented in `PassageStore`.

  override get passageCount(): number {
    return this.#search.passageCount;
  }

  tokenFrequency(token: number): number {
    return this.read(() => this.#search.tokenFrequency(token));
  }

  wordFrequency(word: string): number {
    return this.read(() => this.#search.wordFrequency(word));
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.read(() => this.#search.searchTerms(question, limit, scope));
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.read(() => this.#search.searchVectors(vector, limit, scope));
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.read(() => this.#search.searchArticles(question, limit, scope));
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.read(() => this.#search.passagesOfArticle(articleKey, question, limit));
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    return this.read(() => this.#search.candidates(keys));
  }

  /** Returns where passages are, without loading what ranking needs. Unknown keys are left out. */
  passageSpans(keys: readonly PassageKey[]): PassageSpan[] {
    return this.read(() => this.#search.passageSpans(keys));
  }

  articleKey(id: string): number | null {
    return this.read(() => this.#search.articleKey(id));
  }

  article(articleKey: number): CitableArticle {
    return this.read(() => this.#search.article(articleKey));
  }

  passageBefore(key: PassageKey): PrecedingPassage | null {
    return this.read(() => this.#search.passageBefore(key));
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.read(() => this.#search.passagePlace(key));
  }

  nearestWord(word: string): string | null {
    return this.read(() => this.#search.nearestWord(word));
  }
}
