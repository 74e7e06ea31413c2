import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadHnswlib } from '../../src/library/hnsw-index.js';
import { Library } from '../../src/library/library.js';
import { FAKE_DIMENSIONS, FAKE_MODEL, FakeEmbedder } from './fake-embedder.js';
import { indexFolder } from './fake-library.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { randomNumbers, unitVector } from './random.js';
import { createFolder } from './temporary-folder.js';

const hnswlib = await loadHnswlib();
const random = randomNumbers(5);
const QUESTIONS = Array.from({ length: 10 }, () => unitVector(FAKE_DIMENSIONS, random));

describe.skipIf(hnswlib === null)('the graph of a library', () => {
  let folder: string;
  let seeds: string;
  let index: string;
  let files: string[];
  let library: Library;
  const notices: string[] = [];

  beforeAll(async () => {
    folder = createFolder();
    seeds = join(folder, 'seeds');
    index = join(folder, 'index');
    files = writeMadeUpArticles(seeds, 40);
    await indexFolder(seeds, index, new FakeEmbedder());
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(() => {
    notices.length = 0;
    return () => library.close();
  });

  async function open(loadedAtOnce?: number): Promise<void> {
    const onNotice = (notice: string): void => void notices.push(notice);
    library = await Library.open({
      folder: index,
      model: FAKE_MODEL,
      onNotice,
      ...(loadedAtOnce !== undefined && { loadedAtOnce }),
    });
  }

  /** What comparing all vectors finds: a scope of everything is not searched with the graph. */
  function exact(vector: Float32Array): number[] {
    return library.searchVectors(vector, 10, { collections: library.collections() }).map(({ key }) => key);
  }

  function expectExact(): void {
    for (const question of QUESTIONS)
      expect(library.searchVectors(question, 10, null).map(({ key }) => key)).toEqual(exact(question));
  }

  test('finds what comparing all vectors finds, without a notice', async () => {
    await open();
    expectExact();
    expect(notices).toEqual([]);
  });

  test('is not waited for in a large library: everything is found before it is loaded, and afterwards', async () => {
    await open(0);
    expectExact();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expectExact();
    expect(notices).toEqual([]);
  });

  test('is built while questions are answered if its snapshot is missing', async () => {
    for (const file of readdirSync(index)) if (file.endsWith('.hnsw')) rmSync(join(index, file));
    await open(0);
    for (let round = 0; round < 20; round++) {
      expectExact();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(notices[0]).toMatch(/^The vector snapshot could not be used .* Until then all passages are compared\./);
    await indexFolder(seeds, index, new FakeEmbedder());
  });

  test('follows what is added and removed, and is built again when too much of it is removed', async () => {
    await open();
    writeMadeUpArticles(join(seeds, 'more'), 5);
    await indexFolder(seeds, index, new FakeEmbedder());
    expect(library.refresh()).toBe(true);
    expectExact();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expectExact();
    for (const file of files.slice(0, 20)) rmSync(join(seeds, file));
    await indexFolder(seeds, index, new FakeEmbedder());
    library.refresh();
    expectExact();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expectExact();
  });
});
