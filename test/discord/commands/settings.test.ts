import {
  type APIMessage,
  ComponentType,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeControl } from '../../../src/discord/format/custom-id.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { alterCommunity } from '../bot/indexed-folder.js';
import { postAsBot } from '../bot/requests.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, chosenIn, MANAGER, openSettings, settingLists } from '../bot/settings-card.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';

const ANSWERED = REYKJAVIK.title;

const articles = useArticles();
const bot = useBot({
  articles,
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on' },
});
/** A bot without the Message Content intent and without some permissions. */
const limited = useBot({
  articles,
  fake: { deniedPermissions: PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.ReadMessageHistory },
});
let channel: string;
let otherChannel: string;

beforeAll(() => {
  [channel = '', otherChannel = ''] = bot.fake.channelIds;
});

afterEach(() => alterCommunity(articles.folder, 'DELETE FROM settings'));

/** Asks in a channel by mentioning the bot. */
function ask(channelId = channel): APIMessage {
  return bot.fake.say({ content: ANSWERED_QUESTION, channelId, mentionsBot: true });
}

/** The line of a settings card that shows what is set. */
function lineOf(card: APIMessage, label: string): string {
  return (
    textOf(card)
      .split('\n')
      .find((line) => line.startsWith(`**${label}**`)) ?? ''
  );
}

/** The body of a message with a list of settings that the bot did not send. */
function listNamed(customId: string): object {
  const list = { type: ComponentType.StringSelect, custom_id: customId, options: [{ label: 'off', value: 'off' }] };
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.ActionRow, components: [list] }],
  };
}

describe('the card of /settings', () => {
  test('is only for people who manage the server, and private', async () => {
    const command = bot.fake.commands.find(({ name }) => name === 'settings');
    expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageGuild));
    const handle = bot.fake.slash({ name: 'settings', ...MANAGER });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    const card = await handle.response();
    expect(textOf(card)).toContain(`**Settings for <#${channel}>**`);
    expect(card.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
  });

  test('shows the channel it is opened in, the given channel, or the server', async () => {
    const { fake } = bot;
    const other = await openSettings(fake, { channel: otherChannel });
    expect(textOf(other)).toContain(`<#${otherChannel}>`);
    const forum = await openSettings(fake, { channel: fake.forumChannelId });
    expect(textOf(forum)).toContain(`<#${fake.forumChannelId}>`);
    const server = await openSettings(fake, { server: true });
    expect(textOf(server)).toContain('this server');
    // What is stored can only be set for the whole server.
    expect([...settingLists(server).keys()]).toEqual([...settingLists(other).keys(), 'keptDays', 'learnsFromVotes']);
  });

  test('shows the channel of a thread when it is opened in the thread', async () => {
    const { fake } = bot;
    const { threadId } = fake.startThread({ channelId: otherChannel, name: 'apart' });
    const card = await fake.slash({ name: 'settings', channelId: threadId, ...MANAGER }).response();
    expect(textOf(card)).toContain(`<#${otherChannel}>`);
  });

  test('shows what is chosen in every list, and can undo it', async () => {
    const { fake } = bot;
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
      // It is stored, so another card shows it too.
      expect(textOf(await openSettings(fake, { channel }))).toBe(textOf(card));
      card = await choose(fake, card, setting, 'Server default');
      expect(lineOf(card, label)).toBe(before);
      expect(chosenIn(card, setting)[0]).toContain('Server default');
    }
  });

  test('accepts several collections, and treats "all articles" among them as all of them', async () => {
    const { fake } = bot;
    let card = await openSettings(fake, { channel });
    card = await choose(fake, card, 'collections', 'kitchen', 'science');
    expect(lineOf(card, 'Collections')).toBe('**Collections**: kitchen, science');
    expect(chosenIn(card, 'collections')).toEqual(['Collections: kitchen', 'Collections: science']);
    const answer = await bot.onlyAnswerTo(ask());
    expect(textOf(answer)).not.toContain(ANSWERED);
    card = await choose(fake, card, 'collections', 'kitchen', 'all articles');
    expect(lineOf(card, 'Collections')).toBe('**Collections**: all articles');
    expect(textOf(await bot.onlyAnswerTo(ask()))).toContain(ANSWERED);
  });

  test('of a channel shows the setting of the server, unless the channel has its own', async () => {
    const { fake } = bot;
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
    // The channel follows its own setting, other channels follow the server's.
    expect(textOf(await bot.onlyAnswerTo(ask()))).toContain(ANSWERED);
    const elsewhere = ask(otherChannel);
    await bot.answerIn(elsewhere.id, ANSWERED);
  });

  test('cannot be used by anybody else, even if everybody sees it', async () => {
    const { fake } = bot;
    const card = await openSettings(fake, { channel });
    const customId = settingLists(card).get('answers')?.custom_id ?? '';
    const values = ['off'];
    expect(() => fake.selectOption({ messageId: card.id, customId, values, userId: fake.otherReader.id })).toThrow(
      'Only',
    );
    // A public copy of the card.
    const forged = await postAsBot(bot.fake, channel, listNamed(customId));
    const handle = fake.selectOption({ messageId: forged.id, customId, values, userId: fake.otherReader.id });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toBe('Only the person who asked can do that.');
    expect(lineOf(await openSettings(fake, { channel }), 'Answers')).toContain('on (server default)');
  });

  test('cannot change settings that do not exist', async () => {
    const { fake } = bot;
    const { id: reader } = fake.reader;
    const ids = [
      [fake.directChannelId(), 'answers'],
      [channel, 'constructor'],
      ['1', 'answers'],
    ].map((values) => encodeControl({ action: 'setting', asker: reader, values }));
    for (const customId of ids) {
      const forged = await postAsBot(bot.fake, channel, listNamed(customId));
      const handle = fake.selectOption({ messageId: forged.id, customId, values: ['off'], ...MANAGER });
      const [told] = await handle.followUps();
      expect(told?.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
      expect(textOf(told as APIMessage)).toContain('This button is from another version of the bot');
    }
  });
});

