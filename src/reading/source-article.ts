import type { Article } from '../corpus/article.js';

/** Maximum size of an article in its source. *War and Peace* has 3.2 MB; anything larger is an archive, a log or a mistake. */
export const MAX_ARTICLE_BYTES = 10_000_000;

/** An article as the reader of a file format returns it, before it has an id. */
export interface SourceArticle
  extends Pick<Article, 'title' | 'url' | 'publisher' | 'published' | 'language' | 'text' | 'blocks' | 'marks'> {
  /** Messages about metadata that cannot be used, for the person who owns the file. */
  readonly warnings: readonly string[];
  /** What the reader left out of the text. */
  readonly omitted?: readonly Omission[];
}

export interface Omission {
  /** What was left out, such as "navigation", in the singular. */
  readonly what: string;
  /** Number of blocks or elements. */
  readonly count: number;
}

/** One result of reading a folder or a file. */
export type ReadResult =
  | { readonly kind: 'article'; readonly article: Article }
  /** Something that could not be read. Articles indexed earlier from `file` (or from below it) stay in the index. */
  | { readonly kind: 'skipped'; readonly file: string; readonly reason: string }
  /** Something in `file` that was left out. The article itself was read. */
  | { readonly kind: 'warning'; readonly file: string; readonly reason: string };

/**
 * A file, or a line of a bulk file, that cannot be read.
 *
 * The message is a predicate with the remedy after a colon, as in "is not text: convert it to .txt or remove it". Whoever
 * shows it puts the subject in front: "it" or "line 12".
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
