/** Words at each end of a quote that name it in the link, as many as there is room for; browsers look for the shortest stretch between the two. */
const WORDS_AT_EACH_END = [6, 4, 3];

/**
 * The address of an article with a text fragment (https://wicg.github.io/scroll-to-text-fragment/): the browser scrolls to
 * the quote and marks it.
 *
 * @param limit Characters there is room for: where they do not suffice the fragment is left out.
 * @returns null when what is stated is no address of the web, or too long itself.
 */
export function linkToPassage(stated: string, quote: string, limit: number): string | null {
  if (!URL.canParse(stated)) return null;
  const parsed = new URL(stated);
  if (!/^https?:$/.test(parsed.protocol)) return null;
  // As a browser writes it, and without a text fragment of its own: two of them are read as one.
  const url = forMarkdown(parsed.href.replace(/#?:~:.*$/, ''));
  if (url.length > limit) return null;
  const words = quote.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return url;
  const separator = url.includes('#') ? ':~:text=' : '#:~:text=';
  const linked = WORDS_AT_EACH_END.map((count) => `${url}${separator}${directive(words, count)}`);
  return linked.find(({ length }) => length <= limit) ?? url;
}

function directive(words: readonly string[], atEachEnd: number): string {
  const long = words.length > 2 * atEachEnd;
  const ends = long ? [words.slice(0, atEachEnd), words.slice(-atEachEnd)] : [words];
  return ends.map((end) => encodeForDirective(end.join(' '))).join(',');
}

/** Commas, ampersands and hyphens have a meaning of their own in a directive. */
function encodeForDirective(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[-!'()*~]/g, percentEncoded);
}

/** What would end a link in Discord's Markdown, or format what stands around it. */
function forMarkdown(url: string): string {
  return url.replace(/[()<>*~`|\\\s]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
