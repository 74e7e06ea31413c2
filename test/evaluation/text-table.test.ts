import { expect, test } from 'vitest';
import { textTable } from '../../src/evaluation/text-table.js';

const ROWS = [
  ['bm25', '.56', 'p = .5', '.87'],
  ['vectors', '.6', 'p < .001', '.94'],
];
const HEADER = ['ranking by', 'R@1', '', 'R@5'];

test('the columns of a table align', () => {
  expect(textTable(ROWS)).toEqual(['bm25     .56  p = .5    .87', 'vectors  .6   p < .001  .94']);
  expect(textTable(ROWS, { header: HEADER })[0]).toBe('ranking by  R@1            R@5');
});

test('a table that is too wide has its cells one below the other', () => {
  expect(textTable(ROWS, { header: HEADER, columns: 30 })).toHaveLength(3);
  expect(textTable(ROWS, { header: HEADER, columns: 29 })).toEqual([
    'bm25',
    '  R@1  .56  p = .5',
    '  R@5  .87',
    'vectors',
    '  R@1  .6  p < .001',
    '  R@5  .94',
  ]);
  expect(textTable([['questions answered', '.25']], { columns: 10 })).toEqual(['questions answered', '  .25']);
});
