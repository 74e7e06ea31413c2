import type { PageElement } from './html-page.js';

const FURNITURE_ELEMENTS = new Set(['figcaption', 'caption', 'nav', 'aside', 'footer', 'form', 'menu', 'dialog']);

const FURNITURE_ROLES = new Set(['navigation', 'complementary', 'banner', 'contentinfo', 'search', 'form', 'dialog', 'alert']);

/** Words of class names and ids by which pages of all kinds call their furniture. */
const FURNITURE_NAMES =
  /^(?:advert(?:isement)?s?|ads?|aside|author|bio|breadcrumbs?|byline|captions?|comments?|copyright|credits?|dateline|disqus|newsletters?|outbrain|pagination|promos?|pullquote|recirc|recommend(?:ed|ations?)|related|share|sharing|sharedaddy|sidebar|signup|social|sponsor(?:ed)?|subscribe|subscription|taboola|tags?|timestamp|toolbar|trending|widget)$/;

const FURNITURE_PROPERTIES = new Set(['author', 'caption', 'datePublished', 'dateModified', 'copyrightHolder', 'keywords']);

/** Whether an element says by its kind, role, name or property that it is no part of what the article says. */
export function isFurnitureElement(element: PageElement): boolean {
  if (FURNITURE_ELEMENTS.has(element.localName)) return true;
  const role = element.getAttribute('role');
  if (role !== null && FURNITURE_ROLES.has(role)) return true;
  const property = element.getAttribute('itemprop');
  if (property !== null && FURNITURE_PROPERTIES.has(property)) return true;
  return namesOf(element).some((name) => FURNITURE_NAMES.test(name));
}

/** "post-relatedStories" as post, related, stories. */
function namesOf(element: PageElement): string[] {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  return names
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((name) => name !== '');
}
