import { type APIMessage, GatewayIntentBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION } from '../bot/seeds.js';
import { useBot } from '../bot/use-bot.js';

const FERRY_QUESTION = 'How long does the crossing of the island ferry take?';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
const { ask } = readerOf(bot);

describe('with the Message Content intent', () => {
  /** How many answers each message has once the bot has handled everything. */
  async function countAnswers(...messages: readonly APIMessage[]): Promise<number[]> {
    await bot.answerTo(bot.fake.sayDirectly({ content: NOT_FOUND_QUESTION, authorId: bot.fake.otherReader.id }));
    const found = messages.map(({ id }) => bot.fake.answersTo(id, { count: 0, settleMs: 50 }));
    return (await Promise.all(found)).map(({ length }) => length);
  }

  test('conversations between people still get no answer', async () => {
    const { fake } = bot;
    const other = fake.otherReader.id;
    const remark = fake.say({ content: ANSWERED_QUESTION });
    const reply = fake.say({ content: FERRY_QUESTION, replyTo: remark.id, authorId: other });
    const quiet = fake.say({ content: FERRY_QUESTION, replyTo: remark.id, authorId: other, pingsOnReply: false });
    const { threadId } = fake.startThread({ channelId: remark.channel_id, name: 'About the ferry' });
    const inThread = fake.say({ content: FERRY_QUESTION, channelId: threadId });
    const cited = fake.say({ content: 'See [[The old ferry sails again]]' });

    expect(await countAnswers(remark, reply, quiet, inThread, cited)).toEqual([0, 0, 0, 0, 0]);
  });

  test('a reply to another person is answered if it mentions the bot', async () => {
    const { fake } = bot;
    const remark = fake.say({ content: 'The ferry was late.', authorId: fake.otherReader.id });

    expectReykjavik(
      await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, replyTo: remark.id, mentionsBot: true })),
    );
  });

  test('a reply to an answer is a question, with or without a ping', async () => {
    const { fake } = bot;
    const answer = await ask();
    const quiet = fake.say({ content: ANSWERED_QUESTION, replyTo: answer.id, pingsOnReply: false });

    expectReykjavik(await bot.answerTo(quiet));
    expectReykjavik(await bot.answerTo(fake.say({ content: ANSWERED_QUESTION, replyTo: answer.id })));
  });

  test('a message that the gateway delivers twice is answered once', async () => {
    const { fake } = bot;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    fake.redeliver(question.id);
    await bot.answerTo(question);
    fake.redeliver(question.id);
    fake.redeliverOnResume(question.id);
    const { resumes } = fake.connections;
    fake.gatewayFaults.dropSockets();
    await fake.waitFor('the resumed session', () => (fake.connections.resumes > resumes ? true : undefined));

    expect(await countAnswers(question)).toEqual([1]);
  });
});
