import type { Database } from 'better-sqlite3';
import type {
  ArticleTexts,
  CandidatePassage,
  CitableArticle,
  PassageKey,
  PassagePlace,
  PassagePlaces,
  PassageSearch,
  PrecedingPassage,
  ScoredArticle,
  ScoredPassage,
  TokenStatistics,
} from '../answering/ports/passage-store.js';
import type { WordStatistics } from '../answering/question/rare-words.js';
import type { Scope } from '../answering/question/scope.js';
import type { Spelling } from '../answering/question/spelling.js';
import type { Span } from '../text/span.js';
import { readArticleText } from './article-catalog.js';
import { FullText } from './full-text.js';
import type { HnswIndex } from './hnsw-index.js';
import type { Manifest } from './manifest.js';
import { PassagePlaceReader } from './passage-places.js';
import { parseSentences, toFloats, toTokens } from './rows.js';
import { hasTermsOf } from './search-tables.js';
import { VectorSearch } from './vector-search.js';
import { lostRow, type StoredPassage, VERIFIED_PASSAGE, verifyPassage } from './verification.js';
import { WordList } from './word-list.js';

/** Where a passage is: its article, and its offsets in the article's text. */
export interface PassageSpan extends Span {
  readonly key: PassageKey;
  readonly articleKey: number;
}

interface CandidateRow extends StoredPassage {
  readonly articleKey: number;
}

/** Implements the ports of answering on a library's database. Counts and indexes are those of the last `refresh`. */
export class LibrarySearch
  implements PassageSearch, TokenStatistics, WordStatistics, ArticleTexts, PassagePlaces, Spelling
{
  readonly #database: Database;
  readonly #fullText: FullText;
  readonly #vectors: VectorSearch;
  readonly #places: PassagePlaceReader;
  /** Read when the first unknown word is looked up. */
  #words: WordList | null = null;
  #tokenFrequencies: ReadonlyMap<number, number> = new Map();
  #passageCount = 0;

  /** @param graph Null if hnswlib is not installed. */
  constructor(database: Database, manifest: Pick<Manifest, 'dimensions' | 'rotationSeed'>, graph: HnswIndex | null) {
    this.#database = database;
    this.#fullText = new FullText(database);
    this.#vectors = new VectorSearch(database, manifest, graph);
    this.#places = new PassagePlaceReader(database);
  }

  /** Catches up with articles that were added, changed or removed. */
  refresh(): void {
    this.#passageCount = this.#database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
    const frequencies = this.#database.prepare('SELECT token, passages FROM token_frequencies').raw().all();
    this.#tokenFrequencies = new Map(frequencies as [number, number][]);
    this.#fullText.refresh(this.#passageCount);
    this.#words = null;
    this.#vectors.refresh();
    this.#places.refresh();
  }

  get passageCount(): number {
    return this.#passageCount;
  }

  tokenFrequency(token: number): number {
    return this.#tokenFrequencies.get(token) ?? 0;
  }

  wordFrequency(word: string): number {
    return this.#fullText.passageFrequency(word);
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.#fullText.searchPassages(question, limit, scope);
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.#vectors.search(vector, limit, scope).map(({ key, similarity }) => ({ key, score: similarity }));
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.#fullText.searchArticles(question, limit, scope);
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.#fullText.passagesOfArticle(articleKey, question, limit);
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    // A row that has lost its article is read too, so that it is noticed.
    const select = this.#database.prepare(
      `SELECT p.article AS articleKey, ${VERIFIED_PASSAGE} FROM passages p LEFT JOIN articles a ON a.key = p.article WHERE p.key = ?`,
    );
    return keys.flatMap((key) => {
      const row = select.get(key) as CandidateRow | undefined;
      if (row === undefined) {
        // The graph and the tables can differ for a moment while another process is indexing; the tables never do.
        if (hasTermsOf(this.#database, key)) throw lostRow(this.#database);
        return [];
      }
      verifyPassage(this.#database, row);
      return toCandidate(key, row);
    });
  }

  /** Returns where passages are, without loading what ranking needs. Unknown keys are left out. */
  passageSpans(keys: readonly PassageKey[]): PassageSpan[] {
    const select = this.#database.prepare('SELECT key, article AS articleKey, start, end FROM passages WHERE key = ?');
    return keys.flatMap((key) => (select.get(key) as PassageSpan | undefined) ?? []);
  }

  articleKey(id: string): number | null {
    const key = this.#database.prepare('SELECT key FROM articles WHERE id = ?').pluck().get(id) as number | undefined;
    return key ?? null;
  }

  article(articleKey: number): CitableArticle {
    const article = readArticleText(this.#database, articleKey);
    if (article === null) throw new Error(`Article ${articleKey} is no longer in the library`);
    return article;
  }

  passageBefore(key: PassageKey): PrecedingPassage | null {
    const row = this.#database
      .prepare(
        `SELECT ${VERIFIED_PASSAGE} FROM passages next JOIN passages p ON p.article = next.article AND p.ordinal = next.ordinal - 1
         JOIN articles a ON a.key = p.article WHERE next.key = ?`,
      )
      .get(key) as StoredPassage | undefined;
    if (row === undefined) return null;
    verifyPassage(this.#database, row);
    return { end: row.end, sentences: parseSentences(row.sentences) };
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.#places.passagePlace(key);
  }

  nearestWord(word: string): string | null {
    this.#words ??= new WordList(this.#database);
    return this.#words.nearest(word);
  }
}

function toCandidate(key: PassageKey, row: CandidateRow): CandidatePassage {
  const { id, articleKey, start, end } = row;
  return {
    key,
    id,
    articleKey,
    start,
    end,
    sentences: parseSentences(row.sentences),
    vector: toFloats(row.vector),
    tokenIds: toTokens(row.tokens),
    codes: new Uint8Array(row.codes),
    titleCodes: new Uint8Array(row.title_codes),
    sectionCodes: new Uint8Array(row.section_codes),
    contextCodes: new Uint8Array(row.context_codes),
  };
}
