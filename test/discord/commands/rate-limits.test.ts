import { type APIMessage, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import type { OptionValues } from '../fake/people/command-data.js';

const PERSON_LIMIT = 3;
/** Three questions from one person, three from another, and one more. */
const SERVER_LIMIT = 7;

const bot = useBot({
  env: { FOOTNOTE_PERSON_LIMIT: String(PERSON_LIMIT), FOOTNOTE_SERVER_LIMIT: String(SERVER_LIMIT) },
});

// Together, and in this order, the tests use up the server's limit for one minute.
describe('a person who asks too much', () => {
  const TOO_MUCH = /^You’ve asked a lot in the last minute\. Please ask again in \d+ seconds?\.$/;
  const ALL_TOO_MUCH = /^This server is asking more questions .* Please ask again in \d+ seconds?\.$/;
  const say = (authorId: string): APIMessage =>
    bot.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, authorId });

  /** Expects that commands are refused, privately. */
  async function expectRefusal(userId: string, text: RegExp): Promise<void> {
    const calls: [string, OptionValues][] = [
      ['ask', { question: ANSWERED_QUESTION }],
      ['sources', {}],
    ];
    for (const [name, options] of calls) {
      const handle = bot.fake.slash({ name, options, userId });
      // Without "thinking…" first, which everybody would see.
      expect(await handle.acknowledged()).toMatchObject({
        type: InteractionResponseType.ChannelMessageWithSource,
        isEphemeral: true,
      });
      const response = await handle.response();
      expect(response.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
      expect(textOf(response)).toMatch(text);
    }
  }

  test('is told privately when they can ask again, if they used commands', async () => {
    const { reader } = bot.fake;
    const question = ANSWERED_QUESTION;
    for (let asked = 0; asked < PERSON_LIMIT; asked++) {
      const answer = await bot.fake.slash({ name: 'ask', options: { question } }).response();
      expect(textOf(answer)).toContain(REYKJAVIK.title);
    }
    await expectRefusal(reader.id, TOO_MUCH);
    // Commands that search nothing are not limited.
    expect(textOf(await bot.fake.slash({ name: 'about' }).response())).toContain('Footnote');
  });

  test('is told once and then ignored, if they mentioned the bot', async () => {
    const { otherReader } = bot.fake;
    for (let asked = 0; asked < PERSON_LIMIT; asked++)
      expect(textOf(await bot.answerTo(say(otherReader.id)))).toContain(REYKJAVIK.title);
    expect(textOf(await bot.answerTo(say(otherReader.id)))).toMatch(TOO_MUCH);
    const ignored = say(otherReader.id);
    await expectRefusal(otherReader.id, TOO_MUCH);
    expect(await bot.fake.answersTo(ignored.id, { count: 0 })).toEqual([]);
  });

  test('is refused if the server as a whole asks too much, and still answered elsewhere', async () => {
    const patient = bot.fake.addUser('patient');
    expect(textOf(await bot.answerTo(say(patient.id)))).toContain(REYKJAVIK.title);
    const next = bot.fake.addUser('next');
    expect(textOf(await bot.answerTo(say(next.id)))).toMatch(ALL_TOO_MUCH);
    const ignored = say(patient.id);
    await expectRefusal(bot.fake.addUser('third').id, ALL_TOO_MUCH);
    const direct = bot.fake.sayDirectly({ content: ANSWERED_QUESTION, authorId: next.id });
    expect(textOf(await bot.answerTo(direct))).toContain(REYKJAVIK.title);
    expect(await bot.fake.answersTo(ignored.id, { count: 0 })).toEqual([]);
  });
});
