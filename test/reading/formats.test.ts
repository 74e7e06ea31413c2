import { expect, test } from 'vitest';
import { FORMATS, formatOf } from '../../src/reading/formats.js';

test('every extension has a dot, is in lower case and belongs to one format', () => {
  const extensions = FORMATS.flatMap((format) => format.extensions);
  for (const extension of extensions) expect(extension).toMatch(/^\.[a-z]+$/);
  expect(new Set(extensions).size).toBe(extensions.length);
});

test.each([
  ['news/a.md', 1],
  ['news/a.MARKDOWN', 1],
  ['a.b.txt', 0],
  ['a.htm', 2],
  ['all.JSONL', 'bulk'],
  ['a.pdf', null],
  ['a.txt.bak', null],
  ['txt', null],
  ['news.md/a', null],
])('%s', (file, expected) => {
  expect(formatOf(file)).toBe(typeof expected === 'number' ? FORMATS[expected] : expected);
});
