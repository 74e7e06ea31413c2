import { setTimeout as sleep } from 'node:timers/promises';
import { SnowflakeUtil } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { missedMessages } from '../../../src/discord/gateway/catch-up.js';
import { createClient } from '../../../src/discord/gateway/client.js';
import { createLog } from '../../../src/discord/gateway/log.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import { untilIdentified } from './sessions.js';

const PATIENT = { timeoutMs: 15_000 };
const HOUR_MS = 60 * 60_000;
const FERRY_QUESTION = 'What does the crossing to the island cost?';
const BREAD_QUESTION = 'How long is rye dough buried in hot sand?';

const bot = useBot();

/** The channels whose messages the bot has requested. */
function requestedChannels(): string[] {
  return bot.fake.requests.flatMap(({ method, path }) => {
    const channelId = /^\/channels\/(\d+)\/messages\?/.exec(path)?.[1];
    return method === 'GET' && channelId !== undefined ? [channelId] : [];
  });
}

/** The text of the only answer to a message. */
async function answerTo(question: APIMessage): Promise<string> {
  return textOf(await bot.onlyAnswerTo(question, PATIENT));
}

/** The ids of the messages that the bot answered in a channel, in the order of its answers. */
function answeredIn(channelId: string): (string | undefined)[] {
  return bot.fake
    .messagesIn(channelId)
    .filter(({ author }) => author.id === bot.fake.bot.id)
    .map(({ message_reference: reference }) => reference?.message_id);
}

describe('after a lost session', () => {
  test('missed messages are answered once and in order: in a channel, in a thread and in direct messages', async () => {
    const { fake } = bot;
    const [general = '', quiet = ''] = fake.channelIds;
    const { threadId } = fake.startThread({ channelId: general, name: 'Bread' });
    const directlyBefore = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const inThreadBefore = fake.say({ channelId: threadId, content: BREAD_QUESTION, mentionsBot: true });
    const before = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answeredBefore = [directlyBefore, inThreadBefore, before];
    for (const question of answeredBefore) await answerTo(question);
    const heardAt = Date.now();
    fake.gatewayFaults.holdGuilds();
    fake.gatewayFaults.forgetSessions();
    // Close to the limit of how far back the bot looks, counted from the last event before the gap. Counted from the
    // first event after it, this message would be missed.
    const id = String(SnowflakeUtil.generate({ timestamp: heardAt - 4200 }));
    const missed = [
      fake.say({ id, content: ANSWERED_QUESTION, mentionsBot: true }),
      fake.say({ content: FERRY_QUESTION, mentionsBot: true }),
      fake.say({ content: BREAD_QUESTION, mentionsBot: true, authorId: fake.otherReader.id }),
      fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }),
    ];
    const toOthers = [
      fake.say({ content: `<@${fake.otherReader.id}> ${ANSWERED_QUESTION}` }),
      fake.say({ content: ANSWERED_QUESTION }),
    ];
    const inThread = fake.say({ channelId: threadId, content: FERRY_QUESTION, mentionsBot: true });
    const directly = fake.sayDirectly({ content: FERRY_QUESTION });
    await untilIdentified(fake, 2, PATIENT);
    await sleep(Math.max(0, heardAt + 1500 - Date.now()));
    const beforeGuildsArrived = fake.sayDirectly({ content: BREAD_QUESTION });
    await answerTo(beforeGuildsArrived);
    expect(requestedChannels()).toEqual([]);
    fake.gatewayFaults.holdGuilds(false);

    const words = ['Harpa', 'three crowns', 'Rye bread', 'Harpa'];
    for (const [index, question] of missed.entries()) expect(await answerTo(question)).toContain(words[index]);
    for (const question of [inThread, directly]) expect(await answerTo(question)).toContain('three crowns');
    expect(answeredIn(general)).toEqual([before, ...missed].map((question) => question.id));
    for (const question of [...answeredBefore, beforeGuildsArrived]) await answerTo(question);
    for (const question of toOthers) expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
    expect(requestedChannels().toSorted()).toEqual([general, threadId, fake.directChannelId()].toSorted());
    expect(requestedChannels()).not.toContain(quiet);
  });

  test('the log says so, without the text of any message', () => {
    const { stderr } = bot.process;

    expect(stderr).toContain('new session, fetching missed messages');
    expect(stderr).not.toMatch(/crossing|unhandled|"level":[456]0/i);
  });
});

test('messages older than ten minutes are left alone, and a channel that cannot be read is skipped', async () => {
  const { fake } = bot;
  const [general = '', other = ''] = fake.channelIds;
  const saidAgo = (minutes: number, channelId: string): string => {
    const id = String(SnowflakeUtil.generate({ timestamp: Date.now() - minutes * 60_000 }));
    return fake.say({ id, channelId, content: FERRY_QUESTION }).id;
  };
  const tooOld = [saidAgo(59, other), saidAgo(11, other)];
  const recent = [saidAgo(9, other), saidAgo(1, other)];
  const client = createClient(fake.api, false);
  try {
    await client.login(fake.token);
    await expect.poll(() => client.isReady(), { timeout: 15_000 }).toBe(true);
    fake.faults.respond({
      method: 'GET',
      path: new RegExp(`^/channels/${general}/messages`),
      status: 403,
      body: { code: 50001, message: 'Missing Access' },
    });
    if (!client.isReady()) throw new Error('Not ready');
    const gap = { since: Date.now() - HOUR_MS, directChannels: new Set<string>() };
    const found: string[] = [];
    for await (const message of missedMessages(client, gap, createLog('silent'))) found.push(message.id);

    expect(found.filter((id) => [...tooOld, ...recent].includes(id))).toEqual(recent);
  } finally {
    await client.destroy();
  }
});
