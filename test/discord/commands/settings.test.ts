import {
  type APIMessage,
  ComponentType,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { INHERIT, SETTING_GROUPS } from '../../../src/discord/cards/setting-choices.js';
import { EVERYONE, encodeControl } from '../../../src/discord/format/custom-id.js';
import { textsFor } from '../../../src/discord/locales/texts.js';
import { alterCommunity, readCommunity } from '../bot/indexed-folder.js';
import { postAsBot } from '../bot/requests.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, chosenIn, MANAGER, openSettings, settingLists, showSetting } from '../bot/settings-card.js';
import { controlOf, optionsOf, textOf } from '../bot/shown-message.js';
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

/** What is stored of the settings of all channels and servers. */
function storedSettings(): unknown[] {
  return readCommunity(articles.folder, 'SELECT * FROM settings');
}

/** The body of a message with a list of settings that the bot did not send. */
function listNamed(customId: string, ...values: readonly string[]): object {
  const options = values.map((value) => ({ label: `“${value}”`, value }));
  const list = { type: ComponentType.StringSelect, custom_id: customId, max_values: values.length, options };
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
    const named = async (card: APIMessage): Promise<string[]> => {
      const [, ...others] = optionsOf(card).filter(({ value }) => SETTING_GROUPS.some((group) => group === value));
      const cards = [card];
      for (const { value } of others)
        cards.push(
          await fake
            .selectOption({ messageId: card.id, customId: controlOf(card, 'settings'), values: [value], ...MANAGER })
            .response(),
        );
      return cards.flatMap((one) => [...settingLists(one).keys()]);
    };
    const ofChannel = await named(other);
    const ofServer = ['directMessages', 'keptDays', 'learnsFromVotes', 'logChannel'];
    expect((await named(server)).toSorted()).toEqual([...ofChannel, ...ofServer].toSorted());
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
      onlyWhenSure: ['Only sure answers', 'on'],
      replyPlace: ['Answers to messages appear', 'in a thread'],
      askChannel: ['Ask channel', 'on'],
      forumPosts: ['Forum posts', 'on'],
      threadQuestions: ['Questions in threads', 'off'],
      directFallback: ['If I can’t post in the channel', 'on'],
      inlineCiting: ['Inline citing', 'on'],
    } as const;
    for (const [name, [label, words]] of Object.entries(choices)) {
      const setting = name as keyof typeof choices;
      card = await showSetting(fake, card, setting);
      const before = lineOf(card, label);
      expect(chosenIn(card, setting)[0]).toContain('Server default');
      card = await choose(fake, card, setting, words);
      expect(lineOf(card, label)).toBe(`**${label}**: ${words}`);
      expect(chosenIn(card, setting)).toEqual([`${label}: ${words}`]);
      // It is stored, so another card shows it too.
      expect(textOf(await showSetting(fake, await openSettings(fake, { channel }), setting))).toBe(textOf(card));
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
    let card = await showSetting(fake, await openSettings(fake, { channel }), 'replyPlace');
    expect(lineOf(card, 'Answers to messages appear')).toBe('**Answers to messages appear**: in a thread');
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
    const forged = await postAsBot(bot.fake, channel, listNamed(customId, ...values));
    const handle = fake.selectOption({ messageId: forged.id, customId, values, userId: fake.otherReader.id });
    expect((await handle.acknowledged()).isEphemeral).toBe(true);
    expect(textOf(await handle.response())).toBe('Only the person who asked can do that.');
    expect(lineOf(await openSettings(fake, { channel }), 'Answers')).toBe('**Answers**: on');
  });

  test.each([
    ['the person who opened it', (reader: string) => reader],
    ['everyone', () => EVERYONE],
  ])('cannot be used without the permission to manage the server, even if it is for %s', async (_, askerOf) => {
    const { fake } = bot;
    const { guildId } = fake;
    const ids = [
      [channel, 'answers', 'off'],
      [guildId, 'answers', 'off'],
      [guildId, 'keptDays', '90'],
      [guildId, 'learnsFromVotes', 'on'],
    ] as const;
    for (const [place, name, value] of ids) {
      const customId = encodeControl({ action: 'setting', asker: askerOf(fake.reader.id), values: [place, name] });
      const forged = await postAsBot(fake, channel, listNamed(customId, value));
      const permissions = PermissionFlagsBits.ManageMessages;
      const handle = fake.selectOption({ messageId: forged.id, customId, values: [value], permissions });
      expect((await handle.acknowledged()).isEphemeral).toBe(true);
      expect(textOf(await handle.response())).toBe(
        'Only people who may manage this server can see and change its settings.',
      );
    }
    expect(storedSettings()).toEqual([]);
  });

  test('is not shown to people who may use the command but not manage the server', async () => {
    const response = await bot.fake.slash({ name: 'settings' }).response();
    expect(textOf(response)).toBe('Only people who may manage this server can see and change its settings.');
  });

  test('can be used by admins, who may do everything', async () => {
    const { fake } = bot;
    const permissions = PermissionFlagsBits.Administrator;
    const card = await fake.slash({ name: 'settings', permissions }).response();
    const customId = settingLists(card).get('answers')?.custom_id ?? '';
    const changed = await fake.selectOption({ messageId: card.id, customId, values: ['off'], permissions }).response();
    expect(lineOf(changed, 'Answers')).toBe('**Answers**: off');
  });

  test('changes nothing that is not one of its choices', async () => {
    const { fake } = bot;
    const { guildId } = fake;
    const forgeries = [
      [[fake.directChannelId(), 'answers'], 'off'],
      [[channel, 'constructor'], 'off'],
      [['1', 'answers'], 'off'],
      [[], 'off'],
      [[channel, 'answers'], 'perhaps'],
      [[channel, 'answers'], ' '],
      [[channel, 'answers'], 'off', 'on'],
      [[channel, 'language'], 'xx'],
      [[channel, 'replyPlace'], 'toString'],
      [[channel, 'collections'], 'kitchen'],
      [[channel, 'collections'], 'all', 'kitchen'],
      [[channel, 'keptDays'], '90'],
      [[channel, 'learnsFromVotes'], 'on'],
      [[guildId, 'keptDays'], '3650'],
      [[guildId, 'answers'], INHERIT],
    ] as const;
    for (const [values, ...selected] of forgeries) {
      const customId = encodeControl({ action: 'setting', asker: fake.reader.id, values });
      const forged = await postAsBot(fake, channel, listNamed(customId, ...selected));
      const handle = fake.selectOption({ messageId: forged.id, customId, values: selected, ...MANAGER });
      const [told] = await handle.followUps();
      expect(told?.flags ?? 0).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
      expect(textOf(told as APIMessage)).toContain('This button is from another version of the bot');
    }
    expect(storedSettings()).toEqual([]);
  });
});

