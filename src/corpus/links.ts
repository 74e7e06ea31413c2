import { type Span, sliceOf } from '../text/span.js';
import type { Excerpt } from './excerpt.js';

/** A link in an excerpt. */
export interface ExcerptLink {
  /** The words that are linked. */
  readonly text: string;
  /** Where the link leads: an http or https address. */
  readonly address: string;
}

/** A linked part of an excerpt's text. */
export interface LinkSpan extends Span {
  /** Where the link leads: an http or https address. */
  readonly url: string;
}

/**
 * Returns every link in an excerpt, in text order. Links to nowhere a browser can go are left out.
 *
 * @param base The article's own address, for links that are relative to it.
 */
export function linkSpans({ marks }: Pick<Excerpt, 'marks'>, base: string | null): LinkSpan[] {
  return marks.flatMap(({ kind, start, end, value }) => {
    const url = kind === 'link' && value !== undefined ? absoluteAddress(value, base) : null;
    return url === null ? [] : [{ start, end, url }];
  });
}

/**
 * Returns the links in an excerpt that say something, each address once. Links whose words are the address, and links to nowhere a browser can go,
 * are left out.
 *
 * @param base The article's own address, for links that are relative to it.
 */
export function linksIn(excerpt: Pick<Excerpt, 'text' | 'marks'>, base: string | null): ExcerptLink[] {
  const links = new Map<string, ExcerptLink>();
  for (const { start, end, url: address } of linkSpans(excerpt, base)) {
    const words = sliceOf(excerpt.text, { start, end }).trim();
    const saysAddress = absoluteAddress(words, base) === address || `${words}/` === address;
    if (words !== '' && !saysAddress && !links.has(address)) links.set(address, { text: words, address });
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
