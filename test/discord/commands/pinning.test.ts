import { type APIMessage, InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../../src/community/community.js';
import { MAX_PINS, type NewPin, type StoredPin } from '../../../src/community/pins.js';
import { alterCommunity, passageIn } from '../bot/indexed-folder.js';
import { MODERATOR, pin } from '../bot/pins.js';
import { writeSeed } from '../bot/seeds.js';
import { choose, openSettings } from '../bot/settings-card.js';
import { pinnedIn, readAnswer } from '../bot/shown-answer.js';
import { isPrivate, pageButton, quotesIn, textOf } from '../bot/shown-message.js';
import { useArticles, useBot } from '../bot/use-bot.js';
import type { FakeDiscord } from '../fake/fake-discord.js';

const QUESTION = 'What does the crossing cost?';
const RYE = 'kitchen/rye-bread.md';
const NOTE = `Pinned: a person chose the first source for the question “${QUESTION}”.`;

const articles = useArticles();
const bot = useBot({ articles });
let fake: FakeDiscord;
/** What is pinned, and says nothing about the question. */
let oven: { readonly id: string; readonly text: string };

beforeAll(() => {
  fake = bot.fake;
  oven = passageIn(bot.folder, RYE);
});

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM pins; DELETE FROM settings'));

const ask = (question = QUESTION, where: { direct?: boolean; channelId?: string; locale?: string } = {}) =>
  fake.slash({ name: 'ask', options: { question }, ...where }).response();

const add = (question = QUESTION): Promise<APIMessage> => pin(fake, 'add', { question, passage: `passage:${oven.id}` });

/** Works on the pins as another process would. */
function withPins<Result>(work: (community: Community) => Result): Result {
  const community = Community.open(bot.folder.index);
  try {
    return work(community);
  } finally {
    community.close();
  }
}

const pinsHere = (): StoredPin[] => withPins(({ pins }) => pins.list(fake.guildId));

/** Stores pins as they were added earlier. */
function storePins(...changes: readonly Partial<NewPin>[]): void {
  const { article } = passageIn(bot.folder, RYE);
  const place = {
    serverId: fake.guildId,
    articleId: article.id,
    text: oven.text,
    start: article.text.indexOf(oven.text),
  };
  const pinned = { ...place, question: QUESTION, personId: fake.reader.id, pinnedAt: Date.now() };
  withPins(({ pins }) => {
    for (const change of changes) pins.add({ ...pinned, ...change }, () => false);
  });
}

describe('/pin add', () => {
  test('shows the passage first to everyone who asks the question here, until it is removed', async () => {
    expect(pinnedIn(await ask())).toBeNull();
    const told = await add();
    expect(isPrivate(told)).toBe(true);
    expect(textOf(told)).toContain(`Whoever asks “${QUESTION}” here now sees this passage first:`);
    expect(quotesIn(told).map(({ text }) => text)).toEqual([oven.text]);

    const answer = await ask();
    const { headline, notes, sources } = readAnswer(answer);
    expect([headline, notes]).toEqual(['✅ **Answered**', [NOTE]]);
    expect(sources[0]?.quote?.text).toBe(oven.text);
    expect(sources[1]?.quote?.text).toContain('three crowns');
    const said = fake.say({
      content: 'hi, WHAT does the crossing cost',
      mentionsBot: true,
      authorId: fake.otherReader.id,
    });
    expect(pinnedIn(await bot.answerTo(said))).toBe(oven.text);

    const removed = await pin(fake, 'remove', { question: 'what does a crossing cost' });
    expect(textOf(removed)).toBe(`Removed. Nothing is pinned to “${QUESTION}” any more.`);
    expect(pinnedIn(await ask())).toBeNull();
  });

  test('leaves near but different questions alone', async () => {
    await add();
    for (const question of [
      'What does the crossing not cost?',
      'What did the crossing cost?',
      'What does the crossing cost for children?',
      'Where does the crossing start?',
    ])
      expect(pinnedIn(await ask(question)), question).toBeNull();
  });

  test('takes a passage from the list, or its id, and replaces what was pinned', async () => {
    const typed = { name: 'pin', subcommand: 'add', options: { question: QUESTION, passage: 'bakers near' } };
    const [choice] = await fake.autocomplete({ ...typed, focused: 'passage', ...MODERATOR }).choices();
    expect(choice?.value).toBe(`passage:${oven.id}`);
    await pin(fake, 'add', { question: QUESTION, passage: String(choice?.value) });
    const other = passageIn(bot.folder, 'science/lighthouse.txt');
    const told = await pin(fake, 'add', { question: 'What does the crossing cost??', passage: other.id });
    expect(textOf(told)).toContain('in place of what was pinned before');
    expect(pinnedIn(await ask())).toContain('measured the lamp');
    expect(pinsHere()).toHaveLength(1);
  });

  test('applies in its server only; what is pinned in the terminal applies everywhere, and counts less', async () => {
    await add();
    expect(pinnedIn(await ask(QUESTION, { direct: true }))).toBeNull();
    const lamp = passageIn(bot.folder, 'science/lighthouse.txt');
    const start = lamp.article.text.indexOf(lamp.text);
    storePins({ serverId: null, personId: null, articleId: lamp.article.id, text: lamp.text, start });
    expect(pinnedIn(await ask(QUESTION, { direct: true }))).toContain('measured the lamp');
    expect(pinnedIn(await ask())).toBe(oven.text);
    expect(textOf(await pin(fake, 'list'))).toContain('1 more is pinned for all servers by whoever runs this bot.');
  });

  test('is used only where its article is searched, and the list says so', async () => {
    await add();
    const [, channelId = ''] = fake.channelIds;
    await choose(fake, await openSettings(fake, { channel: channelId }), 'collections', 'news');
    expect(pinnedIn(await ask(QUESTION, { channelId }))).toBeNull();
    expect(pinnedIn(await ask())).toBe(oven.text);
    const handle = fake.slash({ name: 'pin', subcommand: 'list', channelId, ...MODERATOR });
    expect(textOf(await handle.response())).toContain('Its article isn’t searched in this channel');
  });

  test.each([
    ['more than one question', 'Where is the pier? Who built the pier?', 'Pin each on its own.'],
    ['a follow-up', 'And in 2017?', 'Write it out in full.'],
    ['no words', '?!', 'The question has no words in it.'],
  ])('refuses %s', async (_, question, reason) => {
    const told = await add(question);
    expect(isPrivate(told)).toBe(true);
    expect(textOf(told)).toContain(reason);
    expect(pinsHere()).toEqual([]);
  });

  test('refuses a passage that does not exist, and words that were not picked from the list', async () => {
    expect(textOf(await pin(fake, 'add', { question: QUESTION, passage: 'passage:aaaaaaaaaa' }))).toContain(
      'That passage is no longer in the index.',
    );
    expect(textOf(await pin(fake, 'add', { question: QUESTION, passage: 'some bread' }))).toMatch(/list/);
    expect(pinsHere()).toEqual([]);
  });

  test('cannot be given a question that is too long', () => {
    expect(() => add(`What ${'is it '.repeat(60)}?`)).toThrow('would not let a person send');
  });

  test('refuses more pins than a server can have, unless one is replaced', async () => {
    storePins(...Array.from({ length: MAX_PINS }, (_, count) => ({ question: `Who is ${count}?` })));
    expect(textOf(await add())).toContain('This server has as many pins as it can have.');
    expect(pinnedIn(await ask())).toBeNull();
    expect(textOf(await add('who is 7'))).toContain('in place of what was pinned before');
    const list = textOf(await pin(fake, 'list'));
    expect(list).toContain(`**${MAX_PINS} pinned questions**`);
  });
});

describe('/pin', () => {
  test('is registered for people who manage messages, in servers only, and only they see the answers', async () => {
    const command = fake.commands.find(({ name }) => name === 'pin');
    expect(command?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageMessages));
    expect(command?.contexts).toEqual([InteractionContextType.Guild]);
    expect(() => fake.slash({ name: 'pin', subcommand: 'list', direct: true })).toThrow('not here');
    expect((await fake.slash({ name: 'pin', subcommand: 'list', ...MODERATOR }).acknowledged()).isEphemeral).toBe(true);
  });

  test('does nothing for people without that permission, even if they are shown the command', async () => {
    await add();
    const other = { userId: fake.otherReader.id };
    const passage = `passage:${oven.id}`;
    for (const told of [
      await pin(fake, 'add', { question: 'Who bakes?', passage }, other),
      await pin(fake, 'list', {}, other),
      await pin(fake, 'remove', { question: QUESTION }, other),
    ]) {
      expect(isPrivate(told)).toBe(true);
      expect(textOf(told)).toBe('Only people who may manage messages here can pin passages.');
    }
    const typed = { name: 'pin', subcommand: 'remove', options: { question: '' }, focused: 'question' };
    expect(await fake.autocomplete({ ...typed, ...other }).choices()).toEqual([]);
    expect(pinsHere()).toMatchObject([{ question: QUESTION }]);
  });

  test('writes who pinned and removed what into the log, without the question', async () => {
    await add();
    const [stored] = pinsHere();
    await pin(fake, 'remove', { question: QUESTION });
    const entries = bot.process.stderr.split('\n').filter((line) => /"(passage pinned|pin removed)"/.test(line));
    const [pinned, removed] = entries.slice(-2).map((line) => JSON.parse(line) as object);
    const by = { server: fake.guildId, person: fake.reader.id, pin: stored?.id };
    expect(pinned).toMatchObject({ msg: 'passage pinned', ...by, passage: oven.id, isReplaced: false });
    expect(removed).toMatchObject({ msg: 'pin removed', ...by });
    expect(bot.process.stderr).not.toContain(QUESTION);
  });

  test('speaks the language of the person who uses it, and so does the answer', async () => {
    const german = { ...MODERATOR, locale: 'de' };
    const told = await pin(fake, 'add', { question: QUESTION, passage: oven.id }, german);
    expect(textOf(told)).toContain('📌 **Angeheftet.**');
    expect(textOf(await ask(QUESTION, { locale: 'fr' }))).toContain('Épinglé');
    expect(textOf(await pin(fake, 'list', {}, { ...MODERATOR, locale: 'ru' }))).toContain('закрепил(а)');
  });
});

