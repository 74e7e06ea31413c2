import { Readability } from '@mozilla/readability';
import type { Omission } from '../../corpus/hidden-text.js';
import type { SourceBlock } from '../compose.js';
import { collectBlocks } from './collect-blocks.js';
import { removeHidden } from './hidden.js';
import { markBoilerplate } from './mark-boilerplate.js';
import { omissionsOf } from './omissions.js';
import { childrenOf, isText, type Page, type PageElement } from './page.js';
import { structureBlocks } from './page-blocks.js';
import { type RawBlock, sourcesOf } from './raw-block.js';
import { isInMain, selectBlocks } from './select-blocks.js';

/**
 * Larger pages are read without Readability: its time grows with the square of the number of siblings, so 40,000 links take
 * half a minute. Articles have a few hundred elements.
 */
const MAX_ELEMENTS = 15_000;

/** The attribute with the number of an element that holds text, by which the element is found in what Readability returns. */
const NUMBER = 'data-footnote-text';

/** The article on a page. */
interface PageContent {
  readonly blocks: SourceBlock[];
  /** What is outside the article. */
  readonly omitted: Omission[];
}

/**
 * Finds the blocks of the article on a page. Readability only says where the article is: it changes what it keeps, so the
 * blocks are read from the page as it was.
 *
 * @param page Changed: elements that are not shown are removed, and Readability takes the rest apart.
 * @param isNews Whether the page is news or a blog post.
 */
export function readContent(page: Page, isNews: boolean): PageContent {
  removeHidden(page.body);
  const main = mainPartOf(page);
  const all = collectBlocks(page.body, { main, isNews });
  const selected = selectArticle(page, all, main !== null, isNews);
  const kept = new Set(selected);
  return {
    blocks: markBoilerplate(structureBlocks(selected), isNews),
    omitted: omissionsOf(all.filter((block) => !kept.has(block))),
  };
}

function selectArticle(page: Page, all: readonly RawBlock[], hasMain: boolean, isNews: boolean): readonly RawBlock[] {
  if (countElements(page) > MAX_ELEMENTS) return hasMain ? all.filter(isInMain) : all;
  return selectBlocks(all, survivorsOf(page, all), { hasMain, isNews });
}

function mainPartOf(page: Page): PageElement | null {
  for (const selector of ['[itemprop~="articleBody"]', 'article', 'main, [role="main"]']) {
    const [part, ...others] = page.querySelectorAll(selector);
    // With several such elements, the page lists articles or marks its comments as articles.
    if (part !== undefined && others.length === 0) return part;
  }
  return null;
}

/** Returns the elements whose text Readability keeps. */
function survivorsOf(page: Page, blocks: readonly RawBlock[]): ReadonlySet<PageElement> {
  const owners = [...new Set([...sourcesOf(blocks)].map(({ owner }) => owner))];
  for (const [number, owner] of owners.entries()) putNumber(page, owner, String(number));
  const options = { keepClasses: true, serializer: (content: unknown) => content as PageElement };
  const found = new Readability<PageElement>(page, options).parse()?.content ?? null;
  const survivors = new Set<PageElement>();
  for (const element of found?.querySelectorAll(`[${NUMBER}]`) ?? []) {
    const owner = owners[Number(element.getAttribute(NUMBER))];
    if (owner !== undefined) survivors.add(owner);
  }
  return survivors;
}

/** Readability replaces a `<div>` by a `<p>` of its own, so there the text itself is wrapped. */
function putNumber(page: Page, owner: PageElement, number: string): void {
  if (owner.localName !== 'div') {
    owner.setAttribute(NUMBER, number);
    return;
  }
  for (const node of childrenOf(owner)) {
    if (!isText(node) || (node.textContent ?? '').trim() === '') continue;
    const wrapper = page.createElement('span');
    wrapper.setAttribute(NUMBER, number);
    owner.insertBefore(wrapper, node);
    wrapper.appendChild(node);
  }
}

function countElements(page: Page): number {
  return [...page.querySelectorAll('*')].length;
}
