/**
 * Parses CSV with a header row, as in RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180).
 *
 * @returns The fields of each row by the names in the header.
 */
export function readCsv(text: string): Record<string, string>[] {
  const [header = [], ...rows] = readRows(text);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`${row.length} fields below ${header.length}: ${row.join('|')}`);
    return Object.fromEntries(row.map((field, index) => [header[index] ?? '', field]));
  });
}

function readRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`Not a field: ${rest.slice(0, 40)}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    rest = rest.slice(whole.length);
    if (end === ',' && rest !== '') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
