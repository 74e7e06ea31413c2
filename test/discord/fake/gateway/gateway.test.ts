import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, echo, FORGETFUL, fake, restart, useFakeDiscord } from '../test-bot.js';

useFakeDiscord();

describe('the gateway', () => {
  test('after a dropped socket the bot resumes and answers what it missed', async () => {
    await connect({ onMessage: echo });
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('drop', () => (fake.connections.isConnected ? undefined : true));
    const question = fake.say({ content: 'in the gap', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(fake.connections).toMatchObject({ identifies: 1, resumes: 1 });
    expect(fake.violations).toEqual([]);
  });

  test('a resumed session can replay a message that the bot has already got', async () => {
    await connect({ onMessage: echo, options: FORGETFUL });
    const question = fake.say({ content: 'twice', mentionsBot: true });
    await fake.answersTo(question.id);
    fake.redeliverOnResume(question.id);
    fake.gatewayFaults.dropSockets();

    expect(await fake.answersTo(question.id, { count: 2 })).toHaveLength(2);
  });

  test('after an invalid session the bot identifies again', async () => {
    await connect({ onMessage: echo });
    fake.gatewayFaults.invalidateSessions(false);
    await fake.waitFor('second identify', () =>
      fake.connections.identifies === 2 && fake.connections.isConnected ? true : undefined,
    );
    const question = fake.say({ content: 'still there?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  }, 15_000);

  test('a message that no session delivers can be fetched afterwards', async () => {
    const heard: string[] = [];
    const bot = await connect({ onMessage: async ({ id }) => void heard.push(id) });
    const [channelId = ''] = fake.channelIds;
    const before = fake.say({ content: 'before', mentionsBot: true });
    await expect.poll(() => heard).toEqual([before.id]);
    fake.gatewayFaults.forgetSessions();
    const missed = fake.say({ content: 'in the gap', mentionsBot: true });
    const other = fake.say({ content: 'not for the bot' });
    await fake.waitFor('second identify', () => (fake.connections.identifies === 2 ? true : undefined));
    await expect.poll(() => bot.channels.cache.get(channelId)).toHaveProperty('lastMessageId', other.id);
    const channel = bot.channels.cache.get(channelId);
    const found = channel?.isTextBased() ? await channel.messages.fetch({ after: before.id, limit: 10 }) : undefined;

    expect(found?.map(({ id, content }) => [id, content])).toEqual([
      [other.id, ''],
      [missed.id, missed.content],
    ]);
    expect(fake.connections).toMatchObject({ identifies: 2, resumes: 1 });
    expect(heard).toEqual([before.id]);
    expect(fake.violations).toEqual([]);
  }, 15_000);

  test('two shards identify, and one of them has the guild', async () => {
    await restart({ shards: 2, maxConcurrency: 2 });
    const bot = await connect({ onMessage: echo, options: { shards: 'auto' } });
    await expect
      .poll(() => fake.identifiedShards.toSorted(([one], [other]) => one - other))
      .toEqual([
        [0, 2],
        [1, 2],
      ]);
    await expect.poll(() => bot.isReady()).toBe(true);
    const question = fake.say({ content: 'where?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(await fake.answersTo(fake.sayDirectly({ content: 'and here?' }).id)).toHaveLength(1);
    expect(bot.guilds.cache.get(fake.guildId)?.shardId).toBe(Number((BigInt(fake.guildId) >> 22n) % 2n));
    expect(fake.violations).toEqual([]);
  });

  test('unanswered heartbeats make the bot resume', async () => {
    await restart({ heartbeatIntervalMs: 100 });
    await connect({ onMessage: echo });
    fake.gatewayFaults.muteHeartbeatAcks();
    await fake.waitFor('resume', () => (fake.connections.resumes > 0 ? true : undefined));
    fake.gatewayFaults.muteHeartbeatAcks(false);
    const question = fake.say({ content: 'still there?', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('opcode 7 makes the bot resume', async () => {
    await connect({ onMessage: echo });
    fake.gatewayFaults.requestReconnect();
    await fake.waitFor('resume', () =>
      fake.connections.resumes === 1 && fake.connections.isConnected ? true : undefined,
    );
    expect(fake.connections.identifies).toBe(1);
  });

  test('a refused upgrade is tried again', async () => {
    fake.gatewayFaults.refuseUpgrades(1);
    await connect({ onMessage: echo });
    const question = fake.say({ content: 'hello', mentionsBot: true });

    expect(await fake.answersTo(question.id)).toHaveLength(1);
  });

  test('a resume that is never answered leaves the bot deaf', async () => {
    await connect({ onMessage: echo });
    fake.gatewayFaults.muteResume();
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('resume', () => (fake.connections.resumes === 1 ? true : undefined));
    const question = fake.say({ content: 'hello?', mentionsBot: true });

    expect(await fake.answersTo(question.id, { count: 0, settleMs: 100 })).toEqual([]);
  });

  test.each([
    ['an unknown opcode', '{"op":99}', 4001],
    ['text that is not JSON', 'hello', 4002],
    ['a payload that is too large', JSON.stringify({ op: 1, d: 'x'.repeat(4_096) }), 4002],
    ['a presence before IDENTIFY', '{"op":3,"d":{}}', 4003],
    ['unknown intents', '{"op":2,"d":{"token":"TOKEN","intents":2147483648}}', 4013],
    ['a shard that does not exist', '{"op":2,"d":{"token":"TOKEN","intents":1,"shard":[1,1]}}', 4010],
  ])('%s closes the connection with the right code', async (_, payload, code) => {
    const socket = new WebSocket(`${fake.api.replace('http', 'ws').replace('/api', '')}/?v=10&encoding=json`);
    socket.once('open', () => socket.send(payload.replace('TOKEN', fake.token)));
    const [received] = await once(socket, 'close');

    expect(received).toBe(code);
    expect(fake.violations).toHaveLength(1);
  });

  test('after 4004 the bot does not come back', async () => {
    const bot = await connect({});
    const codes: number[] = [];
    bot.on(Events.ShardDisconnect, ({ code }) => void codes.push(code));
    fake.gatewayFaults.closeWith(4004);

    await expect.poll(() => codes).toEqual([4004]);
    await sleep(100);
    expect(fake.connections).toMatchObject({ identifies: 1, resumes: 0, isConnected: false });
  });

  test('a wrong token and a privileged intent that is switched off fail the login', async () => {
    const greedy = connect({ options: { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] } });
    await expect(greedy).rejects.toThrow(/disallowed intents/i);
    expect(fake.violations).toEqual([expect.stringContaining('privileged intents 32768 are not granted')]);

    fake.refuseToken();
    await expect(connect({})).rejects.toThrow(/invalid token/i);
  });
});
