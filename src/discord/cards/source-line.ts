import { TimestampStyles, time as timeTag } from 'discord.js';
import { type ArticleReference, nameOf } from '../../corpus/article.js';
import type { Excerpt } from '../../corpus/excerpt.js';
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
  /** What tells the article from another one with the same title. Default: nothing. */
  readonly distinction?: string | null;
  /** Whether an article without a date is called undated. Default: false. */
  readonly saysUndated?: boolean;
}

/**
 * The line below a quote: number, title, publisher, date, page and link of its article, as far as they are known.
 *
 * @param excerpt The link leads to it.
 */
export function sourceLine(
  article: ArticleReference,
  excerpt: Excerpt,
  texts: Texts,
  options: SourceLineOptions = {},
): string {
  const { number, maxCharacters = Number.POSITIVE_INFINITY, distinction = null, saysUndated = false } = options;
  const limitOf = (limit: number, share: number): number => Math.min(limit, Math.floor(maxCharacters * share));
  const title = titleOf(article, limitOf(MAX_TITLE, 0.5));
  const publisher =
    article.publisher === null ? '' : escapeToFit(oneLine(article.publisher), limitOf(MAX_PUBLISHER, 0.25));
  const maxLink = Math.min(MAX_LINK, maxCharacters - title.length - publisher.length);
  const url = article.url === null ? null : linkToPassage(article.url, excerpt, maxLink);
  return [
    number === undefined ? `**${title}**` : `**[${number}]** **${title}**`,
    distinction === null ? '' : escapeToFit(oneLine(distinction), limitOf(MAX_PUBLISHER, 0.25)),
    publisher,
    article.published === null && !saysUndated ? '' : dateOf(article, texts),
    ...placeOf(excerpt, texts),
    // The words of the link are ours: an article's own words could pretend to lead somewhere else.
    url === null ? '' : `[${texts.say('answer.link')}](<${url}>)`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

/** The page or the time in a recording, if the source has them. */
function placeOf({ location: { page, time } }: Excerpt, texts: Texts): string[] {
  const place = page === null ? [] : [texts.say('answer.onPage', { page: escapeToFit(oneLine(page), MAX_DATE) })];
  return time === null ? place : [...place, texts.say('answer.atTime', { time: escapeToFit(oneLine(time), MAX_DATE) })];
}

/** The name of an article in Markdown, or its id if the name has no visible characters. */
export function titleOf(article: ArticleReference, maxCharacters = MAX_TITLE): string {
  return escapeToFit(oneLine(nameOf(article)), maxCharacters) || article.id;
}

/** The publication date of an article in Markdown, in the language of whoever reads it, or the word for "undated". */
export function dateOf({ published }: Pick<ArticleReference, 'published'>, texts: Texts): string {
  if (published === null) return texts.say('answer.undated');
  const [, date] = /^(\d{4}-\d{2}-\d{2})$/.exec(published) ?? [];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}${MIDDAY}`);
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(date ?? '');
  return isReal
    ? timeTag(new Date(at), TimestampStyles.LongDate)
    : escapeToFit(published, MAX_DATE).replaceAll(' ', NO_BREAK);
}

/** Discord shows a moment in the reader's time zone. At this one it is the same day from Hawaii to New Zealand. */
const MIDDAY = 'T10:30:00Z';
const NO_BREAK = '\u00a0';
