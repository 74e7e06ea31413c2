import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LibraryCatalog } from '../../src/library/library-catalog.js';
import { NothingIndexedError } from '../../src/library/nothing-indexed-error.js';
import { FAKE_MODEL, FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { writeArticle, writeMadeUpArticles } from './made-up-articles.js';
import { temporaryFolder } from './temporary-folder.js';

test('a catalogue lists what the library lists, and looks up the same', async () => {
  const { index, catalog } = await ownCatalog();
  const library = await openLibrary(index);
  onTestFinished(() => library.close());
  expect(catalog.articles()).toEqual(library.articles());
  expect([catalog.articleCount, catalog.passageCount]).toEqual([library.articleCount, library.passageCount]);
  const [first] = catalog.articles();
  expect(catalog.articleById(first?.id ?? '')).toEqual(library.articleById(first?.id ?? ''));
  expect(catalog.manifest).toEqual(library.manifest);
});

test('a catalogue stays open when its library is removed, and says so', async () => {
  const { index, catalog } = await ownCatalog();
  rmSync(join(index, 'library.sqlite'));
  await expect(LibraryCatalog.open({ folder: index, model: FAKE_MODEL })).rejects.toThrow(NothingIndexedError);
  expect(catalog.isReplaced).toBe(true);
  expect(catalog.articles()).toHaveLength(6);
});

test('a catalogue tells which articles were added, removed and indexed again since a state', async () => {
  const { seeds, index, catalog } = await ownCatalog();
  const { added: before } = catalog.changesSince(new Set());
  expect(before).toHaveLength(6);
  const filesOf = (keys: readonly number[]): (string | undefined)[] =>
    keys.map((key) => catalog.articleByKey(key)?.file);
  const keyOf = (file: string): number | undefined => before.find((key) => catalog.articleByKey(key)?.file === file);
  const [first = '', second = ''] = filesOf(before);
  const gone = [keyOf(first), keyOf(second)];
  expect(catalog.changesSince(new Set(before))).toEqual({ added: [], removed: [] });
  expect(catalog.refresh()).toBe(false);

  writeArticle(seeds, first, 'Something else is in this file from now on.');
  rmSync(join(seeds, second));
  writeArticle(seeds, 'new.md', 'The ferry was late again because of the fog on the river.');
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(catalog.refresh()).toBe(true);
  const { added, removed } = catalog.changesSince(new Set(before));
  expect(new Set(filesOf(added))).toEqual(new Set([first, 'new.md']));
  expect(removed).toEqual(gone.toSorted((a = 0, b = 0) => a - b));
  expect(filesOf(removed)).toEqual([undefined, undefined]);
  expect(added.flatMap((key) => catalog.openingsOf(key, 14).map(({ opening }) => opening)).toSorted()).toEqual([
    'Something else',
    'The ferry was ',
  ]);
  expect(catalog.openingsOf(gone[0] ?? 0, 14)).toEqual([]);
});

async function ownCatalog(): Promise<{ seeds: string; index: string; catalog: LibraryCatalog }> {
  const root = temporaryFolder();
  const [seeds, index] = [join(root, 'seeds'), join(root, 'index')];
  writeMadeUpArticles(seeds, 6);
  await indexFolder(seeds, index, new FakeEmbedder());
  const catalog = await LibraryCatalog.open({ folder: index, model: FAKE_MODEL });
  onTestFinished(() => catalog.close());
  return { seeds, index, catalog };
}
