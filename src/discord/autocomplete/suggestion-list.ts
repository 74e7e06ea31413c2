import type { ListedArticle } from '../../corpus/article.js';
import { nameOf } from '../../corpus/article.js';
import type { PassageOpening } from '../../corpus/passage.js';
import { oneLine } from '../../text/visible-text.js';
import { sortInSteps } from '../../time-slices.js';
import { fold, wordsIn } from './fold.js';
import { latestFirst } from './order.js';
import { copyString, type PrefixIndex, PrefixIndexBuilder } from './prefix-index.js';

/** The facts that the passages of an article share. */
export interface SuggestedSource {
  readonly articleId: string;
  readonly name: string;
  readonly collection: string | null;
  readonly file: string;
}

/** An article that can be suggested. */
export interface SuggestedArticle extends SuggestedSource {
  readonly foldedName: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly published: string;
}

/** A passage that can be suggested. */
export interface SuggestedPassage {
  readonly id: string;
  readonly opening: string;
  readonly source: SuggestedSource;
}

/** Something that matches what was typed. */
export type Match =
  | { readonly kind: 'article'; readonly article: SuggestedArticle }
  | { readonly kind: 'passage'; readonly passage: SuggestedPassage };

/** Articles and their passages that were read together. It never changes; what is outdated in it is skipped. */
export class SuggestionList {
  readonly #articles: readonly SuggestedArticle[];
  /** Indexes into `#articles`, newest first, undated articles last. */
  readonly #newestFirst: readonly number[];
  readonly #passages: readonly SuggestedPassage[];
  /** Its texts are the articles followed by the passages. */
  readonly #prefixes: PrefixIndex;

  private constructor(
    articles: readonly SuggestedArticle[],
    newestFirst: readonly number[],
    passages: readonly SuggestedPassage[],
    prefixes: PrefixIndex,
  ) {
    this.#articles = articles;
    this.#newestFirst = newestFirst;
    this.#passages = passages;
    this.#prefixes = prefixes;
  }

  /**
   * Builds a list, in steps for `runInSlices`. Both iterables are read as the work proceeds.
   *
   * @param openings The passages of one article must be adjacent.
   */
  static *build(
    listed: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
  ): Generator<undefined, SuggestionList, undefined> {
    const prefixes = new PrefixIndexBuilder();
    const articles: SuggestedArticle[] = [];
    for (const { id: articleId, collection, file, published, ...article } of listed) {
      const name = nameOf({ ...article, id: articleId, collection, file, published });
      const foldedName = fold(name);
      articles.push({ articleId, name, foldedName, collection, file, published: published ?? '' });
      prefixes.add(wordsIn(foldedName));
      yield;
    }
    const passages: SuggestedPassage[] = [];
    let source: SuggestedSource | null = null;
    let nameWords: string[] = [];
    for (const { articleId, passageId, title, file, collection, opening } of openings) {
      if (source === null || source.articleId !== articleId) {
        source = { articleId, name: title ?? file, collection, file };
        nameWords = wordsIn(fold(source.name));
      }
      passages.push({ id: passageId, opening: copyString(oneLine(opening)), source });
      prefixes.add([...nameWords, ...wordsIn(fold(opening))]);
      yield;
    }
    const newestFirst = yield* sortInSteps([...articles.keys()], (a, b) =>
      latestFirst(articles[a]?.published, articles[b]?.published),
    );
    return new SuggestionList(articles, newestFirst, passages, yield* prefixes.finish());
  }

  /** The number of articles. */
  get articleCount(): number {
    return this.#articles.length;
  }

  /** The number of articles and passages. */
  get size(): number {
    return this.#articles.length + this.#passages.length;
  }

  /**
   * Yields the articles and then the passages in which every prefix begins a word, in the order in which they were read. Without
   * prefixes everything matches, and the newest articles come first.
   */
  *find(prefixes: readonly string[]): Generator<Match, void, undefined> {
    for (const index of prefixes.length === 0 ? this.#all() : this.#prefixes.find(prefixes)) {
      const article = this.#articles[index];
      const passage = this.#passages[index - this.#articles.length];
      if (article !== undefined) yield { kind: 'article', article };
      else if (passage !== undefined) yield { kind: 'passage', passage };
    }
  }

  /** The indexes of all articles, newest first, then of all passages. */
  *#all(): Generator<number, void, undefined> {
    for (const index of this.#newestFirst) yield index;
    for (let index = 0; index < this.#passages.length; index++) yield this.#articles.length + index;
  }
}
