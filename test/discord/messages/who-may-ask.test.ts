import { GatewayIntentBits } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alterCommunity } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { choose, openSettings, pick, settingLists, showSetting } from '../bot/settings-card.js';
import { isPrivate, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
});
const { ask } = readerOf(bot);

const ONLY_ROLES = 'Only people with certain roles may ask here.';

let channel: string;
let helpers: string;
let newcomers: string;

beforeAll(() => {
  [channel = ''] = bot.fake.channelIds;
  [helpers = '', newcomers = ''] = bot.fake.roleIds;
});

afterEach(() => {
  alterCommunity(bot.folder, 'DELETE FROM settings');
  bot.fake.giveRoles(bot.fake.reader.id, []);
});

/** Mentions the bot with a question. @returns the message. */
function asked(authorId = bot.fake.reader.id, channelId = channel) {
  return bot.fake.say({ content: ANSWERED_QUESTION, channelId, authorId, mentionsBot: true });
}

/** What the bot has said to a person directly. */
function toldDirectly(personId: string): string[] {
  const { fake } = bot;
  const said = fake.messagesIn(fake.directChannelId(personId));
  return said.filter(({ author }) => author.id === fake.bot.id).map(textOf);
}

/** Waits for the reaction that stands for "no answer". */
async function expectMuted(messageId: string): Promise<void> {
  const { fake } = bot;
  await fake.waitFor('a reaction', () =>
    fake.message(messageId)?.reactions?.some(({ emoji }) => emoji.name === '🔇') ? true : undefined,
  );
  expect(await fake.answersTo(messageId, { count: 0 })).toEqual([]);
}

describe('roles', () => {
  test('can be chosen that may ask; others are told so privately, and only once', async () => {
    const { fake } = bot;
    const card = await pick(fake, await openSettings(fake, { channel }), 'allowedRoles', helpers);
    expect(textOf(card)).toContain(`**Roles that may ask**: <@&${helpers}>`);
    const refused = await ask();
    expect([isPrivate(refused), textOf(refused)]).toEqual([true, ONLY_ROLES]);

    const { id: newcomer } = fake.addUser('new');
    const question = asked(newcomer);
    await fake.waitFor('a word in private', () => (toldDirectly(newcomer).length > 0 ? true : undefined));
    expect(toldDirectly(newcomer)).toEqual([
      `I didn’t answer you in <#${channel}>, because only people with certain roles may ask there.`,
    ]);
    await expectMuted(asked(newcomer).id);
    expect(await fake.answersTo(question.id, { count: 0 })).toEqual([]);
    expect(toldDirectly(newcomer)).toHaveLength(1);

    fake.giveRoles(fake.reader.id, [helpers]);
    expectReykjavik(await ask());
    expectReykjavik(await bot.answerTo(asked()));
  });

  test('can be chosen that are ignored, without a word in the channel', async () => {
    const { fake } = bot;
    await pick(fake, await openSettings(fake, { server: true }), 'ignoredRoles', newcomers);
    fake.giveRoles(fake.reader.id, [newcomers, helpers]);
    expect(textOf(await ask())).toBe(ONLY_ROLES);
    const question = asked();
    expectReykjavik(await bot.answerTo(asked(fake.otherReader.id)));
    expect(await fake.answersTo(question.id, { count: 0, settleMs: 100 })).toEqual([]);
    expect(fake.message(question.id)?.reactions ?? []).toEqual([]);
  });

  test('that may not ask get no suggestions, and cannot turn pages', async () => {
    const { fake } = bot;
    const answer = await ask();
    const suggest = () => fake.autocomplete({ name: 'find', options: { words: 'rey' }, focused: 'words' }).choices();
    expect(await suggest()).not.toEqual([]);
    await pick(fake, await openSettings(fake, { server: true }), 'allowedRoles', helpers);
    expect(await suggest()).toEqual([]);
    const { turnPage } = readerOf(bot);
    expect(textOf(await turnPage(answer, 'next'))).toBe(ONLY_ROLES);
  });

  test('that are no longer chosen no longer count', async () => {
    const { fake } = bot;
    const card = await pick(fake, await openSettings(fake, { channel }), 'allowedRoles', helpers);
    expect(textOf(await pick(fake, card, 'allowedRoles'))).toContain('**Roles that may ask**: everyone');
    expectReykjavik(await ask());
  });
});

