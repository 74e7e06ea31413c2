import type { Span } from '../text/span.js';

/**
 * What a paragraph is to a reader.
 *
 * - `body`: what the article says; searched and quoted.
 * - `heading`: names the paragraphs below it; searched with them, never quoted alone.
 * - `title`: the article's title as it stands in the text; searched as the article's title, never quoted.
 * - `boilerplate`: what a page carries besides the article (share links, captions, sign-up lines); kept, never searched.
 */
export type ParagraphKind = 'body' | 'heading' | 'title' | 'boilerplate';

/** One paragraph of an article, without the white space around it. */
export interface Paragraph extends Span {
  readonly kind: ParagraphKind;
}

/** What a citation says of its article. Whatever the source does not state is null: nothing is guessed. */
export interface ArticleReference {
  /** Ten base32 letters, stable as long as the source keeps its path (or its given id). */
  readonly id: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly publisher: string | null;
  /** The day of publication as `YYYY-MM-DD`. */
  readonly published: string | null;
  /** Path below the seeds folder, with `/` between folders; `#id` or `#line` names one article of a bulk file. */
  readonly file: string;
  /** First folder below the seeds folder; null for a file that lies directly in it. */
  readonly collection: string | null;
}

/** One document: the unit of authorship and of a citation's link. */
export interface Article extends ArticleReference {
  /** The canonical text: line ends are `\n`, nothing else is changed. Every offset is into this text. */
  readonly text: string;
  /** SHA-256 of `text` as UTF-8, in hexadecimal. */
  readonly sha256: string;
  /** BCP 47 tag when the source states it. */
  readonly language: string | null;
  /** In order of the text, without overlap; between two of them stands white space only. */
  readonly paragraphs: readonly Paragraph[];
}

/** An article in a list. */
export interface ListedArticle extends ArticleReference {
  /** The number of its passages. */
  readonly passages: number;
}

/** What a person is shown as the article's name: its title, or else its file. */
export function nameOf(article: ArticleReference): string {
  return article.title ?? article.file;
}