describe('the card says what is missing', () => {
  test('when the Message Content intent is off: which settings need it, and how to turn it on', async () => {
    const card = await showSetting(limited.fake, await openSettings(limited.fake, { server: true }), 'askChannel');
    expect(textOf(card)).toContain('need the Message Content intent, which is off');
    expect(textOf(card)).toContain('`DISCORD_MESSAGE_CONTENT=on`');
    const marked = textOf(card)
      .split('\n')
      .filter((line) => line.startsWith('**') && line.endsWith('⚠️'));
    expect(marked.map((line) => line.split('**')[1])).toEqual([
      'Ask channel',
      'Forum posts',
      'Questions in threads',
      'Inline citing',
    ]);
    expect(textOf(await openSettings(bot.fake, { server: true }))).not.toContain('⚠️');
  });

  test('when the bot lacks permissions in the channel: each, with what it is for', async () => {
    const { fake } = limited;
    let card = await openSettings(fake, { channel: fake.channelIds[0] });
    const history = '- **Read Message History** – for replies, and for buttons of older answers';
    expect(warningIn(card)).toEqual([history]);
    card = await choose(fake, card, 'replyPlace', 'in a thread');
    expect(warningIn(card)).toEqual(['- **Create Public Threads** – for answers in a thread of their own', history]);
    expect(textOf(await openSettings(bot.fake, { channel }))).not.toContain('missing permissions');
  });

  test('as soon as a channel or a forum changes, and the card of the server names both', async () => {
    const { fake } = bot;
    const { AddReactions, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
    fake.changeChannel(channel, { deniedPermissions: SendMessages | AddReactions });
    fake.changeChannel(fake.forumChannelId, { deniedPermissions: SendMessages | SendMessagesInThreads });

    expect(warningIn(await openSettings(fake, { channel }))).toEqual([
      '- **Send Messages** – for answers',
      '- **Add Reactions** – for reactions to thanks and greetings',
    ]);
    expect(warningIn(await openSettings(fake, { channel: fake.forumChannelId }))).toEqual([
      '- **Send Messages in Threads** – for answers in threads and forum posts',
    ]);
    expect(textOf(await openSettings(fake, { server: true }))).toContain(
      `⚠️ I’m missing permissions in <#${channel}>, <#${fake.forumChannelId}>.`,
    );
    fake.changeChannel(channel);
    fake.changeChannel(fake.forumChannelId);
    expect(textOf(await openSettings(fake, { server: true }))).not.toContain('missing permissions');
  });
});

/** The missing permissions that a card lists. */
function warningIn(card: APIMessage): string[] {
  return textOf(card).match(/^- \*\*.*$/gm) ?? [];
}

describe('the language of a channel', () => {
  test('applies immediately, whatever language people use', async () => {
    const { fake } = limited;
    const [channelId = ''] = fake.channelIds;
    const card = await choose(fake, await openSettings(fake, { channel: channelId }), 'replyPlace', 'in a thread');
    const said = (shown: APIMessage, language: string): void =>
      expect(textOf(shown)).toContain(textsFor(language).say('permissions.here'));
    said(card, 'en');
    const german = await choose(fake, card, 'language', 'Deutsch');
    expect(textOf(german)).toContain('Deutsch');
    said(german, 'de');
    const settings = (locale: string): Promise<APIMessage> =>
      fake.slash({ name: 'settings', locale, ...MANAGER }).response();
    said(await settings('fr'), 'de');
    const question = ANSWERED_QUESTION;
    const answer = await fake.slash({ name: 'ask', options: { question }, channelId }).response();
    expect(textOf(answer)).toContain(textsFor('de').say('answer.answered'));

    const own = await choose(fake, german, 'language', textsFor('de').say('settings.ownLanguage'));
    said(own, 'en');
    said(await settings('fr'), 'fr');
  });
});
