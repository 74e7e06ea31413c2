import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Article } from '../../src/corpus/article.js';
import { READING_LIMITS, type ReadSourcesOptions, readSources } from '../../src/reading/read-sources.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { requireBuild } from '../build.js';
import { ArticleFolder } from './article-folder.js';

/** No parser finishes this in minutes: each comment may end anywhere after it, and none does. */
const ENDLESS = 'a <!-- '.repeat(150_000);
/** Enough for the small files of these tests, even while the machine is busy. */
const SHORT = { ...READING_LIMITS, ms: 5000, msPerMegabyte: 0 };

let folder: ArticleFolder;

beforeEach(() => {
  // The thread runs the build.
  requireBuild();
  folder = new ArticleFolder();
});

afterEach(() => folder.remove());

interface Reading {
  readonly articles: readonly Article[];
  /** "file: reason" of what was skipped and of each warning. */
  readonly problems: readonly string[];
}

async function readAll(options?: ReadSourcesOptions): Promise<Reading> {
  const articles: Article[] = [];
  const problems: string[] = [];
  for await (const { results } of readSources(await listSourceFiles([folder.path]), options)) {
    for (const result of results) {
      if (result.kind === 'article') articles.push(result.article);
      else problems.push(`${result.file}: ${result.reason}`);
    }
  }
  return { articles, problems };
}

test('gives the articles of all formats, in order, with what collection files state', async () => {
  folder.write('_collection.yaml', 'url: https://example.org/\nfoo: bar');
  folder.write('a.md', '# Title\n\nSee [the other](b.html).');
  folder.write('b.html', '<title>B</title><article><p>They met in Reykjavik on Wednesday.</p></article>');
  folder.write(
    'c.jsonl',
    Array.from({ length: 500 }, (_, id) => JSON.stringify({ id, text: `Text ${id}.` })).join('\n'),
  );
  folder.write('d.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello there.\n');
  folder.write('e.txt', 'Plain text.');
  const { articles, problems } = await readAll();
  expect(articles).toHaveLength(504);
  expect(articles[0]).toMatchObject({
    url: 'https://example.org/a',
    marks: [expect.objectContaining({ value: 'https://example.org/b' })],
  });
  expect(problems).toEqual([expect.stringMatching(/^_collection\.yaml: line 2: foo is not a field/)]);
  const { articles: inThisThread } = await folder.read();
  expect(articles.map(({ text, blocks }) => ({ text, blocks }))).toEqual(
    inThisThread.map(({ text, blocks }) => ({ text, blocks })),
  );
});

test('a file that takes too long is skipped and named, and another thread reads the rest as before', async () => {
  folder.write('_collection.yaml', 'publisher: Ferry Office');
  folder.write('a.txt', 'First.');
  folder.write('b.md', ENDLESS);
  folder.write('c.txt', 'Last.');
  const { articles, problems } = await readAll({ limits: SHORT });
  expect(articles.map(({ file, publisher }) => [file, publisher])).toEqual([
    ['a.txt', 'Ferry Office'],
    ['c.txt', 'Ferry Office'],
  ]);
  expect(problems).toEqual(['b.md: it takes more than 5 s to read: simplify it, split it or save its text as .txt']);
});

test('a file that needs too much memory is skipped and named, and the rest is read', async () => {
  folder.write('a.md', '*some* words and `code`\n\n'.repeat(60_000));
  folder.write('b.txt', 'Last.');
  const { articles, problems } = await readAll({ limits: { ...READING_LIMITS, memoryMegabytes: 48 } });
  expect(articles.map(({ file }) => file)).toEqual(['b.txt']);
  expect(problems).toEqual(['a.md: it needs more than 48 MB of memory to read: split it']);
});

test('of a bulk file, the lines before one that needs too much memory are read', async () => {
  const deep = `{"text": "Deep.", "data": ${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}`;
  folder.write('a.jsonl', ['{"id": "first", "text": "First."}', deep, '{"text": "Never read."}'].join('\n'));
  folder.write('b.txt', 'Last.');
  const { articles, problems } = await readAll({ limits: { ...READING_LIMITS, memoryMegabytes: 48 } });
  expect(articles.map(({ file }) => file)).toEqual(['a.jsonl#first', 'b.txt']);
  expect(problems).toEqual([
    'a.jsonl: the line after a.jsonl#first needs more than 48 MB of memory to read: split it. The lines from there on were not read',
  ]);
});

test('stops at once while a file is being read', async () => {
  folder.write('a.md', ENDLESS);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 1500);
  // Not skipped: it was not read to the end.
  expect(await readAll({ signal: stop.signal })).toEqual({ articles: [], problems: [] });
}, 20_000);

test('reads nothing once it was stopped', async () => {
  folder.write('a.txt', 'First.');
  expect(await readAll({ signal: AbortSignal.abort() })).toEqual({ articles: [], problems: [] });
});
