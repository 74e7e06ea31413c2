import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HnswIndex, loadHnswlib } from '../../src/library/hnsw-index.js';
import { FAKE_DIMENSIONS, FakeEmbedder } from './fake-embedder.js';
import { indexFolder, openLibrary } from './fake-library.js';
import { programWith, runFootnote } from './footnote-process.js';
import { writeMadeUpArticles } from './made-up-articles.js';
import { randomNumbers, unitVector } from './random.js';
import { createFolder, temporaryFolder } from './temporary-folder.js';

const hnswlib = await loadHnswlib();
const QUESTIONS = [
  'the harbour master sold two bronze bells',
  'nine barrels of salt',
  'the ferry during the long strike',
];

let folder: string;
let seeds: string;
let untouched: string;
let expected: unknown;
let index: string;

beforeAll(async () => {
  folder = createFolder();
  seeds = join(folder, 'seeds');
  untouched = join(folder, 'index');
  writeMadeUpArticles(seeds, 30);
  await indexFolder(seeds, untouched, new FakeEmbedder());
  expected = (await search(untouched)).found;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  index = join(temporaryFolder(), 'index');
  cpSync(untouched, index, { recursive: true });
});

const damages: Readonly<Record<string, { damage: () => void | Promise<void>; notice: RegExp }>> = {
  'that was truncated': {
    damage: () => truncateSync(snapshotFile(), 10_000),
    notice: /\(vectors-\w+\.hnsw has 10000 bytes instead of \d+\)/,
  },
  'that is empty': { damage: () => truncateSync(snapshotFile(), 0), notice: /has 0 bytes instead of/ },
  'with one bit flipped': {
    damage() {
      const bytes = readFileSync(snapshotFile());
      const at = bytes.length >> 1;
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      writeFileSync(snapshotFile(), bytes);
    },
    notice: /has the wrong checksum/,
  },
  'that was deleted': { damage: () => rmSync(snapshotFile()), notice: /is missing/ },
  'replaced by one with different dimensions': {
    damage: () => writeGraph(snapshotFile(), 128),
    notice: /has \d+ bytes instead of|has the wrong checksum/,
  },
  'replaced by one of different passages with the same dimensions': {
    damage: () => writeGraph(snapshotFile(), FAKE_DIMENSIONS),
    notice: /has \d+ bytes instead of|has the wrong checksum/,
  },
};

for (const [how, { damage, notice }] of Object.entries(damages)) {
  test(`a reader notices a snapshot ${how}, rebuilds it in memory and finds the same`, async ({ skip }) => {
    if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
    await damage();
    const { found, notices } = await search(index);
    expect(found).toEqual(expected);
    expect(notices).toEqual([expect.stringMatching(notice)]);
    expect(notices[0]).toMatch(/^The vector snapshot could not be used .* Run `footnote index` to save it\.$/);

    // The advice works, and after that there is no notice.
    await indexFolder(seeds, index, new FakeEmbedder());
    expect(await search(index)).toEqual({ found: expected, notices: [] });
  });
}

test('an outdated snapshot is brought up to date without a notice', async ({ skip }) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  const database = new Database(join(index, 'library.sqlite'));
  const { changes } = database.prepare('DELETE FROM articles WHERE key % 10 = 0').run();
  database.close();
  expect(changes).toBe(3);
  const { found, notices } = await search(index);
  expect(notices).toEqual([]);
  expect(found.flat()).toHaveLength(60);
  const sizes = await indexFolder(seeds, index, new FakeEmbedder());
  expect(sizes.added).toBe(3);
  expect(await search(index)).toEqual({ found: expected, notices: [] });
});

test('the snapshot is rebuilt and shrinks when more than a quarter of the passages are removed', async ({ skip }) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  const few = join(temporaryFolder(), 'few');
  writeMadeUpArticles(few, 15);
  const before = readFileSync(snapshotFile()).length;
  const report = await indexFolder(few, index, new FakeEmbedder());
  expect(report.removed).toBe(15);
  expect(readFileSync(snapshotFile()).length).toBeLessThan(before * 0.7);
  expect((await search(index)).notices).toEqual([]);
});

