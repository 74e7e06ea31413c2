import type { ListedArticle } from '../../corpus/article.js';
import { nameOf } from '../../corpus/article.js';
import type { PassageOpening } from '../../corpus/passage.js';
import { oneLine } from '../../text/visible-text.js';
import { LIMITS } from '../format/limits.js';
import { isSeen, shorten, visible } from '../format/markdown.js';
import { ownCopy, type PrefixIndex, PrefixIndexBuilder } from './prefix-index.js';
import { runInSlices, sortedInSteps } from './time-slices.js';

/** Characters of a passage that are compared while one types. */
export const OPENING_CHARACTERS = 160;

/** UTF-16 units of a passage's choice that name its article. */
const NAME_CHARACTERS = 40;

/** What a choice stands for, as the value Discord sends back. */
export type SuggestionTarget = { readonly kind: 'article' | 'passage'; readonly id: string };

/** A choice as Discord takes it: the name has 1 to 100 UTF-16 units. */
export interface SuggestionChoice {
  readonly name: string;
  readonly value: string;
}

export interface SuggestOptions {
  /** What is offered; both by default. */
  readonly kinds?: readonly SuggestionTarget['kind'][];
  /** Offers only what lies in these collections; null, the default, offers all. */
  readonly collections?: readonly string[] | null;
}

/** What the passages of an article have in common. */
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

/** Finds articles by title and passages by title and how they begin, from memory: people type faster than a disk answers. */
export class Suggestions {
  readonly #articles: readonly KnownArticle[];
  /** Places in `#articles`, the latest first and the undated last. */
  readonly #latest: readonly number[];
  readonly #passages: readonly KnownPassage[];
  /** Of the articles and then the passages. */
  readonly #words: PrefixIndex;

  private constructor(
    articles: readonly KnownArticle[],
    latest: readonly number[],
    passages: readonly KnownPassage[],
    words: PrefixIndex,
  ) {
    this.#articles = articles;
    this.#latest = latest;
    this.#passages = passages;
    this.#words = words;
  }

  /**
   * Built a slice of a few milliseconds at a time, between which other events are handled.
   *
   * Both are read as the building goes on.
   *
   * @param openings The passages of an article follow each other.
   * @throws the signal's reason when it is aborted, and what reading the openings throws.
   */
  static async build(
    articles: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Suggestions> {
    return runInSlices(Suggestions.#building(articles, openings), signal);
  }

  static *#building(
    listed: Iterable<ListedArticle>,
    openings: Iterable<PassageOpening>,
  ): Generator<undefined, Suggestions, undefined> {
    const words = new PrefixIndexBuilder();
    const articles: KnownArticle[] = [];
    const published: string[] = [];
    for (const article of listed) {
      const name = nameOf(article);
      const foldedName = fold(name);
      articles.push({ id: article.id, name, foldedName, collection: article.collection });
      published.push(article.published ?? '');
      words.add(wordsIn(foldedName));
      yield;
    }
    const passages: KnownPassage[] = [];
    let articleId: string | null = null;
    let source: Source = { name: '', collection: null };
    let wordsOfName: string[] = [];
    for (const opening of openings) {
      if (opening.articleId !== articleId) {
        articleId = opening.articleId;
        source = { name: opening.title ?? opening.file, collection: opening.collection };
        wordsOfName = wordsIn(fold(source.name));
      }
      passages.push({ id: opening.passageId, opening: ownCopy(oneLine(opening.opening)), source });
      words.add([...wordsOfName, ...wordsIn(fold(opening.opening))]);
      yield;
    }
    const latest = yield* sortedInSteps([...articles.keys()], (a, b) => latestFirst(published[a], published[b]));
    return new Suggestions(articles, latest, passages, yield* words.finish());
  }

  /**
   * At most 25 choices in which every typed word begins a word, whatever its accents and capitals: articles before passages,
   * first those whose title begins with all that was typed, else in the order of the library. With nothing typed the latest
   * articles come first.
   */
  suggest(
    typed: string,
    { kinds = ['article', 'passage'], collections = null }: SuggestOptions = {},
  ): SuggestionChoice[] {
    const folded = fold(typed);
    const asked = collections === null ? null : new Set<string | null>(collections);
    const isOffered = (kind: SuggestionTarget['kind'], { collection }: Source): boolean =>
      kinds.includes(kind) && (asked === null || asked.has(collection));
    const begunAlike: KnownArticle[] = [];
    const articles: KnownArticle[] = [];
    const passages: KnownPassage[] = [];
    for (const place of folded === '' ? this.#inOrder() : this.#words.find(wordsIn(folded))) {
      const article = this.#articles[place];
      const passage = this.#passages[place - this.#articles.length];
      if (article !== undefined && isOffered('article', article))
        (article.foldedName.startsWith(folded) ? begunAlike : articles).push(article);
      if (passage !== undefined && isOffered('passage', passage.source)) passages.push(passage);
      // An article that comes late may still begin with what was typed; after the first passage there are no more of them.
      const found = begunAlike.length + (article === undefined ? articles.length + passages.length : 0);
      if (found >= LIMITS.choices || (article === undefined && !kinds.includes('passage'))) break;
    }
    const first = [...begunAlike, ...articles].slice(0, LIMITS.choices);
    return [
      ...first.map(({ id, name }) => choice('article', id, name)),
      ...passages
        .slice(0, LIMITS.choices - first.length)
        .map(({ id, opening, source }) =>
          choice('passage', id, `${shorten(shown(source.name), NAME_CHARACTERS)} › ${opening}`),
        ),
    ];
  }

  *#inOrder(): Generator<number, void, undefined> {
    for (const place of this.#latest) yield place;
    for (let index = 0; index < this.#passages.length; index++) yield this.#articles.length + index;
  }
}

/** Reads a choice's value; null for words that somebody typed. */
export function parseTarget(value: string): SuggestionTarget | null {
  const match = /^(article|passage):([a-z2-7]{10})$/.exec(value);
  return match === null ? null : { kind: match[1] as SuggestionTarget['kind'], id: match[2] ?? '' };
}

function choice(kind: SuggestionTarget['kind'], id: string, name: string): SuggestionChoice {
  const line = shown(name);
  return { name: isSeen(line) ? shorten(line, LIMITS.choiceName) : id, value: `${kind}:${id}` };
}

/** In one line, without what would be obeyed instead of shown, and without halves of characters. */
function shown(text: string): string {
  return oneLine(visible(oneLine(text))).toWellFormed();
}

/** Of days as `YYYY-MM-DD`; an empty one comes last. */
export function latestFirst(a = '', b = ''): number {
  return a > b ? -1 : a < b ? 1 : 0;
}

export function wordsIn(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}

/** The text as it is compared while one types: in lower case without accents, with one space between words and nothing else but letters and digits. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
