import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Collections, NO_DEFAULTS } from '../../src/reading/collections.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { temporaryFolder } from '../library/temporary-folder.js';

/** Writes files into a new folder and reads its collection files. */
async function collectionsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Collections> {
  const folder = temporaryFolder();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return Collections.read((await listSourceFiles([folder])).collectionFiles);
}

describe('the address of a file', () => {
  const addresses = async (rule: string, ...files: readonly string[]): Promise<(string | null)[]> => {
    const collections = await collectionsOf({ 'docs/_collection.yaml': `url: https://ferry.example/d\n${rule}` });
    return files.map((file) => collections.defaultsFor(file).url);
  };

  test('is the base with the path below the folder, without its ending', async () => {
    expect(await addresses('', 'docs/boats.md', 'docs/guide/winter boats.md')).toEqual([
      'https://ferry.example/d/boats',
      'https://ferry.example/d/guide/winter%20boats',
    ]);
  });

  test('is that of the folder for an index page', async () => {
    expect(await addresses('', 'docs/index.html', 'docs/guide/README.md', 'docs/guide/readme.md')).toEqual([
      'https://ferry.example/d/',
      'https://ferry.example/d/guide/',
      'https://ferry.example/d/guide/',
    ]);
    expect(await addresses('index: home', 'docs/home.md', 'docs/index.md')).toEqual([
      'https://ferry.example/d/',
      'https://ferry.example/d/index',
    ]);
  });

  test('keeps or replaces the ending, or ends with a slash, if the file says so', async () => {
    expect(await addresses('extension: keep', 'docs/boats.v2.md')).toEqual(['https://ferry.example/d/boats.v2.md']);
    expect(await addresses('extension: .html', 'docs/boats.md')).toEqual(['https://ferry.example/d/boats.html']);
    expect(await addresses('trailingSlash: true', 'docs/boats.md', 'docs/index.md')).toEqual([
      'https://ferry.example/d/boats/',
      'https://ferry.example/d/',
    ]);
  });

  test('is null outside the folder', async () => {
    expect(await addresses('', 'news/boats.md', 'docs.md')).toEqual([null, null]);
  });
});

describe('collection files', () => {
  test('hold for the folders below, and the nearest one that states a field counts', async () => {
    const collections = await collectionsOf({
      '_collection.yaml': 'publisher: Town\nlanguage: en\n',
      'docs/_collection.yml': 'title: The ferry handbook\npublished: 2024-01-05\n',
      'docs/old/_collection.yaml': 'publisher: Old Ferry Office\n',
    });
    expect(collections.problems).toEqual([]);
    expect(collections.defaultsFor('docs/old/boats.md')).toEqual({
      url: null,
      publisher: 'Old Ferry Office',
      published: '2024-01-05',
      language: 'en',
    });
    expect(collections.defaultsFor('boats.md')).toMatchObject({ publisher: 'Town', published: null });
  });

  test('name the publisher by the title of the collection if there is no publisher', async () => {
    const collections = await collectionsOf({ '_collection.yaml': 'title: The ferry handbook\n' });
    expect(collections.defaultsFor('boats.md').publisher).toBe('The ferry handbook');
  });

  test('that cannot be read are problems, and their articles have no defaults', async () => {
    const collections = await collectionsOf({ 'docs/_collection.yaml': new Uint8Array([0, 1, 2, 3]) });
    expect(collections.problems).toEqual([
      { file: 'docs/_collection.yaml', reason: expect.stringMatching(/^it is not text/) },
    ]);
    expect(collections.defaultsFor('docs/boats.md')).toEqual(NO_DEFAULTS);
  });

  test('are not taken for articles, and no warning says that they cannot be read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '_collection.yaml'), 'title: T\n');
    const { files, skipped, collectionFiles } = await listSourceFiles([folder]);
    expect([files, skipped]).toEqual([[], []]);
    expect(collectionFiles.map(({ file }) => file)).toEqual(['_collection.yaml']);
  });
});
