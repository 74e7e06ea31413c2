import type { ListedArticle } from '../../corpus/article.js';
import { nameOf } from '../../corpus/article.js';
import type { PassageOpening } from '../../corpus/passage.js';
import { oneLine } from '../../text/visible-text.js';
import { LIMITS } from '../format/limits.js';
import { isVisible, sanitize, shorten } from '../format/markdown.js';
import { copyString, type PrefixIndex, PrefixIndexBuilder } from './prefix-index.js';
import { runInSlices, sortInSteps } from './time-slices.js';

/** How many characters of each passage are searched and shown as a suggestion. */
export const OPENING_CHARACTERS = 160;

/** The share of a passage's choice that names its article, in UTF-16 code units. */
const NAME_CHARACTERS = 40;

/** The article or passage behind a choice. Discord sends it back as `article:<id>` or `passage:<id>`. */
export type SuggestionTarget = { readonly kind: 'article' | 'passage'; readonly id: string };

/** An autocomplete choice as Discord expects it. The name has 1 to 100 UTF-16 code units. */
export interface SuggestionChoice {
  readonly name: string;
  readonly value: string;
}

/** Filters for suggestions. */
export interface SuggestOptions {
  /** Default: articles and passages. */
  readonly kinds?: readonly SuggestionTarget['kind'][];
  /** Suggest only from these collections. Default: null, for all of them. */
  readonly collections?: readonly string[] | null;
}

/** The facts that the passages of an article share. */
interface Source {
  readonly name: string;
  readonly collection: string | null;
}

interface KnownArticle extends Source {
  readonly id: string;
  readonly foldedName: string;
}

interface KnownPassage {
  readonly id: string;
  readonly opening: string;
  readonly source: Source;
}

/** Articles and passages that match what was typed, best first. There may be more than fit into a list. */
interface Matches {
  readonly articles: readonly KnownArticle[];
  readonly passages: readonly KnownPassage[];
}

/**
 * Suggests articles by title, and passages by title and opening words, while someone types. Everything is in memory,
 * because Discord asks after almost every keystroke.
 */
export class Suggestions {
  readonly #articles: readonly KnownArticle[];
  /** Indexes into `#articles`, newest first, undated articles last. */
  readonly #newestFirst: readonly number[];
  readonly #passages: readonly KnownPassage[];
  /** Its texts are the articles followed by the passages. */
  readonly #prefixes: PrefixIndex;

  private constructor(
    articles: readonly KnownArticle[],
    newestFirst: readonly number[],
    passages: readonly KnownPassage[],
    prefixes: PrefixIndex,
  ) {
    this.#articles = articles;
    this.#newestFirst = newestFirst;
    this.#passages = passages;
    this.#prefixes = prefixes;
  }