describe('the card says what is missing', () => {
  test('when the Message Content intent is off: which settings need it, and how to turn it on', async () => {
    const card = await openSettings(limited.fake, { server: true });
    expect(textOf(card)).toContain('need the Message Content intent, which is off');
    expect(textOf(card)).toContain('`DISCORD_MESSAGE_CONTENT=on`');
    const marked = textOf(card)
      .split('\n')
      .filter((line) => line.startsWith('**') && line.endsWith('⚠️'));
    expect(marked.map((line) => line.split('**')[1])).toEqual(['Ask channel', 'Forum posts', 'Inline citing']);
    expect(textOf(await openSettings(bot.fake, { server: true }))).not.toContain('⚠️');
  });

  test('when the bot lacks permissions in the channel, those for threads only if answers appear in threads', async () => {
    const { fake } = limited;
    let card = await openSettings(fake, { channel: fake.channelIds[0] });
    expect(textOf(card)).toContain('⚠️ I’m missing permissions in this channel: read the message history.');
    card = await choose(fake, card, 'replyPlace', 'in a thread');
    expect(textOf(card)).toContain(
      '⚠️ I’m missing permissions in this channel: read the message history and create threads and post in them.',
    );
    expect(textOf(await openSettings(bot.fake, { channel }))).not.toContain('I don’t have permission');
  });
});

describe('the language of a channel', () => {
  const warningIn = (card: APIMessage): string => textOf(card).match(/⚠️ .*/)?.[0] ?? '';

  test('applies immediately, whatever language people use', async () => {
    const { fake } = limited;
    const [channelId = ''] = fake.channelIds;
    const card = await choose(fake, await openSettings(fake, { channel: channelId }), 'replyPlace', 'in a thread');
    // Two permissions are missing, and the word between them shows the language.
    expect(warningIn(card)).toContain(' and ');
    const german = await choose(fake, card, 'language', 'Deutsch');
    expect(textOf(german)).toContain('Deutsch');
    expect(warningIn(german)).toContain(' und ');
    const settings = (locale: string): Promise<APIMessage> =>
      fake.slash({ name: 'settings', locale, ...MANAGER }).response();
    expect(warningIn(await settings('fr'))).toContain(' und ');
    const question = ANSWERED_QUESTION;
    const answer = await fake.slash({ name: 'ask', options: { question }, channelId }).response();
    expect(textOf(answer)).toContain(textsFor('de').say('answer.answered'));

    const own = await choose(fake, german, 'language', textsFor('de').say('settings.ownLanguage'));
    expect(warningIn(own)).toContain(' and ');
    expect(warningIn(await settings('fr'))).toContain(' et ');
  });
});
