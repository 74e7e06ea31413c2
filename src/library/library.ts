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
import { type CatalogOptions, LibraryCatalog, type OpenedLibrary, openForReading } from './library-catalog.js';
import { LibrarySearch, type PassageSpan } from './library-search.js';
import { searchTablesCheck } from './search-tables.js';

/** Which index to open, and the model that it must have been built with. */
export interface LibraryOptions extends CatalogOptions {
  /** Called with what the operator should know, such as that something in the index is damaged. One line each. */
  readonly onNotice?: (notice: string) => void;
  /**
   * Up to so many passages, the search tables are checked before the library is open, and otherwise afterwards in slices. Default:
   * 20,000, which takes 50 ms.
   */
  readonly checkedAtOnce?: number;
}

const CHECKED_AT_ONCE = 20_000;
const CHECK_SLICE_MS = 5;
const CHECK_PAUSE_MS = 20;

/** A library opened for answering. Any number of processes can have it open while one writes it. */
export class Library extends LibraryCatalog implements PassageStore {
  readonly #search: LibrarySearch;
  #checkTimer: NodeJS.Timeout | undefined;

  private constructor(opened: OpenedLibrary, { onNotice = () => {} }: LibraryOptions) {
    super(opened);
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
      return library;
    } catch (error) {
      opened.database.close();
      throw toUserError(error, options.folder);
    }
  }

  override close(): void {
    clearTimeout(this.#checkTimer);
    super.close();
  }

  override refresh(): boolean {
    if (!super.refresh()) return false;
    // Whoever has changed it has checked it.
    clearTimeout(this.#checkTimer);
    this.readConsistently(() => this.#search.refresh());
    return true;
  }

  /**
   * With damaged search tables other passages may be found, but every word of them is verified: better than no answers. So a large
   * library is open before they are checked, and answers between the slices.
   */
  #checkSearchTables(
    { database }: OpenedLibrary,
    { folder, onNotice = () => {}, checkedAtOnce = CHECKED_AT_ONCE }: LibraryOptions,
  ): void {
    const check = searchTablesCheck(database);
    const next = (endsAt: number): void => {
      let step = this.read(() => check.next());
      while (step.done !== true && performance.now() < endsAt) step = this.read(() => check.next());
      if (step.done !== true) this.#checkTimer = setTimeout(goOn, CHECK_PAUSE_MS).unref();
      // While it was checked another process may have changed it. Whoever does checks it first.
      else if (!step.value && !this.hasChanged)
        onNotice(new DamagedIndexError({ part: 'search', indexFolder: folder }).message);
    };
    const goOn = (): void => {
      try {
        next(performance.now() + CHECK_SLICE_MS);
      } catch (error) {
        if (!(error instanceof DamagedIndexError)) throw error;
        onNotice(error.message);
      }
    };
    if (this.passageCount <= checkedAtOnce) this.readConsistently(() => next(Number.POSITIVE_INFINITY));
    else this.#checkTimer = setTimeout(goOn, CHECK_PAUSE_MS).unref();
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
