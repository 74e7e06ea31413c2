import { LIMITS } from './limits.js';

/** Words at each end of a quote that name it in the link; browsers look for the shortest stretch between the two. */
const WORDS_AT_EACH_END = 6;

/**
 * The address of an article with a text fragment (https://wicg.github.io/scroll-to-text-fragment/): the browser scrolls to
 * the quote and marks it. An address that would be too long for Discord is given without.
 */
export function linkToPassage(stated: string, quote: string): string | null {
  if (!URL.canParse(stated)) return null;
  // As a browser writes it, and without a text fragment of its own: two of them are read as one.
  const url = new URL(stated).href.replace(/#?:~:.*$/, '');
  if (url.length > LIMITS.url) return null;
  const words = quote.split(/\s+/).filter((word) => word !== '');
  const long = words.length > 2 * WORDS_AT_EACH_END;
  const ends = long ? [words.slice(0, WORDS_AT_EACH_END), words.slice(-WORDS_AT_EACH_END)] : [words];
  const directive = ends.map((end) => encodeForDirective(end.join(' '))).join(',');
  const separator = url.includes('#') ? ':~:text=' : '#:~:text=';
  const linked = `${url}${separator}${directive}`;
  return linked.length <= LIMITS.url && words.length > 0 ? linked : url;
}

/** Commas, ampersands and hyphens have a meaning of their own in a directive. */
function encodeForDirective(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[-!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
