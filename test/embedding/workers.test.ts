import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Embedder } from '../../src/embedding/embedder.js';
import type { PassageEmbedding, TokenIds } from '../../src/embedding/protocol.js';
import { childrenOf, isAlive, until } from '../library/footnote-process.js';
import { temporaryFolder } from '../library/temporary-folder.js';
import { bundledModel, MODELS_FOLDER, openBundled } from './bundled-model.js';
import { LONG_TEXT, VARIED_TEXTS } from './texts.js';

beforeEach(() => {
  const before = childrenOf(process.pid);
  // Registered first, so it runs last: once a test has closed its embedders, no worker process may remain.
  onTestFinished(async () => {
    const remaining = (): number[] => childrenOf(process.pid).filter((pid) => !before.includes(pid) && isAlive(pid));
    await until(() => remaining().length === 0, 5000, 'all processes of the embedder have ended');
  });
});

test('a worker killed in the middle of a batch is replaced, and the results are the same', async () => {
  const lost: string[] = [];
  const embedder = await openBundled({ workers: 2, onWorkerLost: (reason) => lost.push(reason) });
  onTestFinished(() => embedder.close());
  const tokens = await embedder.tokenize(Array.from({ length: 3 }, () => VARIED_TEXTS).flat());
  const undisturbed = await embedder.embedPassages(tokens);

  const batch = embedder.embedPassages(tokens);
  const [victim = 0] = embedder.workerPids;
  await new Promise((resolve) => setTimeout(resolve, 40));
  process.kill(victim, 'SIGKILL');
  expectSame(await batch, undisturbed);
  expect(lost).toEqual(['A model process ended (SIGKILL)']);
  await until(() => embedder.workerPids.length === 2, 10_000, 'a new worker has started');
  expect(embedder.workerPids).not.toContain(victim);
  expectSame(await embedder.embedPassages(tokens.slice(0, 20)), undisturbed.slice(0, 20));
});

test('when the only worker is killed, a question waits for the new one and is embedded', async () => {
  const embedder = await openBundled();
  onTestFinished(() => embedder.close());
  const expected = await embedder.embedQuestion('Who met in Reykjavik?');
  for (const pid of embedder.workerPids) process.kill(pid, 'SIGKILL');
  expect((await embedder.embedQuestion('Who met in Reykjavik?')).vector).toEqual(expected.vector);
});

test('a worker that hangs is replaced, and its question is embedded by the new one', async () => {
  const lost: string[] = [];
  const embedder = await openBundled({ onWorkerLost: (reason) => lost.push(reason), questionTimeoutMs: 1500 });
  onTestFinished(() => embedder.close());
  const expected = await embedder.embedQuestion('Who met in Reykjavik?');
  const [hung = 0] = embedder.workerPids;
  process.kill(hung, 'SIGSTOP');
  const waiting = await Promise.all([
    embedder.embedQuestion('Who met in Reykjavik?'),
    embedder.embedQuestion('Where did they meet?'),
  ]);
  expect(waiting[0].vector).toEqual(expected.vector);
  expect(lost).toEqual(['A model process did not answer within 2 s']);
  expect(isAlive(hung)).toBe(false);
});

test('a question that no worker answers in time fails after two attempts', async () => {
  const embedder = await openFailing('silent', { questionTimeoutMs: 50 });
  await expect(embedder.embedQuestion('Who?')).rejects.toMatchObject({
    reason: 'unavailable',
    message: expect.stringContaining('Embedding failed after 2 attempts: A model process did not answer'),
  });
});

test('a worker that is killed while it starts is started again', async () => {
  const embedder = await openFailing('first-start');
  expect(await embedder.tokenize(['a'])).toHaveLength(1);
});

test('questions are embedded first come, first served', async () => {
  const embedder = await openBundled();
  onTestFinished(() => embedder.close());
  const done: number[] = [];
  await Promise.all(
    [0, 1, 2, 3].map((number) => embedder.embedQuestion(`Question ${number}?`).then(() => done.push(number))),
  );
  expect(done).toEqual([0, 1, 2, 3]);
});

test('a task that kills every worker fails after two attempts, with the reason', async () => {
  const lost: string[] = [];
  const embedder = await openFailing('task', { onWorkerLost: (reason) => lost.push(reason) });
  await expect(embedder.tokenize(['a'])).rejects.toThrow(
    'Embedding failed after 2 attempts: A model process ended (code 9)',
  );
  expect(lost).toHaveLength(2);
});

test('a task that kills every worker does not make other tasks fail', async () => {
  const embedder = await openFailing('poison', { workers: 2 });
  const tasks = ['a', 'b', 'poison', 'c', 'd'].map((text) => embedder.tokenize([text]));
  const results = await Promise.allSettled(tasks);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(await embedder.tokenize(['e'])).toHaveLength(1);
});

test('when no more workers can be started, waiting tasks fail', async () => {
  const embedder = await openFailing('start-after-first');
  const waiting = [embedder.tokenize(['a']), embedder.tokenize(['b'])];
  const results = await Promise.allSettled(waiting);
  for (const result of results) {
    expect(result.status).toBe('rejected');
    expect((result as PromiseRejectedResult).reason).toMatchObject({
      reason: 'unavailable',
      message: expect.stringMatching(/^The embedding model cannot be started: /),
    });
  }
});

