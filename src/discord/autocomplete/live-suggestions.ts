import type { ListedArticle } from '../../corpus/article.js';
import type { PassageOpening } from '../../corpus/passage.js';
import { runInSlices, sortInSteps } from '../../time-slices.js';
import { compareByFile } from './order.js';
import { Suggestions } from './suggestions.js';

/** How many characters of each passage are searched and shown as a suggestion. */
const OPENING_CHARACTERS = 160;

/** The part of a library that suggestions are made from. Articles have keys; one that is indexed again gets a new key. */
export interface SuggestedLibrary {
  changesSince(known: ReadonlySet<number>): { readonly added: readonly number[]; readonly removed: readonly number[] };
  /** Null if the article has been removed meanwhile. */
  articleByKey(key: number): ListedArticle | null;
  /** The first characters of every passage of an article. Empty if it has been removed meanwhile. */
  openingsOf(key: number, maxCharacters: number): PassageOpening[];
}

interface KeyedArticle {
  readonly key: number;
  readonly article: ListedArticle;
}

/** Suggestions that follow a library. Reads only what has changed, or everything if most of it has. */
export class LiveSuggestions {
  #library: SuggestedLibrary | null = null;
  #current = Suggestions.none;
  /** The ids of the articles in the suggestions, by their keys. */
  #known: ReadonlyMap<number, string> = new Map();

  /** The suggestions as of the last update. */
  get current(): Suggestions {
    return this.#current;
  }

  /**
   * Catches up with a library, in slices of a few milliseconds. Do not call it again before it has ended.
   *
   * @param library If it is another one than before, everything is read.
   * @throws The signal's reason once it is aborted, and whatever reading throws; the suggestions then stay as they were.
   */
  async update(library: SuggestedLibrary, signal: AbortSignal): Promise<void> {
    const startsAnew = library !== this.#library || this.#current.needsRebuild;
    const earlier = startsAnew ? Suggestions.none : this.#current;
    const known = startsAnew ? new Map<number, string>() : new Map(this.#known);
    const { added, removed } = library.changesSince(new Set(known.keys()));
    const listed = await runInSlices(listInOrder(added, library), signal);
    this.#current = await earlier.with(
      {
        articles: listed.map(({ article }) => article),
        openings: openingsOf(listed, library),
        removed: removed.flatMap((key) => known.get(key) ?? []),
      },
      { signal },
    );
    for (const key of removed) known.delete(key);
    for (const { key, article } of listed) known.set(key, article.id);
    this.#known = known;
    this.#library = library;
  }
}

function* listInOrder(
  keys: readonly number[],
  library: SuggestedLibrary,
): Generator<undefined, KeyedArticle[], undefined> {
  const listed: KeyedArticle[] = [];
  for (const key of keys) {
    const article = library.articleByKey(key);
    if (article !== null) listed.push({ key, article });
    yield;
  }
  return yield* sortInSteps(listed, (a, b) => compareByFile(a.article, b.article));
}

function* openingsOf(listed: readonly KeyedArticle[], library: SuggestedLibrary): Generator<PassageOpening> {
  for (const { key } of listed) yield* library.openingsOf(key, OPENING_CHARACTERS);
}
