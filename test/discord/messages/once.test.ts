import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { readPassages } from '../bot/indexed-folder.js';
import { CALLBACK, DIRECT_CHANNEL, REPLY, THREAD } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { setInChannel } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const PATIENT = { timeoutMs: 15_000 };
const SETTLING_MS = 200;

const bot = useBot();

/** Chooses where answers to messages in the first channel appear. */
async function answerIn(replyPlace: 'thread' | 'private'): Promise<void> {
  await setInChannel(bot.fake, bot.fake.channelIds[0] ?? '', 'replyPlace', replyPlace);
}

function mention(): APIMessage {
  return bot.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
}

/**
 * What the bot said in a channel, once it has said something and has had time to say it again.
 *
 * @param earlier How many of its messages were there before.
 */
async function saidIn(channelId: string, earlier = 0): Promise<string[]> {
  const { fake } = bot;
  const said = () => fake.messagesIn(channelId).filter(({ author }) => author.id === fake.bot.id);
  await fake.waitFor('answer', () => (said().length > earlier ? true : undefined), PATIENT);
  await fake.answersTo('0', { count: 0, settleMs: SETTLING_MS });
  return said().slice(earlier).map(textOf);
}

const FAULTS = [
  ['with 500 after acting', { status: 500, afterActing: true }],
  ['with 500 before acting', { status: 500 }],
] as const;

describe.each(FAULTS)('people see exactly one message even if Discord answers %s', (_, fault) => {
  test('when the bot answers /cite, which it does without "thinking…"', async () => {
    const { fake } = bot;
    const [passage] = readPassages(bot.folder);
    const channelId = fake.channelIds[1] ?? '';
    const earlier = fake.messagesIn(channelId).length;
    fake.faults.respond({ ...CALLBACK, ...fault });
    const options = { passage: `passage:${passage?.id}`, for: fake.otherReader.id };
    const cited = await fake.slash({ name: 'cite', options, channelId }).response(PATIENT);

    expect(await saidIn(channelId, earlier)).toEqual([textOf(cited)]);
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
  });

  test('when the bot answers a direct message', async () => {
    const { fake } = bot;
    fake.faults.respond({ ...REPLY, ...fault });
    const question = fake.sayDirectly({ content: ANSWERED_QUESTION });

    expect(await fake.answersTo(question.id, { ...PATIENT, settleMs: SETTLING_MS })).toHaveLength(1);
  });

  test('when the bot starts a thread and answers in it', async () => {
    const { fake } = bot;
    await answerIn('thread');
    fake.faults.respond({ ...THREAD, ...fault });
    fake.faults.respond({ ...REPLY, ...fault });
    const question = mention();

    // A thread has the id of the message it was started from.
    expect(await saidIn(question.id)).toEqual([expect.stringContaining('Harpa')]);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
  });

  test('when the bot opens direct messages and answers there', async () => {
    const { fake } = bot;
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
  'people see exactly one answer even if the connection breaks %s Discord starts a thread',
  async (when) => {
    const { fake } = bot;
    await answerIn('thread');
    fake.faults.destroySocket({ ...THREAD, when });
    const question = mention();

    expect(await saidIn(question.id)).toEqual([expect.stringContaining('Harpa')]);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
  },
);