  /**
   * Builds the suggestions in slices of a few milliseconds, so the bot can answer in between. Both iterables are read
   * as the work proceeds.
   *
   * @param openings The passages of one article must be adjacent.
   * @param options `signal` stops the work.
   * @throws The signal's reason once it is aborted, and whatever reading the iterables throws.
   */
  static async build(
    articles: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Suggestions> {
    return runInSlices(Suggestions.#buildInSteps(articles, openings), signal);
  }

  static *#buildInSteps(
    listed: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
  ): Generator<undefined, Suggestions, undefined> {
    const prefixes = new PrefixIndexBuilder();
    const articles: KnownArticle[] = [];
    const published: string[] = [];
    for (const article of listed) {
      const name = nameOf(article);
      const foldedName = fold(name);
      articles.push({ id: article.id, name, foldedName, collection: article.collection });
      published.push(article.published ?? '');
      prefixes.add(wordsIn(foldedName));
      yield;
    }
    const passages: KnownPassage[] = [];
    let articleId: string | null = null;
    let source: Source = { name: '', collection: null };
    let nameWords: string[] = [];
    for (const opening of openings) {
      if (opening.articleId !== articleId) {
        articleId = opening.articleId;
        source = { name: opening.title ?? opening.file, collection: opening.collection };
        nameWords = wordsIn(fold(source.name));
      }
      passages.push({ id: opening.passageId, opening: copyString(oneLine(opening.opening)), source });
      prefixes.add([...nameWords, ...wordsIn(fold(opening.opening))]);
      yield;
    }
    const newestFirst = yield* sortInSteps([...articles.keys()], (a, b) => latestFirst(published[a], published[b]));
    return new Suggestions(articles, newestFirst, passages, yield* prefixes.finish());
  }

  /**
   * Suggests articles and passages in which every typed word begins a word, ignoring case and accents. Articles come
   * before passages. Articles whose title begins with the whole input come first; otherwise the library's order
   * applies. For empty input the newest articles come first.
   *
   * @returns At most 25 choices, which is Discord's limit.
   */
  suggest(typed: string, options: SuggestOptions = {}): SuggestionChoice[] {
    return toChoices(this.#match(typed, options));
  }

  #match(typed: string, { kinds = ['article', 'passage'], collections = null }: SuggestOptions): Matches {
    const folded = fold(typed);
    const allowed = collections === null ? null : new Set<string | null>(collections);
    const isOffered = (kind: SuggestionTarget['kind'], { collection }: Source): boolean =>
      kinds.includes(kind) && (allowed === null || allowed.has(collection));
    const titleMatches: KnownArticle[] = [];
    const articles: KnownArticle[] = [];
    const passages: KnownPassage[] = [];
    for (const index of folded === '' ? this.#all() : this.#prefixes.find(wordsIn(folded))) {
      const article = this.#articles[index];
      const passage = this.#passages[index - this.#articles.length];
      if (article !== undefined && isOffered('article', article))
        (article.foldedName.startsWith(folded) ? titleMatches : articles).push(article);
      if (passage !== undefined && isOffered('passage', passage.source)) passages.push(passage);
      // A later article may still begin with the input, so only passages allow the other articles to be counted.
      const found = titleMatches.length + (article === undefined ? articles.length + passages.length : 0);
      if (found >= LIMITS.choices || (article === undefined && !kinds.includes('passage'))) break;
    }
    return { articles: [...titleMatches, ...articles], passages };
  }

  /** The indexes of all articles, newest first, then of all passages. */
  *#all(): Generator<number, void, undefined> {
    for (const index of this.#newestFirst) yield index;
    for (let index = 0; index < this.#passages.length; index++) yield this.#articles.length + index;
  }
}

/**
 * Parses the value of a choice.
 *
 * @returns null if the person typed something instead of picking a suggestion.
 */
export function parseTarget(value: string): SuggestionTarget | null {
  const match = /^(article|passage):([a-z2-7]{10})$/.exec(value);
  return match === null ? null : { kind: match[1] as SuggestionTarget['kind'], id: match[2] ?? '' };
}

/** Articles go first, and passages fill up the list. */
function toChoices({ articles, passages }: Matches): SuggestionChoice[] {
  const articleChoices = articles.slice(0, LIMITS.choices).map(({ id, name }) => choice('article', id, name));
  const passageChoices = passages
    .slice(0, LIMITS.choices - articleChoices.length)
    .map(({ id, opening, source }) =>
      choice('passage', id, `${shorten(inOneLine(source.name), NAME_CHARACTERS)} › ${opening}`),
    );
  return [...articleChoices, ...passageChoices];
}

function choice(kind: SuggestionTarget['kind'], id: string, name: string): SuggestionChoice {
  const line = inOneLine(name);
  return { name: isVisible(line) ? shorten(line, LIMITS.choiceName) : id, value: `${kind}:${id}` };
}

/** Puts text on one line, without control characters and lone surrogates. */
function inOneLine(text: string): string {
  return oneLine(sanitize(oneLine(text))).toWellFormed();
}

/** Compares dates written as `YYYY-MM-DD` for sorting newest first. Empty dates come last. */
export function latestFirst(a = '', b = ''): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

/** Splits folded text into its words; see {@link fold}. */
export function wordsIn(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}

/**
 * Reduces text to what suggestions compare: lower case, no accents, only letters and digits, single spaces.
 * "Café–Bar" becomes "cafe bar".
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
