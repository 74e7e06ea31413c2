import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type APIMessage,
  ComponentType,
  GatewayIntentBits,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SettingName } from '../../../src/community/setting-values.js';
import { encodeControl } from '../../../src/discord/format/custom-id.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { type IndexedFolder, indexSeeds, type RunningBot, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION, REYKJAVIK, writeSeeds } from '../bot/seeds.js';
import { choose, chosenIn, MANAGER, openSettings, settingLists } from '../bot/setting-lists.js';
import { controlOf, textOf } from '../bot/shown-message.js';
import type { OptionValues } from '../fake/people/command-data.js';

const ANSWERED = REYKJAVIK.title;
const NOT_FOUND = 'Not found';
/** Time for an answer that must not come, after another one came that was asked for later. */
const SILENCE_MS = 150;

let folder: IndexedFolder;
/** It reads all messages. */
let running: RunningBot;
/** It does not, and may not do everything in its server. */
let limited: RunningBot;
let channel: string;
let otherChannel: string;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  [running, limited] = await Promise.all([
    runBot(folder, {
      env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
      fake: { grantedIntents: GatewayIntentBits.MessageContent },
    }),
    runBot(folder, {
      fake: { deniedPermissions: PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.ReadMessageHistory },
    }),
  ]);
  [channel = '', otherChannel = ''] = running.fake.channelIds;
});

afterEach(() => {
  running.fake.faults.clear();
  expect(running.fake.violations).toEqual([]);
  forgetSettings();
});

afterAll(async () => {
  await Promise.all([running?.end(), limited?.end()]);
  folder?.remove();
});

/** As nobody had ever set anything. */
function forgetSettings(): void {
  const database = new Database(join(folder.index, 'community.sqlite'));
  database.exec('DELETE FROM settings');
  database.close();
}

async function setChannel(...settings: (readonly [SettingName, string])[]): Promise<void> {
  let card = await openSettings(running.fake, { channel });
  for (const [name, words] of settings) card = await choose(running.fake, card, name, words);
}

const ask = (content = ANSWERED_QUESTION, channelId = channel): APIMessage =>
  running.fake.say({ content, channelId, mentionsBot: true });

async function onlyAnswerTo(message: APIMessage): Promise<APIMessage> {
  const answers = await running.fake.answersTo(message.id);
  expect(answers).toHaveLength(1);
  return answers[0] as APIMessage;
}

/** Nothing was said to a message although a question that came after it was answered. */
async function isIgnored(...messages: readonly APIMessage[]): Promise<void> {
  const { fake } = running;
  await fake.answersTo(fake.sayDirectly({ content: ANSWERED_QUESTION }).id);
  for (const [index, { id }] of messages.entries())
    expect(await fake.answersTo(id, { count: 0, settleMs: index === 0 ? SILENCE_MS : 0 })).toEqual([]);
}

/** The answer in a thread or in direct messages, which replies to nothing. */
function answerIn(channelId: string, text: string): Promise<APIMessage> {
  const { fake } = running;
  return fake.waitFor(`an answer in ${channelId}`, () =>
    fake.messagesIn(channelId).findLast((one) => one.author.id === fake.bot.id && textOf(one).includes(text)),
  );
}

const lineOf = (card: APIMessage, label: string): string =>
  textOf(card)
    .split('\n')
    .find((line) => line.startsWith(`**${label}**`)) ?? '';

