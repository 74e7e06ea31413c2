import type { Excerpt } from '../../corpus/excerpt.js';
import { type Span, sliceOf } from '../../text/span.js';

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
  excerpt: Pick<Excerpt, 'text' | 'blocks' | 'location'>,
  maxCharacters: number,
): string | null {
  const { anchor } = excerpt.location;
  const safe = safeAddress(stated);
  if (safe === null || safe.length > maxCharacters) return null;
  const withSection =
    anchor === null || safe.includes('#') ? safe : `${safe}#${escapeForMarkdown(encodeURIComponent(anchor))}`;
  const url = withSection.length > maxCharacters ? safe : withSection;
  const runs = wordRuns(excerpt);
  if (runs.length === 0) return url;
  const separator = url.includes('#') ? ':~:text=' : '#:~:text=';
  const links = WORDS_PER_END.map((count) => `${url}${separator}${textDirective(runs, count)}`);
  return links.find(({ length }) => length <= maxCharacters) ?? url;
}

/** An http or https address as it can stand between "<" and ">" in Discord's Markdown; null for any other text. */
export function safeAddress(stated: string): string | null {
  if (!URL.canParse(stated)) return null;
  const parsed = new URL(stated);
  // Remove the URL's own text fragment: browsers read two fragments as one.
  return /^https?:$/.test(parsed.protocol) ? escapeForMarkdown(parsed.href.replace(/#?:~:.*$/, '')) : null;
}

/**
 * The words of each piece of text that the page has: of blocks without their numbers, which browsers draw, and of cells without
 * what stands between them.
 */
function wordRuns({ text, blocks }: Pick<Excerpt, 'text' | 'blocks'>): string[][] {
  return (
    blocks
      .flatMap((block): readonly Span[] => block.cells ?? [{ start: block.marker?.end ?? block.start, end: block.end }])
      // A cell that covers several columns is on the page once.
      .filter(({ start }, index, spans) => start !== spans[index - 1]?.start)
      .map((span) =>
        sliceOf(text, span)
          .split(/\s+/)
          .filter((word) => word !== ''),
      )
      .filter((words) => words.length > 0)
  );
}

/** Names a long quote by its first and last words: browsers highlight the shortest range between the two. */
function textDirective(runs: readonly (readonly string[])[], wordsPerEnd: number): string {
  const [first = [], last = first] = [runs[0], runs.at(-1)];
  const isRange = runs.length > 1 || first.length > 2 * wordsPerEnd;
  const ends = isRange ? [first.slice(0, wordsPerEnd), last.slice(-wordsPerEnd)] : [first];
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
