import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { UpdateReport } from '../../src/indexing/update-library.js';
import { FakeEmbedder } from '../library/fake-embedder.js';
import { indexFolder, openLibrary } from '../library/fake-library.js';
import { contentsOf, termScoresOf } from '../library/library-contents.js';
import { writeArticle, writeMadeUpArticles } from '../library/made-up-articles.js';
import { temporaryFolder } from '../library/temporary-folder.js';

/** Each is said three times, which makes it long enough to be a passage of its own. */
const PARAGRAPHS = [
  'The ferry to the northern island leaves every morning at half past seven from the old pier, and in summer there is a second one in the afternoon for visitors.',
  'Nobody knows who built the lighthouse, although the museum keeps a drawing of it from 1743 that was found between the pages of a psalm book in the rectory.',
  'Copper was mined in the hills behind the town until the price fell, and the shafts are now home to some four thousand bats, which are counted every winter.',
].map((text) => `${text} ${text} ${text}`);

let seeds: string;
let index: string;
let embedder: FakeEmbedder;

beforeEach(() => {
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
  embedder = new FakeEmbedder();
});

test('a second run embeds nothing and counts every article as unchanged', async () => {
  writeMadeUpArticles(seeds, 9);
  const first = await update();
  expect(counts(first)).toEqual({ articles: 9, added: 9, changed: 0, removed: 0, unchanged: 0 });
  // The titles are embedded too, and the title with the only heading of each article.
  expect(embedder.embedded).toBe(first.passages + 2 * 9);

  embedder.embedded = 0;
  expect(counts(await update())).toEqual({ articles: 9, added: 0, changed: 0, removed: 0, unchanged: 9 });
  expect(embedder.embedded).toBe(0);
});

test('added, changed and removed articles are counted, and the library equals one from a fresh run', async () => {
  const files = writeMadeUpArticles(seeds, 9);
  await update();
  writeArticle(seeds, 'collection-0/new.md', PARAGRAPHS.join('\n\n'));
  writeFileSync(join(seeds, files[0] ?? ''), `${read(files[0])}\n${PARAGRAPHS[0]}\n`);
  rmSync(join(seeds, files[4] ?? ''));
  expect(counts(await update())).toEqual({ articles: 9, added: 1, changed: 1, removed: 1, unchanged: 7 });

  const fresh = join(temporaryFolder(), 'fresh');
  await indexFolder(seeds, fresh, new FakeEmbedder());
  expect(contentsOf(index)).toEqual(contentsOf(fresh));
});

test('only the new passages of a changed article are embedded', async () => {
  writeArticle(seeds, 'island.md', PARAGRAPHS.join('\n\n'));
  expect((await update()).passages).toBe(3);
  const before = contentsOf(index).passages as { id: string }[];

  embedder.embedded = 0;
  const [ferry, lighthouse, copper] = PARAGRAPHS;
  writeArticle(seeds, 'island.md', [ferry, lighthouse?.replace('1743', '1744'), copper].join('\n\n'));
  expect(counts(await update())).toMatchObject({ changed: 1, unchanged: 0 });
  expect(embedder.embedded).toBe(1);
  const after = contentsOf(index).passages as { id: string }[];
  const kept = after.filter(({ id }) => before.some((passage) => passage.id === id));
  expect(kept).toHaveLength(2);
});

test('a paragraph inserted at the top moves the offsets of the others, but they are not embedded again', async () => {
  writeArticle(seeds, 'island.md', PARAGRAPHS.slice(1).join('\n\n'));
  await update();
  embedder.embedded = 0;
  writeArticle(seeds, 'island.md', PARAGRAPHS.join('\n\n'));
  await update();
  expect(embedder.embedded).toBe(1);

  const library = await openLibrary(index);
  const [article] = library.articles();
  const { text = '' } = library.articleById(article?.id ?? '') ?? {};
  const found = library.searchTerms('lighthouse psalm', 1, null).map(({ key }) => key);
  const [passage] = library.candidates(found);
  expect(text.slice(passage?.start, passage?.end)).toBe(PARAGRAPHS[1]);
  library.close();
});

test('an article with a new title counts as changed, and only the title is embedded again', async () => {
  writeArticle(seeds, 'island.md', `---\ntitle: The island\n---\n\n${PARAGRAPHS.join('\n\n')}`);
  await update();
  embedder.embedded = 0;
  writeArticle(seeds, 'island.md', `---\ntitle: The northern island\n---\n\n${PARAGRAPHS.join('\n\n')}`);
  expect(counts(await update())).toMatchObject({ changed: 1 });
  expect(embedder.embedded).toBe(1);
  const library = await openLibrary(index);
  expect(library.articles()[0]?.title).toBe('The northern island');
  library.close();
});

test('a paragraph that occurs twice in an article makes two passages, even after a change', async () => {
  const [ferry, lighthouse] = PARAGRAPHS;
  writeArticle(seeds, 'island.md', [ferry, lighthouse, ferry].join('\n\n'));
  expect((await update()).passages).toBe(3);
  writeArticle(seeds, 'island.md', [ferry, ferry].join('\n\n'));
  expect((await update()).passages).toBe(2);
  writeArticle(seeds, 'island.md', [ferry, lighthouse, ferry].join('\n\n'));
  expect((await update()).passages).toBe(3);
});

