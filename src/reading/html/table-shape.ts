import { childrenOf, isElement, type PageElement } from './page.js';

/** A row of a table, and whether it is in a `<thead>`. */
export interface TableRow {
  readonly row: PageElement;
  readonly isInHead: boolean;
}

/**
 * What a table is for.
 *
 * - `data`: its rows are read one by one.
 * - `layout`: it only arranges parts of the page, which are read like any other parts.
 * - `unknown`: each of its rows may be either.
 */
type TableUse = 'data' | 'layout' | 'unknown';

/** Class names of tables with data: of MediaWiki, Bootstrap, Sphinx, WordPress, Confluence. */
const DATA_CLASS =
  /(?:^|\s)(?:wikitable|table|data|datatable|data-table|docutils|tableblock|grid|bordered|border|confluenceTable|sortable|prettytable\w*|listing|table-\w+|tabular)(?=$|\s)/i;
/** Tables with line numbers and code. */
const CODE_CLASS =
  /(?:^|\s)(?:highlighttable|rouge-table|hljs-ln|js-file-line-container|lntable|diff-table|syntaxhighlighter)(?=$|\s)/;
/** The limit for a cell of a regular grid. */
const MAX_CELL_CHARACTERS = 200;

/** Returns the rows of a table, without those of tables inside it. */
export function rowsOf(table: PageElement): TableRow[] {
  return childrenOf(table)
    .filter(isElement)
    .flatMap((part) => {
      if (part.localName === 'tr') return [{ row: part, isInHead: false }];
      if (!/^t(?:head|body|foot)$/.test(part.localName)) return [];
      const isInHead = part.localName === 'thead';
      return childrenOf(part)
        .filter(isElement)
        .filter(({ localName }) => localName === 'tr')
        .map((row) => ({ row, isInHead }));
    });
}

/** Returns the cells of a row. */
export function cellsOf(row: PageElement): PageElement[] {
  return childrenOf(row)
    .filter(isElement)
    .filter(({ localName }) => localName === 'td' || localName === 'th');
}

/**
 * Finds out what a table is for.
 *
 * @param hasTables Whether there are tables inside it.
 */
export function tableUse(table: PageElement, rows: readonly TableRow[], hasTables: boolean): TableUse {
  const role = table.getAttribute('role');
  const className = table.getAttribute('class') ?? '';
  if (role === 'presentation' || role === 'none' || CODE_CLASS.test(className)) return 'layout';
  const cells = rows.map(({ row }) => cellsOf(row));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  if (columns < 2 || rows.length === 0) return 'layout';
  const hasHead =
    rows.some(({ isInHead }) => isInHead) || cells.some((row) => row.some((cell) => cell.localName === 'th'));
  if (hasTables && !hasHead) return 'layout';
  const hasCaption = childrenOf(table).some((part) => isElement(part) && part.localName === 'caption');
  if (hasHead || hasCaption) return 'data';
  if (rows.length < 2) return 'unknown';
  const border = table.getAttribute('border');
  if (DATA_CLASS.test(className) || (border !== null && border !== '0')) return 'data';
  return isRegularGrid(cells) ? 'data' : 'unknown';
}

/**
 * Finds the header rows of a table: those in its `<thead>`, or the first ones if they have only header cells or only bold words.
 * If a header cell spans several rows, all of them are header rows.
 */
export function headerRows(rows: readonly TableRow[]): ReadonlySet<PageElement> {
  const headers = new Set<PageElement>();
  let reach = 0;
  const isBoldHead = rows.length > 2 && isBold(rows[0]) && !rows.slice(2, 6).every(isBold);
  for (const [index, { row, isInHead }] of rows.entries()) {
    const cells = cellsOf(row);
    const isOfHeaders = cells.length > 0 && rows.length > 1 && cells.every(({ localName }) => localName === 'th');
    const isFirst = headers.size === index;
    if (!isInHead && !(isFirst && (isOfHeaders || index < reach || (index === 0 && isBoldHead)))) continue;
    headers.add(row);
    for (const cell of cells) {
      const rowspan = Number(cell.getAttribute('rowspan') ?? 1);
      if (index < 3 && rowspan <= 3 && rowspan < rows.length) reach = Math.max(reach, index + rowspan);
    }
  }
  return headers;
}

/** Whether all words of a row are in bold. */
function isBold(tableRow: TableRow | undefined): boolean {
  const cells = tableRow === undefined ? [] : cellsOf(tableRow.row);
  let filled = 0;
  for (const cell of cells) {
    const length = lengthOf(cell);
    if (length === 0) continue;
    filled++;
    const bold = cell.querySelector('b, strong');
    if (cell.localName !== 'th' && (bold === null || lengthOf(bold) !== length)) return false;
  }
  return filled > 1;
}

function lengthOf(element: PageElement): number {
  return (element.textContent ?? '').replace(/\s+/g, '').length;
}

/** Whether all rows have the same number of cells, all of them short. */
function isRegularGrid(cells: readonly (readonly PageElement[])[]): boolean {
  const columns = cells[0]?.length ?? 0;
  return cells.every(
    (row) => row.length === columns && row.every((cell) => (cell.textContent ?? '').length <= MAX_CELL_CHARACTERS),
  );
}
