import { childrenOf, isElement, isText, type Page, type PageElement, type PageNode } from './html-page.js';

const BOILERPLATE_ELEMENTS = new Set(['figcaption', 'caption', 'nav', 'aside', 'footer', 'form', 'menu', 'dialog']);

const BOILERPLATE_ROLES = new Set([
  'navigation',
  'complementary',
  'banner',
  'contentinfo',
  'search',
  'form',
  'dialog',
  'alert',
]);

/** Words of class names and ids by which pages of all kinds call their boilerplate. */
const BOILERPLATE_NAMES =
  /^(?:advert(?:isement)?s?|ads?|aside|author|bio|breadcrumbs?|byline|captions?|comments?|copyright|credits?|dateline|disqus|newsletters?|outbrain|pagination|promos?|pullquote|recirc|recommend(?:ed|ations?)|related|share|sharing|sharedaddy|sidebar|signup|social|sponsor(?:ed)?|subscribe|subscription|taboola|tags?|timestamp|toolbar|trending|widget)$/;

const BOILERPLATE_PROPERTIES = new Set([
  'author',
  'caption',
  'datePublished',
  'dateModified',
  'copyrightHolder',
  'keywords',
]);

/** Names the boilerplate that a piece of text stands in, from the outermost inwards. */
const MARK = 'data-footnote-boilerplate';

/** What is called a widget may hold the whole article: an element with more than this share of it is no boilerplate. */
const MAX_SHARE = 0.25;

/**
 * Wraps every text that stands in boilerplate, so that it is known for such wherever Readability puts it: it replaces elements,
 * and moves what is in them.
 */
export function wrapBoilerplate(page: Page): void {
  let number = 0;
  const wrap = (node: PageNode, marks: string): void => {
    if (isText(node)) {
      if (marks === '' || (node.textContent ?? '').trim() === '') return;
      const wrapper = page.createElement('span');
      wrapper.setAttribute(MARK, marks);
      node.parentNode?.insertBefore(wrapper, node);
      wrapper.appendChild(node);
      return;
    }
    if (!isElement(node)) return;
    const inner = isBoilerplateElement(node) ? `${marks} ${++number}` : marks;
    for (const child of childrenOf(node)) wrap(child, inner);
  };
  for (const child of childrenOf(page.body)) wrap(child, '');
}

/** Tells the wrapped text that is boilerplate of this content. */
export function boilerplateMarks(content: PageElement): (element: PageElement) => boolean {
  const wholeLength = (content.textContent ?? '').length;
  const lengths = new Map<string, number>();
  const marksOf = (element: PageElement): string[] => element.getAttribute(MARK)?.trim().split(' ') ?? [];
  for (const wrapper of content.querySelectorAll(`[${MARK}]`))
    for (const mark of marksOf(wrapper))
      lengths.set(mark, (lengths.get(mark) ?? 0) + (wrapper.textContent ?? '').length);
  return (element) => marksOf(element).some((mark) => (lengths.get(mark) ?? 0) <= MAX_SHARE * wholeLength);
}

/** Whether an element says by its kind, role, name or property that it is no part of what the article says. */
function isBoilerplateElement(element: PageElement): boolean {
  if (BOILERPLATE_ELEMENTS.has(element.localName)) return true;
  // The page's own header; that of an article may hold its first lines.
  if (element.localName === 'header' && element.querySelector('nav') !== null) return true;
  const role = element.getAttribute('role');
  if (role !== null && BOILERPLATE_ROLES.has(role)) return true;
  const property = element.getAttribute('itemprop');
  if (property !== null && BOILERPLATE_PROPERTIES.has(property)) return true;
  return namesOf(element).some((name) => BOILERPLATE_NAMES.test(name));
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
