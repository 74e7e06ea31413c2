import { setTimeout as sleep } from 'node:timers/promises';
import { SnowflakeUtil } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missedMessages } from '../../../src/discord/gateway/catch-up.js';
import { createClient } from '../../../src/discord/gateway/client.js';
import { createLog } from '../../../src/discord/gateway/log.js';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';

const PATIENT = { timeoutMs: 15_000 };
const HOUR_MS = 60 * 60_000;
const FERRY_QUESTION = 'What does the crossing to the island cost?';
const BREAD_QUESTION = 'How long is rye dough buried in hot sand?';

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

/** Resolves once the bot has begun a session anew. */
async function untilIdentified(times: number): Promise<void> {
  const { fake } = running;
  const isBack = () => (fake.connections.identifies === times && fake.connections.isConnected ? true : undefined);
  await fake.waitFor(`IDENTIFY number ${times}`, isBack, PATIENT);
}

/** The channels whose messages were asked for. */
function askedChannels(): string[] {
  return running.fake.requests.flatMap(({ method, path }) => {
    const channelId = /^\/channels\/(\d+)\/messages\?/.exec(path)?.[1];
    return method === 'GET' && channelId !== undefined ? [channelId] : [];
  });
}

/** What the one answer to a message says. */
async function onlyAnswerTo({ id }: APIMessage): Promise<string> {
  const answers = await running.fake.answersTo(id, PATIENT);
  expect(answers).toHaveLength(1);
  return answers.map(textOf).join();
}

/** The ids of the messages that were answered in a channel, in the order of the answers. */
function answeredIn(channelId: string): (string | undefined)[] {
  return running.fake
    .messagesIn(channelId)
    .filter(({ author }) => author.id === running.fake.bot.id)
    .map(({ message_reference: reference }) => reference?.message_id);
}

describe('after a session that was lost', () => {
  test('what was said meanwhile is answered once and in order: in a channel, in a thread and directly', async () => {
    const { fake } = running;
    const [general = '', quiet = ''] = fake.channelIds;
    const { threadId } = fake.startThread({ channelId: general, name: 'Bread' });
    const directlyBefore = fake.sayDirectly({ content: ANSWERED_QUESTION });
    const inThreadBefore = fake.say({ channelId: threadId, content: BREAD_QUESTION, mentionsBot: true });
    const before = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const answeredBefore = [directlyBefore, inThreadBefore, before];
    for (const question of answeredBefore) await onlyAnswerTo(question);
    const heardAt = Date.now();
    fake.gatewayFaults.holdGuilds();
    fake.gatewayFaults.forgetSessions();
    // Nearly as far back as is looked: whoever looks back from what is heard first in the new session misses it.
    const id = String(SnowflakeUtil.generate({ timestamp: heardAt - 4200 }));
    const meanwhile = [
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
    await untilIdentified(2);
    await sleep(Math.max(0, heardAt + 1500 - Date.now()));
    const beforeGuildsCame = fake.sayDirectly({ content: BREAD_QUESTION });
    await onlyAnswerTo(beforeGuildsCame);
    expect(askedChannels()).toEqual([]);
    fake.gatewayFaults.holdGuilds(false);

    const words = ['Harpa', 'three crowns', 'Rye bread', 'Harpa'];
    for (const [index, question] of meanwhile.entries()) expect(await onlyAnswerTo(question)).toContain(words[index]);
    for (const question of [inThread, directly]) expect(await onlyAnswerTo(question)).toContain('three crowns');
    expect(answeredIn(general)).toEqual([before, ...meanwhile].map((question) => question.id));
    for (const question of [...answeredBefore, beforeGuildsCame]) await onlyAnswerTo(question);
    for (const question of toOthers) expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
    expect(askedChannels().toSorted()).toEqual([general, threadId, fake.directChannelId()].toSorted());
    expect(askedChannels()).not.toContain(quiet);
  });

  test('the log says so, and nothing of what was written', () => {
    const { stderr } = running.bot;

    expect(stderr).toContain('a new session began: looking for what was said meanwhile');
    expect(stderr).not.toMatch(/crossing|unhandled|"level":[456]0/i);
  });
});

test('what is older than ten minutes is left, and a channel that cannot be read is passed over', async () => {
  const { fake } = running;
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
    const missed = { since: Date.now() - HOUR_MS, directChannels: new Set<string>() };
    const found: string[] = [];
    for await (const message of missedMessages(client, missed, createLog('silent'))) found.push(message.id);

    expect(found.filter((id) => [...tooOld, ...recent].includes(id))).toEqual(recent);
  } finally {
    await client.destroy();
  }
});
