import type { Article } from '../corpus/article.js';

/** An article as its source states it, before it has an id: what the reader of one file format returns. */
export interface SourceArticle
  extends Pick<Article, 'title' | 'url' | 'publisher' | 'published' | 'language' | 'text' | 'paragraphs'> {
  /** What was in the source and could not be used, in words for the person who owns the file. */
  readonly warnings: readonly string[];
}

/** One thing met while reading a folder. */
export type ReadResult =
  | { readonly kind: 'article'; readonly article: Article }
  /** What could not be read. The articles that came from `file` (or from below it) earlier stay in the index. */
  | { readonly kind: 'skipped'; readonly file: string; readonly reason: string }
  | { readonly kind: 'warning'; readonly file: string; readonly reason: string };

/** Why a file is not read, in words that name the remedy. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
