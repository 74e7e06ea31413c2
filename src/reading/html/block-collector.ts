import { structureOf } from './block-structure.js';
import { checkboxOf } from './checkbox.js';
import { codeLanguage, isCodeFrame, isPreformattedProse } from './code-blocks.js';
import { containersOf } from './containers.js';
import { BLOCK_ELEMENTS, IGNORED_ELEMENTS, UNSEEN } from './element-kinds.js';
import { InlineText } from './inline-text.js';
import { ListNumbers } from './list-numbers.js';
import { isNoteAside, noteBoxOf } from './notes.js';
import { childrenOf, isElement, isText, type PageElement, type PageNode } from './page.js';
import { isSection, ruleOfElement, ruleOfNames } from './page-boilerplate.js';
import { type PanelLabels, panelLabelOf, panelLabels } from './panel-labels.js';
import {
  type BoilerplatePart,
  countCharacters,
  type ItemState,
  type RawBlock,
  type Surroundings,
  type TextSource,
} from './raw-block.js';
import { OUTSIDE, withinBlock } from './surroundings.js';
import { joinRow } from './table-row.js';
import { headerRows, rowsOf, type TableRow, tableUse } from './table-shape.js';

/** Tables inside more tables than these only place parts of the page. */
const MAX_TABLE_DEPTH = 5;
/** Inside more parts than these, the name of an element is believed: looking into each would take quadratic time. */
const MAX_SECTION_DEPTH = 4;

/** What is known about a page before its blocks are read. */
export interface CollectOptions {
  /** The part that the page marks as its main part (default: none). */
  readonly main?: PageElement | null;
  /** Whether it is news or a blog post (default: no). A part called "related" may be a section of anything else. */
  readonly isNews?: boolean;
}

/** Reads the blocks of a page in order, as a browser shows them, each with where its text comes from. */
export function collectBlocks(content: PageElement, { main = null, isNews = false }: CollectOptions = {}): RawBlock[] {
  const collector = new BlockCollector(content, main, isNews);
  collector.collect(content, OUTSIDE);
  return collector.finish();
}

/** Collects text until a block element begins or ends, which ends the block. */
class BlockCollector {
  #blocks: RawBlock[] = [];
  readonly #main: PageElement | null;
  readonly #isNews: boolean;
  readonly #panels: PanelLabels;
  readonly #withSections: ReadonlySet<PageElement>;
  readonly #withTables: ReadonlySet<PageElement>;
  readonly #withNavigation: ReadonlySet<PageElement>;
  readonly #text = new InlineText();
  #sources: TextSource[] = [];
  /** Ids that lead to the text that comes next. */
  #anchors: string[] = [];
  #groups = 0;

  constructor(content: PageElement, main: PageElement | null, isNews: boolean) {
    this.#main = main;
    this.#isNews = isNews;
    this.#panels = panelLabels(content);
    this.#withSections = containersOf(content, 'h1, h2, nav, form');
    this.#withTables = containersOf(content, 'table');
    this.#withNavigation = containersOf(content, 'nav');
  }

  finish(): RawBlock[] {
    this.#endBlock();
    return this.#blocks;
  }

  collect(node: PageNode, around: Surroundings): void {
    if (isText(node)) this.#addText(node, around);
    else if (isElement(node)) this.#collectElement(node, around);
  }

