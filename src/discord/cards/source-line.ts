import { type ArticleReference, nameOf } from '../../corpus/article.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';
import { linkToPassage } from '../format/passage-link.js';
import type { Texts } from '../locales/texts.js';

const MAX_TITLE = 200;
const MAX_PUBLISHER = 100;
/** Twelve words of most languages in a text fragment; those of many bytes a letter are linked by fewer words. */
const MAX_LINK = 500;

export interface SourceLineOptions {
  readonly number?: number;
  /** Characters that title, publisher and link should keep to where there is little room; the date stays as it is. */
  readonly maxCharacters?: number;
}

/** Number, title, publisher, date and link of an article, as far as they are stated. */
export function sourceLine(
  article: ArticleReference,
  quote: string,
  texts: Texts,
  { number, maxCharacters = Number.POSITIVE_INFINITY }: SourceLineOptions = {},
): string {
  const limited = (limit: number, part: number): number => Math.min(limit, Math.floor(maxCharacters * part));
  const title = titleOf(article, limited(MAX_TITLE, 0.5));
  const publisher =
    article.publisher === null ? '' : escapeToFit(oneLine(article.publisher), limited(MAX_PUBLISHER, 0.25));
  const room = Math.min(MAX_LINK, maxCharacters - title.length - publisher.length);
  const url = article.url === null ? null : linkToPassage(article.url, quote, room);
  return [
    number === undefined ? `**${title}**` : `**[${number}]** **${title}**`,
    publisher,
    dateOf(article, texts),
    // The text of the link is ours: one from an article could pretend to lead somewhere else.
    url === null ? '' : `[${texts.say('answer.link')}](<${url}>)`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

/** The name of an article in Markdown, in at most so many characters; its id where nothing of it can be shown. */
export function titleOf(article: ArticleReference, most = MAX_TITLE): string {
  return escapeToFit(oneLine(nameOf(article)), most) || article.id;
}

export function dateOf({ published }: ArticleReference, texts: Texts): string {
  return published === null ? texts.say('answer.undated') : escapeToFit(published, 20);
}
