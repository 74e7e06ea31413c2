import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passageIn } from '../bot/indexed-folder.js';
import { firstQuoteIn, readerOf, toldBy } from '../bot/reader.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { setInChannel } from '../bot/settings-card.js';
import { isPrivate, pageButton, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import { CLOCK_QUESTION, writeClockAndSeeds } from './clock.js';

const FOLLOW_UP = 'and for how long?';
/** The words that matter are at the end. */
const LONG_QUESTION = `After I had read about the ministers, ${'about whom my neighbour and her brother know a great deal more than I do, '.repeat(6)}I wondered: ${ANSWERED_QUESTION}`;
/** The words that matter are at the beginning. */
const LONG_COMMAND = `${ANSWERED_QUESTION.slice(0, -1)}, which is what ${'the brother of my neighbour and the neighbour of my brother, '.repeat(7)}would like to know?`;

const MAY_NOT_REMOVE = 'Only the person who asked and moderators can remove this.';

const bot = useBot({ seeds: writeClockAndSeeds });
const { ask, mention, answerThis, press, turnPage, votesOn, current } = readerOf(bot);

/** A message that the bot sent before it was restarted. */
interface OldMessage {
  readonly message: APIMessage;
  /** Whether the bot reads the question differently after the restart. The notes may differ, and the quote may be shorter. */
  readonly isReadDifferently?: boolean;
  /** Whether it is in direct messages, where nobody else can press its buttons. */
  readonly isDirect?: boolean;
}

/** How to produce each kind of message. */
const KINDS = {
  'an answer to /ask': async () => ({ message: await ask() }),
  'an answer to a mention': async () => ({ message: await mention() }),
  'an answer to a mention with a long question': async () => ({ message: await mention(LONG_QUESTION) }),
  'an answer to /ask with a long question': async () => ({
    message: await ask({ question: LONG_COMMAND }),
    isReadDifferently: true,
  }),
  'an answer to a follow-up': async () => {
    const first = await ask();
    const message = await bot.answerTo(bot.fake.say({ content: FOLLOW_UP, replyTo: first.id }));
    return { message, isReadDifferently: true };
  },
  'an answer to `Answer this`': async () => {
    const { id } = bot.fake.say({ content: ANSWERED_QUESTION, authorId: bot.fake.otherReader.id });
    return { message: await answerThis(id).response() };
  },
  'an answer from one article': async () => {
    const { id } = passageIn(bot.folder, 'news/clock.md').article;
    return { message: await ask({ question: CLOCK_QUESTION, article: `article:${id}` }) };
  },
  'a private answer': async () => ({ message: await ask({ private: true }) }),
  'a private answer that was shared': async () => ({
    message: await toldBy(press(await ask({ private: true }), 'share')),
  }),
  'a copy of an answer to a mention': async () => {
    const { id } = bot.fake.say({
      content: ANSWERED_QUESTION,
      mentionsBot: true,
      authorId: bot.fake.otherReader.id,
    });
    const [answer] = await bot.fake.answersTo(id);
    const copy = await turnPage(answer as APIMessage, 'next');
    return { message: await turnPage(copy, 'previous') };
  },
  'an answer in a direct message': async () => ({
    message: await bot.answerTo(bot.fake.sayDirectly({ content: ANSWERED_QUESTION })),
    isDirect: true,
  }),
  'an answer to /ask in a direct message': async () => ({ message: await ask({}, { direct: true }), isDirect: true }),
  'an answer in a thread': async () => ({ message: await answerElsewhere('thread') }),
  'an answer that was sent as a direct message': async () => ({
    message: await answerElsewhere('private'),
    isDirect: true,
  }),
} as const satisfies Readonly<Record<string, () => Promise<OldMessage>>>;

/** Asks in a channel whose answers appear elsewhere. */
async function answerElsewhere(replyPlace: 'thread' | 'private'): Promise<APIMessage> {
  const { fake } = bot;
  const channelId = fake.channelIds[1] ?? '';
  await setInChannel(fake, channelId, 'replyPlace', replyPlace);
  const { id } = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true, channelId });
  const answer = await fake.waitFor('the answer elsewhere', () => {
    const said = fake.messagesIn(replyPlace === 'thread' ? id : fake.directChannelId());
    return said.find(({ nonce }) => nonce === id);
  });
  await setInChannel(fake, channelId, 'replyPlace', 'inherit');
  return answer;
}

