import { appendFileSync, truncateSync } from 'node:fs';
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

test('a line becomes an article with everything it states', () => {
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

test('title and date may also come from the text', () => {
  const line = { text: `Blinken meets Lavrov\n\nPublished: 19 May 2021\n\n${TEXT}` };
  expect(readBulkLine(JSON.stringify(line))?.article).toMatchObject({
    title: 'Blinken meets Lavrov',
    published: '2021-05-19',
    url: null,
  });
});

describe('a line may', () => {
  test.each([
    ['have its text in "content"', { content: TEXT }, { text: TEXT }],
    ['have its text in "body"', { body: TEXT, text: null }, { text: TEXT }],
    [
      'have its text as a list of paragraphs',
      { text: ['They met.', 'They left.'] },
      { text: 'They met.\n\nThey left.' },
    ],
    ['have several languages', { text: TEXT, language: ['de', 'en'] }, { language: 'de' }],
    ['give its date in seconds', { text: TEXT, published: 1_616_161_616 }, { published: '2021-03-19' }],
    ['give its date in milliseconds', { text: TEXT, published: 1_616_161_616_000 }, { published: '2021-03-19' }],
    [
      'give its date with slashes, the year first',
      { text: TEXT, published: '2021/03/04' },
      { published: '2021-03-04' },
    ],
  ])('%s', (_, line, article) => {
    expect(readBulkLine(JSON.stringify(line))?.article).toMatchObject({ ...article, warnings: [] });
  });

  test('have a field that cannot be used: it is left out with a warning', () => {
    const read = readBulkLine(JSON.stringify({ id: {}, text: TEXT, title: ['a'], url: null, published: true }));
    expect(read?.givenId).toBeNull();
    expect(read?.article).toMatchObject({ text: TEXT, title: null, published: null });
    expect(read?.article.warnings.map((warning) => warning.split(' ', 1)[0])).toEqual(['title', 'published', 'id']);
  });
});

test('a blank line is not an article', () => {
  expect(readBulkLine('')).toBeNull();
  expect(readBulkLine(' \t ')).toBeNull();
});

describe('a line is refused if it is', () => {
  test.each([
    ['not JSON', '{"text": "They met', /is not JSON .*one JSON object per line/],
    ['an object without text', '{"title": "They met"}', /text.*"text" field of type string/],
    ['an object whose text is a number', '{"text": 5}', /"text" field of type string/],
    ['a list', '["They met"]', /"text" field of type string/],
    ['null', 'null', /"text" field of type string/],
    ['an object whose text is a list of numbers', '{"text": [1]}', /"content" and "body" are read too/],
  ])('%s', (_, line, reason) => {
    expect(() => readBulkLine(line)).toThrow(UnreadableFile);
    expect(() => readBulkLine(line)).toThrow(reason);
  });
});

test('a malformed line is reported with its number, and the other lines are read', async () => {
  const { articles, skipped } = await read({ id: 1, text: TEXT }, '', '{"text": "They', { id: 3, text: TEXT });
  expect(articles.map(({ file }) => file)).toEqual(['news/all.jsonl#1', 'news/all.jsonl#3']);
  expect(skipped).toEqual([{ file: 'news/all.jsonl#3', reason: expect.stringMatching(/^line 3 is not JSON/) }]);
});

test('of two lines with the same id, the first is read', async () => {
  const { articles, skipped } = await read(
    { id: 'a', text: TEXT },
    { id: 'b', text: TEXT },
    { id: 'a', text: 'They left.' },
  );
  expect(articles.map(({ file }) => file)).toEqual(['news/all.jsonl#a', 'news/all.jsonl#b']);
  expect(skipped).toEqual([
    { file: 'news/all.jsonl#3', reason: 'line 3 has the same id as line 1 ("a"): give each article an id of its own' },
  ]);
});

test('a line without an id does not clash with a line whose id is its number', async () => {
  const { skipped } = await read({ id: '2', text: TEXT }, { text: 'They left.' });
  expect(skipped).toEqual([]);
});

test('an article with an id or an address keeps its article id when lines are inserted above it', async () => {
  const first = await read({ id: 'a', text: TEXT }, { url: 'https://example.com/b', text: TEXT });
  const second = await read(
    { id: 'new', text: TEXT },
    { id: 'a', text: TEXT },
    { url: 'https://example.com/b', text: TEXT },
  );
  expect(second.articles.slice(1).map(({ id }) => id)).toEqual(first.articles.map(({ id }) => id));
});

test('an empty text is skipped with advice, and a warning names its line', async () => {
  const { articles, skipped, warnings } = await read(
    { id: 'a', text: ' ' },
    { id: 'b', text: TEXT, published: '05/06/2021' },
  );
  expect(articles).toHaveLength(1);
  expect(skipped).toEqual([{ file: 'news/all.jsonl#a', reason: expect.stringContaining('there is no text in it') }]);
  expect(warnings).toEqual([{ file: 'news/all.jsonl#b', reason: expect.stringContaining('published "05/06/2021"') }]);
});

test('a byte order mark, Windows line endings and line separators within strings do no harm', async () => {
  const { articles, skipped } = await read(`\ufeff${JSON.stringify({ id: 'a', text: TEXT })}\r`, {
    id: 'b',
    text: 'They met.\u2028They left.',
  });
  expect(skipped).toEqual([]);
  expect(articles.map(({ text }) => text)).toEqual([TEXT, 'They met.\u2028They left.']);
});

test('a lone surrogate becomes a replacement character', () => {
  expect(readBulkLine('{"text": "They met \\ud83d in Reykjavik."}')?.article.text).toBe(
    'They met \ufffd in Reykjavik.',
  );
});

test('a file that is not UTF-8 is never silently read with replacement characters', async () => {
  folder.write('latin.jsonl', Buffer.from('{"text": "Lavrov sprach über Rüstung in Reykjavík."}\n', 'latin1'));
  const { articles, skipped } = await folder.read();
  expect(articles.map(({ text }) => text).join('')).not.toContain('\ufffd');
  expect(articles.length + skipped.length).toBe(1);
});

// Ids are made of parts separated by a null character. With one in a text, two passages could get the same id.
test('a text with a null character is refused, or read without it', async () => {
  const { articles } = await read({ id: 'a', text: 'They met.\u0000They left.' });
  expect(articles.map(({ text }) => text).join('')).not.toContain('\u0000');
});

test('a line of 50 MB is skipped with advice', async () => {
  folder.write('long.jsonl', Buffer.alloc(50_000_000, 'x'));
  const { articles, skipped } = await folder.read();
  expect(articles).toEqual([]);
  expect(skipped).toEqual([{ file: 'long.jsonl#1', reason: expect.stringMatching(/^line 1 is longer than 10 MB/) }]);
});

test('a line that is too long for a string is skipped by its number, and the lines around it are read', async () => {
  // Null bytes take no room on the disk.
  const path = folder.write('long.jsonl', `${JSON.stringify({ text: 'First.' })}\n`);
  truncateSync(path, 600_000_000);
  appendFileSync(path, `\n${JSON.stringify({ text: 'Last.' })}\n`);
  const { articles, skipped } = await folder.read();
  expect(articles.map(({ text }) => text)).toEqual(['First.', 'Last.']);
  expect(skipped).toEqual([{ file: 'long.jsonl#2', reason: 'line 2 is longer than 10 MB: split the article' }]);
});
