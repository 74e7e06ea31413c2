import { Readability } from '@mozilla/readability';
import type { Block } from './blocks.js';
import { boilerplateRule } from './boilerplate.js';
import { blocksOf } from './html-blocks.js';
import { wrapBoilerplate } from './html-boilerplate.js';
import type { Page, PageElement } from './html-page.js';

/** Readability's time grows with the square of the elements in one place: 40,000 links take it half a minute. Articles have some hundreds. */
const MAX_ELEMENTS = 15_000;

/** Of what the page itself calls its main part, Readability keeps nine tenths and more where it finds the article. */
const MIN_SHARE_OF_MAIN = 0.5;

/**
 * The blocks of the article that a page holds: those that Readability finds, or, of a page that is not made of paragraphs
 * (documentation, lists, a few lines), what the page calls its main part. Takes the page apart.
 */
export function contentBlocks(page: Page): Block[] {
  removeUnread(page);
  wrapBoilerplate(page);
  const main = mainPartOf(page);
  // Readability takes the page apart, so this comes first.
  const mainBlocks = blocksOf(main);
  if (countElements(page) > MAX_ELEMENTS) return mainBlocks;
  const found = byReadability(page);
  const foundBlocks = found === null ? [] : blocksOf(found);
  const leastLength = main.localName === 'body' ? 1 : MIN_SHARE_OF_MAIN * bodyLength(mainBlocks);
  return bodyLength(foundBlocks) < leastLength ? mainBlocks : foundBlocks;
}

const UNREAD = 'script, style, template, noscript, iframe, object, embed, svg, canvas, dialog';

/** What is not shown. A <body> is hidden only until a script has run. */
function removeUnread(page: Page): void {
  for (const element of page.querySelectorAll(`${UNREAD}, [hidden], [aria-hidden="true"], [style]`))
    if (isUnread(element) && element !== page.body && element !== page.documentElement) element.remove();
}

function isUnread(element: PageElement): boolean {
  // Text that is folded away until somebody looks for it is text of the page.
  if (element.getAttribute('hidden') === 'until-found') return false;
  const style = element.getAttribute('style');
  const isStyledAway = style !== null && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
  return style === null || isStyledAway || element.matches(`${UNREAD}, [hidden], [aria-hidden="true"]`);
}

function mainPartOf(page: Page): PageElement {
  for (const selector of ['[itemprop~="articleBody"]', 'article', 'main, [role="main"]']) {
    const [part, ...others] = page.querySelectorAll(selector);
    // A page with several lists articles, or shows the comments as such.
    if (part !== undefined && others.length === 0) return part;
  }
  return page.body;
}

function byReadability(page: Page): PageElement | null {
  const options = { keepClasses: true, serializer: (content: unknown) => content as PageElement };
  return new Readability<PageElement>(page, options).parse()?.content ?? null;
}

function countElements(page: Page): number {
  return [...page.querySelectorAll('*')].length;
}

function bodyLength(blocks: readonly Block[]): number {
  return blocks
    .filter(({ level, isBoilerplate, text }) => level === null && !isBoilerplate && boilerplateRule(text) === null)
    .reduce((length, { text }) => length + text.length, 0);
}
