import { type ArticleReference, nameOf } from '../corpus/article.js';
import type { ExcerptLocation } from '../corpus/excerpt.js';
import { oneLine } from '../text/visible-text.js';
import { printable } from './screen.js';

/** What a source line says besides the article's own facts. */
export interface SourceFacts {
  /** What tells the article from another one with the same title. Default: nothing. */
  readonly distinction?: string | null;
  /** Whether an article without a date is called undated. Default: false. */
  readonly saysUndated?: boolean;
  /** Where the quote stands in the source. Default: unknown. */
  readonly location?: ExcerptLocation;
}

/** Title, publisher and date of an article, without those the source doesn't state, and the place of a quote in it. */
export function sourceLine(
  article: ArticleReference,
  { distinction = null, saysUndated = false, location }: SourceFacts = {},
): string {
  return [
    nameOf(article),
    distinction,
    article.publisher,
    article.published ?? (saysUndated ? 'undated' : null),
    location?.page ? `page ${location.page}` : null,
    location?.time ? `at ${location.time}` : null,
  ]
    .filter((part) => part !== null)
    .map((part) => printable(oneLine(part)))
    .join(' · ');
}
