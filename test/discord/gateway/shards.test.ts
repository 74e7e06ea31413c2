import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { type IndexedFolder, indexSeeds } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';

const PATIENT = { timeoutMs: 45_000 };
const POLLING = { timeout: 45_000, interval: 50 };

interface Started {
  readonly fake: FakeDiscord;
  readonly bot: BotProcess;
}

interface ShardOptions extends Omit<FakeDiscordOptions, 'shards'> {
  readonly shards?: '2' | 'auto';
  readonly refusesToken?: boolean;
}

let folder: IndexedFolder;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
});

afterAll(() => folder?.remove());

/** Starts the bot in two shards for a test, and leaves nothing of it behind. */
async function withShards(
  { refusesToken = false, shards = '2', ...options }: ShardOptions,
  act: (started: Started) => Promise<void>,
): Promise<void> {
  const fake = await FakeDiscord.start({ ...options, shards: 2 });
  if (refusesToken) fake.refuseToken();
  const bot = await startBot({ fake, ...folder, env: { DISCORD_SHARDS: shards } });
  try {
    await act({ fake, bot });
    expect(fake.violations).toEqual([]);
    expect(bot.stderr).not.toContain(fake.token);
  } finally {
    const processes = descendants(bot.pid);
    await bot.stop();
    await fake.stop();
    for (const pid of processes.filter(isAlive)) process.kill(pid, 'SIGKILL');
  }
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
async function processesOfFirstShard({ bot }: Started): Promise<number[]> {
  await bot.ready(PATIENT);
  await vi.waitFor(() => expect(descendants(bot.pid).length).toBeGreaterThanOrEqual(2), POLLING);
  return [bot.pid, ...descendants(bot.pid)];
}

async function expectEndOf(processes: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), POLLING);
}

// Shards are started five seconds after one another: meanwhile there is time for the others.
describe.concurrent('a bot in two shards', { timeout: 60_000 }, () => {
  test('answers as one: each its servers, the first one direct messages; and one registers the commands', () =>
    withShards({ shards: 'auto' }, async ({ fake, bot }) => {
      await vi.waitFor(() => expect(bot.stderr).toContain('all shards run'), POLLING);
      await vi.waitFor(() => expect(descendants(bot.pid)).toHaveLength(4), POLLING);
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
      const aboutCommands = fake.requests.filter(({ path }) => path.includes('/commands'));
      expect(aboutCommands.map(({ method }) => method)).toEqual(['GET', 'PUT']);
      expect(bot.stderr).not.toContain('another process runs this bot');
      const processes = [bot.pid, ...descendants(bot.pid)];
      process.kill(bot.pid, 'SIGTERM');

      expect(await bot.exit).toEqual({ code: 0, signal: null });
      await expectEndOf(processes);
    }));

  test('says so and ends with code 1, leaving nothing behind, when a shard dies at once', () =>
    withShards({}, async (started) => {
      const { bot } = started;
      const processes = await processesOfFirstShard(started);
      process.kill(processes[1] ?? 0, 'SIGKILL');

      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toContain('Shard 0 cannot run; what it said stands above.');
      expect(bot.stderr).not.toMatch(/^ {4}at /m);
      await expectEndOf(processes);
    }));

  test('ends as a whole when the process that started the shards is killed', () =>
    withShards({}, async (started) => {
      const processes = await processesOfFirstShard(started);
      process.kill(started.bot.pid, 'SIGKILL');

      await expectEndOf(processes);
      expect(started.bot.stderr).not.toMatch(/^ {4}at /m);
    }));

  test('is not even started when Discord refuses the token to whoever asks how many shards there should be', () =>
    withShards({ shards: 'auto', refusesToken: true }, async ({ fake, bot }) => {
      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toMatch(/^Discord refuses the token\. Copy it again from the Developer Portal.*\n$/);
      expect(fake.requests).toHaveLength(1);
    }));

  test('says what is wrong and ends with code 1 when Discord refuses the token', () =>
    withShards({ refuseIdentifyWith: 4004 }, async ({ bot }) => {
      await vi.waitFor(() => expect(descendants(bot.pid)).not.toEqual([]), POLLING);
      const processes = [bot.pid, ...descendants(bot.pid)];

      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toContain('Discord refuses the token. Copy it again from the Developer Portal');
      expect(bot.stderr).toContain('Shard 0 cannot run; what it said stands above.');
      expect(bot.stderr).not.toMatch(/^ {4}at /m);
      await expectEndOf(processes);
    }));
});
