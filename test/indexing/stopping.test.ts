/** Indexing ends within seconds of Ctrl-C or SIGTERM, whatever it is doing, and keeps what was committed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeIndex } from '../../src/indexing/write-index.js';
import { LibraryWriter } from '../../src/library/library-writer.js';
import type { EmbeddedArticle } from '../../src/library/stored-articles.js';
import { listSourceFiles } from '../../src/reading/source-files.js';
import { sha256Hex } from '../../src/storage/sha256.js';
import { requireBuild } from '../build.js';
import { FAKE_DIMENSIONS, FAKE_MANIFEST, FAKE_MODEL, FakeEmbedder } from '../library/fake-embedder.js';
import { childrenOf, startFootnote, until } from '../library/footnote-process.js';
import { contentsOf } from '../library/library-contents.js';
import { temporaryFolder } from '../library/temporary-folder.js';

/** A run that does not end is killed, and then has no exit code. Reading the endless file alone would take longer. */
const timeoutMs = 30_000;
const ENDLESS = 'a <!-- '.repeat(150_000);

let seeds: string;
let index: string;

beforeEach(() => {
  // Files are read in a thread, which runs the build.
  requireBuild();
  const folder = temporaryFolder();
  seeds = join(folder, 'seeds');
  index = join(folder, 'index');
  mkdirSync(seeds);
});

test('while a file is read', async () => {
  writeFileSync(join(seeds, 'a.md'), ENDLESS);
  const run = startFootnote(['--seeds', seeds, '--index', index, 'index'], { timeoutMs });
  await until(() => existsSync(join(index, 'writer.json')), 20_000, 'the index is being written');
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.kill(run.pid, 'SIGTERM');
  expect(await run.ended).toMatchObject({
    code: 1,
    signal: null,
    stderr: expect.stringMatching(
      /^0 articles, 0 passages indexed .*Stopped early: run it again to continue\.\nInterrupted\.\n$/,
    ),
  });
});

test.skipIf(process.platform !== 'linux')('quietly while the model loads', async () => {
  writeFileSync(join(seeds, 'a.md'), 'They met in Reykjavik on Wednesday.');
  const run = startFootnote(['--seeds', seeds, '--index', index, 'index'], { timeoutMs });
  await until(() => childrenOf(run.pid).length > 0, 20_000, 'the model is loading');
  // As a terminal does: every process of the group gets the signal.
  for (const pid of [run.pid, ...childrenOf(run.pid)]) process.kill(pid, 'SIGINT');
  const { code, stderr } = await run.ended;
  expect(stderr).toMatch(
    /^0 articles, 0 passages indexed .*Stopped early: run it again to continue\.\nInterrupted\.\n$/,
  );
  expect(code).toBe(1);
});

test('a FIFO as the path is refused without opening it', async () => {
  const pipe = join(seeds, 'pipe.md');
  execFileSync('mkfifo', [pipe]);
  const { code, stderr } = await startFootnote(['--index', index, 'index', pipe], { timeoutMs }).ended;
  expect([code, stderr]).toEqual([1, expect.stringContaining('is a named pipe (FIFO), not a file or a folder.')]);
});

test(
  'while passages are embedded: what is not finished soon is given up',
  async () => {
    writeFileSync(join(seeds, 'a.md'), 'They met in Reykjavik.');
    writeFileSync(join(seeds, 'b.md'), 'They left on Thursday.');
    const stop = new AbortController();
    const embedder = new FakeEmbedder();
    const embed = embedder.embedPassages.bind(embedder);
    embedder.embedPassages = (passages) => {
      if (embedder.embedded === 0) return embed(passages);
      stop.abort();
      return new Promise(() => {});
    };
    const report = await writeIndex({
      indexFolder: index,
      paths: [seeds],
      listing: await listSourceFiles([seeds]),
      model: FAKE_MODEL,
      openEmbedder: () => Promise.resolve({ embedder, manifest: FAKE_MANIFEST }),
      signal: stop.signal,
    });
    expect(report).toMatchObject({ interrupted: true, added: 1 });
    expect(contentsOf(index).articles).toHaveLength(1);
  },
  timeoutMs,
);

