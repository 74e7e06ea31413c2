import { type APIMessage, GatewayIntentBits, InteractionResponseType } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SettingName } from '../../../src/community/setting-values.js';
import { alterCommunity } from '../bot/indexed-folder.js';
import { pressControl, toldBy } from '../bot/reader.js';
import { REPLY, THREAD } from '../bot/requests.js';
import { ANSWERED_QUESTION, NEAR_QUESTIONS, NOT_FOUND_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import type { OptionValues } from '../fake/people/command-data.js';

const ANSWERED = REYKJAVIK.title;
const NOT_FOUND = 'Not found';
const FORBIDDEN = { status: 403, body: { code: 50013, message: 'Missing Permissions' } };
/** How long to wait for an answer that must not come, after a later question was answered. */
const SILENCE_MS = 150;

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
let channel: string;
let otherChannel: string;

beforeAll(() => {
  [channel = '', otherChannel = ''] = bot.fake.channelIds;
});

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM settings'));

/** Changes settings of the channel, each by the words of its choice. */
async function setChannel(...settings: (readonly [SettingName, string])[]): Promise<void> {
  let card = await openSettings(bot.fake, { channel });
  for (const [name, words] of settings) card = await choose(bot.fake, card, name, words);
}

/** Asks in a channel by mentioning the bot. */
function ask(content = ANSWERED_QUESTION, channelId = channel): APIMessage {
  return bot.fake.say({ content, channelId, mentionsBot: true });
}

/** Expects no answer to any of these messages, although a later question is answered. */
async function expectSilence(...messages: readonly APIMessage[]): Promise<void> {
  const { fake } = bot;
  await fake.answersTo(fake.sayDirectly({ content: ANSWERED_QUESTION }).id);
  for (const [index, { id }] of messages.entries())
    expect(await fake.answersTo(id, { count: 0, settleMs: index === 0 ? SILENCE_MS : 0 })).toEqual([]);
}

describe('where answers are turned off', () => {
  test('commands are refused privately, mentions are ignored, and other channels are answered', async () => {
    const { fake } = bot;
    await setChannel(['answers', 'off'], ['askChannel', 'on']);
    const mention = ask();
    const overheard = fake.say({ content: ANSWERED_QUESTION, channelId: channel });
    const calls: [string, OptionValues][] = [
      ['ask', { question: ANSWERED_QUESTION }],
      ['find', { words: 'ferry' }],
      ['sources', {}],
    ];
    for (const [name, options] of calls) {
      const handle = fake.slash({ name, options, channelId: channel });
      expect(await handle.acknowledged()).toMatchObject({
        type: InteractionResponseType.ChannelMessageWithSource,
        isEphemeral: true,
      });
      expect(textOf(await handle.response())).toContain('Answers are turned off in this channel');
    }
    const { threadId } = fake.startThread({ channelId: channel, name: 'inside' });
    const inThread = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, channelId: threadId });
    expect(textOf(await inThread.response())).toContain('Answers are turned off');
    await expectSilence(mention, overheard);
    expect(textOf(await bot.onlyAnswerTo(ask(ANSWERED_QUESTION, otherChannel)))).toContain(ANSWERED);
    // Other commands still work: people can turn answers on again, and see what is stored.
    expect(textOf(await fake.slash({ name: 'about', channelId: channel }).response())).toContain('Footnote');
  });
});

test('where only sure answers are wanted, passages that only come close are held back, and the card says so', async () => {
  const { fake } = bot;
  const close = NEAR_QUESTIONS[(await bot.folder.outcomes(NEAR_QUESTIONS)).indexOf('closest')] ?? '';
  await setChannel(['onlyWhenSure', 'on']);
  const { headline, notes, sources } = readAnswer(await bot.onlyAnswerTo(ask(close)));
  expect(headline).toBe('⚪ **Not found.** Nothing in the articles answers this.');
  expect(notes).toContain('Some passages come close, but only answers that I am sure about are shown here.');
  expect(sources).toEqual([]);
  expect(textOf(await bot.onlyAnswerTo(ask()))).toContain(ANSWERED);
  expect(readAnswer(await bot.onlyAnswerTo(ask(close, otherChannel))).sources.length).toBeGreaterThan(0);
  const command = fake.slash({ name: 'ask', options: { question: close }, channelId: channel });
  expect(textOf(await command.response())).toContain('Not found');
});

