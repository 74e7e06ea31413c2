import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBulkLine } from '../../src/reading/bulk-file.js';
import { UnreadableFile } from '../../src/reading/source-article.js';
import { ArticleFolder } from './article-folder.js';

let folder: ArticleFolder;

beforeEach(() => {
  folder = new ArticleFolder();
});

afterEach(() => {
  folder.remove();
});

async function read(...lines: readonly (string | object)[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  folder.write('news/all.jsonl', text);
  return folder.read();
}

const TEXT = 'They met in Reykjavik on Wednesday.';

test('a line is an article with what it states', () => {
  const line = {
    id: 'a1',
    text: `Title line\r\n\r\n${TEXT}`,
    title: 'Blinken meets Lavrov',
    url: 'https://example.com/a1',
    publisher: 'Example',
    published: 'May 19, 2021',
    language: 'en',
    more: [1],
  };
  expect(readBulkLine(JSON.stringify(line))).toEqual({
    givenId: 'a1',
    article: expect.objectContaining({
      title: 'Blinken meets Lavrov',
      url: 'https://example.com/a1',
      publisher: 'Example',
      published: '2021-05-19',
      language: 'en',
      text: `Title line\n\n${TEXT}`,
      warnings: [],
    }),
  });
});

test('what the line does not state may stand in the text', () => {
  const line = { text: `Blinken meets Lavrov\n\nPublished: 19 May 2021\n\n${TEXT}` };
  expect(readBulkLine(JSON.stringify(line))?.article).toMatchObject({
    title: 'Blinken meets Lavrov',
    published: '2021-05-19',
    url: null,
  });
});

test('a line without content is no article', () => {
  expect(readBulkLine('')).toBeNull();
  expect(readBulkLine(' \t ')).toBeNull();
});

describe('is refused', () => {
  test.each([
    ['what is not JSON', '{"text": "They met', /is not JSON .*one JSON object a line/],
    ['no text', '{"title": "They met"}', /text.*"text" of type string/],
    ['a number as text', '{"text": 5}', /"text" of type string/],
    ['a list', '["They met"]', /"text" of type string/],
    ['null', 'null', /"text" of type string/],
    ['a list as title', '{"text": "They met.", "title": ["a"]}', /title/],
  ])('%s', (_, line, reason) => {
    expect(() => readBulkLine(line)).toThrow(UnreadableFile);
    expect(() => readBulkLine(line)).toThrow(reason);
  });
});

test('a malformed line is named by its number, and the others of the file are read', async () => {
  const { articles, skipped } = await read({ id: 1, text: TEXT }, '', '{"text": "They', { id: 3, text: TEXT });
  expect(articles.map(({ file }) => file)).toEqual(['news/all.jsonl#1', 'news/all.jsonl#3']);
  expect(skipped).toEqual([{ file: 'news/all.jsonl#3', reason: expect.stringMatching(/^line 3 is not JSON/) }]);
});

test('of two lines with the same id the first is read', async () => {
  const { articles, skipped } = await read(
    { id: 'a', text: TEXT },
    { id: 'b', text: TEXT },
    { id: 'a', text: 'They left.' },
  );
  expect(articles.map(({ file }) => file)).toEqual(['news/all.jsonl#a', 'news/all.jsonl#b']);
  expect(skipped).toEqual([
    { file: 'news/all.jsonl#3', reason: 'line 3 has the same id as line 1 ("a"): give each article its own' },
  ]);
});

test('a line without an id is not taken for the line whose id is its number', async () => {
  const { skipped } = await read({ id: '2', text: TEXT }, { text: 'They left.' });
  expect(skipped).toEqual([]);
});

test('an article keeps its id when lines are written in above it, by its id or its address', async () => {
  const first = await read({ id: 'a', text: TEXT }, { url: 'https://example.com/b', text: TEXT });
  const second = await read(
    { id: 'new', text: TEXT },
    { id: 'a', text: TEXT },
    { url: 'https://example.com/b', text: TEXT },
  );
  expect(second.articles.slice(1).map(({ id }) => id)).toEqual(first.articles.map(({ id }) => id));
});

test('an empty line of text is skipped with the remedy, and a warning names its line', async () => {
  const { articles, skipped, warnings } = await read(
    { id: 'a', text: ' ' },
    { id: 'b', text: TEXT, published: '05/06/2021' },
  );
  expect(articles).toHaveLength(1);
  expect(skipped).toEqual([{ file: 'news/all.jsonl#a', reason: expect.stringContaining('is empty') }]);
  expect(warnings).toEqual([{ file: 'news/all.jsonl#b', reason: expect.stringContaining('published "05/06/2021"') }]);
});

test('a byte order mark and line ends of Windows do not matter, nor a line separator within a string', async () => {
  const { articles, skipped } = await read(`\ufeff${JSON.stringify({ id: 'a', text: TEXT })}\r`, {
    id: 'b',
    text: 'They met.\u2028They left.',
  });
  expect(skipped).toEqual([]);
  expect(articles.map(({ text }) => text)).toEqual([TEXT, 'They met.\u2028They left.']);
});

test('half a letter becomes a replacement character', () => {
  expect(readBulkLine('{"text": "They met \\ud83d in Reykjavik."}')?.article.text).toBe(
    'They met \ufffd in Reykjavik.',
  );
});

test('a file in another encoding than UTF-8 is not read with replacement characters in silence', async () => {
  folder.write('latin.jsonl', Buffer.from('{"text": "Lavrov sprach über Rüstung in Reykjavík."}\n', 'latin1'));
  const { articles, skipped } = await folder.read();
  expect(articles.map(({ text }) => text).join('')).not.toContain('\ufffd');
  expect(articles.length + skipped.length).toBe(1);
});

// The parts of an id are told apart by a zero character: with one in a text two passages can get the same id.
test('a zero character in a string is refused, or not in the text', async () => {
  const { articles } = await read({ id: 'a', text: 'They met.\u0000They left.' });
  expect(articles.map(({ text }) => text).join('')).not.toContain('\u0000');
});

test('a file of one line of 50 MB is skipped with the remedy', async () => {
  folder.write('long.jsonl', Buffer.alloc(50_000_000, 'x'));
  const { articles, skipped } = await folder.read();
  expect(articles).toEqual([]);
  expect(skipped).toEqual([{ file: 'long.jsonl#1', reason: expect.stringMatching(/^line 1 is longer than 10 MB/) }]);
});
