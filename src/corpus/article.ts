import type { Block, Mark } from './block.js';
import type { Omission } from './hidden-text.js';

/** What a citation says about its article. Anything the source does not state is null: nothing is guessed. */
export interface ArticleReference {
  /** Ten base32 letters. Stable as long as the source keeps its path, or its id in a bulk file. */
  readonly id: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly publisher: string | null;
  /** The publication date as `YYYY-MM-DD`. */
  readonly published: string | null;
  /** Path relative to the seeds folder, with `/` between folders. `#id` or `#line` is appended for an article of a bulk file. */
  readonly file: string;
  /** The top-level folder in the seeds folder; null for a file directly in it. */
  readonly collection: string | null;
}

/** One document: the unit that has an author and that a citation links to. */
export interface Article extends ArticleReference {
  /** The article as written, except that line endings are `\n`. All offsets are UTF-16 indices into this text. */
  readonly text: string;
  /** SHA-256 of `text` as UTF-8, in hexadecimal. */
  readonly sha256: string;
  /** BCP 47 tag, or null if the source does not state it. */
  readonly language: string | null;
  /** In text order, without overlap, with only whitespace between them. */
  readonly blocks: readonly Block[];
  /** In the order of their starts. */
  readonly marks: readonly Mark[];
  /** What the source file holds that was left out of the text. */
  readonly omitted: readonly Omission[];
}

/** An article as listed by `footnote articles`. */
export interface ListedArticle extends ArticleReference {
  /** Number of its passages. */
  readonly passages: number;
}

/** Returns the name people see: the article's title, or its file if it has none. */
export function nameOf(article: ArticleReference): string {
  return article.title ?? article.file;
}

/**
 * Returns what distinguishes each article from others of the list with the same name: its collection if that is enough,
 * otherwise its file. Null if no other article in the list has its name.
 */
export function distinctionsOf(articles: readonly ArticleReference[]): (string | null)[] {
  return articles.map((article) => {
    const others = articles.filter((other) => other.id !== article.id && nameOf(other) === nameOf(article));
    if (others.length === 0) return null;
    const isAlone = article.collection !== null && others.every(({ collection }) => collection !== article.collection);
    return isAlone ? article.collection : article.file;
  });
}

/** The first letter of the collections of what people have added in Discord: it is followed by the id of their server. */
export const ADDED_MARK = '@';
