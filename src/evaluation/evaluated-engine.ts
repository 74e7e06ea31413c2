import type { Answer } from '../answering/answer.js';
import type { EarlierAnswer } from '../answering/follow-up.js';
import { fullRanking, type QuestionResult } from '../answering/question-result.js';
import type { RankedPassage } from '../answering/ranking/ranking.js';
import type { Span } from '../text/span.js';

/** A passage as a span of its article. */
export interface ArticleSpan extends Span {
  /** The passage's number within its library. */
  readonly key: number;
  readonly articleKey: number;
}

/** A passage with the score that one retriever gave it; higher is better. */
export interface ScoredSpan extends ArticleSpan {
  readonly score: number;
}

/** An engine whose index contains the set's articles, as an evaluation uses it. */
export interface EvaluatedEngine {
  /**
   * Answers a question and returns, besides the answer, everything it was made from.
   *
   * @param earlier The answer that the question may be a follow-up to.
   */
  ask(
    question: string,
    earlier: EarlierAnswer | null,
  ): Promise<{
    readonly answer: Answer;
    /** One result for each question that the text contains, at least one. */
    readonly results: readonly QuestionResult[];
    /** All candidates, best first. */
    readonly ranking: readonly RankedPassage[];
  }>;
  /**
   * Returns what each retriever finds by itself, best first.
   *
   * @param depth Maximum number of passages per retriever.
   */
  retrieve(
    result: QuestionResult,
    depth: number,
  ): { readonly terms: readonly ScoredSpan[]; readonly vectors: readonly ScoredSpan[] };
  /** Returns the text of an article, and its source as judgements name it. */
  article(articleKey: number): ArticleSource;
  /** Returns the same for the article with this id. */
  articleById(id: string): ArticleSource;
  /** Returns the same for all articles, one after the other. */
  articles(): Iterable<ArticleSource>;
}

/** The text of an article. */
export interface ArticleSource {
  /** How judgements name it: see `JudgedPassage`. */
  readonly source: string;
  readonly text: string;
}

/** The part of a library that `createEvaluatedEngine` uses. */
export interface EvaluatedLibrary {
  /** Passages by BM25 over their terms, best first. */
  searchTerms(question: string, limit: number, scope: null): readonly ScoredKey[];
  /** Passages by the similarity of their vectors, best first. */
  searchVectors(vector: Float32Array, limit: number, scope: null): readonly ScoredKey[];
  /** Where passages are, in the order of their keys. */
  passageSpans(keys: readonly number[]): readonly ArticleSpan[];
  /** An article by its number within the library. */
  article(articleKey: number): { readonly reference: { readonly file: string }; readonly text: string };
  /** The number of the article with this id, or null. */
  articleKey(id: string): number | null;
  /** All articles. */
  eachArticle(): Iterable<{ readonly id: string }>;
}

interface ScoredKey {
  readonly key: number;
  readonly score: number;
}

/** Answers a question, or a follow-up, and also returns the results it was made from, as `answerInDetail` does. */
export type AskInDetail = (
  question: string,
  earlier: EarlierAnswer | null,
) => Promise<{ readonly answer: Answer; readonly results: readonly QuestionResult[] }>;

/**
 * Creates the engine that an evaluation asks.
 *
 * @param library The library that contains the set's articles. It must stay open and must not change.
 * @param ask Answers a question from this library.
 * @param options.isOneBulkFile Whether all articles are in the set's own bulk file, so that their ids are enough to name them.
 *   Default: false.
 */
export function createEvaluatedEngine(
  library: EvaluatedLibrary,
  ask: AskInDetail,
  { isOneBulkFile = false }: { readonly isOneBulkFile?: boolean } = {},
): EvaluatedEngine {
  const article = createArticleReader(library, isOneBulkFile ? idInBulkFile : (file) => file);
  const articleById = (id: string): ArticleSource => {
    const key = library.articleKey(id);
    if (key === null) throw new Error(`Article ${id} is cited but not in the library.`);
    return article(key);
  };
  return {
    async ask(question, earlier) {
      const { answer, results } = await ask(question, earlier);
      return { answer, results, ranking: fullRanking(results) };
    },
    retrieve: ({ prepared: { text, encoded } }, depth) => ({
      terms: withSpans(library, library.searchTerms(text, depth, null)),
      vectors: withSpans(library, library.searchVectors(encoded.vector, depth, null)),
    }),
    article,
    articleById,
    *articles() {
      for (const { id } of library.eachArticle()) yield articleById(id);
    },
  };
}

/** Reads each article once. All texts of a judged set are a few megabytes, and every candidate of every question needs one. */
function createArticleReader(
  library: EvaluatedLibrary,
  sourceOf: (file: string) => string,
): EvaluatedEngine['article'] {
  const articles = new Map<number, ArticleSource>();
  return (articleKey) => {
    const known = articles.get(articleKey);
    if (known !== undefined) return known;
    const { reference, text } = library.article(articleKey);
    const article = { source: sourceOf(reference.file), text };
    articles.set(articleKey, article);
    return article;
  };
}

/** "articles.jsonl#d12" is the article "d12" of a bulk file. */
function idInBulkFile(file: string): string {
  return file.replace(/^.*?\.jsonl#/i, '');
}

function withSpans(library: EvaluatedLibrary, found: readonly ScoredKey[]): ScoredSpan[] {
  const scores = new Map(found.map(({ key, score }) => [key, score]));
  return library.passageSpans([...scores.keys()]).map((span) => ({ ...span, score: scores.get(span.key) ?? 0 }));
}