describe('the card of /settings', () => {
  test('is for those who manage the server, and only they see it', async () => {
    const command = running.fake.commands.find(({ name }) => name === 'settings');
    expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
    const handle = running.fake.slash({ name: 'settings', ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    const card = await handle.response();
    expect(textOf(card)).toContain(`**Settings for <#${channel}>**`);
    expect(card.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  });

  test('shows the channel it is opened in, the one that is named, or the server', async () => {
    const { fake } = running;
    const other = await openSettings(fake, { channel: otherChannel });
    expect(textOf(other)).toContain(`<#${otherChannel}>`);
    const forum = await openSettings(fake, { channel: fake.forumChannelId });
    expect(textOf(forum)).toContain(`<#${fake.forumChannelId}>`);
    const server = await openSettings(fake, { server: true });
    expect(textOf(server)).toContain('this server');
    // How long questions are kept is one thing for all channels.
    expect([...settingLists(server).keys()]).toEqual([...settingLists(other).keys(), 'keptDays']);
  });

  test('of a thread is that of its channel', async () => {
    const { fake } = running;
    const { threadId } = fake.startThread({ channelId: otherChannel, name: 'apart' });
    const card = await fake.slash({ name: 'settings', channelId: threadId, ...MANAGER }).response();
    expect(textOf(card)).toContain(`<#${otherChannel}>`);
  });

  test('shows what is chosen in every list, and undoes it', async () => {
    const { fake } = running;
    let card = await openSettings(fake, { channel });
    const choices = {
      answers: ['Answers', 'off'],
      collections: ['Collections', 'kitchen'],
      replyPlace: ['Answers to messages appear', 'in a thread'],
      askChannel: ['Ask channel', 'on'],
      forumPosts: ['Forum posts', 'on'],
      inlineCiting: ['Inline citing', 'on'],
    } as const;
    expect([...settingLists(card).keys()].toSorted()).toEqual([...Object.keys(choices), 'language'].toSorted());
    for (const [name, [label, words]] of Object.entries(choices)) {
      const setting = name as keyof typeof choices;
      const before = lineOf(card, label);
      expect(before).toMatch(/\(server default\)$/);
      card = await choose(fake, card, setting, words);
      expect(lineOf(card, label)).toBe(`**${label}**: ${words}`);
      expect(chosenIn(card, setting)).toEqual([`${label}: ${words}`]);
      // It is stored: another card shows the same.
      expect(textOf(await openSettings(fake, { channel }))).toBe(textOf(card));
      card = await choose(fake, card, setting, 'Server default');
      expect(lineOf(card, label)).toBe(before);
      expect(chosenIn(card, setting)[0]).toContain('Server default');
    }
  });

  test('takes several collections at once, and all of them for "all articles"', async () => {
    const { fake } = running;
    let card = await openSettings(fake, { channel });
    card = await choose(fake, card, 'collections', 'kitchen', 'science');
    expect(lineOf(card, 'Collections')).toBe('**Collections**: kitchen, science');
    expect(chosenIn(card, 'collections')).toEqual(['Collections: kitchen', 'Collections: science']);
    const answer = await onlyAnswerTo(ask());
    expect(textOf(answer)).not.toContain(ANSWERED);
    card = await choose(fake, card, 'collections', 'kitchen', 'all articles');
    expect(lineOf(card, 'Collections')).toBe('**Collections**: all articles');
    expect(textOf(await onlyAnswerTo(ask()))).toContain(ANSWERED);
  });

  test('of a channel says what the server states where the channel states nothing', async () => {
    const { fake } = running;
    let server = await openSettings(fake, { server: true });
    server = await choose(fake, server, 'replyPlace', 'in a thread');
    expect(lineOf(server, 'Answers to messages appear')).toBe('**Answers to messages appear**: in a thread');
    expect(chosenIn(server, 'replyPlace')).toEqual(['Answers to messages appear: in a thread']);
    let card = await openSettings(fake, { channel });
    expect(lineOf(card, 'Answers to messages appear')).toBe(
      '**Answers to messages appear**: in a thread (server default)',
    );
    expect(chosenIn(card, 'replyPlace')).toEqual(['Answers to messages appear: Server default (in a thread)']);
    card = await choose(fake, card, 'replyPlace', 'as a reply');
    expect(lineOf(card, 'Answers to messages appear')).toBe('**Answers to messages appear**: as a reply');
    // What the channel states holds there, what the server states elsewhere.
    expect(textOf(await onlyAnswerTo(ask()))).toContain(ANSWERED);
    const elsewhere = ask(ANSWERED_QUESTION, otherChannel);
    await answerIn(elsewhere.id, ANSWERED);
  });

  test('cannot be used by anybody who did not open it, not even where everybody sees it', async () => {
    const { fake } = running;
    const card = await openSettings(fake, { channel });
    const customId = settingLists(card).get('answers')?.custom_id ?? '';
    const values = ['off'];
    expect(() => fake.selectOption({ messageId: card.id, customId, values, userId: fake.otherReader.id })).toThrow(
      'Only',
    );
    // A copy of the card that all can reach.
    const forged = await postAsBot(channel, [
      { type: ComponentType.StringSelect, custom_id: customId, options: [{ label: 'off', value: 'off' }] },
    ]);
    const handle = fake.selectOption({ messageId: forged.id, customId, values, userId: fake.otherReader.id });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toBe('Only the person who asked can do that.');
    expect(lineOf(await openSettings(fake, { channel }), 'Answers')).toContain('on (server default)');
  });

  test('cannot set what is not there', async () => {
    const { fake } = running;
    const { id: reader } = fake.reader;
    const ids = [
      [fake.directChannelId(), 'answers'],
      [channel, 'constructor'],
      ['1', 'answers'],
    ].map((values) => encodeControl({ action: 'setting', asker: reader, values }));
    for (const customId of ids) {
      const forged = await postAsBot(channel, [
        { type: ComponentType.StringSelect, custom_id: customId, options: [{ label: 'off', value: 'off' }] },
      ]);
      const handle = fake.selectOption({ messageId: forged.id, customId, values: ['off'], ...MANAGER });
      const [told] = await handle.followUps();
      expect(told?.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
      expect(textOf(told as APIMessage)).toContain('That button is from a different version of me');
    }
  });
});

/** Says something in the bot's name, as only a stolen token could. */
async function postAsBot(channelId: string, controls: readonly object[]): Promise<APIMessage> {
  const { fake } = running;
  const response = await fetch(`${fake.api}/v10/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: ComponentType.ActionRow, components: controls }],
      allowed_mentions: { parse: [] },
    }),
  });
  return (await response.json()) as APIMessage;
}

describe('where answers are turned off', () => {
  test('commands are refused privately, mentions meet silence, and other channels go on', async () => {
    const { fake } = running;
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
      expect(textOf(await handle.response())).toContain('I’m turned off in this channel');
    }
    const { threadId } = fake.startThread({ channelId: channel, name: 'inside' });
    const inThread = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, channelId: threadId });
    expect(textOf(await inThread.response())).toContain('I’m turned off');
    await isIgnored(mention, overheard);
    expect(textOf(await onlyAnswerTo(ask(ANSWERED_QUESTION, otherChannel)))).toContain(ANSWERED);
    // What is not a question is answered, so that it can be turned on again and people learn what is kept.
    expect(textOf(await fake.slash({ name: 'about', channelId: channel }).response())).toContain('Footnote');
  });
});

describe('answers in a thread', () => {
  test('stand in one that is made of the question, and follow it when it is corrected and deleted', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'in a thread']);
    const question = ask();
    const answer = await answerIn(question.id, ANSWERED);
    expect(answer.channel_id).toBe(question.id);
    expect(fake.message(question.id)?.thread).toMatchObject({
      name: ANSWERED_QUESTION,
      parent_id: channel,
      owner_id: fake.bot.id,
    });
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);

    fake.editMessage({ messageId: question.id, content: `<@${fake.bot.id}> ${NOT_FOUND_QUESTION}` });
    await fake.waitFor('the corrected answer', () =>
      textOf(fake.message(answer.id) ?? answer).includes(NOT_FOUND) ? true : undefined,
    );
    fake.deleteMessage(question.id);
    await fake.waitFor('the deleted answer', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('have buttons that know their question, and a reply goes on from them', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'in a thread']);
    const answer = await answerIn(ask().id, ANSWERED);
    const press = fake.pressButton({ messageId: answer.id, customId: controlOf(answer, 'why') });
    expect(textOf(await press.response())).toContain('Why this passage?');
    const followUp = fake.say({ content: 'and for how long?', channelId: answer.channel_id, replyTo: answer.id });
    expect(textOf(await onlyAnswerTo(followUp))).toContain('Read as a follow-up to');
  });

  test('stay in the thread where the question was asked in one', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'in a thread']);
    const { threadId } = fake.startThread({ channelId: channel, name: 'apart' });
    expect((await onlyAnswerTo(ask(ANSWERED_QUESTION, threadId))).channel_id).toBe(threadId);
  });

  test('are replies where no thread can be made', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'in a thread']);
    fake.faults.respond({
      method: 'POST',
      path: /^\/channels\/\d+\/messages\/\d+\/threads$/,
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    const answer = await onlyAnswerTo(ask());
    expect(answer.channel_id).toBe(channel);
    expect(textOf(answer)).toContain(ANSWERED);
  });

  test('are replies where the thread that was made cannot be written in', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'in a thread']);
    fake.faults.respond({
      method: 'POST',
      path: /^\/channels\/\d+\/messages$/,
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    const question = ask();
    const answer = await onlyAnswerTo(question);
    expect(answer.channel_id).toBe(channel);
    expect(textOf(answer)).toContain(ANSWERED);
    expect(fake.messagesIn(question.id)).toEqual([]);
  });

  test('are about questions only: how to ask is said in a reply', async () => {
    await setChannel(['replyPlace', 'in a thread']);
    const answer = await onlyAnswerTo(ask(''));
    expect(textOf(answer)).toContain('Ask with `/ask`');
    expect(answer.channel_id).toBe(channel);
  });
});

describe('private answers', () => {
  test('go to the author alone, and follow the question', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'as a direct message']);
    const direct = fake.directChannelId(fake.otherReader.id);
    const question = fake.say({
      content: ANSWERED_QUESTION,
      channelId: channel,
      mentionsBot: true,
      authorId: fake.otherReader.id,
    });
    const answer = await answerIn(direct, ANSWERED);
    // There nobody can look up what it answers.
    expect(textOf(answer)).toContain(ANSWERED_QUESTION);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
    const followUp = fake.sayDirectly({
      content: 'and for how long?',
      replyTo: answer.id,
      authorId: fake.otherReader.id,
    });
    expect(textOf(await onlyAnswerTo(followUp))).toContain('Read as a follow-up to');
    fake.deleteMessage(question.id);
    await fake.waitFor('the deleted answer', () => (fake.message(answer.id) === undefined ? true : undefined));
  });

  test('to somebody who takes no direct messages are none, and it is said what to do', async () => {
    const { fake } = running;
    await setChannel(['replyPlace', 'as a direct message']);
    const shy = fake.addUser('shy');
    fake.closeDirectMessages(shy.id);
    const question = fake.say({ content: ANSWERED_QUESTION, channelId: channel, mentionsBot: true, authorId: shy.id });
    const answer = await onlyAnswerTo(question);
    expect(textOf(answer)).toBe(
      'Answers here are sent privately, but you don’t accept direct messages from me. Use `/ask` instead: only you will see the answer.',
    );
  });

  test('to commands are seen by who asked, unless they want otherwise', async () => {
    const { fake } = running;
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
  test('questions need no mention, and what finds nothing is answered only when it is a question', async () => {
    const { fake } = running;
    await setChannel(['askChannel', 'on']);
    const chatter = fake.say({ content: 'my router is broken again', channelId: channel });
    const elsewhere = fake.say({ content: ANSWERED_QUESTION, channelId: otherChannel });
    expect(textOf(await onlyAnswerTo(fake.say({ content: ANSWERED_QUESTION, channelId: channel })))).toContain(
      ANSWERED,
    );
    const hopeless = fake.say({ content: NOT_FOUND_QUESTION, channelId: channel });
    expect(textOf(await onlyAnswerTo(hopeless))).toContain(NOT_FOUND);
    await isIgnored(chatter, elsewhere);
  });

  test('what is said to others, by other bots, and in threads is none of its business', async () => {
    const { fake } = running;
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
    await isIgnored(...said, remark);
  });

  test('a question that is mended into chatter loses its answer', async () => {
    const { fake } = running;
    await setChannel(['askChannel', 'on']);
    const question = fake.say({ content: ANSWERED_QUESTION, channelId: channel });
    const answer = await onlyAnswerTo(question);
    fake.editMessage({ messageId: question.id, content: 'never mind, my router is broken' });
    await fake.waitFor('the removed answer', () => (fake.message(answer.id) === undefined ? true : undefined));
  });
});

describe('the first post of a forum thread', () => {
  async function setForum(words: string): Promise<void> {
    const card = await openSettings(running.fake, { channel: running.fake.forumChannelId });
    await choose(running.fake, card, 'forumPosts', words);
  }

  test('is a question where that is turned on, and the posts after it are not', async () => {
    const { fake } = running;
    await setForum('on');
    const { threadId, message } = fake.startForumPost({
      name: 'Where did Blinken and Lavrov meet?',
      content: 'I mean the first time.',
    });
    const answer = await onlyAnswerTo(message);
    expect(answer.channel_id).toBe(threadId);
    expect(textOf(answer)).toContain(ANSWERED);
    await isIgnored(fake.say({ content: ANSWERED_QUESTION, channelId: threadId }));
    const mention = fake.say({ content: ANSWERED_QUESTION, channelId: threadId, mentionsBot: true });
    expect(textOf(await onlyAnswerTo(mention))).toContain(ANSWERED);
  });

  test('is searched by its title where it is long', async () => {
    const { fake } = running;
    await setForum('on');
    const { message } = fake.startForumPost({
      name: ANSWERED_QUESTION,
      content: 'My router is broken and I have to tell you all about it. '.repeat(20),
    });
    expect(textOf(await onlyAnswerTo(message))).toContain(ANSWERED);
  });

  test('is left alone where that is turned off', async () => {
    const { fake } = running;
    await setForum('off');
    const { message } = fake.startForumPost({ name: ANSWERED_QUESTION, content: ANSWERED_QUESTION });
    await isIgnored(message);
  });
});

describe('what a setting needs is said on the card', () => {
  test('of the Message Content intent: which settings, and how to turn it on', async () => {
    const card = await openSettings(limited.fake, { server: true });
    expect(textOf(card)).toContain('need the Message Content intent, which is off');
    expect(textOf(card)).toContain('`DISCORD_MESSAGE_CONTENT=on`');
    const marked = textOf(card)
      .split('\n')
      .filter((line) => line.startsWith('**') && line.endsWith('⚠️'));
    expect(marked.map((line) => line.split('**')[1])).toEqual(['Ask channel', 'Forum posts', 'Inline citing']);
    expect(textOf(await openSettings(running.fake, { server: true }))).not.toContain('⚠️');
  });

  test('of permissions: those that are missing there, of threads where answers stand in them', async () => {
    const { fake } = limited;
    let card = await openSettings(fake, { channel: fake.channelIds[0] });
    expect(textOf(card)).toContain('⚠️ I’m not allowed to read the message history in this channel.');
    card = await choose(fake, card, 'replyPlace', 'in a thread');
    expect(textOf(card)).toContain(
      '⚠️ I’m not allowed to read the message history and create threads and write in them in this channel.',
    );
    expect(textOf(await openSettings(running.fake, { channel }))).not.toContain('I’m not allowed');
  });
});

describe('the language', () => {
  const missing = (card: APIMessage): string => textOf(card).match(/⚠️ .*/)?.[0] ?? '';

  test('that is chosen for a channel is spoken there at once, whatever people read', async () => {
    const { fake } = limited;
    const [channelId = ''] = fake.channelIds;
    const card = await choose(fake, await openSettings(fake, { channel: channelId }), 'replyPlace', 'in a thread');
    // Two permissions are missing, and "and" is a word of the language.
    expect(missing(card)).toContain(' and ');
    const german = await choose(fake, card, 'language', 'Deutsch');
    expect(textOf(german)).toContain('Deutsch');
    expect(missing(german)).toContain(' und ');
    const settings = (locale: string): Promise<APIMessage> =>
      fake.slash({ name: 'settings', locale, ...MANAGER }).response();
    expect(missing(await settings('fr'))).toContain(' und ');
    const question = ANSWERED_QUESTION;
    const answer = await fake.slash({ name: 'ask', options: { question }, channelId }).response();
    expect(textOf(answer)).toContain(textsFor('de').say('answer.answered'));

    const own = await choose(fake, german, 'language', textsFor('de').say('settings.ownLanguage'));
    expect(missing(own)).toContain(' and ');
    expect(missing(await settings('fr'))).toContain(' et ');
  });
});
