import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readArticles } from '../../src/reading/read-articles.js';
import { sha256Hex } from '../../src/storage/sha256.js';
import { ArticleFolder } from './article-folder.js';

let folder: ArticleFolder;

beforeEach(() => {
  folder = new ArticleFolder();
});

afterEach(() => {
  folder.remove();
});

const TEXT = 'They met in Reykjavik on Wednesday.';

async function reasonFor(file: string, content: string | Uint8Array): Promise<string> {
  const { articles, skipped } = await folder.read([folder.write(file, content)]);
  expect(articles).toEqual([]);
  expect(skipped).toHaveLength(1);
  expect(skipped[0]?.file).toBe(file);
  return skipped[0]?.reason ?? '';
}

test('an article has normalised line endings, a checksum, and null for everything it does not state', async () => {
  const article = await folder.readOne('note.txt', `${TEXT}\r\n`);
  expect(article).toEqual({
    id: expect.stringMatching(/^[a-z2-7]{10}$/),
    file: 'note.txt',
    collection: null,
    title: null,
    url: null,
    publisher: null,
    published: null,
    language: null,
    text: `${TEXT}\n`,
    sha256: sha256Hex(`${TEXT}\n`),
    blocks: [{ kind: 'paragraph', start: 0, end: TEXT.length }],
    marks: [],
    omitted: [],
  });
});

test('the file extension decides the format, in upper or lower case', async () => {
  folder.write('a.txt', '**They met.**');
  folder.write('b.MD', '**They met.**');
  folder.write('c.markdown', '**They met.**');
  folder.write('d.JSONL', '{"text": "They met."}');
  folder.write('E.TXT', '**They met.**');
  const { articles } = await folder.read();
  expect(articles.map(({ file, text }) => [file, text])).toEqual([
    ['E.TXT', '**They met.**'],
    ['a.txt', '**They met.**'],
    ['b.MD', 'They met.'],
    ['c.markdown', 'They met.'],
    ['d.JSONL#1', 'They met.'],
  ]);
});

test('an article keeps its id when its text changes, and gets a new one when its file is renamed', async () => {
  const { id } = await folder.readOne('note.txt', TEXT);
  expect((await folder.readOne('note.txt', 'They left.')).id).toBe(id);
  expect((await folder.readOne('other.txt', TEXT)).id).not.toBe(id);
});

describe('the collection is the first folder of the path', () => {
  test.each([
    ['a.md', null],
    ['news/a.md', 'news'],
    ['news/2021/a.md', 'news'],
    ['news.md/a.md', 'news.md'],
    ['news/c#.md', 'news'],
  ])('%s: %s', async (file, collection) => {
    folder.write(file, TEXT);
    const { articles } = await folder.read();
    expect(articles.map((article) => article.collection)).toEqual([collection]);
  });

  test('for the articles of a bulk file too', async () => {
    folder.write('news/all.jsonl', JSON.stringify({ id: 'a/b#c', text: TEXT }));
    const { articles } = await folder.read();
    expect(articles).toMatchObject([{ collection: 'news', file: 'news/all.jsonl#a/b#c' }]);
  });

  test('even if its name contains a #', async () => {
    folder.write('c#/a.md', TEXT);
    const { articles } = await folder.read();
    expect(articles.map((article) => article.collection)).toEqual(['c#']);
  });
});

