import type { ArticleReference } from '../corpus/article.js';
import { parseDate } from './publication-date.js';

/** A longer title is not used. Cutting it would help no one: such a source has the article's text in the title field. */
export const MAX_TITLE_CHARACTERS = 500;

/** Longer values are cut to this length in messages. */
const MAX_SHOWN_CHARACTERS = 60;

/** The metadata that a source states. Null for anything it does not state or that cannot be used. */
type StatedMetadata = Pick<ArticleReference, 'title' | 'url' | 'publisher' | 'published'> & {
  readonly language: string | null;
};

/** The fields that front matter, web pages and bulk files may state, each a single line. */
export type MetadataFields = { readonly [Name in keyof StatedMetadata]?: string | null | undefined };

/**
 * Takes over the stated fields that can be used.
 *
 * @returns The metadata, and a warning for each field that cannot be used.
 */
export function readMetadata(fields: MetadataFields): { stated: StatedMetadata; warnings: string[] } {
  const warnings: string[] = [];
  const published = fields.published ? parseDate(fields.published) : null;
  if (fields.published && published === null) {
    warnings.push(
      `published "${shorten(fields.published)}" is not a date like 2021-05-19: the article is shown as undated`,
    );
  }
  const url = fields.url && isWebAddress(fields.url) ? fields.url : null;
  if (fields.url && url === null) {
    warnings.push(
      `url "${shorten(fields.url)}" is not an address that starts with https:// or http://: it is left out`,
    );
  }
  const title = fields.title && fields.title.length <= MAX_TITLE_CHARACTERS ? fields.title : null;
  if (fields.title && title === null) {
    warnings.push(
      `title has ${fields.title.length} characters, more than the limit of ${MAX_TITLE_CHARACTERS}: it is ignored`,
    );
  }
  return {
    stated: { title, url, publisher: fields.publisher || null, published, language: fields.language || null },
    warnings,
  };
}

/** Whether a value has the form of a BCP 47 language tag, such as "en" or "pt-BR". */
export function isLanguageTag(value: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(value);
}

/** Whether a browser opens the address as a web page. `javascript:` and `file:` are refused. */
export function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

/** Cuts a long value for a message. */
export function shorten(value: string): string {
  return value.length <= MAX_SHOWN_CHARACTERS ? value : `${value.slice(0, MAX_SHOWN_CHARACTERS)}…`;
}