describe('after a restart', () => {
  const old = new Map<string, OldMessage>();
  let long: APIMessage;
  let longer: APIMessage;
  let voted: APIMessage;
  let orphan: APIMessage;

  beforeAll(async () => {
    const { fake } = bot;
    for (const [kind, make] of Object.entries(KINDS)) old.set(kind, await make());
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    orphan = await bot.answerTo(question);
    long = await ask({ question: LONG_QUESTION });
    longer = await ask({ question: `${ANSWERED_QUESTION.slice(0, -1)}, ${'please, '.repeat(150)}please?` });
    voted = await mention();
    await press(voted, 'right', { userId: fake.otherReader.id }).response();
    await bot.process.stop();
    // The bot is not running, so its answer stays.
    fake.deleteMessage(question.id);
    await bot.restart();
  });

  afterAll(() => {
    expect(bot.process.stderr).not.toMatch(/Blinken|Lavrov|Hansdottir/);
  });

  function oldMessage(kind: string): OldMessage {
    const found = old.get(kind);
    if (found === undefined) throw new Error(`No message "${kind}"`);
    return found;
  }

  test.each(Object.keys(KINDS))('every button of %s works', async (kind) => {
    const { fake } = bot;
    const { message, isReadDifferently, isDirect } = oldMessage(kind);
    const other = { userId: fake.otherReader.id };
    const isOnlyForReader = isPrivate(message) || isDirect === true;
    const before = fake.messagesIn(message.channel_id).length;

    const why = await toldBy(press(message, 'why'));
    expect(textOf(why)).toContain('Why this passage?');
    expect(firstQuoteIn(why)).toContain(firstQuoteIn(message));
    const context = await press(message, 'context').response();
    expect(firstQuoteIn(context)).toBe(firstQuoteIn(why));

    const page = await turnPage(message, 'next');
    expect(page.id).toBe(message.id);
    expect(textOf(page)).toContain('Another close passage (1 of ');
    const second = await turnPage(message, 'next');
    expect(firstQuoteIn(await toldBy(press(message, 'why')))).toBe(firstQuoteIn(second));
    await turnPage(message, 'previous');
    const first = await turnPage(message, 'previous');
    if (isReadDifferently === true) expect(firstQuoteIn(message)).toContain(firstQuoteIn(first));
    else expect(textOf(first)).toBe(textOf(message));

    const counts = votesOn(message);
    expect(textOf(await toldBy(press(message, 'wrong')))).toContain('Noted');
    expect(votesOn(message)).toEqual(counts);
    expect(textOf(current(message))).toBe(textOf(first));

    if (!isOnlyForReader) {
      const copy = await turnPage(message, 'next', other);
      expect([isPrivate(copy), copy.id === message.id]).toEqual([true, false]);
      expect(textOf(await turnPage(copy, 'next', other))).toContain('Another close passage (2 of ');
      expect(textOf(await toldBy(press(message, 'remove', other)))).toBe(MAY_NOT_REMOVE);
    }
    expect(fake.messagesIn(message.channel_id)).toHaveLength(before);
    if (isPrivate(message)) {
      const shared = await toldBy(press(message, 'share'));
      expect(isPrivate(shared)).toBe(false);
      expect(textOf(shared)).toBe(`-# Shared by <@${fake.reader.id}>\n${textOf(first)}`);
      await turnPage(shared, 'next');
    }
    await press(message, 'remove').deleted();
    expect(fake.message(message.id)).toBeUndefined();
  });

  test('a long question to /ask is remembered in full', async () => {
    await turnPage(long, 'next');
    expect(firstQuoteIn(await turnPage(long, 'previous'))).toBe(firstQuoteIn(long));
  });

  test('a question that is too long to be shown in full is no longer remembered, and the person is told', async () => {
    const before = textOf(current(longer));
    const [told] = await bot.fake
      .pressButton({ messageId: longer.id, customId: pageButton(current(longer), 'next') ?? '' })
      .followUps();
    expect(textOf(told as APIMessage)).toBe('I no longer remember the question. Please ask it again.');
    expect(textOf(current(longer))).toBe(before);
  });

  test('earlier votes still count, and can be taken back', async () => {
    const other = { userId: bot.fake.otherReader.id };
    await turnPage(voted, 'next');
    expect(votesOn(voted)).toEqual(['👍 1']);
    await press(voted, 'wrong').response();
    expect(votesOn(voted)).toEqual(['👍 1']);
    await turnPage(voted, 'previous');
    await press(voted, 'right', other).response();
    expect(votesOn(voted)).toEqual(['👍']);
  });

  test('a question that was deleted is no longer remembered, and the person is told privately', async () => {
    const { fake } = bot;
    const gone = 'I no longer remember the question. Please ask it again.';
    const nextButton = pageButton(current(orphan), 'next') ?? '';
    const [told] = await fake.pressButton({ messageId: orphan.id, customId: nextButton }).followUps();
    const toOther = await fake
      .pressButton({ messageId: orphan.id, customId: nextButton, userId: fake.otherReader.id })
      .response();
    const why = await toldBy(press(orphan, 'why'));
    for (const one of [told as APIMessage, toOther, why]) expect([isPrivate(one), textOf(one)]).toEqual([true, gone]);
    expect(current(orphan).components).toEqual(orphan.components);

    // Buttons that do not need the question still work.
    expect(firstQuoteIn(await press(orphan, 'context').response())).toContain(firstQuoteIn(orphan));
    expect(textOf(await toldBy(press(orphan, 'wrong')))).toContain('Noted');
    await press(orphan, 'remove').deleted();
  });
});
