import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Embedder } from '../../src/embedding/embedder.js';
import { compileKernel, KERNELS } from '../../src/vectors/assembly/build.mjs';
import { ByteVectors } from '../../src/vectors/byte-vectors.js';
import { dotProduct } from '../../src/vectors/dot-product.js';
import { decodeVector, encodeVector } from '../../src/vectors/stored-vector.js';
import type { DotProducts } from '../../src/vectors/vector-memory.js';
import { bundledModel } from '../embedding/bundled-model.js';
import { clusteredVectors, normalised, randomNumbers, unitVector } from '../library/random.js';

const DIMENSIONS = 384;
const squad = fileURLToPath(new URL('../../../shared/eval/squad/', import.meta.url));

test.each(KERNELS)('the kernel %s is compiled from its source', async (name) => {
  const file = fileURLToPath(new URL(`../../src/vectors/${name}-kernel.ts`, import.meta.url));
  expect(readFileSync(file, 'utf8')).toBe(await compileKernel(name));
});

test('a vector is nearly the same after it was stored, and exactly the same the second time', () => {
  const random = randomNumbers(3);
  for (let round = 0; round < 50; round++) {
    const vector = unitVector(DIMENSIONS, random);
    const other = unitVector(DIMENSIONS, random);
    const stored = encodeVector(vector);
    expect(stored).toHaveLength(DIMENSIONS + 4);
    expect(dotProduct(decodeVector(stored), other)).toBeCloseTo(dotProduct(vector, other), 2);
    expect(encodeVector(decodeVector(stored))).toEqual(stored);
  }
  expect([...decodeVector(encodeVector(new Float32Array(5)))]).toEqual([0, 0, 0, 0, 0]);
  expect([...decodeVector(encodeVector(Float32Array.of(1, -1, 0, 0)))].map((value) => Math.round(value) + 0)).toEqual([
    1, -1, 0, 0,
  ]);
});

describe.each<DotProducts>(['kernel', 'javascript'])('with %s', (how) => {
  test('the nearest of many vectors are found with their similarities, whatever the number of dimensions', () => {
    for (const dimensions of [1, 10, 16, 40, DIMENSIONS, 1024]) {
      const { vectors, list } = listOf(1100, dimensions, how);
      for (const query of vectors.slice(0, 5)) {
        const found = list.nearest(query, 20, [{ from: 0, to: list.length }]);
        expect(found).toHaveLength(20);
        expect(found[0]?.similarity).toBeCloseTo(1, 2);
        for (const { index, similarity } of found)
          expect(similarity).toBeCloseTo(dotProduct(query, vectors[index] ?? query), 2);
        expect(found).toEqual(found.toSorted((a, b) => b.similarity - a.similarity || a.index - b.index));
      }
    }
  });

  test('at least 99% of the 50 nearest of 1,200 vectors are the same as with floats', () => {
    const { vectors, list } = listOf(1200, DIMENSIONS, how);
    expect(recallAt50(list, vectors, vectors.slice(0, 20).map(away))).toBeGreaterThanOrEqual(0.99);
  });

  test('only the ranges are searched, and as many are returned as there are', () => {
    const { vectors, list } = listOf(3000, 32, how);
    const query = vectors[0] ?? new Float32Array(32);
    const ranges = [
      { from: 5, to: 8 },
      { from: 1020, to: 1030 },
      { from: 2999, to: 3000 },
    ];
    const found = list.nearest(query, 100, ranges).map(({ index }) => index);
    expect(found.toSorted((a, b) => a - b)).toEqual(
      ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
    );
    expect(list.nearest(query, 3, ranges).map(({ index }) => index)).toEqual(found.slice(0, 3));
    expect(list.nearest(query, 3, [])).toEqual([]);
    expect(list.nearest(query, 0, ranges)).toEqual([]);
  });

  test('vectors that are added later are found like those before', () => {
    const { vectors, list } = listOf(10, 48, how);
    const random = randomNumbers(9);
    const more = Array.from({ length: 3000 }, () => unitVector(48, random));
    for (const vector of more) list.push(encodeVector(vector));
    const all = [...vectors, ...more];
    for (const index of [0, 9, 10, 2000, 3009]) {
      const [first] = list.nearest(all[index] ?? new Float32Array(48), 1, [{ from: 0, to: list.length }]);
      expect(first?.index).toBe(index);
      expect(dotProduct(list.at(index), all[index] ?? new Float32Array(48))).toBeCloseTo(1, 2);
    }
  });

  test('the largest values that there can be do not overflow', () => {
    for (const sign of [1, -1]) {
      const list = new ByteVectors(2048, how);
      const flat = new Float32Array(2048).fill(2048 ** -0.5);
      list.push(encodeVector(flat.map((value) => sign * value)));
      expect(list.nearest(flat, 1, [{ from: 0, to: 1 }])[0]?.similarity).toBeCloseTo(sign, 2);
    }
  });

  test('bytes that are no vectors are refused', () => {
    const list = new ByteVectors(8, how);
    expect(() => list.push(new Uint8Array(13))).toThrow(RangeError);
    const stored = encodeVector(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0));
    stored.fill(0xff, 0, 4);
    expect(() => list.push(stored)).toThrow(RangeError);
  });
});

