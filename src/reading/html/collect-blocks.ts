import { structureOf } from './block-structure.js';
import { definitionChildren, detailsChildren, listChildren, type PlacedNode } from './child-surroundings.js';
import { codeLanguage, isCodeFrame, isPreformattedProse } from './code-blocks.js';
import { containersOf } from './containers.js';
import { BLOCK_ELEMENTS, IGNORED_ELEMENTS, UNSEEN } from './element-kinds.js';
import { OpenBlock } from './open-block.js';
import { childrenOf, isElement, isText, type PageElement, type PageNode } from './page.js';
import { type PageFacts, PageParts } from './page-parts.js';
import { type PanelLabels, panelLabelOf, panelLabels } from './panel-labels.js';
import { countCharacters, type RawBlock, type Surroundings } from './raw-block.js';
import { OUTSIDE, withinBlock } from './surroundings.js';
import { isLaidOut, joinRow } from './table-row.js';
import { headerRows, rowsOf, tableUse } from './table-shape.js';

/** Tables inside more tables than this only arrange parts of the page. */
const MAX_TABLE_DEPTH = 5;

/** Reads the blocks of a page in order, as a browser shows them. Each of them knows where its text comes from. */
export function collectBlocks(content: PageElement, facts: PageFacts = {}): RawBlock[] {
  const collector = new BlockCollector(content, facts);
  collector.collect(content, OUTSIDE);
  return collector.finish();
}

/** Goes through the nodes of a page once. A block ends where a block element begins or ends. */
class BlockCollector {
  #blocks: RawBlock[] = [];
  readonly #block = new OpenBlock();
  readonly #parts: PageParts;
  readonly #panels: PanelLabels;
  readonly #withTables: ReadonlySet<PageElement>;
  #groups = 0;

  constructor(content: PageElement, facts: PageFacts) {
    this.#parts = new PageParts(content, facts);
    this.#panels = panelLabels(content);
    this.#withTables = containersOf(content, 'table');
  }

  finish(): RawBlock[] {
    this.#endBlock();
    return this.#blocks;
  }

  collect(node: PageNode, around: Surroundings): void {
    if (isText(node)) this.#block.addText(node, around);
    else if (isElement(node)) this.#collectElement(node, around);
  }

  #collectAll(nodes: readonly PlacedNode[]): void {
    for (const { node, around } of nodes) this.collect(node, around);
  }

  #collectChildren(node: PageNode, around: Surroundings): void {
    for (const child of childrenOf(node)) this.collect(child, around);
  }

  #collectElement(element: PageElement, around: Surroundings): void {
    const name = element.localName;
    if (name === 'br') {
      this.#block.text.breakLine();
      return;
    }
    if (IGNORED_ELEMENTS.has(name) && !(name === 'button' && around.showsButtons)) return;
    if (this.#panels.tabs.size > 0 && this.#panels.tabs.has(element)) return;
    const className = element.getAttribute('class');
    if (className !== null && (UNSEEN.test(className) || isCodeFrame(element, className, around.isPreformatted)))
      return;
    this.#block.addAnchor(element, around);
    if (!BLOCK_ELEMENTS.has(name)) this.#collectInline(element, className, around);
    else if (around.isPreformatted) this.#collectLines(element, around);
    else {
      this.#endBlock();
      this.#collectBlock(element, className, this.#belowLabel(element, this.#parts.within(element, className, around)));
      this.#endBlock();
    }
  }

  #collectInline(element: PageElement, className: string | null, around: Surroundings): void {
    const name = element.localName;
    const start = this.#block.text.position;
    if (name === 'b' || name === 'strong') {
      this.#collectChildren(element, around.isBold ? around : { ...around, isBold: true });
      return;
    }
    const within = this.#parts.withBoilerplate(element, className, around);
    if (name === 'a') this.#collectLink(element, within);
    else this.#collectChildren(element, within);
    if (name === 'del' || name === 's' || name === 'strike') this.#block.text.mark('struck', start);
  }

  #collectLink(link: PageElement, around: Surroundings): void {
    const href = link.getAttribute('href')?.trim() ?? '';
    if (href.includes('#') && (around.level !== null || href.startsWith('#')) && isSign(link)) return;
    const start = this.#block.text.position;
    this.#collectChildren(link, href === '' ? around : { ...around, link: href });
    if (href !== '' && !href.startsWith('#') && !/^javascript:/i.test(href)) this.#block.text.mark('link', start, href);
  }

  /** Inside code, each block element is a line. */
  #collectLines(element: PageElement, around: Surroundings): void {
    this.#block.text.startLine();
    this.#collectChildren(element, around);
    this.#block.text.startLine();
  }

  #collectBlock(element: PageElement, className: string | null, around: Surroundings): void {
    switch (element.localName) {
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        this.#collectAll(listChildren(element, around, this.#newGroup()));
        return;
      case 'dl':
        this.#collectAll(definitionChildren(element, around));
        return;
      case 'details':
        this.#collectAll(detailsChildren(element, around));
        return;
      case 'table':
        this.#collectTable(element, around);
        return;
      case 'pre': {
        const [isProse, language] = [isPreformattedProse(element), codeLanguage(element)];
        this.#collectChildren(element, { ...around, isPreformatted: true, isProse, language });
        return;
      }
      default:
        this.#collectChildren(element, withinBlock(element, className, around));
        return;
    }
  }

  /** A panel is below the button or tab that unfolds it, like details below their summary. */
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
    const group = this.#newGroup();
    const covered: number[] = [];
    const headers = headerRows(rows);
    for (const { row } of rows) {
      const isHeader = headers.has(row);
      this.#collectRow(
        row,
        { isData: use === 'data', covered, fields: { group, ...(isHeader && { isHeader }) } },
        within,
      );
    }
  }

  /**
   * Reads a row. In a data table it is one block. In an unknown table it is one block only if each of its cells has one: any
   * other row only lays out the page, and its blocks stay as they are.
   *
   * @param covered For each column, how many more rows the cell above covers. Changed.
   */
  #collectRow(
    row: PageElement,
    { isData, covered, fields }: { isData: boolean; covered: number[]; fields: { group: number; isHeader?: true } },
    around: Surroundings,
  ): void {
    this.#endBlock();
    this.#block.addAnchor(row, around);
    const within = this.#parts.within(row, row.getAttribute('class'), around);
    const cells = childrenOf(row)
      .filter(isElement)
      .map((cell) => ({ cell, blocks: this.#blocksOf(cell, within) }));
    const depth = around.item?.depth;
    const blocks =
      !isData && isLaidOut(cells)
        ? cells.flatMap((cell) => cell.blocks)
        : joinRow(cells, covered, {
            ...fields,
            ...(depth !== undefined && { depth }),
            ...(around.under !== undefined && { under: around.under }),
          });
    for (const block of blocks) this.#blocks.push(block);
  }

  #blocksOf(cell: PageElement, around: Surroundings): RawBlock[] {
    const before = this.#blocks;
    this.#blocks = [];
    this.collect(cell, around);
    this.#endBlock();
    const blocks = this.#blocks;
    this.#blocks = before;
    return blocks;
  }

  #endBlock(): void {
    for (const block of this.#block.end()) this.#blocks.push(block);
  }

  #newGroup(): number {
    this.#groups += 1;
    return this.#groups;
  }
}

/** Whether a link is only a sign, such as the "¶" beside a heading. */
function isSign(link: PageElement): boolean {
  const text = (link.textContent ?? '').trim();
  return text.length <= 3 && !/[\p{L}\p{N}]/u.test(text);
}