// A bot that briefly ran out of memory must answer the next question or say that it cannot.
test('once no worker could be started, a later task succeeds or fails but does not wait forever', async () => {
  const embedder = await openFailing('start-after-first');
  await expect(embedder.tokenize(['a'])).rejects.toThrow();
  const outcome = await Promise.race([
    embedder.tokenize(['b']).then(
      () => 'done',
      () => 'failed',
    ),
    new Promise((resolve) => setTimeout(() => resolve('still waiting'), 1500)),
  ]);
  expect(outcome).not.toBe('still waiting');
});

test('when a worker cannot start, the error names the model', async () => {
  await expect(openFailing('second-start', { workers: 1, isMarked: true })).rejects.toThrow(
    /^The model Xenova\/all-MiniLM-L6-v2 in .* cannot be used: its process ended \(code 7\)\. Set FOOTNOTE_MODEL to /,
  );
});

// Nothing refers to it any longer, and it would not exit on its own while it is connected.
test('when one of two workers cannot start, the other is stopped', async () => {
  const others = childrenOf(process.pid);
  await expect(openFailing('second-start', { workers: 2 })).rejects.toThrow('cannot be used');
  const remaining = (): number[] => childrenOf(process.pid).filter((pid) => !others.includes(pid) && isAlive(pid));
  onTestFinished(() => {
    for (const pid of remaining()) process.kill(pid, 'SIGKILL');
  });
  await until(() => remaining().length === 0, 1000, 'no process is left');
});

test('close() leaves no process behind, whether idle, busy or replacing a worker', async () => {
  const idle = await openBundled({ workers: 2 });
  const busy = await openBundled({ workers: 1 });
  const replacing = await openBundled({ workers: 1 });
  const pids = [idle, busy, replacing].flatMap(({ workerPids }) => workerPids);
  expect(pids).toHaveLength(4);
  const [tokens = new Uint32Array()] = await busy.tokenize([LONG_TEXT]);
  const batch = busy.embedPassages(Array.from({ length: 16 }, () => tokens));
  batch.catch(() => {});
  for (const pid of replacing.workerPids) process.kill(pid, 'SIGKILL');
  await until(() => replacing.workerPids.length === 0, 5000, 'the exit was noticed');

  await Promise.all([idle.close(), busy.close(), replacing.close()]);
  expect(pids.filter(isAlive)).toEqual([]);
  await expect(batch).rejects.toThrow('The embedder was closed');
  await expect(idle.tokenize(['a'])).rejects.toThrow('The embedder is closed');
});

test('close() can be called twice', async () => {
  const embedder = await openFailing('poison');
  await embedder.close();
  await embedder.close();
});

test('a worker that is busy when the embedder is closed exits without printing anything', () => {
  const script = fileURLToPath(new URL('./close-in-the-middle.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, MODELS_FOLDER], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(status).toBe(0);
  expect(stdout).toBe('The embedder was closed\n');
  expect(stderr).toBe('');
});

test('embeddings come back in the order of their passages, whichever worker made them', async () => {
  const embedder = await openBundled({ workers: 2 });
  onTestFinished(() => embedder.close());
  // The long ones go first, so the short ones finish before them.
  const tokens = await embedder.tokenize([...Array.from({ length: 3 }, () => LONG_TEXT), ...VARIED_TEXTS]);
  const together = await embedder.embedPassages(tokens);
  expect(together.map(({ codes }) => codes.length)).toEqual(tokens.map(({ length }: TokenIds) => length * 48));
  const [last] = await embedder.embedPassages(tokens.slice(-1));
  expect(together.at(-1)?.vector).toEqual(last?.vector);
});

test('a question is embedded before the passages that are waiting', async () => {
  const embedder = await openBundled();
  onTestFinished(() => embedder.close());
  const [tokens = new Uint32Array()] = await embedder.tokenize([LONG_TEXT]);
  const done: string[] = [];
  const passages = embedder.embedPassages(Array.from({ length: 20 }, () => tokens)).then(() => done.push('passages'));
  const question = embedder.embedQuestion('Who met in Reykjavik?').then(() => done.push('question'));
  await Promise.all([passages, question]);
  expect(done).toEqual(['question', 'passages']);
});

async function openFailing(
  fails: string,
  options: {
    workers?: number;
    isMarked?: boolean;
    onWorkerLost?: (reason: string) => void;
    questionTimeoutMs?: number;
  } = {},
): Promise<Embedder> {
  const mark = join(temporaryFolder(), 'started');
  // Workers inherit the environment of this process.
  process.env.WORKER_FAILS = fails;
  if (fails !== 'task' && fails !== 'poison') process.env.WORKER_MARK = options.isMarked ? '/dev/null' : mark;
  onTestFinished(() => {
    delete process.env.WORKER_FAILS;
    delete process.env.WORKER_MARK;
  });
  const embedder = await Embedder.open({
    model: await bundledModel(),
    centre: null,
    rotationSeed: 1,
    workers: options.workers ?? 1,
    workerFile: new URL('./failing-worker.mjs', import.meta.url),
    ...(options.onWorkerLost && { onWorkerLost: options.onWorkerLost }),
    ...(options.questionTimeoutMs && { questionTimeoutMs: options.questionTimeoutMs }),
  });
  onTestFinished(() => embedder.close());
  return embedder;
}

function expectSame(actual: readonly PassageEmbedding[], expected: readonly PassageEmbedding[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach(({ vector, codes }, index) => {
    expect(vector).toEqual(expected[index]?.vector);
    expect(codes).toEqual(expected[index]?.codes);
  });
}
