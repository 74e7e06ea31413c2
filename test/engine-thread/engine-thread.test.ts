import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { QuestionError } from '../../src/answering/question/question.js';
import { app } from '../../src/app.js';
import { type Engine, openEngine } from '../../src/engine.js';
import { EngineThread, type EngineThreadOptions } from '../../src/engine-thread/engine-thread.js';
import { readSettings, type Settings } from '../../src/settings.js';
import { UserError } from '../../src/user-error.js';
import { requireBuild } from '../build.js';
import { childrenOf, until } from '../library/footnote-process.js';
import { createFolder, temporaryFolder } from '../library/temporary-folder.js';

const QUESTION = 'Where did Reagan and Gorbachev meet?';

describe('an engine in a thread', () => {
  let engine: Engine;
  let thread: EngineThread;
  const notices: string[] = [];
  beforeAll(async () => {
    requireBuild();
    const folder = createFolder();
    const settings = settingsFor(folder);
    await app.indexArticles(settings, {});
    const source = sourceOf(settings);
    engine = await openEngine(source);
    const before = childrenOf(process.pid);
    thread = await EngineThread.open({ source, timeoutMs: 20_000, onNotice: (notice) => notices.push(notice) });
    modelPids = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    return async () => {
      await thread.close();
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });
  let modelPids: number[];

  test('answers as an engine in this thread does', async () => {
    const { tookMs: _here, ...expected } = await engine.ask(QUESTION, { limit: 8 });
    const { tookMs: _there, ...answer } = await thread.ask(QUESTION, { limit: 8 });
    expect(answer).toEqual(expected);
    const text = 'The two leaders met in Iceland.';
    expect(await thread.findSources(text)).toEqual(await engine.findSources(text));
    expect(await thread.embed(['one', 'two'])).toEqual(await engine.embed(['one', 'two']));
  });

  test('finds pins in this thread', async () => {
    const asked: unknown[] = [];
    const findPin = (...args: unknown[]): null => {
      asked.push(args);
      return null;
    };
    await thread.ask(QUESTION, { findPin, scope: { articleId: 'none' } });
    expect(asked).toEqual([[expect.arrayContaining(['where did reagan and gorbachev meet']), { articleId: 'none' }]]);
  });

  test('passes errors on with their class', async () => {
    const failure = await thread.ask('hello!').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(QuestionError);
    expect(failure).toMatchObject({ problem: 'greeting', characters: 6, exitCode: 2 });
    await expect(thread.findSources('?')).rejects.toBeInstanceOf(UserError);
  });

  test('counts model processes that were replaced', async () => {
    for (const pid of modelPids) process.kill(pid, 'SIGKILL');
    expect((await thread.ask(QUESTION)).citations.length).toBeGreaterThan(0);
    expect(thread.health).toMatchObject({ replacedModels: 1, replacedThreads: 0, replacedAt: expect.any(Date) });
    expect(notices).toEqual(['A model process ended (SIGKILL); starting another one.']);
  });
});

test('an index that cannot be opened is refused as openEngine refuses it', async () => {
  const source = sourceOf(settingsFor(temporaryFolder()));
  await expect(EngineThread.open({ source, timeoutMs: 1000, onNotice: () => {} })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^Nothing is indexed in /),
  });
});

describe('a thread that fails', () => {
  test('is replaced if it hangs, and answers again', async () => {
    const { thread, notices } = await openFailing({ timeoutMs: 300 });
    await expect(thread.embed(['hang'])).rejects.toMatchObject({ reason: 'too-slow' });
    await until(() => thread.health.replacedThreads === 1, 20_000, 'the thread was replaced');
    expect(await thread.embed(['a'])).toEqual([Float32Array.of(1)]);
    expect(notices).toEqual(['The answering thread ended (it hung); starting another one.']);
  });

  test('stays if it only has no answer yet', async () => {
    const { thread } = await openFailing({ timeoutMs: 100 });
    await expect(thread.embed(['silent'])).rejects.toMatchObject({ reason: 'too-slow' });
    expect(await thread.embed(['a'])).toEqual([Float32Array.of(1)]);
    expect(thread.health.replacedThreads).toBe(0);
  });

  test('is replaced if it ends, and what it was asked is asked again', async () => {
    const { thread } = await openFailing();
    const mark = join(temporaryFolder(), 'ended');
    expect(await Promise.all([thread.embed([`exit once ${mark}`]), thread.embed(['a'])])).toHaveLength(2);
    expect(thread.health.replacedThreads).toBe(1);
  });

  test('does not take other calls with it, if a call ends every thread', async () => {
    const { thread } = await openFailing({ timeoutMs: 20_000 });
    const results = await Promise.allSettled(['a', 'b', 'exit', 'c', 'd', 'e'].map((text) => thread.embed([text])));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(results[2]).toMatchObject({ reason: { reason: 'unavailable' } });
    expect(await thread.embed(['f'])).toHaveLength(1);
  });

  test('is not replaced after close(), which fails what has no answer', async () => {
    const { thread, notices } = await openFailing();
    const waiting = thread.embed(['silent']);
    const closed = thread.close();
    await expect(waiting).rejects.toMatchObject({ reason: 'unavailable' });
    await closed;
    await expect(thread.embed(['a'])).rejects.toThrow('it is closed');
    expect(notices).toEqual([]);
  });
});

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url));

function settingsFor(folder: string): Settings {
  return readSettings({ FOOTNOTE_SEEDS: SEEDS, FOOTNOTE_INDEX: join(folder, 'index') }, folder);
}

/** What can be sent to a thread. */
function sourceOf({ indexFolder, model }: Settings): EngineThreadOptions['source'] {
  return { indexFolder, model };
}

async function openFailing(
  options: Partial<EngineThreadOptions> = {},
): Promise<{ thread: EngineThread; notices: string[] }> {
  const notices: string[] = [];
  const thread = await EngineThread.open({
    source: { indexFolder: '', model: { id: '', modelsFolder: '', hub: '' } },
    timeoutMs: 5000,
    onNotice: (notice) => notices.push(notice),
    program: new URL('./failing-program.mjs', import.meta.url),
    ...options,
  });
  onTestFinished(() => thread.close());
  return { thread, notices };
}