  #collectChildren(node: PageNode, around: Surroundings): void {
    for (const child of childrenOf(node)) this.collect(child, around);
  }

  #collectElement(element: PageElement, around: Surroundings): void {
    const name = element.localName;
    if (name === 'br') {
      this.#text.breakLine();
      return;
    }
    if (IGNORED_ELEMENTS.has(name) && !(name === 'button' && around.showsButtons)) return;
    if (this.#panels.tabs.size > 0 && this.#panels.tabs.has(element)) return;
    const className = element.getAttribute('class');
    if (className !== null && (UNSEEN.test(className) || isCodeFrame(element, className, around.isPreformatted)))
      return;
    this.#noteAnchor(element, around);
    if (!BLOCK_ELEMENTS.has(name)) this.#collectInline(element, className, around);
    else if (around.isPreformatted) this.#collectLines(element, around);
    else {
      this.#endBlock();
      this.#collectBlock(element, className, this.#belowLabel(element, this.#partOf(element, className, around)));
      this.#endBlock();
    }
  }

  #collectInline(element: PageElement, className: string | null, around: Surroundings): void {
    const name = element.localName;
    const start = this.#text.position;
    if (name === 'a') {
      this.#collectLink(element, this.#withBoilerplate(element, className, around));
      return;
    }
    if (name === 'b' || name === 'strong') {
      this.#collectChildren(element, around.isBold ? around : { ...around, isBold: true });
      return;
    }
    this.#collectChildren(element, this.#withBoilerplate(element, className, around));
    if (name === 'del' || name === 's' || name === 'strike') this.#text.mark('struck', start);
  }

  #collectLink(link: PageElement, around: Surroundings): void {
    const href = link.getAttribute('href')?.trim() ?? '';
    if (href.includes('#') && (around.level !== null || href.startsWith('#')) && isSign(link)) return;
    const start = this.#text.position;
    this.#collectChildren(link, href === '' ? around : { ...around, link: href });
    if (href !== '' && !href.startsWith('#') && !/^javascript:/i.test(href)) this.#text.mark('link', start, href);
  }

  /** Inside code, an element of its own is a line. */
  #collectLines(element: PageElement, around: Surroundings): void {
    this.#text.startLine();
    this.#collectChildren(element, around);
    this.#text.startLine();
  }

  #collectBlock(element: PageElement, className: string | null, around: Surroundings): void {
    switch (element.localName) {
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        this.#collectList(element, around);
        return;
      case 'dl':
        this.#collectDefinitions(element, around);
        return;
      case 'details':
        this.#collectDetails(element, around);
        return;
      case 'table':
        this.#collectTable(element, around);
        return;
      case 'pre':
        this.#collectChildren(element, {
          ...around,
          isPreformatted: true,
          isProse: isPreformattedProse(element),
          language: codeLanguage(element),
        });
        return;
      default:
        this.#collectChildren(element, withinBlock(element, className, around));
        return;
    }
  }

  /** A panel stands below the button or tab that unfolds it, as details stand below their summary. */
  #belowLabel(element: PageElement, around: Surroundings): Surroundings {
    if (this.#panels.controls.size === 0 || around.level !== null) return around;
    const control = this.#panels.controls.get(element.getAttribute('id') ?? '');
    if (control === undefined || (element.textContent ?? '').trim() === '') return around;
    const text = panelLabelOf(control);
    const within = { ...around, kind: 'question' } as const;
    const source = { owner: control, characters: countCharacters(text), around: within };
    this.#blocks.push({ ...structureOf(within, { text }), sources: [source] });
    return { ...around, kind: 'answer', under: 'question' };
  }

  /** Notes and boilerplate may be any element. */
  #partOf(element: PageElement, className: string | null, around: Surroundings): Surroundings {
    const isMain = around.isMain || element === this.#main;
    const outer = isMain === around.isMain ? around : { ...around, isMain };
    if (outer.note === null) {
      const hasSections = this.#withSections.has(element);
      const isAside = element.localName === 'aside' && isMain && isNoteAside(element, className, hasSections);
      const box = noteBoxOf(element, className, hasSections) ?? (isAside ? { label: null } : null);
      if (box !== null) {
        return { ...outer, kind: 'note', note: { label: box.label, isTitle: false, box: element } };
      }
    }
    return this.#withBoilerplate(element, className, outer);
  }

  #withBoilerplate(element: PageElement, className: string | null, around: Surroundings): Surroundings {
    // A note holds no other parts: "aside__title" is its title.
    if (around.note !== null) return around;
    const rule = this.#boilerplateRule(element, className, around);
    if (rule === null) return around;
    if (!this.#isNews && around.sectionDepth < MAX_SECTION_DEPTH && BLOCK_ELEMENTS.has(element.localName)) {
      if (rule.isByName && isSection(element)) return { ...around, sectionDepth: around.sectionDepth + 1 };
    }
    const boilerplate: BoilerplatePart = { rule: rule.name, around: around.boilerplate };
    return { ...around, boilerplate, sectionDepth: around.sectionDepth + 1 };
  }

  #boilerplateRule(
    element: PageElement,
    className: string | null,
    around: Surroundings,
  ): { readonly name: string; readonly isByName: boolean } | null {
    // A header with navigation is the page's. The header of an article may contain its first lines.
    if (element.localName === 'header' && this.#withNavigation.has(element)) return { name: 'header', isByName: false };
    const byElement = ruleOfElement(element);
    if (byElement !== null) return { name: byElement, isByName: false };
    const byName = ruleOfNames(element, className);
    const isCaption = element.localName === 'figcaption' || around.kind === 'caption';
    if (byName === null || (byName === 'photo caption' && isCaption)) return null;
    return { name: byName, isByName: true };
  }

  #collectList(list: PageElement, around: Surroundings): void {
    const items = childrenOf(list);
    const group = ++this.#groups;
    const depth = (around.item?.depth ?? 0) + 1;
    const isOrdered =
      list.localName === 'ol' && !/list-style(?:-type)?\s*:\s*none/i.test(list.getAttribute('style') ?? '');
    const isItem = (node: PageNode): boolean => isElement(node) && node.localName === 'li';
    const numbers = isOrdered ? new ListNumbers(list, items.filter(isItem).length) : null;
    for (const node of items) {
      if (!isElement(node) || node.localName !== 'li') {
        this.collect(node, around);
        continue;
      }
      const box = checkboxOf(node);
      const item: ItemState = {
        around: around.item,
        group,
        depth,
        marker: numbers?.markerOf(node) ?? (box === null ? null : box ? '[x]' : '[ ]'),
        isChecked: box,
        isStarted: false,
      };
      const kind = around.kind === 'answer' || around.kind === 'definition' ? around.kind : 'paragraph';
      this.collect(node, { ...around, kind, level: null, item });
    }
  }

  #collectDefinitions(list: PageElement, around: Surroundings): void {
    const entries = childrenOf(list).flatMap((node) =>
      isElement(node) && node.localName === 'div' ? childrenOf(node) : [node],
    );
    const terms = entries.filter(isElement).filter(({ localName }) => localName === 'dt');
    const isFaq = terms.length > 0 && terms.every((term) => (term.textContent ?? '').trim().endsWith('?'));
    const hasDefinitions = entries.some((node) => isElement(node) && node.localName === 'dd');
    let hasTerm = false;
    for (const node of entries) {
      if (isElement(node) && node.localName === 'dt' && hasDefinitions) {
        hasTerm = true;
        this.collect(node, { ...around, kind: isFaq ? 'question' : 'term', under: undefined, showsButtons: true });
      } else if (isElement(node) && node.localName === 'dt') {
        this.collect(node, { ...around, isBold: true, showsButtons: true });
      } else if (isElement(node) && node.localName === 'dd' && hasTerm) {
        const own = isFaq
          ? ({ kind: 'answer', under: 'question' } as const)
          : ({ kind: 'definition', under: 'term' } as const);
        this.collect(node, { ...around, ...own });
      } else this.collect(node, around);
    }
  }

  #collectDetails(details: PageElement, around: Surroundings): void {
    let hasSummary = false;
    for (const node of childrenOf(details)) {
      if (isElement(node) && node.localName === 'summary' && !hasSummary) {
        hasSummary = true;
        this.collect(node, { ...around, kind: 'question', under: undefined, showsButtons: true });
      } else if (hasSummary) {
        const kind = around.kind === 'paragraph' || around.kind === 'note' ? 'answer' : around.kind;
        this.collect(node, { ...around, kind, under: 'question' });
      } else this.collect(node, around);
    }
  }

  #collectTable(table: PageElement, around: Surroundings): void {
    const within = { ...around, tableDepth: around.tableDepth + 1 };
    const rows = rowsOf(table);
    const isTooDeep = within.tableDepth > MAX_TABLE_DEPTH;
    const isNote = around.note?.box === table;
    const use = isNote || isTooDeep ? 'layout' : tableUse(table, rows, this.#withTables.has(table));
    if (use === 'layout') {
      this.#collectChildren(table, within);
      return;
    }
    const read = new Set(rows.map(({ row }) => row));
    for (const part of childrenOf(table)) {
      const isRows = isElement(part) && (read.has(part) || /^t(?:head|body|foot)$/.test(part.localName));
      if (!isRows) this.collect(part, within);
    }
    this.#collectRows(rows, use, within);
  }

  #collectRows(rows: readonly TableRow[], use: 'data' | 'unknown', around: Surroundings): void {
    const group = ++this.#groups;
    const pending: number[] = [];
    const headers = headerRows(rows);
    for (const { row } of rows) this.#collectRow(row, use, pending, { group, isHeader: headers.has(row) }, around);
  }

  /**
   * A row of a data table is one block. Of an unknown table it is one if each of its cells has one block: any other row only
   * lays out the page, and its blocks stay as they are.
   */
  #collectRow(
    row: PageElement,
    use: 'data' | 'unknown',
    pending: number[],
    { group, isHeader }: { readonly group: number; readonly isHeader: boolean },
    around: Surroundings,
  ): void {
    const before = this.#blocks;
    this.#endBlock();
    this.#noteAnchor(row, around);
    const within = this.#partOf(row, row.getAttribute('class'), around);
    const cells = childrenOf(row)
      .filter(isElement)
      .map((cell) => {
        this.#blocks = [];
        this.collect(cell, within);
        this.#endBlock();
        return { cell, blocks: this.#blocks };
      });
    this.#blocks = before;
    const isLaidOut =
      cells.some(({ blocks }) => blocks.length > 1) || cells.filter(({ blocks }) => blocks.length > 0).length < 2;
    if (use === 'unknown' && isLaidOut) {
      for (const { blocks } of cells) for (const block of blocks) this.#blocks.push(block);
      return;
    }
    const depth = around.item?.depth;
    const joined = joinRow(cells, pending, {
      group,
      ...(isHeader && { isHeader }),
      ...(depth !== undefined && { depth }),
      ...(around.under !== undefined && { under: around.under }),
    });
    for (const block of joined) this.#blocks.push(block);
  }

  #noteAnchor(element: PageElement, around: Surroundings): void {
    const name = element.localName;
    const id = element.getAttribute('id') ?? (name === 'a' ? element.getAttribute('name') : null);
    if (id === null || id.trim() === '') return;
    const isTarget =
      /^(?:h[1-6]|section|article|dt|a|li|tr|td|th|p|details|figure)$/.test(name) || around.level !== null;
    if (isTarget || [...element.childNodes].length === 0) this.#anchors.push(id.trim());
  }

  #addText(node: PageNode, around: Surroundings): void {
    const text = node.textContent ?? '';
    const characters = countCharacters(text);
    if (characters > 0 && node.parentNode !== null) {
      if (this.#anchors.length > 0) this.#placeAnchors(text);
      this.#sources.push({ owner: node.parentNode, characters, around });
    }
    if (around.isPreformatted) this.#text.addLines(text);
    else this.#text.add(text);
  }

  #placeAnchors(text: string): void {
    if (/^\s/.test(text)) this.#text.add(' ');
    for (const id of new Set(this.#anchors)) this.#text.mark('anchor', this.#text.position, id);
    this.#anchors = [];
  }

  /** Ends the current block, if it has text. Two line breaks in running text separate paragraphs, as on old pages. */
  #endBlock(): void {
    const sources = this.#sources;
    const [first] = sources;
    if (first === undefined) {
      if (!this.#text.isEmpty) this.#text.take(true);
      return;
    }
    this.#sources = [];
    for (const piece of this.#text.take(first.around.isPreformatted && !first.around.isProse)) {
      this.#blocks.push({ ...structureOf(first.around, piece), sources });
    }
  }
}

/** Whether a link is only a sign, such as the "¶" beside a heading. */
function isSign(link: PageElement): boolean {
  const text = (link.textContent ?? '').trim();
  return text.length <= 3 && !/[\p{L}\p{N}]/u.test(text);
}