test('what is added to the snapshot is reported as the share of all passages that are in it', async ({ skip }) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  const other = join(temporaryFolder(), 'other');
  // Five of thirty are gone, and two are new.
  writeMadeUpArticles(other, 25);
  writeMadeUpArticles(join(other, 'new'), 2);
  const shares: number[] = [];
  await indexFolder(other, index, new FakeEmbedder(), { onGraph: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBeGreaterThan(0.8);
  expect(shares.at(-1)).toBe(1);
});

test('writing a snapshot deletes what a killed process left half written', async ({ skip }) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  rmSync(snapshotFile());
  writeFileSync(join(index, 'vectors.unfinished-4711'), 'half');
  writeFileSync(join(index, 'vectors-000000000000.hnsw'), 'old');
  await indexFolder(seeds, index, new FakeEmbedder());
  expect(readdirSync(index).filter((name) => name.startsWith('vectors'))).toHaveLength(1);
});

test('a snapshot is named after the checksum of its content', ({ skip }) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  const sha256 = createHash('sha256').update(readFileSync(snapshotFile())).digest('hex');
  expect(snapshotFile()).toContain(`vectors-${sha256.slice(0, 12)}.hnsw`);
});

test('footnote reports a missing snapshot, gives the same answers, and saves a new one when it indexes', async ({
  skip,
}) => {
  if (hnswlib === null) skip('hnswlib is not installed, so there are no snapshots');
  const own = temporaryFolder();
  const few = join(own, 'seeds');
  writeMadeUpArticles(few, 6);
  const options = ['--seeds', few, '--index', join(own, 'index')];
  await runFootnote([...options, 'index']);
  const ask = async (): Promise<{ answer: unknown; stderr: string }> => {
    const { stdout, stderr } = await runFootnote([...options, '--json', 'ask', 'Who sold the two bronze bells?']);
    const { tookMs: _tookMs, ...answer } = JSON.parse(stdout) as Record<string, unknown>;
    return { answer, stderr };
  };
  const before = await ask();
  expect(before.stderr).toBe('');
  for (const name of readdirSync(join(own, 'index'))) if (name.endsWith('.hnsw')) rmSync(join(own, 'index', name));
  const without = await ask();
  expect(without.answer).toEqual(before.answer);
  expect(without.stderr).toContain(
    `is missing), so it is built again in memory. Until then all passages are compared. Run \`${programWith(options)} index\` to save it.`,
  );
  expect((await runFootnote([...options, 'index'])).stderr).toContain('is missing), so it was rebuilt.');
  expect(await ask()).toEqual(before);
});

function snapshotFile(): string {
  const name = readdirSync(index).find((file) => /^vectors-\w+\.hnsw$/.test(file));
  if (name === undefined) throw new Error('There is no snapshot');
  return join(index, name);
}

async function writeGraph(file: string, dimensions: number): Promise<void> {
  if (hnswlib === null) return;
  const random = randomNumbers(3);
  const graph = HnswIndex.create(hnswlib, dimensions, 100);
  for (let key = 1; key <= 100; key++) graph.add(key, unitVector(dimensions, random));
  await graph.write(file);
}

/** Finds the ids of the passages nearest to each question, and collects the notices shown on opening. */
async function search(from: string): Promise<{ found: string[][]; notices: string[] }> {
  const notices: string[] = [];
  const library = await openLibrary(from, (notice) => notices.push(notice));
  try {
    const found: string[][] = [];
    for (const question of QUESTIONS) {
      const near = library.searchVectors(await new FakeEmbedder().vectorOf(question), 20, null);
      found.push(library.candidates(near.map(({ key }) => key)).map(({ id }) => id));
    }
    return { found, notices };
  } finally {
    library.close();
  }
}
