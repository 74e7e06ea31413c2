import { boilerplateRule } from '../boilerplate.js';
import { type SourceBlock, shownText } from '../compose.js';
import { childrenOf, isElement, isText, type PageElement, type PageNode } from './page.js';
import { boilerplateMarks } from './page-boilerplate.js';

/** Elements that start on a new line in a browser. */
const BLOCK_ELEMENTS = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Elements that show no text, or only the labels of controls. */
const IGNORED_ELEMENTS = new Set(
  'applet area audio base button canvas datalist embed frame frameset head iframe img input link map meta meter noembed noframes noscript object option optgroup param picture progress rp rt script select source style svg template textarea title track video'.split(
    ' ',
  ),
);

/** A longer paragraph may say something even if all of it is a link. */
const MAX_LINK_LINE_CHARACTERS = 200;

/** Fewer links in a row may belong to the text around them. */
const MIN_LINKS = 3;

/** What a text inherits from the elements around it. */
interface Surroundings {
  /** 1 to 6 inside a heading. */
  readonly level: number | null;
  readonly isPreformatted: boolean;
  /** Whether a click on the text leads to another page. */
  readonly isLink: boolean;
  readonly isBoilerplate: boolean;
}

interface LinkedBlock {
  readonly text: string;
  /** 1 to 6 for a heading, null for anything else. */
  readonly level: number | null;
  /** Whether the markup says that it is boilerplate. If not, its words may still say so. */
  readonly isBoilerplate: boolean;
  /** Whether all of its text links to other pages. */
  readonly isLink: boolean;
}

/** Returns the blocks of a page's article in reading order, as a browser shows them. */
export function blocksOf(content: PageElement): SourceBlock[] {
  const collector = new BlockCollector(boilerplateMarks(content));
  collector.collect(content, { level: null, isBoilerplate: false, isPreformatted: false, isLink: false });
  return markBoilerplateHeadings(markLinkLists(collector.blocks()));
}

/** Collects text until a block element begins or ends, which ends the block. */
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
    if (isText(node)) this.#addText(node.textContent ?? '', around);
    else if (isElement(node) && node.localName === 'br') this.#text += '\n';
    else if (isElement(node) && !IGNORED_ELEMENTS.has(node.localName)) this.#collectElement(node, around);
  }

  #collectElement(node: PageElement, around: Surroundings): void {
    const name = node.localName;
    const within: Surroundings = {
      level: /^h[1-6]$/.test(name) ? Number(name[1]) : around.level,
      isPreformatted: around.isPreformatted || name === 'pre',
      isLink: around.isLink || (name === 'a' && leadsToOtherPage(node)),
      isBoilerplate: around.isBoilerplate || this.#isMarked(node),
    };
    if (!BLOCK_ELEMENTS.has(name)) {
      for (const child of childrenOf(node)) this.collect(child, within);
      return;
    }
    this.#endBlock(around);
    if (name === 'tr') this.#collectRow(node, within);
    else for (const child of childrenOf(node)) this.collect(child, within);
    this.#endBlock(within);
  }

  #addText(text: string, { isPreformatted, isLink, isBoilerplate }: Surroundings): void {
    const shown = (isPreformatted ? text : text.replace(/[ \t\n\f\r]+/g, ' ')).replaceAll('\u00ad', '');
    this.#text += shown;
    if (isLink) this.#linkCharacters += countCharacters(shown);
    if (isBoilerplate) this.#boilerplateCharacters += countCharacters(shown);
  }

  /** Ends the current block, if it has text. Two line breaks in running text separate paragraphs, as on old pages. */
  #endBlock({ level, isPreformatted }: Surroundings): void {
    const characters = countCharacters(this.#text);
    const isLink = this.#linkCharacters === characters;
    const isBoilerplate = this.#boilerplateCharacters === characters;
    const texts = isPreformatted ? [this.#text] : this.#text.replace(/ *\n */g, '\n').split(/\n{2,}/);
    for (const raw of texts) {
      const text = shownText(isPreformatted ? raw : raw.replace(/ {2,}/g, ' '));
      if (text !== '') this.#blocks.push({ text, level, isBoilerplate, isLink });
    }
    this.#text = '';
    this.#linkCharacters = 0;
    this.#boilerplateCharacters = 0;
  }

  /** A row whose cells have one block each becomes one line. Any other row only lays out the page: its blocks stay as they are. */
  #collectRow(row: PageElement, around: Surroundings): void {
    const first = this.#blocks.length;
    let maxBlocksInCell = 0;
    for (const cell of childrenOf(row)) {
      const before = this.#blocks.length;
      this.collect(cell, around);
      this.#endBlock(around);
      maxBlocksInCell = Math.max(maxBlocksInCell, this.#blocks.length - before);
    }
    const cells = this.#blocks.slice(first);
    if (maxBlocksInCell > 1 || cells.length < 2) return;
    this.#blocks.splice(first, cells.length, {
      text: cells.map(({ text }) => text).join(' | '),
      level: null,
      isBoilerplate: cells.every(({ isBoilerplate }) => isBoilerplate),
      isLink: cells.every(({ isLink }) => isLink),
    });
  }
}

/** Counts the characters that are not whitespace. */
function countCharacters(text: string): number {
  return text.replace(/\s/g, '').length;
}

function leadsToOtherPage(link: PageElement): boolean {
  const address = link.getAttribute('href');
  return address !== null && !address.startsWith('#');
}

/** Three or more lines in a row that are nothing but links are a list of other pages: boilerplate. */
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

/** A heading above nothing but boilerplate is boilerplate too: "Related stories". */
function markBoilerplateHeadings(blocks: readonly LinkedBlock[]): SourceBlock[] {
  let isBoilerplateBelow = true;
  return blocks
    .toReversed()
    .map(({ text, level, isBoilerplate }) => {
      const isEmptyHeading = level !== null && isBoilerplateBelow;
      const block = { text, level, isBoilerplate: isBoilerplate || isEmptyHeading || boilerplateRule(text) !== null };
      // A boilerplate heading changes nothing for the heading above it: what counts is the text below both.
      if (level === null || !block.isBoilerplate) isBoilerplateBelow = block.isBoilerplate;
      if (block.isBoilerplate) return { text, kind: 'boilerplate' as const };
      return level === null ? { text, kind: 'paragraph' as const } : { text, kind: 'heading' as const, level };
    })
    .toReversed();
}
