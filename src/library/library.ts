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
import { toUserError } from '../storage/storage-errors.js';
import { type CatalogOptions, LibraryCatalog, type OpenedLibrary, openForReading } from './library-catalog.js';
import { LibrarySearch, type PassageSpan } from './library-search.js';

/** A library opened for answering. Any number of processes can have it open while one writes it. */
export class Library extends LibraryCatalog implements PassageStore {
  readonly #search: LibrarySearch;

  private constructor(opened: OpenedLibrary) {
    super(opened);
    this.#search = new LibrarySearch(opened.database, opened.manifest);
    this.readConsistently(() => this.#search.refresh());
  }

  /**
   * Opens the library of an index folder, and reads the vectors of all passages.
   *
   * @throws {NothingIndexedError} if there is no library, or it is empty.
   * @throws {UserError} if it is damaged, or cannot be used with this model or this version of Footnote.
   */
  static override async open(options: CatalogOptions): Promise<Library> {
    const opened = openForReading(options);
    try {
      return new Library(opened);
    } catch (error) {
      opened.database.close();
      throw toUserError(error, options.folder);
    }
  }

  override refresh(): boolean {
    if (!super.refresh()) return false;
    this.readConsistently(() => this.#search.refresh());
    return true;
  }

  // For answering: documented in `PassageStore`.

  override get passageCount(): number {
    return this.#search.passageCount;
  }

  tokenFrequency(token: number): number {
    return this.#search.tokenFrequency(token);
  }

  wordFrequency(word: string): number {
    return this.#search.wordFrequency(word);
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.#search.searchTerms(question, limit, scope);
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.#search.searchVectors(vector, limit, scope);
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.#search.searchArticles(question, limit, scope);
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.#search.passagesOfArticle(articleKey, question, limit);
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    return this.#search.candidates(keys);
  }

  /** Returns where passages are, without loading what ranking needs. Unknown keys are left out. */
  passageSpans(keys: readonly PassageKey[]): PassageSpan[] {
    return this.#search.passageSpans(keys);
  }

  articleKey(id: string): number | null {
    return this.#search.articleKey(id);
  }

  article(articleKey: number): CitableArticle {
    return this.#search.article(articleKey);
  }

  passageBefore(key: PassageKey): PrecedingPassage | null {
    return this.#search.passageBefore(key);
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.#search.passagePlace(key);
  }

  nearestWord(word: string): string | null {
    return this.#search.nearestWord(word);
  }
}
