import type { Excerpt } from '../../corpus/excerpt.js';

/** How many words from each end of a quote go into the link: the first of these that fits. */
const WORDS_PER_END = [6, 4, 3];

/**
 * Links to a quote in an article: to its section, if the page has an id for it, and to the quote itself with a text fragment
 * (https://wicg.github.io/scroll-to-text-fragment/), so that the browser scrolls to the quote and highlights it.
 *
 * @param stated The article's URL as its metadata gives it. It may not be a URL at all.
 * @param maxCharacters The fragment is left out if it does not fit.
 * @returns null if `stated` is not an http or https URL, or is too long itself.
 */
export function linkToPassage(
  stated: string,
  { text: quote, location: { anchor } }: Pick<Excerpt, 'text' | 'location'>,
  maxCharacters: number,
): string | null {
  const safe = safeAddress(stated);
  if (safe === null || safe.length > maxCharacters) return null;
  const withSection =
    anchor === null || safe.includes('#') ? safe : `${safe}#${escapeForMarkdown(encodeURIComponent(anchor))}`;
  const url = withSection.length > maxCharacters ? safe : withSection;
  const words = quote.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return url;
  const separator = url.includes('#') ? ':~:text=' : '#:~:text=';
  const links = WORDS_PER_END.map((count) => `${url}${separator}${textDirective(words, count)}`);
  return links.find(({ length }) => length <= maxCharacters) ?? url;
}

/** An http or https address as it can stand between "<" and ">" in Discord's Markdown; null for any other text. */
export function safeAddress(stated: string): string | null {
  if (!URL.canParse(stated)) return null;
  const parsed = new URL(stated);
  // Remove the URL's own text fragment: browsers read two fragments as one.
  return /^https?:$/.test(parsed.protocol) ? escapeForMarkdown(parsed.href.replace(/#?:~:.*$/, '')) : null;
}

/** Names a long quote by its first and last words: browsers highlight the shortest range between the two. */
function textDirective(words: readonly string[], wordsPerEnd: number): string {
  const isLong = words.length > 2 * wordsPerEnd;
  const ends = isLong ? [words.slice(0, wordsPerEnd), words.slice(-wordsPerEnd)] : [words];
  return ends.map((end) => encodeForDirective(end.join(' '))).join(',');
}

/** Hyphens are special in a text directive, though `encodeURIComponent` leaves them alone. */
function encodeForDirective(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[-!'()*~]/g, percentEncoded);
}

/** Encodes what would end a link in Discord's Markdown, or format the text around it. */
function escapeForMarkdown(url: string): string {
  return url.replace(/[()<>*~`|\\\s]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
