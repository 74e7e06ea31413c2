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
import type { Span } from '../text/span.js';
import { readArticleText } from './article-catalog.js';
import { FullText } from './full-text.js';
import type { Manifest } from './manifest.js';
import { PassagePlaceReader } from './passage-places.js';
import { parseSentences, parseTokens, toBytes } from './rows.js';
import { VectorSearch } from './vector-search.js';
import { WordList } from './word-list.js';

/** Where a passage is: its article, and its offsets in the article's text. */
export interface PassageSpan extends Span {
  readonly key: PassageKey;
  readonly articleKey: number;
}

interface CandidateRow {
  readonly id: string;
  readonly articleKey: number;
  readonly start: number;
  readonly end: number;
  readonly sentences: string;
  readonly tokens: Buffer;
  readonly codes: Buffer;
  readonly sectionCodes: Buffer;
  readonly contextCodes: Buffer;
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
  readonly #selectCandidate: Statement<[PassageKey]>;
  readonly #selectTitleCodes: Statement<[number]>;
  readonly #selectTokenFrequency: Statement<[number]>;

  constructor(database: Database, manifest: Pick<Manifest, 'dimensions'>) {
    this.#database = database;
    this.#fullText = new FullText(database);
    this.#vectors = new VectorSearch(database, manifest);
    this.#places = new PassagePlaceReader(database);
    this.#words = new WordList(database);
    this.#selectCandidate = database.prepare(
      `SELECT id, article AS articleKey, start, end, sentences, tokens, codes, section_codes AS sectionCodes,
              context_codes AS contextCodes
       FROM passages WHERE key = ?`,
    );
    this.#selectTitleCodes = database.prepare('SELECT title_codes FROM article_embeddings WHERE article = ?').pluck();
    this.#selectTokenFrequency = database.prepare('SELECT passages FROM token_frequencies WHERE token = ?').pluck();
  }

  /** Catches up with articles that were added, changed or removed. */
  refresh(): void {
    this.#vectors.refresh();
    this.#fullText.refresh(this.#vectors.passageCount, this.#vectors.articleCount);
    this.#places.refresh();
  }

  get passageCount(): number {
    return this.#vectors.passageCount;
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
    const titles = new Map<number, Uint8Array>();
    return keys.flatMap((key) => {
      const row = this.#selectCandidate.get(key) as CandidateRow | undefined;
      const vector = row === undefined ? null : this.#vectors.vectorOf(key);
      // Another process may have removed the passage since it was found.
      if (row === undefined || vector === null) return [];
      const titleCodes = titles.get(row.articleKey) ?? this.#titleCodesOf(row.articleKey);
      titles.set(row.articleKey, titleCodes);
      return toCandidate(key, row, vector, titleCodes);
    });
  }

  #titleCodesOf(articleKey: number): Uint8Array {
    const codes = this.#selectTitleCodes.get(articleKey) as Buffer | undefined;
    return codes === undefined ? new Uint8Array() : toBytes(codes);
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
        'SELECT b.end, b.sentences FROM passages p JOIN passages b ON b.article = p.article AND b.ordinal = p.ordinal - 1 WHERE p.key = ?',
      )
      .get(key) as { end: number; sentences: string } | undefined;
    return row === undefined ? null : { end: row.end, sentences: parseSentences(row.sentences) };
  }

  passagePlace(key: PassageKey): PassagePlace | null {
    return this.#places.passagePlace(key);
  }

  nearestWord(word: string): string | null {
    return this.#words.nearest(word);
  }
}

function toCandidate(
  key: PassageKey,
  row: CandidateRow,
  vector: Float32Array,
  titleCodes: Uint8Array,
): CandidatePassage {
  const { id, articleKey, start, end, codes, sectionCodes, contextCodes, tokens } = row;
  let tokenIds: Uint32Array | null = null;
  return {
    key,
    id,
    articleKey,
    start,
    end,
    sentences: parseSentences(row.sentences),
    vector,
    // Only the passages that are quoted need them.
    get tokenIds() {
      tokenIds ??= parseTokens(tokens);
      return tokenIds;
    },
    codes: toBytes(codes),
    titleCodes,
    sectionCodes: toBytes(sectionCodes),
    contextCodes: toBytes(contextCodes),
  };
}