describe('skips, with the reason and advice,', () => {
  test('an empty file', async () => {
    expect(await reasonFor('empty.txt', '')).toMatch(/^there is no text in it: write the article into it/);
    expect(await reasonFor('blank.md', ' \n\n\t\n')).toMatch(/^there is no text in it/);
    expect(await reasonFor('bom.txt', '\ufeff')).toMatch(/^there is no text in it/);
  });

  test('a file with nothing to cite', async () => {
    expect(await reasonFor('page.txt', '\n\nStandard      [Page 1]\n\f\nStandard      [Page 2]\n')).toMatch(
      /^it has no text besides/,
    );
    expect(await reasonFor('heading.md', '# Title')).toMatch(/^it has no text besides/);
  });

  test('a binary file', async () => {
    expect(await reasonFor('picture.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1))).toMatch(
      /^it is not text/,
    );
  });

  test('a file of 50 MB', async () => {
    truncateSync(folder.write('large.txt', TEXT), 50_000_000);
    const { skipped } = await folder.read();
    expect(skipped).toEqual([
      {
        file: 'large.txt',
        reason:
          'it is 50 MB, but an article may be at most 10 MB: split it, or make it a .jsonl file with one article per line',
      },
    ]);
  });

  test.skipIf(process.getuid?.() === 0)(
    'an unreadable file (not tested as root, who can read everything)',
    async () => {
      chmodSync(folder.write('secret.txt', TEXT), 0);
      const { skipped } = await folder.read();
      expect(skipped).toEqual([{ file: 'secret.txt', reason: 'it cannot be read (EACCES): check its permissions' }]);
    },
  );

  test('a file deleted between listing and reading', async () => {
    for (const file of ['gone.txt', 'gone.jsonl']) {
      const readings = [];
      for await (const reading of readArticles({ path: `${folder.path}/${file}`, file, bytes: 10 }))
        readings.push(reading);
      expect(readings).toEqual([
        { kind: 'skipped', file, reason: 'it cannot be read (ENOENT): check its permissions' },
      ]);
    }
  });

  test('a FIFO that took the place of a file after the listing', async () => {
    execFileSync('mkfifo', [`${folder.path}/a.txt`, `${folder.path}/b.jsonl`]);
    for (const file of ['a.txt', 'b.jsonl']) {
      const readings = [];
      for await (const reading of readArticles({ path: `${folder.path}/${file}`, file, bytes: 10 }))
        readings.push(reading);
      expect(readings).toEqual([{ kind: 'skipped', file, reason: 'it is a named pipe (FIFO), not a file: remove it' }]);
    }
  }, 20_000);

  test('thousands of nested block quotes, and reads the other files', async () => {
    folder.write('a.md', `${'>'.repeat(5000)} deep`);
    folder.write('b.md', TEXT);
    expect((await folder.read()).articles).toHaveLength(1);
  });
});

test('malformed front matter does not keep a file from being read: a warning names its line', async () => {
  folder.write('note.md', `---\ntitle: Blinken: a visit\n---\n\n${TEXT}`);
  const { articles, warnings } = await folder.read();
  expect(articles).toMatchObject([{ title: 'Blinken: a visit', text: TEXT }]);
  expect(warnings).toMatchObject([
    { file: 'note.md', reason: expect.stringMatching(/^line 2: the front matter is malf/) },
  ]);
});

describe('unusable metadata is left out with a warning', () => {
  test.each([
    [
      'url: javascript:alert(1)',
      'url',
      /^line 2: url "javascript:alert\(1\)" is not an address that starts with https/,
    ],
    ['url: file:///etc/passwd', 'url', /^line 2: url "file:/],
    ['url: example.com', 'url', /^line 2: url "example.com"/],
    ['published: 05/06/2021', 'published', /^line 2: published "05\/06\/2021" is not a date like 2021-05-19/],
    ['published: 2021', 'published', /^line 2: published "2021"/],
    [`title: ${'long '.repeat(101)}`, 'title', /^line 2: title has 504 characters, more than the limit of 500/],
  ] as const)('%s', async (line, field, reason) => {
    folder.write('note.md', `---\n${line}\n---\n\n${TEXT}`);
    const { articles, warnings, skipped } = await folder.read();
    expect(skipped).toEqual([]);
    expect(articles[0]?.[field]).toBeNull();
    expect(warnings).toEqual([{ file: 'note.md', reason: expect.stringMatching(reason) }]);
  });
});
