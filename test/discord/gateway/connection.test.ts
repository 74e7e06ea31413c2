import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';

const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };

let folder: IndexedFolder;
let running: RunningBot | undefined;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
});

afterEach(async () => {
  await running?.end();
  running = undefined;
});

afterAll(() => folder?.remove());

async function start(): Promise<RunningBot> {
  running = await runBot(folder);
  return running;
}

describe('a connection that comes back', () => {
  let fake: RunningBot['fake'];
  let shared: RunningBot;

  // One after another, as in the life of a bot.
  beforeAll(async () => {
    shared = await runBot(folder);
    fake = shared.fake;
  });

  afterAll(() => shared?.end());

  function untilResumed(before: number): Promise<true> {
    return fake.waitFor('resume', () => (fake.connections.resumes === before + 1 ? true : undefined));
  }

  test('answers a message that Discord delivers twice once', async () => {
    const { resumes } = fake.connections;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliverOnResume(question.id);
    fake.gatewayFaults.dropSockets();
    await untilResumed(resumes);
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { settleMs: 500 })).toHaveLength(1);
  });

  test('answers a message that Discord delivers twice while it is being answered once', async () => {
    const replies = () => fake.requests.filter(({ path }) => REPLY.path.test(path)).length;
    const before = replies();
    fake.faults.delay({ ...REPLY, delayMs: 400 });
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { settleMs: 500 })).toHaveLength(1);
    expect(replies()).toBe(before + 1);
  });

  test('answers what was said while it was away, message and command', async () => {
    const { identifies, resumes } = fake.connections;
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('drop', () => (fake.connections.isConnected ? undefined : true));
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const asked = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(textOf(await asked.response())).toContain('**Answered**');
    expect(fake.connections).toMatchObject({ identifies, resumes: resumes + 1 });
  });

  test('answers on after Discord asked it to reconnect, and after a session that became invalid', async () => {
    const { identifies, resumes } = fake.connections;
    fake.gatewayFaults.requestReconnect();
    await untilResumed(resumes);
    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
    fake.gatewayFaults.invalidateSessions(false);
    const isBack = () =>
      fake.connections.identifies === identifies + 1 && fake.connections.isConnected ? true : undefined;
    await fake.waitFor('second identify', isBack, { timeoutMs: 15_000 });

    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
  });
});

describe('a connection that Discord closes for good ends the process with code 1 and the remedy:', () => {
  test.each([
    [4004, 'Discord refuses the token. Copy it again from the Developer Portal'],
    [4014, 'Discord refuses the intents. With DISCORD_MESSAGE_CONTENT=on the Message Content intent has to be'],
    [4010, 'Discord closed the connection for good (code 4010). Start the bot again.'],
  ])('code %i', async (code, words) => {
    const { fake, bot } = await start();
    fake.gatewayFaults.closeWith(code);

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain(words);
    expect(bot.stderr).not.toMatch(/^ {4}at /m);
  });

  test('a token that was reset while the bot ran', async () => {
    const { fake, bot } = await start();
    fake.refuseToken();
    fake.gatewayFaults.dropSockets();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord refuses the token.');
  });
});

describe('a bot that is told to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s gives the answer that is under way and ends with code 0',
    async (signal) => {
      const { fake, bot } = await start();
      fake.faults.delay({ ...REPLY, delayMs: 1_000 });
      const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
      const asked = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
      await fake.waitFor('reply', () => fake.requests.find(({ path }) => REPLY.path.test(path)));
      await asked.acknowledged();
      process.kill(bot.pid, signal);

      expect(await bot.exit).toEqual({ code: 0, signal: null });
      expect(await fake.answersTo(question.id)).toHaveLength(1);
      expect(textOf(await asked.response())).toContain('**Answered**');
    },
  );

  test('ends within six seconds although an answer hangs', async () => {
    const { fake, bot } = await start();
    fake.faults.hang({ ...REPLY, times: 5 });
    fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    await fake.waitFor('reply', () => fake.requests.find(({ path }) => REPLY.path.test(path)));
    try {
      process.kill(bot.pid, 'SIGTERM');
      expect(await Promise.race([bot.exit, sleep(6_000)])).toEqual({ code: 0, signal: null });
    } finally {
      await bot.stop();
    }
  });

  test('ends at once when there is nothing to do, and leaves no process behind', async () => {
    const { bot } = await start();
    const toldAt = performance.now();

    expect(await bot.stop()).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(1_500);
    await sleep(50);
    expect(() => process.kill(bot.pid, 0)).toThrow();
  });
});
