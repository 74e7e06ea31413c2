import { type ArticleReference, nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';
import { linkToPassage } from '../format/passage-link.js';
import type { Texts } from '../locales/texts.js';

const MAX_TITLE = 200;
const MAX_PUBLISHER = 100;
const MAX_DATE = 20;
/**
 * Enough for a link with twelve words of most scripts. Scripts that need many bytes per letter get links with fewer
 * words.
 */
const MAX_LINK = 500;

/** Numbering and limit of a source line. */
export interface SourceLineOptions {
  /** The number of the citation, from 1. Default: none. */
  readonly number?: number;
  /** Limit for title, publisher and link together. The date is never shortened. Default: unlimited. */
  readonly maxCharacters?: number;
}

/**
 * The line below a quote: number, title, publisher, date and link of its article, as far as they are known.
 *
 * @param quote The link leads to this text in the article.
 */
export function sourceLine(
  article: ArticleReference,
  quote: string,
  texts: Texts,
  { number, maxCharacters = Number.POSITIVE_INFINITY }: SourceLineOptions = {},
): string {
  const limitOf = (limit: number, share: number): number => Math.min(limit, Math.floor(maxCharacters * share));
  const title = titleOf(article, limitOf(MAX_TITLE, 0.5));
  const publisher =
    article.publisher === null ? '' : escapeToFit(oneLine(article.publisher), limitOf(MAX_PUBLISHER, 0.25));
  const maxLink = Math.min(MAX_LINK, maxCharacters - title.length - publisher.length);
  const url = article.url === null ? null : linkToPassage(article.url, quote, maxLink);
  return [
    number === undefined ? `**${title}**` : `**[${number}]** **${title}**`,
    publisher,
    dateOf(article, texts),
    // The words of the link are ours: an article's own words could pretend to lead somewhere else.
    url === null ? '' : `[${texts.say('answer.link')}](<${url}>)`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

/** The name of an article in Markdown, or its id if the name has no visible characters. */
export function titleOf(article: ArticleReference, maxCharacters = MAX_TITLE): string {
  return escapeToFit(oneLine(nameOf(article)), maxCharacters) || article.id;
}

/** The publication date of an article in Markdown, or the word for "undated". */
export function dateOf({ published }: ArticleReference, texts: Texts): string {
  return published === null ? texts.say('answer.undated') : escapeToFit(published, MAX_DATE);
}
