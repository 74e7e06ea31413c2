import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type IndexedFolder, indexSeeds, type RunningBot, readPassages, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';

const CALLBACK = { method: 'POST', path: /^\/interactions\/.*\/callback$/ };
const THREAD = { method: 'POST', path: /^\/channels\/\d+\/messages\/\d+\/threads$/ };
const REPLY = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const DIRECT_CHANNEL = { method: 'POST', path: /^\/users\/@me\/channels$/ };
const PATIENT = { timeoutMs: 15_000 };
const SETTLING_MS = 200;

let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  running = await runBot(folder);
});

afterEach(() => {
  running.fake.faults.clear();
  expect(running.fake.violations).toEqual([]);
});

afterAll(async () => {
  await running?.end();
  folder?.remove();
});

/** Where answers to messages appear in the whole server, as a moderator chooses it. */
async function answerIn(place: 'thread' | 'private'): Promise<void> {
  const { fake } = running;
  const card = await fake.slash({ name: 'settings' }).response(PATIENT);
  const customId = /"custom_id":"([^"]+:replyPlace)"/.exec(JSON.stringify(card))?.[1] ?? '';
  await fake.selectOption({ messageId: card.id, customId, values: [place] }).response(PATIENT);
}

function mention(): APIMessage {
  return running.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
}

/** What the bot said in a channel, once it said something there and had time to say it again. */
async function saidIn(channelId: string, earlier = 0): Promise<string[]> {
  const { fake } = running;
  const said = () => fake.messagesIn(channelId).filter(({ author }) => author.id === fake.bot.id);
  await fake.waitFor('answer', () => (said().length > earlier ? true : undefined), PATIENT);
  await fake.answersTo('0', { count: 0, settleMs: SETTLING_MS });
  return said().slice(earlier).map(textOf);
}

const FAULTS = [
  ['with 500 after it acted', { status: 500, afterActing: true }],
  ['with 500 before it acted', { status: 500 }],
] as const;

describe.each(FAULTS)('one message is seen although Discord answers %s', (_, fault) => {
  test('to a citation that is given at once', async () => {
    const { fake } = running;
    const [passage] = readPassages(folder);
    const channelId = fake.channelIds[1] ?? '';
    const earlier = fake.messagesIn(channelId).length;
    fake.faults.respond({ ...CALLBACK, ...fault });
    const options = { passage: `passage:${passage?.id}`, for: fake.otherReader.id };
    const cited = await fake.slash({ name: 'cite', options, channelId }).response(PATIENT);

    expect(await saidIn(channelId, earlier)).toEqual([textOf(cited)]);
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
  });

  test('to a direct message', async () => {
    const { fake } = running;
    fake.faults.respond({ ...REPLY, ...fault });
    const question = fake.sayDirectly({ content: ANSWERED_QUESTION });

    expect(await fake.answersTo(question.id, { ...PATIENT, settleMs: SETTLING_MS })).toHaveLength(1);
  });

  test('to a thread and to the answer in it', async () => {
    const { fake } = running;
    await answerIn('thread');
    fake.faults.respond({ ...THREAD, ...fault });
    fake.faults.respond({ ...REPLY, ...fault });
    const question = mention();

    // A thread has the id of the message that it is about.
    expect(await saidIn(question.id)).toEqual([expect.stringContaining('Harpa')]);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
  });

  test('to the opening of direct messages and to the answer in them', async () => {
    const { fake } = running;
    await answerIn('private');
    const earlier = fake.messagesIn(fake.directChannelId()).filter(({ author }) => author.id === fake.bot.id).length;
    fake.faults.respond({ ...DIRECT_CHANNEL, ...fault });
    fake.faults.respond({ ...REPLY, ...fault });
    const question = mention();

    expect(await saidIn(fake.directChannelId(), earlier)).toEqual([expect.stringContaining('Harpa')]);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
  });
});

test.each(['before', 'after'] as const)(
  'one answer is seen although the connection breaks at a new thread %s Discord acts',
  async (when) => {
    const { fake } = running;
    await answerIn('thread');
    fake.faults.destroySocket({ ...THREAD, when });
    const question = mention();

    expect(await saidIn(question.id)).toEqual([expect.stringContaining('Harpa')]);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
  },
);
