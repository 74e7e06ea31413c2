import { type Block, shownText } from './blocks.js';
import { boilerplateRule } from './boilerplate.js';
import { boilerplateMarks } from './html-boilerplate.js';
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

/** One link or two may stand by themselves where the text speaks of them. */
const MIN_LINKS = 3;

interface Surroundings {
  readonly level: number | null;
  readonly isPreformatted: boolean;
  /** Whether the text leads elsewhere when it is clicked. */
  readonly isLink: boolean;
  readonly isBoilerplate: boolean;
}

interface LinkedBlock extends Block {
  /** Whether all of it leads elsewhere. */
  readonly isLink: boolean;
}

/** The blocks of a page's article in reading order, as a browser shows them. */
export function blocksOf(content: PageElement): Block[] {
  const collector = new BlockCollector(boilerplateMarks(content));
  collector.collect(content, { level: null, isBoilerplate: false, isPreformatted: false, isLink: false });
  return markBoilerplateHeadings(markLinkLists(collector.blocks()));
}

/** Text gathers until an element that stands by itself begins or ends. */
class BlockCollector {
  readonly #blocks: LinkedBlock[] = [];
  readonly #isMarked: (element: PageElement) => boolean;
  #text = '';
  #linkCharacters = 0;
  #boilerplateCharacters = 0;

  constructor(isMarked: (element: PageElement) => boolean) {
    this.#isMarked = isMarked;
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
      isPreformatted: around.isPreformatted || name === 'pre',
      isLink: around.isLink || (name === 'a' && leadsElsewhere(node)),
      isBoilerplate: around.isBoilerplate || this.#isMarked(node),
    };
    if (!BLOCK_ELEMENTS.has(name)) {
      for (const child of childrenOf(node)) this.collect(child, within);
      return;
    }
    this.#end(around);
    if (name === 'tr') this.#collectRow(node, within);
    else for (const child of childrenOf(node)) this.collect(child, within);
    this.#end(within);
  }

  #add(text: string, { isPreformatted, isLink, isBoilerplate }: Surroundings): void {
    const shown = (isPreformatted ? text : text.replace(/[ \t\n\f\r]+/g, ' ')).replaceAll('\u00ad', '');
    this.#text += shown;
    if (isLink) this.#linkCharacters += countCharacters(shown);
    if (isBoilerplate) this.#boilerplateCharacters += countCharacters(shown);
  }

  /** Ends the block that is open, if any. Two line ends in running text part paragraphs, as old pages write them. */
  #end({ level, isPreformatted }: Surroundings): void {
    const characters = countCharacters(this.#text);
    const isLink = this.#linkCharacters === characters;
    const isBoilerplate = this.#boilerplateCharacters === characters;
    const texts = isPreformatted ? [this.#text] : this.#text.replace(/ *\n */g, '\n').split(/\n{2,}/);
    for (const part of texts) {
      const text = shownText(isPreformatted ? part : part.replace(/ {2,}/g, ' '));
      if (text !== '') this.#blocks.push({ text, level, isBoilerplate, isLink });
    }
    this.#text = '';
    this.#linkCharacters = 0;
    this.#boilerplateCharacters = 0;
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
      isBoilerplate: cells.every(({ isBoilerplate }) => isBoilerplate),
      isLink: cells.every(({ isLink }) => isLink),
    });
  }
}

/** Characters that are not white space. */
function countCharacters(text: string): number {
  return text.replace(/\s/g, '').length;
}

function leadsElsewhere(link: PageElement): boolean {
  const address = link.getAttribute('href');
  return address !== null && !address.startsWith('#');
}

/** Lines of nothing but links lead to other pages. */
function markLinkLists(blocks: readonly LinkedBlock[]): LinkedBlock[] {
  const isLinkLine = ({ isLink, text }: LinkedBlock): boolean => isLink && text.length <= MAX_LINK_LINE_CHARACTERS;
  const marked: LinkedBlock[] = [];
  let links: LinkedBlock[] = [];
  const endLinks = (): void => {
    const isList = links.length >= MIN_LINKS;
    for (const block of links) marked.push(isList ? { ...block, isBoilerplate: true } : block);
    links = [];
  };
  for (const block of blocks) {
    if (isLinkLine(block)) links.push(block);
    else {
      endLinks();
      marked.push(block);
    }
  }
  endLinks();
  return marked;
}

/** A heading above nothing but boilerplate names it: "Related stories". */
function markBoilerplateHeadings(blocks: readonly LinkedBlock[]): Block[] {
  let isBoilerplateBelow = true;
  return blocks
    .toReversed()
    .map(({ text, level, isBoilerplate }) => {
      const isEmptyHeading = level !== null && isBoilerplateBelow;
      const kept = { text, level, isBoilerplate: isBoilerplate || isEmptyHeading || boilerplateRule(text) !== null };
      // A heading above another names what is below both.
      if (level === null || !kept.isBoilerplate) isBoilerplateBelow = kept.isBoilerplate;
      return kept;
    })
    .toReversed();
}
