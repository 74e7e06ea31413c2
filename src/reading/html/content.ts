import { Readability } from '@mozilla/readability';
import type { SourceBlock } from '../compose.js';
import type { Page, PageElement } from './page.js';
import { blocksOf } from './page-blocks.js';
import { wrapBoilerplate } from './page-boilerplate.js';

/**
 * Larger pages are read without Readability: its time grows with the square of the number of elements in one place, so 40,000
 * links take half a minute. Articles have a few hundred elements.
 */
const MAX_ELEMENTS = 15_000;

/**
 * The share of the page's own main part that Readability must keep. Where it finds the article, it keeps nine tenths or more.
 */
const MIN_SHARE_OF_MAIN = 0.5;

/**
 * Finds the blocks of the article on a page. Usually these are the ones that Readability finds. On a page that does not consist
 * of paragraphs (documentation, lists, a few lines), they are the part that the page marks as its main part.
 *
 * @param page Changed: elements that are not shown are removed, and Readability takes the rest apart.
 */
export function contentBlocks(page: Page): SourceBlock[] {
  removeHidden(page);
  wrapBoilerplate(page);
  const main = mainPartOf(page);
  // Before Readability takes the page apart.
  const mainBlocks = blocksOf(main);
  if (countElements(page) > MAX_ELEMENTS) return mainBlocks;
  const found = findByReadability(page);
  const foundBlocks = found === null ? [] : blocksOf(found);
  const minLength = main.localName === 'body' ? 1 : MIN_SHARE_OF_MAIN * bodyLength(mainBlocks);
  return bodyLength(foundBlocks) < minLength ? mainBlocks : foundBlocks;
}

/** Elements that show no text of the page. */
const NOT_SHOWN = 'script, style, template, noscript, iframe, object, embed, svg, canvas, dialog';

/** Removes what is not shown. A hidden <body> stays: it is hidden only until a script has run. */
function removeHidden(page: Page): void {
  for (const element of page.querySelectorAll(`${NOT_SHOWN}, [hidden], [aria-hidden="true"], [style]`))
    if (isHidden(element) && element !== page.body && element !== page.documentElement) element.remove();
}

function isHidden(element: PageElement): boolean {
  // Collapsed text that the browser's search unfolds is text of the page.
  if (element.getAttribute('hidden') === 'until-found') return false;
  const style = element.getAttribute('style');
  const isHiddenByStyle = style !== null && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
  return style === null || isHiddenByStyle || element.matches(`${NOT_SHOWN}, [hidden], [aria-hidden="true"]`);
}

function mainPartOf(page: Page): PageElement {
  for (const selector of ['[itemprop~="articleBody"]', 'article', 'main, [role="main"]']) {
    const [part, ...others] = page.querySelectorAll(selector);
    // With several such elements, the page lists articles or marks its comments as articles.
    if (part !== undefined && others.length === 0) return part;
  }
  return page.body;
}

function findByReadability(page: Page): PageElement | null {
  const options = { keepClasses: true, serializer: (content: unknown) => content as PageElement };
  return new Readability<PageElement>(page, options).parse()?.content ?? null;
}

function countElements(page: Page): number {
  return [...page.querySelectorAll('*')].length;
}

function bodyLength(blocks: readonly SourceBlock[]): number {
  return blocks
    .filter(({ kind }) => kind !== 'heading' && kind !== 'boilerplate')
    .reduce((length, { text }) => length + text.length, 0);
}
