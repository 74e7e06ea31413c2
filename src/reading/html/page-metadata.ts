import { oneLine } from '../../text/visible-text.js';
import { isLanguageTag, isWebAddress, MAX_TITLE_CHARACTERS } from '../metadata.js';
import { parseDate } from '../publication-date.js';
import type { Page, PageElement } from './page.js';

/** Metadata found in a page's markup, in the shape that `readMetadata` expects. */
interface StatedByPage {
  readonly title: string | undefined;
  readonly url: string | undefined;
  readonly publisher: string | undefined;
  readonly published: string | undefined;
  readonly language: string | undefined;
}

/** `nodeType` of a comment. */
const COMMENT = 8;

/**
 * Names of <meta> elements that contain the date of publication, best first. A bare "date" is one by convention (Dublin Core).
 */
const PUBLICATION_NAMES = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'datepublished',
  'citation_publication_date',
  'dcterms.issued',
  'dc.date.issued',
  'publication_date',
  'publish-date',
  'publishdate',
  'pubdate',
  'parsely-pub-date',
  'sailthru.date',
  'dcterms.created',
  'dcterms.date',
  'dc.date',
  'date',
];

/**
 * Finds what a page states about itself: title, address, publisher, date of publication and language. A field is undefined if
 * the page does not state it. The date is also undefined if the page marks several dates.
 */
export function statedByPage(page: Page): StatedByPage {
  const metas = metasOf(page);
  const article = mainJsonLdArticle(page, metas);
  const publisher = metas.get('og:site_name') ?? textAt(page, article, 'publisher', 'name');
  return {
    title: titleOf(page, metas, textAt(page, article, 'headline'), publisher),
    url: [linkOf(page, 'canonical'), metas.get('og:url'), savedFrom(page)].find(
      (address) => address !== undefined && isWebAddress(address),
    ),
    publisher,
    published: publicationDate(page, metas, article),
    language: languageOf(page),
  };
}

/** The content of the first <meta> of each name. Names are in lower case. */
function metasOf(page: Page): Map<string, string> {
  const metas = new Map<string, string>();
  for (const meta of page.querySelectorAll('meta')) {
    const content = oneLine(meta.getAttribute('content') ?? '');
    if (content === '') continue;
    for (const attribute of ['property', 'name', 'itemprop']) {
      const name = meta.getAttribute(attribute)?.trim().toLowerCase();
      if (name && !metas.has(name)) metas.set(name, plainText(page, content));
    }
  }
  return metas;
}

