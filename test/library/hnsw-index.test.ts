import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { Embedder } from '../../src/embedding/embedder.js';
import { locateModel } from '../../src/embedding/model.js';
import { HnswIndex, loadHnswlib } from '../../src/library/hnsw-index.js';
import { dotProduct } from '../../src/vectors/dot-product.js';
import { requireBuild } from '../build.js';
import { clusteredVectors, normalised, randomNumbers, unitVector } from './random.js';
import { temporaryFolder } from './temporary-folder.js';

const DIMENSIONS = 384;
const COUNT = 5000;
const SEARCHES = 200;

const squad = fileURLToPath(new URL('../../../shared/eval/squad/', import.meta.url));

let vectors: Float32Array[];
let questions: Float32Array[];
let graph: HnswIndex | null;

beforeAll(async () => {
  requireBuild();
  const random = randomNumbers(7);
  vectors = clusteredVectors(COUNT, { clusters: 100, dimensions: DIMENSIONS, random });
  // A question is near the passage that answers it, but a little farther away than that passage's neighbours.
  questions = Array.from({ length: SEARCHES }, () => {
    const near = vectors[Math.floor(random() * COUNT)] ?? new Float32Array(DIMENSIONS);
    const away = unitVector(DIMENSIONS, random);
    return normalised(near.map((value, index) => value + 0.8 * (away[index] ?? 0)));
  });
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return;
  graph = HnswIndex.create(hnswlib, DIMENSIONS, COUNT);
  vectors.forEach((vector, key) => {
    graph?.add(key, vector);
  });
});

test('the graph finds at least 99% of the nearest 50 of 5,000 passages', ({ skip }) => {
  if (graph === null) return skip('hnswlib is not installed');
  expect(recallAt(50, graph, vectors, questions)).toBeGreaterThanOrEqual(0.99);
});

test('the graph returns the exact similarities, best first', ({ skip }) => {
  if (graph === null) return skip('hnswlib is not installed');
  for (const question of questions.slice(0, 20)) {
    const found = graph.search(question, 10);
    expect(found).toHaveLength(10);
    for (const { key, score } of found)
      expect(score).toBeCloseTo(dotProduct(question, vectors[key] ?? new Float32Array(DIMENSIONS)), 4);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  }
});

test('the graph finds at least 99% of the nearest 50 with passages and questions from SQuAD, embedded by the bundled model', async ({
  skip,
}) => {
  if (!existsSync(squad)) skip('the folder with SQuAD is not next to the repository');
  const lines = (file: string): Record<string, string>[] =>
    readFileSync(join(squad, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  const models = fileURLToPath(new URL('../../models', import.meta.url));
  const model = await locateModel({ id: 'Xenova/all-MiniLM-L6-v2', modelsFolder: models, hub: 'http://127.0.0.1:9' });
  const embedder = await Embedder.open({ model, centre: null, rotationSeed: 1, workers: 2 });
  try {
    const texts = lines('passages.jsonl')
      .slice(0, 250)
      .map(({ text = '' }) => text);
    const passages = (await embedder.embedPassages(await embedder.tokenize(texts))).map(({ vector }) => vector);
    const asked: Float32Array[] = [];
    for (const { q = '' } of lines('queries.jsonl').slice(0, 60)) asked.push((await embedder.embedQuestion(q)).vector);
    const hnswlib = await loadHnswlib();
    if (hnswlib === null) return skip('hnswlib is not installed');
    const small = HnswIndex.create(hnswlib, DIMENSIONS, passages.length);
    passages.forEach((vector, key) => {
      small.add(key, vector);
    });
    expect(recallAt(50, small, passages, asked)).toBeGreaterThanOrEqual(0.99);
  } finally {
    await embedder.close();
  }
});

test('deleted passages are not found, and the others still are', async ({ skip }) => {
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return skip('hnswlib is not installed');
  const some = vectors.slice(0, 500);
  const index = HnswIndex.create(hnswlib, DIMENSIONS, 500);
  some.forEach((vector, key) => {
    index.add(key, vector);
  });
  const deleted = new Set([...some.keys()].filter((key) => key % 3 === 0));
  for (const key of deleted) expect(index.delete(key)).toBe(true);
  expect(index.size).toBe(500 - deleted.size);
  expect(index.needsRebuild).toBe(true);
  for (const question of questions.slice(0, 50)) {
    const exact = nearest(question, some, 10, deleted);
    const found = index.search(question, 10).map(({ key }) => key);
    expect(found.filter((key) => deleted.has(key))).toEqual([]);
    expect(found.filter((key) => exact.includes(key)).length).toBeGreaterThanOrEqual(9);
  }
});

test('deletions survive writing and reading; the size leaves them out once they are repeated', async ({ skip }) => {
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return skip('hnswlib is not installed');
  const index = HnswIndex.create(hnswlib, DIMENSIONS, 50);
  vectors.slice(0, 50).forEach((vector, key) => {
    index.add(key, vector);
  });
  index.delete(7);
  const file = join(temporaryFolder(), 'vectors.hnsw');
  await index.write(file);
  const read = HnswIndex.read(hnswlib, DIMENSIONS, file);
  expect(read.keys()).toHaveLength(50);
  expect(read.delete(7)).toBe(false);
  expect(read.size).toBe(49);
  expect(read.search(vectors[7] ?? new Float32Array(DIMENSIONS), 49).map(({ key }) => key)).not.toContain(7);
});

test('the graph grows beyond its capacity and refuses vectors that are not finite', async ({ skip }) => {
  const hnswlib = await loadHnswlib();
  if (hnswlib === null) return skip('hnswlib is not installed');
  const index = HnswIndex.create(hnswlib, DIMENSIONS, 0);
  vectors.slice(0, 20).forEach((vector, key) => {
    index.add(key, vector);
  });
  expect(index.size).toBe(20);
  expect(() => index.add(20, new Float32Array(DIMENSIONS).fill(Number.NaN))).toThrow('passage 20 is not finite');
});

/** The share of the nearest passages that are found. */
function recallAt(
  limit: number,
  index: HnswIndex,
  all: readonly Float32Array[],
  asked: readonly Float32Array[],
): number {
  let right = 0;
  for (const question of asked) {
    const exact = new Set(nearest(question, all, limit));
    right += index.search(question, limit).filter(({ key }) => exact.has(key)).length;
  }
  return right / (limit * asked.length);
}

/** Exact search. */
function nearest(
  question: Float32Array,
  all: readonly Float32Array[],
  limit: number,
  without: ReadonlySet<number> = new Set(),
): number[] {
  return all
    .map((vector, key) => ({ key, similarity: dotProduct(question, vector) }))
    .filter(({ key }) => !without.has(key))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, limit)
    .map(({ key }) => key);
}
