import { isInScope, type Scope } from '../../answering/question/scope.js';
import type { ListedArticle } from '../../corpus/article.js';
import type { PassageOpening } from '../../corpus/passage.js';
import { oneLine } from '../../text/visible-text.js';
import { runInSlices } from '../../time-slices.js';
import { LIMITS } from '../format/limits.js';
import { isVisible, sanitize, shorten } from '../format/markdown.js';
import { fold, wordsIn } from './fold.js';
import { compareByFile, latestFirst } from './order.js';
import {
  type Match,
  type SuggestedArticle,
  type SuggestedPassage,
  type SuggestedSource,
  SuggestionList,
} from './suggestion-list.js';

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
  /** Suggest only from these articles. Default: null, for all of them. */
  readonly scope?: Scope;
}

/** Articles and passages that match what was typed, best first. There may be more than fit into a list. */
interface Matches {
  readonly articles: readonly SuggestedArticle[];
  readonly passages: readonly SuggestedPassage[];
}

/** What has changed in a library. An article that was indexed again counts as removed and added. */
export interface SuggestionChanges {
  /** By collection and file. */
  readonly articles: Iterable<ListedArticle>;
  /** The passages of these articles. Those of one article must be adjacent. */
  readonly openings: Iterable<PassageOpening>;
  /** The ids of the articles that were removed. */
  readonly removed: Iterable<string>;
}

/** A list, and the articles in it that were removed or read again since. */
interface ListInUse {
  readonly list: SuggestionList;
  readonly outdated: ReadonlySet<string>;
}

/** More lists make each look-up slower; then all is read again into one. */
const MAX_LISTS = 12;
/** Also rebuild when later lists hold more than this share of the first, or this share of all articles is outdated. */
const MAX_CHANGED_SHARE = 0.25;

/**
 * Suggests articles by title, and passages by title and opening words, while someone types. Everything is in memory,
 * because Discord asks after almost every keystroke.
 *
 * It never changes. What is added to the library becomes a small list next to the large first one, as in a log-structured merge
 * tree (O'Neil et al. 1996), so that one changed article does not cost the reading of all.
 */
export class Suggestions {
  readonly #lists: readonly ListInUse[];

  private constructor(lists: readonly ListInUse[]) {
    this.#lists = lists;
  }

  /** Suggests nothing. */
  static readonly none = new Suggestions([]);

  /**
   * Builds the suggestions in slices of a few milliseconds, so the bot can answer in between. Both iterables are read
   * as the work proceeds.
   *
   * @param articles By collection and file.
   * @param openings The passages of one article must be adjacent.
   * @param options `signal` stops the work.
   * @throws The signal's reason once it is aborted, and whatever reading the iterables throws.
   */
  static build(
    articles: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Suggestions> {
    return Suggestions.none.with({ articles, openings, removed: [] }, options);
  }

  /**
   * Returns suggestions with what has changed, built in slices like the first ones.
   *
   * @throws The signal's reason once it is aborted, and whatever reading the iterables throws.
   */
  async with(
    { articles, openings, removed }: SuggestionChanges,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Suggestions> {
    const removedIds = new Set(removed);
    const list = await runInSlices(SuggestionList.build(articles, openings), signal);
    const earlier = this.#lists.map((one) => ({
      ...one,
      outdated: removedIds.size === 0 ? one.outdated : new Set([...one.outdated, ...removedIds]),
    }));
    return new Suggestions(list.size === 0 ? earlier : [...earlier, { list, outdated: new Set() }]);
  }

  /** Whether so much has changed that suggestions built anew would be smaller and faster. */
  get needsRebuild(): boolean {
    const [first, ...later] = this.#lists;
    const laterSize = later.reduce((sum, { list }) => sum + list.size, 0);
    return (
      this.#lists.length > MAX_LISTS ||
      laterSize > MAX_CHANGED_SHARE * (first?.list.size ?? 0) ||
      (first?.outdated.size ?? 0) > MAX_CHANGED_SHARE * (first?.list.articleCount ?? 0)
    );
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

  #match(typed: string, { kinds = ['article', 'passage'], scope = null }: SuggestOptions): Matches {
    const folded = fold(typed);
    const isOffered = (kind: SuggestionTarget['kind'], { articleId: id, collection }: SuggestedSource): boolean =>
      kinds.includes(kind) && isInScope({ id, collection }, scope);
    const titleMatches: SuggestedArticle[] = [];
    const articles: SuggestedArticle[] = [];
    const passages: SuggestedPassage[] = [];
    for (const match of this.#find(wordsIn(folded))) {
      if (match.kind === 'article') {
        const { article } = match;
        if (isOffered('article', article))
          (article.foldedName.startsWith(folded) ? titleMatches : articles).push(article);
      } else if (isOffered('passage', match.passage.source)) passages.push(match.passage);
      // A later article may still begin with the input, so only passages allow the other articles to be counted.
      const isPassage = match.kind === 'passage';
      const found = titleMatches.length + (isPassage ? articles.length + passages.length : 0);
      if (found >= LIMITS.choices || (isPassage && !kinds.includes('passage'))) break;
    }
    return { articles: [...titleMatches, ...articles], passages };
  }

  /** Yields the matches of all lists in the library's order; without prefixes, the newest articles first. */
  *#find(prefixes: readonly string[]): Generator<Match, void, undefined> {
    const compare = prefixes.length === 0 ? compareByDate : compareInOrder;
    const heads = this.#lists.map(({ list, outdated }) => new MatchCursor(list.find(prefixes), outdated));
    for (;;) {
      let first: MatchCursor | null = null;
      for (const head of heads) {
        if (head.match === null) continue;
        if (first?.match == null || compare(head.match, first.match) < 0) first = head;
      }
      if (first?.match == null) return;
      yield first.match;
      first.advance();
    }
  }
}

/** The next match of a list that is not outdated. */
class MatchCursor {
  readonly #matches: Iterator<Match>;
  readonly #outdated: ReadonlySet<string>;
  /** Null once there are no more. */
  match: Match | null = null;

  constructor(matches: Iterator<Match>, outdated: ReadonlySet<string>) {
    this.#matches = matches;
    this.#outdated = outdated;
    this.advance();
  }

  advance(): void {
    let next = this.#matches.next();
    while (next.done !== true && this.#outdated.has(sourceOf(next.value).articleId)) next = this.#matches.next();
    this.match = next.done === true ? null : next.value;
  }
}

function sourceOf(match: Match): SuggestedSource {
  return match.kind === 'article' ? match.article : match.passage.source;
}

function compareByDate(a: Match, b: Match): number {
  const byDate =
    a.kind === 'article' && b.kind === 'article' ? latestFirst(a.article.published, b.article.published) : 0;
  return byDate === 0 ? compareInOrder(a, b) : byDate;
}

/** Articles before passages, each in the library's order. */
function compareInOrder(a: Match, b: Match): number {
  if (a.kind !== b.kind) return a.kind === 'article' ? -1 : 1;
  return compareByFile(sourceOf(a), sourceOf(b));
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
  const articleChoices = articles
    .slice(0, LIMITS.choices)
    .map(({ articleId, name }) => choice('article', articleId, name));
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