/** Unescapes entities. Publishers often escape text that is escaped already. */
function plainText(page: Page, text: string): string {
  if (!/&(?:#\w+|\w+);/.test(text)) return oneLine(text);
  const element = page.createElement('p');
  element.innerHTML = text.replaceAll('<', '&lt;');
  return oneLine(element.textContent ?? '');
}

function linkOf(page: Page, relation: string): string | undefined {
  return page.querySelector(`link[rel="${relation}"]`)?.getAttribute('href')?.trim() ?? undefined;
}

/** The address in the comment that browsers add to the beginning of a page when they save it. */
function savedFrom(page: Page): string | undefined {
  for (const node of page.childNodes) {
    const address = node.nodeType === COMMENT && /\bsaved from url=\(\d+\)(\S+)/.exec(node.textContent ?? '')?.[1];
    if (address) return address;
  }
  return undefined;
}

function languageOf(page: Page): string | undefined {
  const html = page.documentElement;
  const language = (html?.getAttribute('lang') ?? html?.getAttribute('xml:lang') ?? '').trim().replaceAll('_', '-');
  return isLanguageTag(language) ? language : undefined;
}

/** An article as JSON-LD describes it. */
type JsonLdArticle = Readonly<Record<string, unknown>>;

/** The page's own article in its JSON-LD; undefined if it has several and none of them has the page's title. */
function mainJsonLdArticle(page: Page, metas: ReadonlyMap<string, string>): JsonLdArticle | undefined {
  const articles = [...page.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) =>
    jsonLdArticlesIn(parseJson(script.textContent ?? '')),
  );
  if (articles.length <= 1) return articles[0];
  const pageTitles = [metas.get('og:title'), page.querySelector('title')?.textContent].filter((title) => !!title);
  return articles.find((article) => {
    const headline = textAt(page, article, 'headline');
    return headline !== undefined && pageTitles.some((title) => oneLine(title ?? '').includes(headline));
  });
}

/** Other types describe the page, its publisher, its place in the site, or what it lists. */
const ARTICLE_TYPE = /^(?:\w*Article|\w*BlogPosting|Report|SocialMediaPosting)$/;

function jsonLdArticlesIn(value: unknown, depth = 0): JsonLdArticle[] {
  if (depth > 4 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((element) => jsonLdArticlesIn(element, depth + 1));
  const article = value as JsonLdArticle;
  const types = [article['@type']].flat();
  if (types.some((type) => typeof type === 'string' && ARTICLE_TYPE.test(type))) return [article];
  return [article['@graph'], article.mainEntity].flatMap((part) => jsonLdArticlesIn(part, depth + 1));
}

function parseJson(text: string): unknown {
  try {
    // Line breaks inside strings are the most common mistake.
    return JSON.parse(
      text
        .trim()
        .replace(/^(?:\/\*)? ?<!\[CDATA\[(?:\*\/)?|(?:\/\*)?\]\]>(?:\*\/)?$/g, '')
        .replace(/[\n\t]/g, ' '),
    );
  } catch {
    return null;
  }
}

/** The string at a path of property names, taking the first element of each array; undefined if there is none. */
function textAt(page: Page, value: unknown, ...path: readonly string[]): string | undefined {
  let found = value;
  for (const name of path) {
    const object: unknown = Array.isArray(found) ? found[0] : found;
    found = typeof object === 'object' && object !== null ? (object as JsonLdArticle)[name] : undefined;
  }
  return typeof found === 'string' ? plainText(page, found) || undefined : undefined;
}

function publicationDate(
  page: Page,
  metas: ReadonlyMap<string, string>,
  article: JsonLdArticle | undefined,
): string | undefined {
  const candidates = [textAt(page, article, 'datePublished'), ...PUBLICATION_NAMES.map((name) => metas.get(name))];
  const date = candidates.find((candidate) => candidate !== undefined && parseDate(candidate) !== null);
  if (date !== undefined) return date;
  const marked = [...page.querySelectorAll('[itemprop~="datePublished"], time[pubdate]')]
    .map((element) => element.getAttribute('datetime') ?? element.getAttribute('content') ?? element.textContent ?? '')
    .map(parseDate);
  // A page that lists articles marks several dates.
  return new Set(marked).size === 1 ? (marked[0] ?? undefined) : undefined;
}

function titleOf(
  page: Page,
  metas: ReadonlyMap<string, string>,
  headline: string | undefined,
  publisher: string | undefined,
): string | undefined {
  const pageTitle = oneLine(page.querySelector('title')?.textContent ?? '');
  const title = metas.get('og:title') ?? headline ?? headingTitle(page, pageTitle) ?? pageTitle;
  return withoutSiteName(title, publisher) || undefined;
}

/** The <h1> that the page's <title> repeats, or the only <h1>. */
function headingTitle(page: Page, pageTitle: string): string | undefined {
  const headings = [...page.querySelectorAll('h1')].map(shownLine).filter((heading) => heading !== '');
  return headings.find((heading) => pageTitle.includes(heading)) ?? (headings.length === 1 ? headings[0] : undefined);
}

function shownLine(element: PageElement): string {
  return oneLine(element.textContent ?? '');
}

/** Removes the name of the site from "The island | The Chronicle": anything after a bar, or the publisher after any separator. */
function withoutSiteName(title: string, publisher: string | undefined): string {
  // A longer title is not used anyway, and the pattern would try every separator.
  if (title.length > MAX_TITLE_CHARACTERS) return title;
  const parts = /^(.*\S)\s+([|·»«–—-]|::)\s+(\S[^|·»«]*)$/.exec(title);
  if (parts === null) return title;
  const [, rest = '', separator = '', last = ''] = parts;
  const isSite = publisher !== undefined && lettersOf(last) === lettersOf(publisher);
  return isSite || (publisher === undefined && separator === '|' && /\s/.test(rest)) ? rest : title;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