describe('/pin list', () => {
  test('is empty at first, and says how to pin', async () => {
    expect(textOf(await pin(fake, 'list'))).toContain('Nothing is pinned in this server. Pin a passage with `/pin`');
  });

  test('shows question, words, article, person and time, latest first, page by page', async () => {
    storePins(...Array.from({ length: 7 }, (_, count) => ({ question: `Who is number ${count}?` })));
    const list = await pin(fake, 'list');
    expect(textOf(list)).toContain('**7 pinned questions**');
    expect(textOf(list)).toContain('Bakers near the lake');
    expect(textOf(list)).toMatch(
      new RegExp(`Rye bread baked in hot ground · pinned by <@${fake.reader.id}> <t:\\d+:R>`),
    );
    const shown = (message: APIMessage) => [...textOf(message).matchAll(/number (\d)/g)].map(([, number]) => number);
    expect(shown(list)).toEqual(['6', '5', '4', '3', '2']);
    const press = { messageId: list.id, customId: pageButton(list, 'next') ?? '' };
    const turned = await fake.pressButton({ ...press, ...MODERATOR }).response();
    expect(shown(turned)).toEqual(['1', '0']);
    // Permissions may be gone by the time a button is pressed.
    const back = { messageId: turned.id, customId: pageButton(turned, 'previous') ?? '' };
    const refused = await fake.pressButton(back).response();
    expect(textOf(refused)).toBe('Only people who may manage messages here can pin passages.');
  });

  test('pings nobody and formats nothing that people wrote', async () => {
    const question = `Who is @everyone <@${fake.otherReader.id}> **bold** [link](https://example.org) \`code\``;
    const told = await add(question);
    const list = await pin(fake, 'list');
    for (const shown of [textOf(told), textOf(list)]) {
      expect(shown).toContain('\\*\\*bold\\*\\*');
      expect(shown).not.toContain('[link](https');
      expect(shown).not.toContain(`<@${fake.otherReader.id}>`);
    }
    const answer = await bot.answerTo(fake.say({ content: `<@${fake.bot.id}> ${question}` }));
    expect(textOf(answer)).toContain('Pinned: ');
    expect(textOf(answer)).not.toContain('[link](https');
    const pinging = fake.requests.filter(({ body }) => {
      const { allowed_mentions: allowed } = (body ?? {}) as {
        allowed_mentions?: { parse?: unknown[]; users?: unknown[] };
      };
      return [...(allowed?.parse ?? []), ...(allowed?.users ?? [])].length > 0;
    });
    expect(pinging).toEqual([]);
  });

  test('forgets who pinned something when they want to be forgotten', async () => {
    await add();
    expect(textOf(await fake.slash({ name: 'forget-me' }).response())).toMatch(/1 pin stays, without your name\.$/);
    const list = textOf(await pin(fake, 'list'));
    expect(list).not.toContain(`<@${fake.reader.id}>`);
    expect(list).toMatch(/ground · pinned <t:/);
    expect(pinnedIn(await ask())).toBe(oven.text);
  });
});

