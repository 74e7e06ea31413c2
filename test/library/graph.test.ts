import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SearchResult } from 'hnswlib-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hnswlib, loadHnswlib } from '../../src/library/hnsw-index.js';
import { Library, type LibraryOptions } from '../../src/library/library.js';
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
  /** How often a graph was searched, and how many passages were added to one. */
  const calls = { searches: 0, additions: 0 };

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

  async function open(
    options: Partial<LibraryOptions> = {},
    load: () => Promise<Hnswlib | null> = countedHnswlib,
  ): Promise<void> {
    Object.assign(calls, { searches: 0, additions: 0 });
    const onNotice = (notice: string): void => void notices.push(notice);
    library = await Library.open({ folder: index, model: FAKE_MODEL, onNotice, loadHnswlib: load, ...options });
  }

  /** The real hnswlib, with calls counted. */
  function countedHnswlib(): Promise<Hnswlib | null> {
    if (hnswlib === null) return Promise.resolve(null);
    class HierarchicalNSW extends hnswlib.HierarchicalNSW {
      override searchKnn(...query: Parameters<Hnswlib['HierarchicalNSW']['prototype']['searchKnn']>): SearchResult {
        calls.searches += 1;
        return super.searchKnn(...query);
      }

      override addPoint(...point: Parameters<Hnswlib['HierarchicalNSW']['prototype']['addPoint']>): void {
        calls.additions += 1;
        // As slow as with many thousand passages, so that a library that waited for them would be noticed.
        const until = performance.now() + 1;
        while (performance.now() < until);
        super.addPoint(...point);
      }
    }
    return Promise.resolve({ ...hnswlib, HierarchicalNSW });
  }

  /**
   * Expects what comparing all vectors finds: a scope of everything is not searched with the graph. Passages may be as near as each
   * other, so their similarities are compared.
   */
  function expectExact(): void {
    for (const question of QUESTIONS) {
      const found = library.searchVectors(question, 10, null);
      const exact = library.searchVectors(question, 10, { collections: library.collections() });
      expect(new Set(found.map(({ key }) => key)).size).toBe(10);
      for (const [rank, { score }] of exact.entries()) expect(found[rank]?.score).toBeCloseTo(score, 3);
    }
  }

  /** Also expects that every question was searched with the graph. */
  function expectExactWithGraph(): void {
    const { searches } = calls;
    expectExact();
    expect(calls.searches - searches).toBe(QUESTIONS.length);
  }

  /** Waits until a graph has so many passages that were added, and nothing more is added. */
  async function untilAdded(count: number): Promise<void> {
    await expect.poll(() => calls.additions, { timeout: 20_000 }).toBe(count);
  }

  function removeSnapshot(): void {
    for (const file of readdirSync(index)) if (file.endsWith('.hnsw')) rmSync(join(index, file));
  }

  test('finds what comparing all vectors finds, without a notice', async () => {
    await open();
    expectExactWithGraph();
    expect(calls.additions).toBe(0);
    expect(notices).toEqual([]);
  });

  test('is not waited for in a large library: everything is found before it is loaded, and afterwards', async () => {
    await open({ loadedAtOnce: 0 });
    expectExact();
    expect(calls.searches).toBe(0);
    await expect
      .poll(() => library.searchVectors(new Float32Array(FAKE_DIMENSIONS), 1, null).length + calls.searches, {
        timeout: 20_000,
      })
      .toBeGreaterThan(1);
    expectExactWithGraph();
    expect(calls.additions).toBe(0);
    expect(notices).toEqual([]);
  });

  test('is built while questions are answered if its snapshot is missing, in a small library too', async () => {
    removeSnapshot();
    await open();
    expect(calls.additions).toBeLessThan(library.passageCount);
    expect(notices[0]).toMatch(/^The vector snapshot could not be used .* Until then all passages are compared\./);
    while (calls.additions < library.passageCount) {
      expectExactWithGraph();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expectExactWithGraph();
    expect(calls.additions).toBe(library.passageCount);
    await indexFolder(seeds, index, new FakeEmbedder());
  });

  test('that is newer than the library that was read is used, and the change is news to the caller of refresh', async () => {
    await open({}, async () => {
      writeMadeUpArticles(join(seeds, 'newer'), 3);
      await indexFolder(seeds, index, new FakeEmbedder());
      return countedHnswlib();
    });
    expectExactWithGraph();
    expect(calls.additions).toBe(0);
    expect(library.refresh()).toBe(true);
    expect(library.refresh()).toBe(false);
    expect(notices).toEqual([]);
  });

  test('follows what is added and removed, and is built again when too much of it is removed', async () => {
    await open();
    const before = library.passageCount;
    writeMadeUpArticles(join(seeds, 'more'), 5);
    await indexFolder(seeds, index, new FakeEmbedder());
    expect(library.refresh()).toBe(true);
    const added = library.passageCount - before;
    expectExactWithGraph();
    await untilAdded(added);
    expectExactWithGraph();
    for (const file of files.slice(0, 20)) rmSync(join(seeds, file));
    await indexFolder(seeds, index, new FakeEmbedder());
    library.refresh();
    expectExactWithGraph();
    await untilAdded(added + library.passageCount);
    expectExactWithGraph();
    expect(notices).toEqual([]);
  });

  test('is built again without a notice if too much of its snapshot is removed', async () => {
    const database = new Database(join(index, 'library.sqlite'));
    database.exec('DELETE FROM articles WHERE key % 2 = 0');
    database.close();
    await open();
    await untilAdded(library.passageCount);
    expectExactWithGraph();
    expect(notices).toEqual([]);
  });
});
