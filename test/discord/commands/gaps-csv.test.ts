import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapsCsv } from '../../../src/discord/commands/gaps-csv.js';
import { readCsv } from './csv.js';

/** The cell that a question gets in the exported file. */
function cellOf(text: string): string {
  const question = {
    askedIn: '1',
    personId: '2',
    serverId: '3',
    link: 'https://discord.com/channels/3/4/1',
    text,
    reason: 'not-found',
    passageId: null,
    askedAt: 0,
  } as const;
  const [row] = readCsv(gapsCsv([[question]], [], () => '').replace(/^\ufeff/, ''));
  return row?.question ?? '';
}

describe('a question that a spreadsheet would run as a formula gets an apostrophe', () => {
  test.each([
    ['=1+1', "'=1+1"],
    [' =1+1', "' =1+1"],
    ['\n=1+1', "'\n'=1+1"],
    ['\u00a0@SUM(A1)', "'\u00a0@SUM(A1)"],
    ['\u200b+1', "'\u200b+1"],
    ['"=1+1"', '\'"=1+1"'],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['Why?\n-1', "Why?\n'-1"],
    ['Why?;=1+1', "Why?;'=1+1"],
    ['Why?\t =1+1', "Why?\t' =1+1"],
  ])('%j', (text, cell) => {
    expect(cellOf(text)).toBe(cell);
  });

  test('wherever its sign stands, and nothing else of it changes', () => {
    const part = fc.constantFrom(
      '=',
      '-',
      '+',
      '@',
      ' ',
      '\n',
      '\r',
      '\t',
      '\ufeff',
      '\u2003',
      ';',
      ',',
      '"',
      'a',
      '1',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const cell = cellOf(text);
        expect(cell.replaceAll("'", '')).toBe(text);
        for (const field of cell.split(/[;\t\r\n]/)) expect(field.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@]/);
      }),
    );
  });

  test('other questions stay as they are', () => {
    for (const text of ['Is 2-1=1?', 'a, "b"; c', 'Who? Mail me@example.org', ' two\nlines'])
      expect(cellOf(text)).toBe(text);
  });
});
