import { describe, expect, test, vi } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { descendantsOf, isAlive } from '../bot/child-processes.js';
import { REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles } from '../bot/use-bot.js';
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

const articles = useArticles();

/** Starts the bot in two shards for one test, and ends all of its processes afterwards. */
async function withShards(
  { refusesToken = false, shards = '2', ...options }: ShardOptions,
  act: (started: Started) => Promise<void>,
): Promise<void> {
  const fake = await FakeDiscord.start({ ...options, shards: 2 });
  if (refusesToken) fake.refuseToken();
  // The tests run at the same time, and two bots on one index warn about each other.
  const folder = articles.folder.copy();
  const bot = await startBot({ fake, ...folder, env: { DISCORD_SHARDS: shards } });
  try {
    await act({ fake, bot });
    expect(fake.violations).toEqual([]);
    expect(bot.stderr).not.toContain(fake.token);
  } finally {
    const processes = descendantsOf(bot.pid);
    await bot.stop();
    await fake.stop();
    for (const pid of processes.filter(isAlive)) process.kill(pid, 'SIGKILL');
    folder.remove();
  }
}

/** All processes of the bot, once the first shard has started its embedding process. */
async function processesOfFirstShard({ bot }: Started): Promise<number[]> {
  await bot.ready(PATIENT);
  await vi.waitFor(() => expect(descendantsOf(bot.pid).length).toBeGreaterThanOrEqual(2), POLLING);
  return [bot.pid, ...descendantsOf(bot.pid)];
}

async function expectEndOf(processes: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), POLLING);
}

// Discord lets only one shard log in every five seconds, so the tests share the waiting.
describe.concurrent('a bot in two shards', { timeout: 60_000 }, () => {
  test('answers like one: each shard in its servers, the first in direct messages; only one registers commands', () =>
    withShards({ shards: 'auto' }, async ({ fake, bot }) => {
      await vi.waitFor(() => expect(bot.stderr).toContain('all shards are running'), POLLING);
      await vi.waitFor(() => expect(descendantsOf(bot.pid)).toHaveLength(4), POLLING);
      const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
      const direct = fake.sayDirectly({ content: ANSWERED_QUESTION });
      const command = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });

      expect(textOf(await command.response(PATIENT))).toContain('Harpa');
      expect(await fake.answersTo(direct.id, { ...PATIENT, settleMs: 200 })).toHaveLength(1);
      expect(await fake.answersTo(question.id, PATIENT)).toHaveLength(1);
      // Discord would hide a second answer, because both have the same nonce.
      expect(fake.requests.filter(({ path }) => REPLY.path.test(path))).toHaveLength(2);
      expect(fake.identifiedShards).toEqual([
        [0, 2],
        [1, 2],
      ]);
      const registrations = fake.requests.filter(({ path }) => path.includes('/commands'));
      expect(registrations.map(({ method }) => method)).toEqual(['GET', 'PUT']);
      expect(bot.stderr).not.toContain('another process is running this bot');
      const processes = [bot.pid, ...descendantsOf(bot.pid)];
      process.kill(bot.pid, 'SIGTERM');

      expect(await bot.exit).toEqual({ code: 0, signal: null });
      await expectEndOf(processes);
    }));

  test('says so and exits with code 1, leaving nothing behind, when a shard dies right after starting', () =>
    withShards({}, async (started) => {
      const { bot } = started;
      const processes = await processesOfFirstShard(started);
      process.kill(processes[1] ?? 0, 'SIGKILL');

      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toContain('Shard 0 exited right after starting. See its error message above.');
      expect(bot.stderr).not.toMatch(/^ {4}at /m);
      await expectEndOf(processes);
    }));

  test('shuts down completely when the process that started the shards is killed', () =>
    withShards({}, async (started) => {
      const processes = await processesOfFirstShard(started);
      process.kill(started.bot.pid, 'SIGKILL');

      await expectEndOf(processes);
      expect(started.bot.stderr).not.toMatch(/^ {4}at /m);
    }));

  test('is not even started when Discord refuses the token while the bot asks how many shards it needs', () =>
    withShards({ shards: 'auto', refusesToken: true }, async ({ fake, bot }) => {
      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toMatch(/^Discord rejected the token\. Copy it again from the Developer Portal.*\n$/);
      expect(fake.requests).toHaveLength(1);
    }));

  test('says what is wrong and exits with code 1 when Discord refuses the token', () =>
    withShards({ refuseIdentifyWith: 4004 }, async ({ bot }) => {
      await vi.waitFor(() => expect(descendantsOf(bot.pid)).not.toEqual([]), POLLING);
      const processes = [bot.pid, ...descendantsOf(bot.pid)];

      expect(await bot.exit).toEqual({ code: 1, signal: null });
      expect(bot.stderr).toContain('Discord rejected the token. Copy it again from the Developer Portal');
      expect(bot.stderr).toContain('Shard 0 exited right after starting. See its error message above.');
      expect(bot.stderr).not.toMatch(/^ {4}at /m);
      await expectEndOf(processes);
    }));
});
