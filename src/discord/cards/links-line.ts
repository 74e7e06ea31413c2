import type { Excerpt } from '../../corpus/excerpt.js';
import { linksIn } from '../../corpus/links.js';
import { oneLine } from '../../text/visible-text.js';
import { escapeToFit } from '../format/markdown.js';
import { safeAddress } from '../format/passage-link.js';

/** How many links are shown. */
const MAX_LINKS = 3;
/** Characters of a link's words. */
const MAX_WORDS = 60;
/** A longer address is left out: cut, it would lead somewhere else. */
const MAX_ADDRESS = 200;

/**
 * Where the links in a quote lead, as one line of Markdown: "the forum → <https://forum.example>". The address is shown in full,
 * because an article's own words could pretend to lead somewhere else. Null if there are no links.
 *
 * @param base The article's address, for links that are relative to it.
 */
export function linksLine(excerpt: Excerpt, base: string | null): string | null {
  const links = linksIn(excerpt, base).flatMap(({ text, address }) => {
    const safe = safeAddress(address);
    const words = escapeToFit(oneLine(text), MAX_WORDS);
    return safe === null || safe.length > MAX_ADDRESS || words === '' ? [] : [`${words} → <${safe}>`];
  });
  return links.length === 0 ? null : `-# ${links.slice(0, MAX_LINKS).join(' · ')}`;
}
