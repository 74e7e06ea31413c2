import { sliceOf } from '../text/span.js';
import type { Excerpt } from './excerpt.js';

/** A link in an excerpt. */
export interface ExcerptLink {
  /** The words that are linked. */
  readonly text: string;
  /** Where the link leads: an http or https address. */
  readonly address: string;
}

/**
 * Returns the links in an excerpt, each address once. Links whose words are the address, and links to nowhere a browser can go,
 * are left out.
 *
 * @param base The article's own address, for links that are relative to it.
 */
export function linksIn({ text, marks }: Pick<Excerpt, 'text' | 'marks'>, base: string | null): ExcerptLink[] {
  const links = new Map<string, ExcerptLink>();
  for (const mark of marks) {
    if (mark.kind !== 'link' || mark.value === undefined) continue;
    const address = absoluteAddress(mark.value, base);
    const words = sliceOf(text, mark).trim();
    if (address === null || words === '' || links.has(address)) continue;
    const saysAddress = [address, address.replace(/\/$/, ''), mark.value].includes(words);
    if (!saysAddress) links.set(address, { text: words, address });
  }
  return [...links.values()];
}

/** "setup.md": where the page of another source file is was not known when the article was read. */
const SOURCE_FILE = /^(?![a-z][a-z\d+.-]*:)[^?#]*\.mdx?(?:[?#]|$)/i;

function absoluteAddress(written: string, base: string | null): string | null {
  if (SOURCE_FILE.test(written)) return null;
  const url = URL.canParse(written)
    ? new URL(written)
    : base !== null && URL.canParse(written, base)
      ? new URL(written, base)
      : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
