import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useBot, useBotForEach } from '../bot/use-bot.js';
import { untilIdentified } from './sessions.js';

describe('a bot whose connection comes back', () => {
  const bot = useBot();

  function untilResumed(before: number): Promise<true> {
    const { fake } = bot;
    return fake.waitFor('resume', () => (fake.connections.resumes === before + 1 ? true : undefined));
  }

  test('answers a message once even if Discord delivers it twice', async () => {
    const { fake } = bot;
    const { resumes } = fake.connections;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliverOnResume(question.id);
    fake.gatewayFaults.dropSockets();
    await untilResumed(resumes);
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { settleMs: 500 })).toHaveLength(1);
  });

  test('answers a message once even if Discord delivers it again while the answer is being prepared', async () => {
    const { fake } = bot;
    const replies = () => fake.requests.filter(({ path }) => REPLY.path.test(path)).length;
    const before = replies();
    fake.faults.delay({ ...REPLY, delayMs: 400 });
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.redeliver(question.id);

    expect(await fake.answersTo(question.id, { settleMs: 500 })).toHaveLength(1);
    expect(replies()).toBe(before + 1);
  });

  test('answers the messages and commands that it missed', async () => {
    const { fake } = bot;
    const { identifies, resumes } = fake.connections;
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('drop', () => (fake.connections.isConnected ? undefined : true));
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const command = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(textOf(await command.response())).toContain('**Answered**');
    expect(fake.connections).toMatchObject({ identifies, resumes: resumes + 1 });
  });

  test('keeps answering after Discord asks it to reconnect, and after its session becomes invalid', async () => {
    const { fake } = bot;
    const { identifies, resumes } = fake.connections;
    fake.gatewayFaults.requestReconnect();
    await untilResumed(resumes);
    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
    fake.gatewayFaults.invalidateSessions(false);
    await untilIdentified(fake, identifies + 1, { timeoutMs: 15_000 });

    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
  });
});

describe('a connection that Discord closes for good', () => {
  const bot = useBotForEach();

  test.each([
    [4004, 'Discord rejected the token. Copy it again from the Developer Portal'],
    [4014, 'Discord rejected the intents. DISCORD_MESSAGE_CONTENT=on requires the Message Content intent. Turn it on'],
    [4010, 'Discord closed the connection and will not resume it (code 4010). Restart the bot.'],
  ])('ends the process with exit code 1 and a message that says what to do: code %i', async (code, words) => {
    const { fake } = bot;
    fake.gatewayFaults.closeWith(code);

    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toContain(words);
    expect(bot.process.stderr).not.toMatch(/^ {4}at /m);
  });

  test('ends the process with exit code 1 and a message that says what to do after the token was reset', async () => {
    const { fake } = bot;
    fake.refuseToken();
    fake.gatewayFaults.dropSockets();

    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.process.stderr).toContain('Discord rejected the token.');
  });
});

describe('a bot that is told to stop', () => {
  const bot = useBotForEach();

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes the answers it is working on and exits with code 0',
    async (signal) => {
      const { fake } = bot;
      fake.faults.delay({ ...REPLY, delayMs: 1_000 });
      const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
      const command = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } });
      await fake.waitFor('reply', () => fake.requests.find(({ path }) => REPLY.path.test(path)));
      await command.acknowledged();
      process.kill(bot.process.pid, signal);

      expect(await bot.process.exit).toEqual({ code: 0, signal: null });
      expect(await fake.answersTo(question.id)).toHaveLength(1);
      expect(textOf(await command.response())).toContain('**Answered**');
    },
  );

  test('exits within six seconds, even if an answer hangs', async () => {
    const { fake } = bot;
    fake.faults.hang({ ...REPLY, times: 5 });
    fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    await fake.waitFor('reply', () => fake.requests.find(({ path }) => REPLY.path.test(path)));
    try {
      process.kill(bot.process.pid, 'SIGTERM');
      expect(await Promise.race([bot.process.exit, sleep(6_000)])).toEqual({ code: 0, signal: null });
    } finally {
      await bot.process.stop();
    }
  });

  test('exits immediately when there is nothing to do, and leaves no process behind', async () => {
    const stoppedAt = performance.now();

    expect(await bot.process.stop()).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(1_500);
    await sleep(50);
    expect(() => process.kill(bot.process.pid, 0)).toThrow();
  });
});