describe('where answers are turned off', () => {
  test('someone who mentions the bot is told so privately', async () => {
    const { fake } = bot;
    await choose(fake, await openSettings(fake, { channel }), 'answers', 'off');
    const { id } = fake.addUser('curious');
    asked(id);
    await fake.waitFor('a word in private', () => (toldDirectly(id).length > 0 ? true : undefined));
    expect(toldDirectly(id)).toEqual([
      `I didn’t answer you in <#${channel}>, because answers are turned off there. You can ask me here instead.`,
    ]);
  });

  test('someone who accepts no direct messages gets a reaction', async () => {
    const { fake } = bot;
    await choose(fake, await openSettings(fake, { channel }), 'answers', 'off');
    const { id } = fake.addUser('closed');
    fake.closeDirectMessages(id);
    await expectMuted(asked(id).id);
  });

  test('what does not address the bot gets nothing', async () => {
    const { fake } = bot;
    let card = await openSettings(fake, { channel });
    card = await choose(fake, card, 'askChannel', 'on');
    await choose(fake, card, 'answers', 'off');
    const remark = fake.say({ content: ANSWERED_QUESTION, channelId: channel });
    await ask({}, { direct: true });
    expect(await fake.answersTo(remark.id, { count: 0, settleMs: 100 })).toEqual([]);
    expect(fake.message(remark.id)?.reactions ?? []).toEqual([]);
  });
});

describe('direct messages', () => {
  const REFUSED = 'The server “The reading room” doesn’t let its members ask me in direct messages. Please ask there.';

  test('can be turned off for the members of a server', async () => {
    const { fake } = bot;
    await choose(fake, await openSettings(fake, { server: true }), 'directMessages', 'off');
    expect(textOf(await bot.answerTo(fake.sayDirectly({ content: ANSWERED_QUESTION })))).toBe(REFUSED);
    expect(textOf(await ask({}, { direct: true }))).toBe(REFUSED);
    expectReykjavik(await ask());
    const outsider = fake.addUser('outsider', { isOutsider: true });
    expectReykjavik(await bot.answerTo(fake.sayDirectly({ content: ANSWERED_QUESTION, authorId: outsider.id })));
  });

  test('are then not used to tell people why they get no answer', async () => {
    const { fake } = bot;
    await choose(fake, await openSettings(fake, { server: true }), 'directMessages', 'off');
    await choose(fake, await openSettings(fake, { channel }), 'answers', 'off');
    const { id } = fake.addUser('told-nothing');
    await expectMuted(asked(id).id);
    expect(toldDirectly(id)).toEqual([]);
  });
});

describe('a category', () => {
  test('has settings for its channels, which come before those of the server', async () => {
    const { fake } = bot;
    const category = fake.categoryId;
    fake.changeChannel(channel, { parentId: category });
    let card = await openSettings(fake, { channel: category });
    expect(textOf(card)).toContain('**Settings for the category “library”**');
    card = await choose(fake, card, 'answers', 'off');
    expect(textOf(await ask({}, { channelId: channel }))).toContain('Answers are turned off in this channel.');
    const [, other = ''] = fake.channelIds;
    expectReykjavik(await ask({}, { channelId: other }));

    const own = await openSettings(fake, { channel });
    expect(JSON.stringify(own.components)).toContain('Answers: Category default (off)');
    await choose(fake, own, 'answers', 'on');
    expectReykjavik(await ask({}, { channelId: channel }));
    fake.changeChannel(channel);
  });
});

describe('the log of changes', () => {
  /** What is posted in the channel of the log. */
  function logged(channelId: string): string[] {
    const { fake } = bot;
    return fake
      .messagesIn(channelId)
      .filter(({ author }) => author.id === fake.bot.id)
      .map(textOf)
      .filter((text) => text.startsWith('⚙️'));
  }

  test('says who has changed which setting, and pings nobody', async () => {
    const { fake } = bot;
    const [, log = ''] = fake.channelIds;
    const opened = await pick(fake, await openSettings(fake, { server: true }), 'logChannel', log);
    expect(textOf(opened)).toContain(`**Log of changes**: <#${log}>`);
    await choose(fake, await openSettings(fake, { channel }), 'replyPlace', 'in a thread');
    await pick(fake, await openSettings(fake, { server: true }), 'allowedRoles', helpers, newcomers);
    const person = `<@${fake.reader.id}>`;
    expect(logged(log)).toEqual([
      `⚙️ ${person} changed **Log of changes** for this server: none → <#${log}>`,
      `⚙️ ${person} changed **Answers to messages appear** for <#${channel}>: as a reply → in a thread`,
      `⚙️ ${person} changed **Roles that may ask** for this server: everyone → <@&${helpers}>, <@&${newcomers}>`,
    ]);
    for (const { id } of fake.messagesIn(log)) expect(fake.pinged(id)).toEqual([]);
    // What is chosen again changes nothing.
    await choose(fake, await openSettings(fake, { channel }), 'replyPlace', 'in a thread');
    expect(logged(log)).toHaveLength(3);
  });

  test('is only posted in a channel of the server', async () => {
    const { fake } = bot;
    const card = await showSetting(fake, await openSettings(fake, { server: true }), 'logChannel');
    const customId = settingLists(card).get('logChannel')?.custom_id ?? '';
    const forged = fake.selectOption({ messageId: card.id, customId, values: [fake.categoryId], permissions: 32n });
    const [told] = await forged.followUps();
    expect(told && textOf(told)).toContain('another version');
  });
});
