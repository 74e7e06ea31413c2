import type { Database, Statement } from 'better-sqlite3';
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
import type { DamagedIndexError } from '../storage/damaged-index-error.js';
import type { Span } from '../text/span.js';
import { articleTextReader } from './article-catalog.js';
import { FullText } from './full-text.js';
import type { HnswIndex } from './hnsw-index.js';
import type { Manifest } from './manifest.js';
import { PassagePlaceReader } from './passage-places.js';
import { parseSentences, parseTokens, toBytes } from './rows.js';
import { hasTermsOf } from './search-tables.js';
import { type ArticleEmbeddings, VectorSearch } from './vector-search.js';
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

/** Implements the ports of answering on a library's database. Counts and vectors are those of the last `refresh`. */
export class LibrarySearch
  implements PassageSearch, TokenStatistics, WordStatistics, ArticleTexts, PassagePlaces, Spelling
{
  readonly #database: Database;
  readonly #fullText: FullText;
  readonly #vectors: VectorSearch;
  readonly #places: PassagePlaceReader;
  readonly #words: WordList;
  readonly #readText: (articleKey: number) => CitableArticle | null;
  readonly #selectCandidate: Statement<[PassageKey]>;
  readonly #selectPassageBefore: Statement<[PassageKey]>;
  readonly #selectTokenFrequency: Statement<[number]>;
  readonly #selectPassageCount: Statement;
  #passageCount = 0;

  /** @param onDamage See {@link VectorSearch}. */
  constructor(
    database: Database,
    manifest: Pick<Manifest, 'dimensions'>,
    onDamage: (error: DamagedIndexError) => void,
  ) {
    this.#database = database;
    this.#fullText = new FullText(database);
    this.#vectors = new VectorSearch(database, manifest, onDamage);
    this.#places = new PassagePlaceReader(database);
    this.#words = new WordList(database);
    this.#readText = articleTextReader(database);
    // A row that has lost its article is read too, so that it is noticed.
    this.#selectCandidate = database.prepare(
      `SELECT p.article AS articleKey, ${VERIFIED_PASSAGE} FROM passages p LEFT JOIN articles a ON a.key = p.article WHERE p.key = ?`,
    );
    this.#selectPassageBefore = database.prepare(
      `SELECT ${VERIFIED_PASSAGE} FROM passages next JOIN passages p ON p.article = next.article AND p.ordinal = next.ordinal - 1
       JOIN articles a ON a.key = p.article WHERE next.key = ?`,
    );
    this.#selectPassageCount = database.prepare('SELECT count(*) FROM passages').pluck();
    this.#selectTokenFrequency = database.prepare('SELECT passages FROM token_frequencies WHERE token = ?').pluck();
  }

  /** Catches up with articles that were added, changed or removed. If it throws, everything is as before, and it can be called again. */
  refresh(): void {
    const passageCount = this.#selectPassageCount.get() as number;
    this.#vectors.refresh();
    this.#passageCount = passageCount;
    this.#fullText.refresh(passageCount, this.#vectors.articleCount);
    this.#places.refresh();
  }

  get passageCount(): number {
    return this.#passageCount;
  }

  // The graph: documented in `VectorSearch`.

  useGraph(graph: HnswIndex): boolean {
    return this.#vectors.useGraph(graph);
  }

  completeGraph(): Generator<void, void, void> {
    return this.#vectors.completeGraph();
  }

  get needsNewGraph(): boolean {
    return this.#vectors.needsNewGraph;
  }

  get shareInGraph(): number {
    return this.#vectors.shareInGraph;
  }

  tokenFrequency(token: number): number {
    return (this.#selectTokenFrequency.get(token) as number | undefined) ?? 0;
  }

  wordFrequency(word: string): number {
    return this.#fullText.passageFrequency(word);
  }

  searchTerms(question: string, limit: number, scope: Scope): ScoredPassage[] {
    return this.#fullText.searchPassages(question, limit, scope);
  }

  searchVectors(vector: Float32Array, limit: number, scope: Scope): ScoredPassage[] {
    return this.#vectors.search(vector, limit, scope);
  }

  searchArticles(question: string, limit: number, scope: Scope): ScoredArticle[] {
    return this.#fullText.searchArticles(question, limit, scope);
  }

  passagesOfArticle(articleKey: number, question: string, limit: number): PassageKey[] {
    return this.#fullText.passagesOfArticle(articleKey, question, limit);
  }

  candidates(keys: readonly PassageKey[]): CandidatePassage[] {
    const embeddings = new Map<number, ArticleEmbeddings>();
    return keys.flatMap((key) => {
      const row = this.#selectCandidate.get(key) as CandidateRow | undefined;
      if (row === undefined) {
        // The vectors and the tables can differ for a moment while another process is indexing; the tables never do.
        if (hasTermsOf(this.#database, key)) throw lostRow(this.#database);
        return [];
      }
      verifyPassage(this.#database, row);
      const { articleKey } = row;
      const ofArticle = embeddings.get(articleKey) ?? this.#vectors.embeddingsOf(articleKey);
      embeddings.set(articleKey, ofArticle);
      return toCandidate(key, row, ofArticle);
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
    const article = this.#readText(articleKey);
    if (article === null) throw new Error(`Article ${articleKey} is no longer in the library`);
    return article;
  }

  passageBefore(key: PassageKey): PrecedingPassage | null {
    const row = this.#selectPassageBefore.get(key) as StoredPassage | undefined;
    if (row === undefined) return null;
    verifyPassage(this.#database, row);
    return { end: row.end, sentences: parseSentences(row.sentences) };
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.#places.passagePlace(key);
  }

  nearestWord(word: string): string | null {
    return this.#words.nearest(word);
  }
}

function toCandidate(key: PassageKey, row: CandidateRow, embeddings: ArticleEmbeddings): CandidatePassage {
  const { id, articleKey, start, end, tokens, codes, section_codes, context_codes } = row;
  let tokenIds: Uint32Array | null = null;
  return {
    key,
    id,
    articleKey,
    start,
    end,
    sentences: parseSentences(row.sentences),
    vector: embeddings.vectorOf(key),
    // Only the passages that are quoted need them.
    get tokenIds() {
      tokenIds ??= parseTokens(tokens);
      return tokenIds;
    },
    codes: toBytes(codes),
    titleCodes: embeddings.titleCodes,
    sectionCodes: toBytes(section_codes),
    contextCodes: toBytes(context_codes),
  };
}
