import { childrenOf, isElement, isText, type Page, type PageElement, type PageNode } from './page.js';

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

/** Words that pages use in the class names and ids of their boilerplate. */
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

/** Attribute of wrapped text: the numbers of the boilerplate elements around it, from the outermost to the innermost. */
const MARK = 'data-footnote-boilerplate';

/** An element with more than this share of the article's text is not boilerplate: some pages call the whole article a widget. */
const MAX_SHARE = 0.25;

/**
 * Wraps every text inside boilerplate in a marked `<span>`, so that it can still be recognised after Readability, which replaces
 * elements and moves their content. {@link boilerplateMarks} reads the marks.
 *
 * @param page Changed in place.
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

/**
 * Reads the marks that {@link wrapBoilerplate} left in the content of a page.
 *
 * @returns A function that says whether an element is wrapped text that is boilerplate. It is not if the boilerplate
 * element holds more than a quarter of the content.
 */
export function boilerplateMarks(content: PageElement): (element: PageElement) => boolean {
  const wholeLength = (content.textContent ?? '').length;
  const lengths = new Map<string, number>();
  const marksOf = (element: PageElement): string[] => element.getAttribute(MARK)?.trim().split(' ') ?? [];
  for (const wrapper of content.querySelectorAll(`[${MARK}]`))
    for (const mark of marksOf(wrapper))
      lengths.set(mark, (lengths.get(mark) ?? 0) + (wrapper.textContent ?? '').length);
  return (element) => marksOf(element).some((mark) => (lengths.get(mark) ?? 0) <= MAX_SHARE * wholeLength);
}

/** Whether an element is boilerplate by its kind, role, `itemprop`, class or id. */
function isBoilerplateElement(element: PageElement): boolean {
  if (BOILERPLATE_ELEMENTS.has(element.localName)) return true;
  // A header with navigation is the page's. The header of an article may contain its first lines.
  if (element.localName === 'header' && element.querySelector('nav') !== null) return true;
  const role = element.getAttribute('role');
  if (role !== null && BOILERPLATE_ROLES.has(role)) return true;
  const property = element.getAttribute('itemprop');
  if (property !== null && BOILERPLATE_PROPERTIES.has(property)) return true;
  return namesOf(element).some((name) => BOILERPLATE_NAMES.test(name));
}

/** The words in an element's classes and id: "post-relatedStories" is post, related, stories. */
function namesOf(element: PageElement): string[] {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  return names
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((name) => name !== '');
}
