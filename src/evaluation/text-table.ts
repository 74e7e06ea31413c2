/** Options of {@link textTable}. */
export interface TextTableOptions {
  /** What heads the columns. Default: nothing. */
  readonly header?: readonly string[];
  /** How wide the table may be. Default: as wide as it is. */
  readonly columns?: number;
}

/**
 * Pads the cells so that columns align, with two spaces between them. A table that would be too wide has the cells of each row
 * below its first one instead, each with its header.
 */
export function textTable(
  rows: readonly (readonly string[])[],
  { header, columns = Number.POSITIVE_INFINITY }: TextTableOptions = {},
): string[] {
  const all = header === undefined ? rows : [header, ...rows];
  const widths: number[] = [];
  for (const row of all)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.some((line) => line.length > columns) ? rows.flatMap((row) => stacked(row, header ?? [])) : lines;
}

/** A line for each cell that has a header. Those without one stand beside the cell before. */
function stacked([label = '', ...cells]: readonly string[], [, ...header]: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [column, cell] of cells.entries()) {
    if (header[column]) lines.push(`  ${header[column]}  ${cell}`);
    else lines.push(`${lines.pop() ?? ''}  ${cell}`);
  }
  return [label, ...lines];
}
