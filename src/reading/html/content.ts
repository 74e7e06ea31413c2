import { Readability } from '@mozilla/readability';
import type { SourceBlock } from '../compose.js';
import type { Omission } from '../source-article.js';
import { collectBlocks } from './block-collector.js';
import { markBoilerplate } from './mark-boilerplate.js';
import { removeHidden } from './hidden.js';
import { omissionsOf } from './omissions.js';
import type { Page, PageElement } from './page.js';
import { structureBlocks } from './page-blocks.js';
import type { RawBlock } from './raw-block.js';

/**
 * Larger pages are read without Readability: its time grows with the square of the number of elements in one place, so 40,000
 * links take half a minute. Articles have a few hundred elements.
 */
const MAX_ELEMENTS = 15_000;

/**
 * The share of the page's own main part that Readability must keep. Where it finds the article, it keeps nine tenths or more.
 */
const MIN_SHARE_OF_MAIN = 0.5;

/** Attribute with the number of an element that holds text, so that it is found again in what Readability returns. */
const NUMBER = 'data-footnote-text';

/** The article on a page. */
export interface PageContent {
  readonly blocks: SourceBlock[];
  readonly omitted: Omission[];
}

/**
 * Finds the blocks of the article on a page. Usually these are the ones that Readability finds. On a page that does not consist
 * of paragraphs (documentation, lists, a few lines), they are the part that the page marks as its main part.
 *
 * @param page Changed: elements that are not shown are removed, and Readability takes the rest apart.
 */
export function readContent(page: Page): PageContent {
  removeHidden(page.body);
  const main = mainPartOf(page);
  // Before Readability takes the page apart.
  const all = collectBlocks(page.body, main);
  const isKept = articleBlocks(page, all, main !== null);
  const kept = all.filter(isKept);
  return {
    blocks: markBoilerplate(structureBlocks(kept)),
    omitted: omissionsOf(all.filter((block) => !isKept(block))),
  };
}

/** Decides which blocks are the article's. */
function articleBlocks(page: Page, all: readonly RawBlock[], hasMain: boolean): (block: RawBlock) => boolean {
  const isInMain = (block: RawBlock): boolean => !hasMain || (block.sources[0]?.around.isMain ?? false);
  if (countElements(page) > MAX_ELEMENTS) return isInMain;
  const survived = findByReadability(page, all);
  const isFound = (block: RawBlock): boolean => {
    let found = 0;
    let whole = 0;
    for (const { owner, characters } of block.sources) {
      whole += characters;
      if (survived.has(owner)) found += characters;
    }
    return found > 0 && found * 2 >= whole;
  };
  const mainLength = bodyLength(markBoilerplate(all.filter(isInMain)));
  const minLength = hasMain ? MIN_SHARE_OF_MAIN * mainLength : 1;
  return bodyLength(markBoilerplate(all.filter(isFound))) < minLength ? isInMain : isFound;
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
function findByReadability(page: Page, blocks: readonly RawBlock[]): ReadonlySet<PageElement> {
  const owners = [...new Set(blocks.flatMap(({ sources }) => sources.map(({ owner }) => owner)))];
  for (const [number, owner] of owners.entries()) owner.setAttribute(NUMBER, String(number));
  const options = { keepClasses: true, serializer: (content: unknown) => content as PageElement };
  const found = new Readability<PageElement>(page, options).parse()?.content ?? null;
  const survived = new Set<PageElement>();
  for (const element of found?.querySelectorAll(`[${NUMBER}]`) ?? []) {
    const owner = owners[Number(element.getAttribute(NUMBER))];
    if (owner !== undefined) survived.add(owner);
  }
  return survived;
}

function countElements(page: Page): number {
  return [...page.querySelectorAll('*')].length;
}

function bodyLength(blocks: readonly SourceBlock[]): number {
  return blocks
    .filter(({ kind }) => kind !== 'heading' && kind !== 'boilerplate')
    .reduce((length, { text }) => length + text.length, 0);
}