describe('/pin remove', () => {
  test('suggests what is pinned here, by words of the question, and removes what was picked', async () => {
    storePins({ question: QUESTION }, { question: 'Who bakes the bread?' }, { question: 'Elsewhere?', serverId: '1' });
    const typing = (question: string) => {
      const typed = { name: 'pin', subcommand: 'remove', options: { question }, focused: 'question' };
      return fake.autocomplete({ ...typed, ...MODERATOR }).choices();
    };
    expect((await typing('')).map(({ name }) => name)).toEqual(['Who bakes the bread?', QUESTION]);
    const [choice] = await typing('cross WHAT');
    expect(choice?.name).toBe(QUESTION);
    const removed = await pin(fake, 'remove', { question: String(choice?.value) });
    expect(textOf(removed)).toContain(`“${QUESTION}”`);
    expect(pinsHere().map(({ question }) => question)).toEqual(['Who bakes the bread?']);
  });

  test('says that nothing is pinned to a question, and never removes the pins of others', async () => {
    storePins({ question: QUESTION, serverId: '1' }, { question: QUESTION, serverId: null });
    const others = withPins(({ pins }) => [...pins.list('1'), ...pins.list(null)]);
    for (const question of [QUESTION, '?!', 'pin:99', ...others.map(({ id }) => `pin:${id}`)])
      expect(textOf(await pin(fake, 'remove', { question }))).toContain('Nothing is pinned to that question');
    expect(withPins(({ pins }) => [...pins.list('1'), ...pins.list(null)])).toEqual(others);
  });
});

test('a pin whose passage is gone is not used, the list says so, and it can be removed', async () => {
  await add();
  writeSeed(
    bot.folder.seeds,
    RYE,
    '# Rye bread\n\nWhoever asks for bread is sent to the next town, which has an oven.\n',
  );
  await bot.folder.update();
  const list = async (): Promise<string> => textOf(await pin(fake, 'list'));
  await expect.poll(list, { timeout: 10_000 }).toContain('Its passage is gone, so this pin isn’t used.');
  const answer = await ask();
  expect(pinnedIn(answer)).toBeNull();
  expect(textOf(answer)).toContain('three crowns');
  expect(textOf(await pin(fake, 'remove', { question: QUESTION }))).toContain('Removed.');
});
