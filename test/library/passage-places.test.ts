import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Library } from '../../src/library/library.js';
import { FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { writeArticle } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';

/** The number of the place in a file's only passage, by file. */
function recencies(library: Library): Record<string, number | undefined> {
  return Object.fromEntries(
    library.articles().map(({ id, file }) => {
      const [key = 0] = library.passagesOfArticle(library.articleKey(id) ?? 0, '', 1);
      return [file, library.passagePlace(key)?.recency];
    }),
  );
}

test('recency is the share of the collection’s dated articles that are older, and the mean for undated ones', async () => {
  const folder = temporaryFolder();
  const [seeds, index] = [join(folder, 'seeds'), join(folder, 'index')];
  const write = (file: string, date: string | null): void =>
    writeArticle(
      seeds,
      file,
      `${date === null ? '' : `---\npublished: ${date}\n---\n\n`}The weir at ${file} was mended.\n`,
    );
  write('news/first.md', '2019-03-01');
  write('news/second.md', '2021-07-09');
  write('news/same-day.md', '2021-07-09');
  write('news/last.md', '2023-01-30');
  write('news/undated.md', null);
  write('manual/old.md', '1998-10-10');
  write('loose.md', null);
  await indexFolder(seeds, index, new FakeEmbedder());
  const library = await openLibrary(index);
  onTestFinished(() => library.close());
  expect(recencies(library)).toEqual({
    'news/first.md': 0.125,
    'news/second.md': 0.5,
    'news/same-day.md': 0.5,
    'news/last.md': 0.875,
    'news/undated.md': 0.5,
    'manual/old.md': 0.5,
    'loose.md': 0.5,
  });
  write('news/later.md', '2024-02-02');
  await indexFolder(seeds, index, new FakeEmbedder());
  library.refresh();
  expect(recencies(library)).toMatchObject({ 'news/first.md': 0.1, 'news/last.md': 0.7, 'news/later.md': 0.9 });
});
