import { type Block, shownText } from './blocks.js';
import { isFurnitureElement } from './html-furniture.js';
import { childrenOf, isElement, isText, type PageElement, type PageNode } from './html-page.js';

/** Elements that a browser sets apart from what stands before and behind them. */
const BLOCK_ELEMENTS = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** What shows no text of the page, or what its reader works with. */
const UNREAD_ELEMENTS = new Set(
  'applet area audio base button canvas datalist embed frame frameset head iframe img input link map meta meter noembed noframes noscript object option optgroup param picture progress rp rt script select source style svg template textarea title track video'.split(
    ' ',
  ),
);

/** A longer paragraph may be all link and still say something. */
const MAX_LINK_LINE_CHARACTERS = 200;

interface Surroundings {
  readonly level: number | null;
  readonly isFurniture: boolean;
  readonly isPreformatted: boolean;
  /** Whether the text leads elsewhere when it is clicked. */
  readonly isLink: boolean;
}

interface LinkedBlock extends Block {
  /** Whether all of it leads elsewhere. */
  readonly isLink: boolean;
}

/** The blocks of a page's article in reading order, as a browser shows them. */
export function blocksOf(root: PageElement): Block[] {
  const collector = new BlockCollector((root.textContent ?? '').length / 4);
  collector.collect(root, { level: null, isFurniture: false, isPreformatted: false, isLink: false });
  return markEmptyHeadings(collector.blocks());
}

/** Text gathers until an element that stands by itself begins or ends. */
class BlockCollector {
  readonly #blocks: LinkedBlock[] = [];
  readonly #maxFurnitureCharacters: number;
  #text = '';
  #linkCharacters = 0;

  constructor(maxFurnitureCharacters: number) {
    this.#maxFurnitureCharacters = maxFurnitureCharacters;
  }

  blocks(): LinkedBlock[] {
    return this.#blocks;
  }

  collect(node: PageNode, around: Surroundings): void {
    if (isText(node)) {
      this.#add(node.textContent ?? '', around);
      return;
    }
    if (!isElement(node) || UNREAD_ELEMENTS.has(node.localName)) return;
    const name = node.localName;
    if (name === 'br') {
      this.#text += '\n';
      return;
    }
    const within: Surroundings = {
      level: /^h[1-6]$/.test(name) ? Number(name[1]) : around.level,
      isFurniture: around.isFurniture || (isFurnitureElement(node) && !this.#holdsArticle(node)),
      isPreformatted: around.isPreformatted || name === 'pre',
      isLink: around.isLink || (name === 'a' && leadsElsewhere(node)),
    };
    if (!BLOCK_ELEMENTS.has(name)) {
      for (const child of childrenOf(node)) this.collect(child, within);
      return;
    }
    this.#end(around);
    const first = this.#blocks.length;
    if (name === 'tr') this.#collectRow(node, within);
    else for (const child of childrenOf(node)) this.collect(child, within);
    this.#end(within);
    if (name === 'ul' || name === 'ol') this.#markLinkList(first);
  }

  /** What is called a widget may be what holds the whole article. */
  #holdsArticle(element: PageElement): boolean {
    return (element.textContent ?? '').length > this.#maxFurnitureCharacters;
  }

  #add(text: string, { isPreformatted, isLink }: Surroundings): void {
    const shown = (isPreformatted ? text : text.replace(/[ \t\n\f\r]+/g, ' ')).replaceAll('\u00ad', '');
    this.#text += shown;
    if (isLink) this.#linkCharacters += shown.trim().length;
  }

  /** Ends the block that is open, if any. Two line ends in running text part paragraphs, as old pages write them. */
  #end({ level, isFurniture, isPreformatted }: Surroundings): void {
    const isLink = this.#linkCharacters >= 0.9 * this.#text.trim().length;
    const texts = isPreformatted ? [this.#text] : this.#text.replace(/ *\n */g, '\n').split(/\n{2,}/);
    for (const part of texts) {
      const text = shownText(isPreformatted ? part : part.replace(/ {2,}/g, ' '));
      if (text !== '') this.#blocks.push({ text, level, isFurniture, isLink });
    }
    this.#text = '';
    this.#linkCharacters = 0;
  }

  /** A row whose cells are lines is one line; a row that only lays out a page is what stands in its cells. */
  #collectRow(row: PageElement, around: Surroundings): void {
    const first = this.#blocks.length;
    let mostInCell = 0;
    for (const cell of childrenOf(row)) {
      const before = this.#blocks.length;
      this.collect(cell, around);
      this.#end(around);
      mostInCell = Math.max(mostInCell, this.#blocks.length - before);
    }
    const cells = this.#blocks.slice(first);
    if (mostInCell > 1 || cells.length < 2) return;
    this.#blocks.splice(first, cells.length, {
      text: cells.map(({ text }) => text).join(' | '),
      level: null,
      isFurniture: cells.every(({ isFurniture }) => isFurniture),
      isLink: cells.every(({ isLink }) => isLink),
    });
  }

  /** A list of nothing but links leads to other pages. */
  #markLinkList(first: number): void {
    const list = this.#blocks.slice(first);
    if (!list.every(({ isLink, text }) => isLink && text.length <= MAX_LINK_LINE_CHARACTERS)) return;
    this.#blocks.splice(first, list.length, ...list.map((block) => ({ ...block, isFurniture: true })));
  }
}

function leadsElsewhere(link: PageElement): boolean {
  const address = link.getAttribute('href');
  return address !== null && !address.startsWith('#');
}

/** A heading above nothing but furniture names it: "Related stories". */
function markEmptyHeadings(blocks: LinkedBlock[]): Block[] {
  return blocks;
}