test('the kernel and JavaScript find exactly the same', () => {
  const lists = (['kernel', 'javascript'] as const).map((how) => listOf(1200, DIMENSIONS, how));
  for (const query of lists[0]?.vectors.slice(0, 20).map(away) ?? []) {
    const [kernel, javascript] = lists.map(({ list }) => list.nearest(query, 50, [{ from: 0, to: list.length }]));
    expect(kernel).toEqual(javascript);
  }
});

test('at least 99% of the 50 nearest are the same for passages and questions of SQuAD', async ({ skip }) => {
  if (!existsSync(squad)) skip('the folder with SQuAD is not next to the repository');
  const lines = (file: string): Record<string, string>[] =>
    readFileSync(`${squad}${file}`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  const embedder = await Embedder.open({ model: await bundledModel(), centre: null, rotationSeed: 1, workers: 2 });
  try {
    const texts = lines('passages.jsonl').map(({ text = '' }) => text.slice(0, 400));
    const passages = await embedder.embedPassages(await embedder.tokenize(texts.slice(0, 150)));
    const vectors = passages.map(({ vector }) => vector);
    const asked: Float32Array[] = [];
    for (const { q = '' } of lines('queries.jsonl').slice(0, 40)) asked.push((await embedder.embedQuestion(q)).vector);
    const list = new ByteVectors(DIMENSIONS);
    for (const vector of vectors) list.push(encodeVector(vector));
    expect(recallAt50(list, vectors, asked)).toBeGreaterThanOrEqual(0.99);
  } finally {
    await embedder.close();
  }
});

function listOf(count: number, dimensions: number, how: DotProducts): { vectors: Float32Array[]; list: ByteVectors } {
  const vectors = clusteredVectors(count, { clusters: 50, dimensions, random: randomNumbers(7) });
  const list = new ByteVectors(dimensions, how);
  for (const vector of vectors) list.push(encodeVector(vector));
  return { vectors, list };
}

/** A question is near the passage that answers it, but a little farther away than that passage's neighbours. */
function away(vector: Float32Array, seed: number): Float32Array {
  const direction = unitVector(vector.length, randomNumbers(seed));
  return normalised(vector.map((value, index) => value + 0.8 * (direction[index] ?? 0)));
}

/** The share of the 50 nearest by the exact similarities that are found. */
function recallAt50(list: ByteVectors, vectors: readonly Float32Array[], queries: readonly Float32Array[]): number {
  let right = 0;
  for (const query of queries) {
    const similarities = vectors.map((vector) => dotProduct(query, vector));
    const exact = [...similarities.keys()].toSorted((a, b) => (similarities[b] ?? 0) - (similarities[a] ?? 0));
    const found = new Set(list.nearest(query, 50, [{ from: 0, to: list.length }]).map(({ index }) => index));
    right += exact.slice(0, 50).filter((index) => found.has(index)).length;
  }
  return right / (50 * queries.length);
}
