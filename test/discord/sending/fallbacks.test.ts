import { type APIMessage, InteractionResponseType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { encodeControl } from '../../../src/discord/format/custom-id.js';
import { expectApology } from '../bot/apology.js';
import { alterLibrary, passageIn, readPassages } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { CALLBACK, EDIT, postAsBot, REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { isPrivate, quotedIn, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const REFUSED = { status: 400, body: { code: 50035, message: 'Invalid Form Body' } };

const bot = useBot();
const { ask, answerThis, press } = readerOf(bot);

describe('people see exactly one answer even if the first response is lost:', () => {
  const faults = [
    ['Discord fails after acting', { status: 500, afterActing: true }],
    ['the connection breaks after Discord acts', { when: 'after' }],
    ['the connection breaks before Discord acts', { when: 'before' }],
  ] as const;

  /** Plans the loss of the response to the next such request. */
  function lose(target: typeof EDIT, fault: (typeof faults)[number][1]): void {
    const planned = bot.fake.faults;
    if ('when' in fault) planned.destroySocket({ ...target, ...fault });
    else planned.respond({ ...target, ...fault });
  }

  test.each(faults)('%s (/cite, which is answered without "thinking…")', async (_, fault) => {
    const { fake } = bot;
    const channelId = fake.channelIds[1] ?? '';
    const before = fake.messagesIn(channelId).length;
    lose(CALLBACK, fault);
    const passage = `passage:${readPassages(bot.folder)[0]?.id}`;
    const cited = await bot.fake
      .slash({ name: 'cite', options: { passage, for: fake.otherReader.id }, channelId })
      .response();
    await ask({ private: true }, { channelId });

    expect(textOf(cited)).toContain(`Cited by <@${fake.reader.id}>:`);
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
    expect(fake.messagesIn(channelId)).toHaveLength(before + 1);
  });

  test.each(faults)('%s (`Answer this` and a button)', async (_, fault) => {
    const { fake } = bot;
    const channelId = fake.channelIds[1] ?? '';
    const said = fake.say({ content: ANSWERED_QUESTION, channelId });
    const before = fake.messagesIn(channelId).length;
    lose(CALLBACK, fault);
    lose(EDIT, fault);
    const answer = await answerThis(said.id).response();
    expectReykjavik(answer);
    lose(CALLBACK, fault);
    const page = await press(answer, 'page').response();

    expect(textOf(page)).toContain('Another close passage (1 of 7)');
    expect(fake.messagesIn(channelId)).toHaveLength(before + 1);
  });
});

describe('a card that Discord refuses', () => {
  /** Expects an answer in plain text. */
  function expectPlain(message: APIMessage): void {
    expect(message.components).toEqual([]);
    expect(message.content).not.toBe('');
    expectReykjavik(message);
  }

  test('is sent as plain text in reply to a mention', async () => {
    bot.fake.faults.respond({ ...REPLY, ...REFUSED });
    expectPlain(await bot.answerTo(bot.fake.say({ content: ANSWERED_QUESTION, mentionsBot: true })));
  });

  test('is sent as plain text in response to a command, even if Discord fails, as it does with large cards', async () => {
    bot.fake.faults.respond({ ...EDIT, ...REFUSED });
    expectPlain(await ask());
    // discord.js retries three times.
    bot.fake.faults.respond({ ...EDIT, status: 500, times: 4 });
    expectPlain(
      await bot.fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION } }).response({ timeoutMs: 8_000 }),
    );
  });

  test('is sent as plain text in response to a command that is answered without "thinking…"', async () => {
    const { fake } = bot;
    const { id } = passageIn(bot.folder, REYKJAVIK.file);
    bot.fake.faults.respond({ ...CALLBACK, ...REFUSED });
    const cited = await fake
      .slash({ name: 'cite', options: { passage: `passage:${id}`, for: fake.otherReader.id } })
      .response();

    expect(cited.components).toEqual([]);
    expect(quotedIn(cited).text).toContain('met for the first time');
    expect(fake.pinged(cited.id)).toEqual([fake.otherReader.id]);
  });

  test('is replaced by its text when it is a new page of an answer', async () => {
    const answer = await ask();
    bot.fake.faults.respond({ ...EDIT, ...REFUSED });
    const page = await press(answer, 'page').response();

    expect(page.id).toBe(answer.id);
    expect(quotedIn(page).text).toContain('met for the first time');
    expect(textOf(page)).toContain('Another close passage (1 of 7)');
  });

  test('is not replaced after a vote: the answer stays as it is', async () => {
    const answer = await ask();
    bot.fake.faults.respond({ ...EDIT, ...REFUSED });
    const logged = bot.process.stderr.length;
    press(answer, 'right');
    await expect.poll(() => bot.process.stderr.slice(logged)).toContain('could not send the answer');

    expectReykjavik(await ask());
    expect(bot.fake.message(answer.id)?.components).toEqual(answer.components);
  });
});

describe('an apology with a reference that is in the log', () => {
  test('follows a command or a button that fails, privately if the message stays', async () => {
    const { fake } = bot;
    const logged = bot.process.stderr.length;
    const answer = await ask();
    alterLibrary(bot.folder, 'ALTER TABLE passages RENAME TO passages_away');
    const [failed, context, [page]] = await Promise.all([
      ask(),
      press(answer, 'context').response(),
      press(answer, 'page').followUps(),
    ]).finally(() => alterLibrary(bot.folder, 'ALTER TABLE passages_away RENAME TO passages'));

    for (const one of [failed, context, page]) expectApology(bot, one, logged);
    expect([isPrivate(failed), isPrivate(context), page && isPrivate(page)]).toEqual([false, true, true]);
    expect(fake.message(answer.id)).toEqual(answer);
    expect(bot.process.stderr.slice(logged)).toContain('no such table');
    expect(bot.process.stderr.slice(logged)).not.toContain('Blinken');
    expectReykjavik(await ask());
  });

  test('follows a button whose state makes no sense', async () => {
    const { fake } = bot;
    const logged = bot.process.stderr.length;
    const customId = encodeControl({ action: 'article', asker: fake.otherReader.id, values: ['aaaaaaaaaa', 'x'] });
    const { id } = await postAsBot(fake, fake.channelIds[0] ?? '', {
      content: 'An earlier answer',
      components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Next', custom_id: customId }] }],
    });
    const pressed = fake.pressButton({ messageId: id, customId });
    expect((await pressed.acknowledged()).type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
    const failure = await pressed.response();

    expect(isPrivate(failure)).toBe(true);
    expectApology(bot, failure, logged);
  });
});
