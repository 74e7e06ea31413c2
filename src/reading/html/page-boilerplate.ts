import type { PageElement } from './page.js';

/** What elements hold that are boilerplate by their kind. */
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
const ANY_NAME = new RegExp(BOILERPLATE_NAMES.map(([pattern]) => pattern.source.slice(1, -1)).join('|'));

/** Words that turn a name into one of the page's layout: "content-with-sidebar", "no-ads". */
const LAYOUT_WORDS = /^(?:with|has|have|no|not|without|layout|enabled|disabled|page|body|content|main|wp|elementor|et|fusion|vc|brxe|fl|panel|so)$/;
/** Names for which such words don't count: "page-comments", "content-share". */
const LAYOUT_NAMES = /^(?:aside|sidebar|toolbar|widget|toc|ads?|comments?|author|breadcrumbs?|cookies?|consent|tags?)$/;

/** Elements whose id is what a link leads to. It says what they are about, not what they are. */
const LINK_TARGETS = /^(?:h[1-6]|a|dt|dd|li|tr|td|th|p|span|code|b|strong|section|details|summary)$/;

/**
 * Says what an element holds besides the article, such as "navigation", by its kind, role, `itemprop`, class or id; null if
 * nothing says so.
 */
export function boilerplateRuleOf(element: PageElement, className: string | null): string | null {
  const byKind = BOILERPLATE_ELEMENTS.get(element.localName);
  if (byKind !== undefined) return byKind;
  const role = element.getAttribute('role');
  const byRole = role === null ? undefined : BOILERPLATE_ROLES.get(role);
  if (byRole !== undefined) return byRole;
  const property = element.getAttribute('itemprop');
  const byProperty = property === null ? undefined : BOILERPLATE_PROPERTIES.get(property);
  if (byProperty !== undefined) return byProperty;
  if (className !== null) {
    const byClass = ruleOfNames(className);
    if (byClass !== null) return byClass;
  }
  const id = element.getAttribute('id');
  return id === null || LINK_TARGETS.test(element.localName) ? null : ruleOfNames(id);
}

function ruleOfNames(names: string): string | null {
  if (!ANY_NAME.test(names.toLowerCase())) return null;
  for (const name of names.split(/\s+/)) {
    const rule = ruleOfName(name);
    if (rule !== null) return rule;
  }
  return null;
}

/** The words of a name count: "post-relatedStories" is post, related, stories. */
function ruleOfName(name: string): string | null {
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