test('an article that moves to another folder counts as one removed and one added', async () => {
  writeArticle(seeds, 'here/island.md', PARAGRAPHS.join('\n\n'));
  writeArticle(seeds, 'there/hills.md', PARAGRAPHS.slice(0, 2).join('\n\n'));
  await update();
  renameSync(join(seeds, 'here/island.md'), join(seeds, 'there/island.md'));
  expect(counts(await update())).toEqual({ articles: 2, added: 1, changed: 0, removed: 1, unchanged: 1 });
  const library = await openLibrary(index);
  expect(library.collections()).toEqual(['there']);
  library.close();
});

test('an article that has become unreadable stays in the library, and the report says why it was skipped', async () => {
  writeArticle(seeds, 'island.md', PARAGRAPHS.join('\n\n'));
  writeArticle(seeds, 'hills.md', PARAGRAPHS.slice(2).join('\n\n'));
  await update();
  writeFileSync(join(seeds, 'island.md'), Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(4000)]));
  const report = await update();
  expect(counts(report)).toEqual({ articles: 2, added: 0, changed: 0, removed: 0, unchanged: 1 });
  expect(report.skipped).toMatchObject([{ file: 'island.md' }]);
});

test('an article is removed with its line in a bulk file, and the other lines stay', async () => {
  const lines = PARAGRAPHS.map((text, number) => JSON.stringify({ id: `n${number}`, text }));
  writeArticle(seeds, 'all.jsonl', lines.join('\n'));
  expect(counts(await update())).toMatchObject({ articles: 3, added: 3 });
  writeArticle(seeds, 'all.jsonl', [lines[2], lines[0]].join('\n'));
  expect(counts(await update())).toEqual({ articles: 2, added: 0, changed: 0, removed: 1, unchanged: 2 });
});

test('a line in a bulk file that has become unreadable keeps its article', async () => {
  expect(await countsAfterABrokenLine('all.jsonl')).toMatchObject({ articles: 3, removed: 0, unchanged: 2 });
});

test('a line that has become unreadable keeps its article even if the name of the bulk file is in capitals', async () => {
  expect(await countsAfterABrokenLine('ALL.JSONL')).toMatchObject({ articles: 3, removed: 0, unchanged: 2 });
});

test('after articles are removed and added again, a search finds the same as before', async () => {
  const files = writeMadeUpArticles(seeds, 24);
  await update();
  const before = contentsOf(index);
  const question = 'the harbour master sold two bronze bells';
  const vector = await embedder.vectorOf(question);
  const nearBefore = await nearest(vector);

  const removed = files.filter((_, number) => number % 2 === 0).map((file) => ({ file, text: read(file) }));
  for (const { file } of removed) rmSync(join(seeds, file));
  expect(counts(await update())).toMatchObject({ articles: 12, removed: 12, unchanged: 12 });
  const half = await nearest(vector);
  expect(half).toHaveLength(20);
  expect(half).not.toEqual(nearBefore);

  for (const { file, text } of removed) writeArticle(seeds, file, text);
  expect(counts(await update())).toMatchObject({ articles: 24, added: 12, unchanged: 12 });
  expect(contentsOf(index)).toEqual(before);
  expect(await nearest(vector)).toEqual(nearBefore);
});

test('after articles are removed and added again, BM25 scores are the same as before', async () => {
  const files = writeMadeUpArticles(seeds, 24);
  await update();
  const before = termScoresOf(index);
  const removed = files.slice(0, 12).map((file) => ({ file, text: read(file) }));
  for (const { file } of removed) rmSync(join(seeds, file));
  await update();
  for (const { file, text } of removed) writeArticle(seeds, file, text);
  await update();
  expect(termScoresOf(index)).toEqual(before);
});

test('an article that cannot be embedded stops the run, and what was stored before is kept', async () => {
  writeMadeUpArticles(seeds, 12);
  const failing = new FakeEmbedder();
  const embed = failing.embedPassages.bind(failing);
  failing.embedPassages = (passages) =>
    failing.embedded > 30 ? Promise.reject(new Error('out of memory')) : embed(passages);
  await expect(indexFolder(seeds, index, failing)).rejects.toThrow('out of memory');
  const stored = contentsOf(index).articles.length;
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(12);
  expect(counts(await update())).toMatchObject({ articles: 12, added: 12 - stored, unchanged: stored });
});

async function countsAfterABrokenLine(file: string): Promise<object> {
  const lines = PARAGRAPHS.map((text, number) => JSON.stringify({ id: `n${number}`, text }));
  writeArticle(seeds, file, lines.join('\n'));
  await update();
  writeArticle(seeds, file, [lines[0], lines[1]?.slice(0, 50), lines[2]].join('\n'));
  return counts(await update());
}

function update(): Promise<UpdateReport> {
  return indexFolder(seeds, index, embedder);
}

function counts({ articles, added, changed, removed, unchanged }: UpdateReport): object {
  return { articles, added, changed, removed, unchanged };
}

function read(file: string | undefined): string {
  return readFileSync(join(seeds, file ?? ''), 'utf8');
}

/** The ids of the twenty nearest passages, with their similarity. */
async function nearest(vector: Float32Array): Promise<{ id: string; similarity: number }[]> {
  const library = await openLibrary(index);
  try {
    const found = library.searchVectors(vector, 20, null);
    return library
      .candidates(found.map(({ key }) => key))
      .map(({ id }, index) => ({ id, similarity: Math.round((found[index]?.score ?? 0) * 1e4) / 1e4 }))
      .toSorted((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1));
  } finally {
    library.close();
  }
}
