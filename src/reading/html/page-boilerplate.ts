import type { PageElement } from './page.js';

/** Elements that are always boilerplate, and what they hold. */
const BOILERPLATE_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['nav', 'navigation'],
  ['menu', 'navigation'],
  ['aside', 'sidebar'],
  ['footer', 'footer'],
  ['form', 'form'],
  ['dialog', 'dialog'],
]);

const BOILERPLATE_ROLES: ReadonlyMap<string, string> = new Map([
  ['navigation', 'navigation'],
  ['complementary', 'sidebar'],
  ['banner', 'header'],
  ['contentinfo', 'footer'],
  ['search', 'form'],
  ['form', 'form'],
  ['dialog', 'dialog'],
  ['alert', 'alert'],
]);

const BOILERPLATE_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['author', 'byline'],
  ['caption', 'photo caption'],
  ['datePublished', 'page date'],
  ['dateModified', 'page date'],
  ['copyrightHolder', 'copyright notice'],
  ['keywords', 'tags'],
]);

/** Words that pages use in the class names and ids of their boilerplate. */
const BOILERPLATE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:advert(?:isement)?s?|ads?|sponsor(?:ed)?|promos?)$/, 'advertisement'],
  [/^(?:author|bio|byline)$/, 'byline'],
  [/^(?:breadcrumbs?|pagination)$/, 'navigation'],
  [/^captions?$/, 'photo caption'],
  [/^(?:comments?|disqus)$/, 'comments'],
  [/^copyright$/, 'copyright notice'],
  [/^credits?$/, 'photo credit'],
  [/^(?:dateline|timestamp)$/, 'page date'],
  [/^(?:newsletters?|signup|subscribe|subscription)$/, 'sign-up'],
  [/^(?:outbrain|recirc|recommend(?:ed|ations?)|related|taboola|trending)$/, 'related links'],
  [/^pullquote$/, 'pull quote'],
  [/^(?:share|sharing|sharedaddy|social)$/, 'share links'],
  [/^(?:aside|sidebar|toolbar|widget)$/, 'sidebar'],
  [/^tags?$/, 'tags'],
  [/^(?:cookies?|gdpr|consent)$/, 'cookie notice'],
  [/^toc$/, 'table of contents'],
];
/** Names of lines around an article, on pages of MediaWiki and in links for screen readers. */
const NAVIGATION_NAMES =
  /^(?:mw-jump(?:-link)?|jump-to-nav|sitesub|contentsub2?|catlinks|printfooter|skip-?(?:links?|nav|to-content))$/;
const ANY_NAME = new RegExp(
  [...BOILERPLATE_NAMES.map(([pattern]) => pattern), NAVIGATION_NAMES]
    .map(({ source }) => source.slice(1, -1))
    .join('|'),
);

/** Words that show that a name is about the layout of the page: "content-with-sidebar", "no-ads". */
const LAYOUT_WORDS =
  /^(?:with|has|have|no|not|without|layout|enabled|disabled|page|body|content|main|wp|elementor|et|fusion|vc|brxe|fl|panel|so)$/;
/** Names for which such words don't count: "page-comments", "content-share". */
const LAYOUT_NAMES = /^(?:aside|sidebar|toolbar|widget|toc|ads?|comments?|author|breadcrumbs?|cookies?|consent|tags?)$/;

/** Elements whose id is the target of a link. It says what they are about, not what they are. */
const LINK_TARGETS = /^(?:h[1-6]|a|dt|dd|li|tr|td|th|p|span|code|b|strong|section|details|summary)$/;

/**
 * Says what an element holds besides the article, such as "navigation", by its kind, role or `itemprop`. Null if it
 * is not boilerplate.
 */
export function ruleOfElement(element: PageElement): string | null {
  const byKind = BOILERPLATE_ELEMENTS.get(element.localName);
  if (byKind !== undefined) return byKind;
  const role = element.getAttribute('role');
  const byRole = role === null ? undefined : BOILERPLATE_ROLES.get(role);
  if (byRole !== undefined) return byRole;
  const property = element.getAttribute('itemprop');
  const byProperty = property === null ? undefined : BOILERPLATE_PROPERTIES.get(property);
  return byProperty ?? null;
}

/**
 * Says what an element holds besides the article by the words in its class names and its id. Null if it is not
 * boilerplate.
 */
export function ruleOfNames(element: PageElement, className: string | null): string | null {
  if (className !== null) {
    const byClass = ruleIn(className);
    if (byClass !== null) return byClass;
  }
  const id = element.getAttribute('id');
  return id === null || isLinkTarget(element, className) ? null : ruleIn(id);
}

function isLinkTarget(element: PageElement, className: string | null): boolean {
  return LINK_TARGETS.test(element.localName) || /(?:^|\s)(?:section|sect\d?)(?=$|\s)/.test(className ?? '');
}

function ruleIn(names: string): string | null {
  if (!ANY_NAME.test(names.toLowerCase())) return null;
  for (const name of names.split(/\s+/)) {
    const rule = ruleOfName(name);
    if (rule !== null) return rule;
  }
  return null;
}

/** Looks at each word of a name: "post-relatedStories" is post, related, stories. */
function ruleOfName(name: string): string | null {
  if (NAVIGATION_NAMES.test(name.toLowerCase())) return 'navigation';
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const isLayout = words.some((word) => LAYOUT_WORDS.test(word));
  for (const word of words) {
    if (isLayout && LAYOUT_NAMES.test(word)) continue;
    const found = BOILERPLATE_NAMES.find(([pattern]) => pattern.test(word));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** The share of its text that can be links in a section of the article. A part that leads to other pages has more. */
const MAX_LINK_SHARE = 0.3;
const MIN_TEXT_CHARACTERS = 60;
/** Parts of comments, and of boxes that ask for something. */
const MACHINERY =
  'form, input, textarea, time, iframe, [class*="comment-" i], [class*="reply" i], [class*="avatar" i], [rel~="author"], [class*="subscribe" i]';

/**
 * Whether an element that is called "widget" or "comments" is a section of the article after all: it has a heading, running text
 * and few links, and nothing that comments are made of.
 */
export function isSection(element: PageElement): boolean {
  if (element.querySelector('h2, h3, h4, h5, h6') === null || element.querySelector('p, pre, table, dl') === null)
    return false;
  if (element.querySelector(MACHINERY) !== null) return false;
  return isProse(element);
}

/** Whether an element has enough text, and few links in it. */
export function isProse(element: PageElement): boolean {
  const length = (element.textContent ?? '').trim().length;
  let linkLength = 0;
  for (const link of element.querySelectorAll('a')) linkLength += (link.textContent ?? '').trim().length;
  return length >= MIN_TEXT_CHARACTERS && linkLength <= MAX_LINK_SHARE * length;
}
