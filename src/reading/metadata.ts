import { z } from 'zod';
import type { ArticleReference } from '../corpus/article.js';
import { parseDate } from './publication-date.js';

/** Longer titles are cut in no reader's interest: a source with one has its text in the title field. */
export const MAX_TITLE_CHARACTERS = 500;

type Stated = Pick<ArticleReference, 'title' | 'url' | 'publisher' | 'published'> & {
  readonly language: string | null;
};

const line = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).toWellFormed().replace(/\s+/g, ' ').trim())
  .nullish();

/** The fields that front matter and bulk files may state; others are left alone. */
export const METADATA_FIELDS = z.object({
  title: line,
  url: line,
  publisher: line,
  published: line,
  language: line,
});

/** Takes the stated fields as far as they can be used and says in words what could not. */
export function readMetadata(fields: z.infer<typeof METADATA_FIELDS>): { stated: Stated; warnings: string[] } {
  const warnings: string[] = [];
  const published = fields.published ? parseDate(fields.published) : null;
  if (fields.published && published === null) {
    warnings.push(
      `published "${shorten(fields.published)}" is not a date like 2021-05-19: the article counts as undated`,
    );
  }
  const url = fields.url && isWebAddress(fields.url) ? fields.url : null;
  if (fields.url && url === null) {
    warnings.push(
      `url "${shorten(fields.url)}" is not an address that begins with https:// or http://: it is left out`,
    );
  }
  const title = fields.title && fields.title.length <= MAX_TITLE_CHARACTERS ? fields.title : null;
  if (fields.title && title === null) {
    warnings.push(
      `title has ${fields.title.length} characters, at most ${MAX_TITLE_CHARACTERS} are taken: it is left out`,
    );
  }
  return {
    stated: { title, url, publisher: fields.publisher || null, published, language: fields.language || null },
    warnings,
  };
}

/** Only what a browser opens as a page; never `javascript:` or `file:`. */
export function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

function shorten(value: string): string {
  return value.length <= 60 ? value : `${value.slice(0, 60)}…`;
}
