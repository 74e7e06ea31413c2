import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from './bot-process.js';
import { FakeDiscord, type FakeDiscordOptions } from './fake-discord.js';
import { type IndexedFolder, indexSeeds } from './running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from './seeds.js';
import { textOf } from './shown-message.js';

const PATIENT = { timeoutMs: 20_000 };
const POLLING = { timeout: 20_000, interval: 50 };

let folder: IndexedFolder;
let fake: FakeDiscord;
let bot: BotProcess | undefined;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
});

afterEach(async () => {
  const processes = bot === undefined ? [] : descendants(bot.pid);
  await bot?.stop();
  await fake.stop();
  for (const pid of processes.filter(isAlive)) process.kill(pid, 'SIGKILL');
  expect(bot?.stderr).not.toContain(fake.token);
  expect(fake.violations).toEqual([]);
});

afterAll(() => folder?.remove());

async function start(options: FakeDiscordOptions = {}): Promise<BotProcess> {
  fake = await FakeDiscord.start(options);
  bot = await startBot({ fake, ...folder, env: { DISCORD_SHARDS: '2' } });
  return bot;
}

/** The processes below a process, from /proc: its shards, then their models. */
function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks)
      .flatMap((task) => readFileSync(join(tasks, task, 'children'), 'utf8').split(' '))
      .filter(Boolean)
      .map(Number);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead one that nobody has asked after is none.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** All processes of the bot, once the first shard has its model. */
async function processesOfFirstShard(): Promise<number[]> {
  await bot?.ready(PATIENT);
  const pid = bot?.pid ?? 0;
  await expect.poll(() => descendants(pid).length, POLLING).toBeGreaterThanOrEqual(2);
  return [pid, ...descendants(pid)];
}

test('two shards answer as one bot: each its servers, the first one direct messages, and one registers the commands', async () => {
  const { pid, exit } = await start();
  await fake.waitFor('both shards', () => (fake.connections.identifies === 2 ? true : undefined), PATIENT);
  await expect.poll(() => bot?.stderr, POLLING).toContain('all shards run');
  await expect.poll(() => descendants(pid).length, POLLING).toBe(4);
  const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
  const direct = fake.sayDirectly({ content: ANSWERED_QUESTION });
  const asked = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });

  expect(textOf(await asked.response(PATIENT))).toContain('Harpa');
  expect(await fake.answersTo(direct.id, { ...PATIENT, settleMs: 200 })).toHaveLength(1);
  expect(await fake.answersTo(question.id, PATIENT)).toHaveLength(1);
  // A second answer would be hidden by the nonce.
  expect(fake.requests.filter(({ path }) => /^\/channels\/\d+\/messages$/.test(path))).toHaveLength(2);
  expect(fake.identifiedShards).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(fake.requests.filter(({ path }) => path.includes('/commands')).map(({ method }) => method)).toEqual([
    'GET',
    'PUT',
  ]);
  expect(bot?.stderr).not.toContain('another process runs this bot');
  const processes = [pid, ...descendants(pid)];
  process.kill(pid, 'SIGTERM');

  expect(await exit).toEqual({ code: 0, signal: null });
  await expect.poll(() => processes.filter(isAlive), POLLING).toEqual([]);
});

describe('nothing is left running', () => {
  test('when a shard dies at once: the bot says so and ends with code 1', async () => {
    const { exit } = await start();
    const processes = await processesOfFirstShard();
    process.kill(processes[1] ?? 0, 'SIGKILL');

    expect(await exit).toEqual({ code: 1, signal: null });
    expect(bot?.stderr).toContain('Shard 0 cannot run; what it said stands above.');
    expect(bot?.stderr).not.toMatch(/^ {4}at /m);
    await expect.poll(() => processes.filter(isAlive), POLLING).toEqual([]);
  });

  test('when the process that started the shards is killed', async () => {
    const { pid } = await start();
    const processes = await processesOfFirstShard();
    process.kill(pid, 'SIGKILL');

    await expect.poll(() => processes.filter(isAlive), POLLING).toEqual([]);
    expect(bot?.stderr).not.toMatch(/^ {4}at /m);
  });

  test.each([
    ['the API refuses the token', {}, 'Discord refuses the token. Copy it again from the Developer Portal'],
    ['the gateway refuses the token', { refuseIdentifyWith: 4004 }, 'Discord refuses the token. Copy it again'],
  ])('when %s: the reason is said, and the code is 1', async (_, options, words) => {
    const { pid, exit } = await start(options);
    if (!('refuseIdentifyWith' in options)) fake.refuseToken();
    await expect.poll(() => descendants(pid).length, POLLING).toBeGreaterThan(0);
    const processes = [pid, ...descendants(pid)];

    expect(await exit).toEqual({ code: 1, signal: null });
    expect(bot?.stderr).toContain(words);
    expect(bot?.stderr).toContain('Shard 0 cannot run; what it said stands above.');
    expect(bot?.stderr).not.toMatch(/^ {4}at /m);
    await expect.poll(() => processes.filter(isAlive), POLLING).toEqual([]);
  });
});