test('while an article is stored: the earlier version stays', async () => {
  const writer = LibraryWriter.open(index, { rebuild: false, now: new Date() });
  try {
    writer.begin(FAKE_MANIFEST);
    await writer.putArticle(await madeUpArticle(3));
    const stop = new AbortController();
    const storing = writer.putArticle(await madeUpArticle(3000), stop.signal);
    setImmediate(() => stop.abort('stopped'));
    await expect(storing).rejects.toBe('stopped');
    expect(writer.counts()).toEqual({ articles: 1, passages: 3 });
    // The writer can be used as before.
    await writer.putArticle(await madeUpArticle(4));
    expect(writer.counts()).toEqual({ articles: 1, passages: 4 });
  } finally {
    writer.close();
  }
});

test.each<[string, (writer: LibraryWriter, signal: AbortSignal) => Promise<unknown>]>([
  ['an article is removed', (writer, signal) => writer.removeArticle('aaaaaaaaaa', signal)],
  ['damage is looked for', (writer, signal) => writer.removeDamaged(signal)],
])('while %s: everything stays as it was', async (_what, work) => {
  const writer = LibraryWriter.open(index, { rebuild: false, now: new Date() });
  try {
    writer.begin(FAKE_MANIFEST);
    await writer.putArticle(await madeUpArticle(3000));
    const stop = new AbortController();
    const working = work(writer, stop.signal);
    setImmediate(() => stop.abort('stopped'));
    await expect(working).rejects.toBe('stopped');
    expect(writer.counts()).toEqual({ articles: 1, passages: 3000 });
    // The writer can be used as before.
    await work(writer, new AbortController().signal);
    await writer.putArticle(await madeUpArticle(3));
    expect(writer.counts()).toEqual({ articles: 1, passages: 3 });
  } finally {
    writer.close();
  }
});

test('before it begins: nothing is read or removed', async () => {
  writeFileSync(join(seeds, 'a.md'), 'They met in Reykjavik.');
  const listing = await listSourceFiles([seeds]);
  const report = await writeIndex({
    indexFolder: index,
    paths: [seeds],
    listing,
    model: FAKE_MODEL,
    openEmbedder: () => Promise.reject(new Error('not needed')),
    signal: AbortSignal.abort(),
  });
  expect(report).toMatchObject({ interrupted: true, added: 0, removed: 0 });
});

test('while the graph is built: no snapshot is written, and the next run writes it', async () => {
  const writer = LibraryWriter.open(index, { rebuild: false, now: new Date() });
  try {
    writer.begin(FAKE_MANIFEST);
    await writer.putArticle(await madeUpArticle(2000));
    const stop = new AbortController();
    const saving = writer.saveSnapshot(FAKE_DIMENSIONS, () => stop.abort('stopped'), stop.signal);
    await expect(saving).rejects.toBe('stopped');
    expect(snapshots()).toEqual([]);
    expect(await writer.saveSnapshot(FAKE_DIMENSIONS)).toBeNull();
    expect(snapshots()).toHaveLength(1);
  } finally {
    writer.close();
  }
});

function snapshots(): string[] {
  return readdirSync(index).filter((name) => name.startsWith('vectors'));
}

/** An article with one passage for each of its sentences. */
async function madeUpArticle(count: number): Promise<EmbeddedArticle> {
  const sentences = Array.from({ length: count }, (_, number) => `This is sentence ${number} of it.`);
  const text = sentences.join('\n\n');
  const embedder = new FakeEmbedder();
  const tokens = await embedder.tokenize(sentences);
  const embeddings = await embedder.embedPassages(tokens);
  let start = 0;
  const spans = sentences.map((sentence) => {
    const span = { start, end: start + sentence.length };
    start = span.end + 2;
    return span;
  });
  const article = {
    id: 'aaaaaaaaaa',
    file: 'a.md',
    collection: null,
    title: null,
    url: null,
    publisher: null,
    published: null,
    language: null,
    text,
    sha256: sha256Hex(text),
    blocks: spans.map((span) => ({ kind: 'paragraph' as const, ...span })),
    marks: [],
    omitted: [],
  };
  return {
    article,
    fingerprint: String(count),
    titleCodes: new Uint8Array(),
    passages: spans.map((span, ordinal) => ({
      ...span,
      ...(embeddings[ordinal] ?? { vector: new Float32Array(FAKE_DIMENSIONS), codes: new Uint8Array() }),
      id: `passage-${ordinal}`,
      articleId: article.id,
      ordinal,
      sentences: [{ ...span, isLabel: false, tokens: tokens[ordinal]?.length ?? 0 }],
      context: [],
      tokenIds: tokens[ordinal] ?? new Uint32Array(),
      sectionCodes: new Uint8Array(),
      contextCodes: new Uint8Array(),
    })),
  };
}