describe('answers in a thread', () => {
  test('appear in a thread started from the question, and follow its edits and deletion', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'in a thread']);
    const question = ask();
    const answer = await bot.answerIn(question.id, ANSWERED);
    expect(answer.channel_id).toBe(question.id);
    expect(fake.message(question.id)?.thread).toMatchObject({
      name: ANSWERED_QUESTION,
      parent_id: channel,
      owner_id: fake.bot.id,
    });
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);

    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${NOT_FOUND_QUESTION}` });
    await fake.waitFor('the new answer', () =>
      textOf(fake.message(answer.id) ?? answer).includes(NOT_FOUND) ? true : undefined,
    );
    fake.deleteMessage(question.id);
    await fake.waitFor('the answer to be deleted', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('have buttons that know the question, and can be replied to with a follow-up', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'in a thread']);
    const answer = await bot.answerIn(ask().id, ANSWERED);
    expect(textOf(await toldBy(pressControl(fake, answer, 'why')))).toContain('Why this passage?');
    const followUp = fake.say({ content: 'and for how long?', channelId: answer.channel_id, replyTo: answer.id });
    expect(textOf(await bot.onlyAnswerTo(followUp))).toContain('Treated as a follow-up to');
  });

  test('appear in the same thread if the question was asked in one', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'in a thread']);
    const { threadId } = fake.startThread({ channelId: channel, name: 'apart' });
    expect((await bot.onlyAnswerTo(ask(ANSWERED_QUESTION, threadId))).channel_id).toBe(threadId);
  });

  test('are replies if no thread can be started', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'in a thread']);
    fake.faults.respond({ ...THREAD, ...FORBIDDEN });
    const answer = await bot.onlyAnswerTo(ask());
    expect(answer.channel_id).toBe(channel);
    expect(textOf(answer)).toContain(ANSWERED);
  });

  test('are replies if the bot may not write in the thread it started', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'in a thread']);
    fake.faults.respond({ ...REPLY, ...FORBIDDEN });
    const question = ask();
    const answer = await bot.onlyAnswerTo(question);
    expect(answer.channel_id).toBe(channel);
    expect(textOf(answer)).toContain(ANSWERED);
    expect(fake.messagesIn(question.id)).toEqual([]);
  });

  test('are only for questions: a message without one is answered with a reply', async () => {
    await setChannel(['replyPlace', 'in a thread']);
    const answer = await bot.onlyAnswerTo(ask(''));
    expect(textOf(answer)).toContain('Ask with `/ask`');
    expect(answer.channel_id).toBe(channel);
  });
});

describe('private answers', () => {
  test('are sent to the author, and follow the deletion of the question', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'as a direct message']);
    const direct = fake.directChannelId(fake.otherReader.id);
    const question = fake.say({
      content: ANSWERED_QUESTION,
      channelId: channel,
      mentionsBot: true,
      authorId: fake.otherReader.id,
    });
    const answer = await bot.answerIn(direct, ANSWERED);
    // The question is not visible there, so the answer repeats it.
    expect(textOf(answer)).toContain(ANSWERED_QUESTION);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
    const followUp = fake.sayDirectly({
      content: 'and for how long?',
      replyTo: answer.id,
      authorId: fake.otherReader.id,
    });
    expect(textOf(await bot.onlyAnswerTo(followUp))).toContain('Treated as a follow-up to');
    fake.deleteMessage(question.id);
    await fake.waitFor('the answer to be deleted', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('are not sent to somebody who accepts no direct messages; they are told what to do instead', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'as a direct message']);
    const shy = fake.addUser('shy');
    fake.closeDirectMessages(shy.id);
    const question = fake.say({ content: ANSWERED_QUESTION, channelId: channel, mentionsBot: true, authorId: shy.id });
    const answer = await bot.onlyAnswerTo(question);
    expect(textOf(answer)).toBe(
      'Answers here are sent privately, but you don’t accept direct messages from me. Use `/ask` instead: only you will see the answer.',
    );
  });

  test('to commands are seen only by the person who asked, unless they choose otherwise', async () => {
    const { fake } = bot;
    await setChannel(['replyPlace', 'as a direct message']);
    const question = ANSWERED_QUESTION;
    const handle = fake.slash({ name: 'ask', options: { question }, channelId: channel });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    const open = fake.slash({ name: 'ask', options: { question, private: false }, channelId: channel });
    expect((await open.acknowledged()).isEphemeral).toBe(false);
    const target = fake.say({ content: question, channelId: channel });
    const menu = fake.useMessageCommand({ name: 'Answer this', targetId: target.id });
    expect((await menu.acknowledged()).isEphemeral).toBe(true);
    await Promise.all([handle.response(), open.response(), menu.response()]);
  });
});

describe('in an ask channel', () => {
  test('questions need no mention, and a message that finds nothing is only answered if it is a question', async () => {
    const { fake } = bot;
    await setChannel(['askChannel', 'on']);
    const chatter = fake.say({ content: 'my router is broken again', channelId: channel });
    const smallTalk = fake.say({ content: 'thanks, anyone here?', channelId: channel });
    const elsewhere = fake.say({ content: ANSWERED_QUESTION, channelId: otherChannel });
    expect(textOf(await bot.onlyAnswerTo(fake.say({ content: ANSWERED_QUESTION, channelId: channel })))).toContain(
      ANSWERED,
    );
    const hopeless = fake.say({ content: NOT_FOUND_QUESTION, channelId: channel });
    expect(textOf(await bot.onlyAnswerTo(hopeless))).toContain(NOT_FOUND);
    await expectSilence(chatter, smallTalk, elsewhere);
  });

  test('the bot ignores what people say to each other, what other bots say, and threads', async () => {
    const { fake } = bot;
    await setChannel(['askChannel', 'on']);
    const remark = fake.say({ content: 'hm', channelId: channel, authorId: fake.otherReader.id });
    const robot = fake.addUser('robot', { isBot: true });
    const { threadId } = fake.startThread({ channelId: channel, name: 'apart' });
    const said = [
      fake.say({ content: ANSWERED_QUESTION, channelId: channel, replyTo: remark.id }),
      fake.say({ content: ANSWERED_QUESTION, channelId: channel, replyTo: remark.id, pingsOnReply: false }),
      fake.say({ content: `<@${fake.otherReader.id}> ${ANSWERED_QUESTION}`, channelId: channel }),
      fake.say({ content: ANSWERED_QUESTION, channelId: channel, authorId: robot.id }),
      fake.say({ content: ANSWERED_QUESTION, channelId: threadId }),
    ];
    await expectSilence(...said, remark);
  });

  test('a question that is edited into chatter loses its answer', async () => {
    const { fake } = bot;
    await setChannel(['askChannel', 'on']);
    const question = fake.say({ content: ANSWERED_QUESTION, channelId: channel });
    const answer = await bot.onlyAnswerTo(question);
    fake.editMessage({ messageId: question.id, content: 'never mind, my router is broken' });
    await fake.waitFor('the answer to be removed', () => (fake.message(answer.id) === undefined ? true : undefined));
  });
});

describe('the first post of a forum thread', () => {
  async function setForum(words: string): Promise<void> {
    const card = await openSettings(bot.fake, { channel: bot.fake.forumChannelId });
    await choose(bot.fake, card, 'forumPosts', words);
  }

  test('counts as a question if that is turned on, and later posts of other people do not', async () => {
    const { fake } = bot;
    await setForum('on');
    const { threadId, message } = fake.startForumPost({
      name: 'Where did Blinken and Lavrov meet?',
      content: 'I mean the first time.',
    });
    const answer = await bot.onlyAnswerTo(message);
    expect(answer.channel_id).toBe(threadId);
    expect(textOf(answer)).toContain(ANSWERED);
    await expectSilence(fake.say({ content: ANSWERED_QUESTION, channelId: threadId, authorId: fake.otherReader.id }));
    const mention = fake.say({ content: ANSWERED_QUESTION, channelId: threadId, mentionsBot: true });
    expect(textOf(await bot.onlyAnswerTo(mention))).toContain(ANSWERED);
  });

  test('is searched for by its title if it is long', async () => {
    const { fake } = bot;
    await setForum('on');
    const { message } = fake.startForumPost({
      name: ANSWERED_QUESTION,
      content: 'My router is broken and I have to tell you all about it. '.repeat(20),
    });
    expect(textOf(await bot.onlyAnswerTo(message))).toContain(ANSWERED);
  });

  test('is ignored if that is turned off', async () => {
    const { fake } = bot;
    await setForum('off');
    const { message } = fake.startForumPost({ name: ANSWERED_QUESTION, content: ANSWERED_QUESTION });
    await expectSilence(message);
  });
});
