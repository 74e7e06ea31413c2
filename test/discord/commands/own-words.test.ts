import type { APIMessage } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { alterCommunity, readCommunity } from '../bot/indexed-folder.js';
import { readerOf } from '../bot/reader.js';
import { ANSWERED_QUESTION, NOT_FOUND_QUESTION } from '../bot/seeds.js';
import { choose, MANAGER, openSettings, pick, showSetting } from '../bot/settings-card.js';
import { readAnswer } from '../bot/shown-answer.js';
import { controlOf, isPrivate, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';
import type { ShownForm } from '../fake/people/interaction-handle.js';

const bot = useBot({ env: { FOOTNOTE_PERSON_LIMIT: '1000' } });
const { ask, mention, turnPage } = readerOf(bot);

let helpers: string;

beforeAll(() => {
  [helpers = ''] = bot.fake.roleIds;
});

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM settings'));

/** Presses one of the buttons for the server's own words. */
function pressWords(card: APIMessage, action: 'words' | 'words-save' | 'words-discard') {
  return bot.fake.pressButton({ messageId: card.id, customId: controlOf(card, action), ...MANAGER });
}

async function openForm(): Promise<{ card: APIMessage; form: ShownForm }> {
  const card = await showSetting(bot.fake, await openSettings(bot.fake, { server: true }), 'askRole');
  return { card, form: await pressWords(card, 'words').form() };
}

/** Fills in the form. @returns what is shown then. */
async function write(values: Readonly<Record<string, string>>): Promise<APIMessage> {
  const { card, form } = await openForm();
  return bot.fake.submitForm({ messageId: card.id, form, values, ...MANAGER }).response();
}

const WORDS = {
  collectionName: 'the harbour book',
  answerLine: 'Questions? *Come* to @everyone',
  askText: 'Ask at the [pier](https://pier.example).',
  signs: '🟢 🟡 🔵 🔴',
  accentColour: '#123456',
};

describe('the words of a server', () => {
  test('are typed into a form, shown before they are saved, and then used', async () => {
    const { card, form } = await openForm();
    expect(form.title).toBe('In your own words');
    expect(form.components.map(({ component }) => component.value ?? '')).toEqual(['', '', '', '✅ ◐ 🔶 ⚪', '']);
    const preview = await bot.fake.submitForm({ messageId: card.id, form, values: WORDS, ...MANAGER }).response();
    expect(preview.id).toBe(card.id);
    expect(textOf(preview).split('\n')).toEqual([
      '**This is what answers will look like. Nothing is saved yet.**',
      '🟢 **Answered** · 87% sure',
      '🟡 **Partly answered**: not all of your questions · 87% sure of what was answered',
      '🔵 **Perhaps**: the articles may not answer this · 87% sure that they answer it',
      '🔴 **Not found.** Nothing in “the harbour book” answers this.',
      'Ask at the \\[pier\\]\\(https\\://pier.example\\).',
      '-# Questions? \\*Come\\* to \\@everyone',
    ]);
    expect(readCommunity(bot.folder, 'SELECT * FROM settings')).toEqual([]);

    const saved = await pressWords(preview, 'words-save').response();
    expect(textOf(saved)).toContain('**Name of the articles**: the harbour book');
    expect(textOf(saved)).toContain('**Signs of the outcomes**: 🟢 🟡 🔵 🔴');
    expect(textOf(saved)).toContain('**Colour of answers**: `#123456`');
    const answer = await ask();
    expect(readAnswer(answer).headline).toMatch(/^🟢 \*\*Answered\*\* · \d+% sure$/);
    expect(textOf(answer)).toMatch(/-# Questions\? \\\*Come\\\* to \\@everyone$/);
    expect(answer.components?.[0]).toMatchObject({ accent_color: 0x123456 });
    expect(textOf(await turnPage(answer, 'next'))).not.toContain('Questions?');
    const notFound = await ask({ question: NOT_FOUND_QUESTION });
    expect(readAnswer(notFound).headline).toBe('🔴 **Not found.** Nothing in “the harbour book” answers this.');
    expect(textOf(notFound)).toContain('Ask at the');
    expect(notFound.components?.[0]).not.toMatchObject({ accent_color: 0x123456 });
    const about = await bot.fake.slash({ name: 'about' }).response();
    expect(textOf(about)).toMatch(/^\*\*the harbour book\*\*\n/);
    // Elsewhere everything is as usual.
    expect(readAnswer(await ask({}, { direct: true })).headline).toMatch(/^✅/);
  });

  test('can be an emoji of the server, and go back to the usual ones', async () => {
    const { fake } = bot;
    const preview = await write({ signs: `${fake.ownEmoji} ◐ 🔶 ⚪` });
    await pressWords(preview, 'words-save').response();
    expect(readAnswer(await ask()).headline).toContain(`${fake.ownEmoji} **Answered**`);
    const back = await write({ signs: '' });
    await pressWords(back, 'words-save').response();
    expect(readAnswer(await ask()).headline).toMatch(/^✅/);
  });

  test.each([
    ['three signs', { signs: '🟢 🟡 🔵' }, 'four different emoji'],
    ['the same sign twice', { signs: '🟢 🟢 🔵 🔴' }, 'four different emoji'],
    ['words for signs', { signs: 'yes part maybe no' }, 'four different emoji'],
    ['an emoji of another server', { signs: '<:anchor:123456789012345678> 🟡 🔵 🔴' }, 'four different emoji'],
    ['no colour', { accentColour: 'green' }, 'not a colour'],
    ['the grey of “Not found”', { accentColour: '#777777' }, 'too close'],
  ])('%s cannot be saved, and what was typed stays in the form', async (_, values, problem) => {
    const { card, form } = await openForm();
    const blank = Object.fromEntries(form.components.map(({ component }) => [component.custom_id, '']));
    const handle = bot.fake.submitForm({ messageId: card.id, form, values: { ...blank, ...values }, ...MANAGER });
    const [told] = await handle.followUps();
    expect(told && [isPrivate(told), textOf(told)]).toEqual([true, expect.stringContaining(problem)]);
    const again = await pressWords(card, 'words').form();
    const [name, typed] = Object.entries(values)[0] ?? [];
    expect(again.components.find(({ component }) => component.custom_id === name)?.component.value).toBe(typed);
    expect(readCommunity(bot.folder, 'SELECT * FROM settings')).toEqual([]);
  });

  test('can be discarded', async () => {
    const preview = await write(WORDS);
    const card = await pressWords(preview, 'words-discard').response();
    expect(textOf(card)).toContain('**Name of the articles**: the articles');
    const form = await pressWords(card, 'words').form();
    expect(form.components[0]?.component.value).toBeUndefined();
  });

  test('cannot be changed by people who may not manage the server', async () => {
    const { fake } = bot;
    const { card, form } = await openForm();
    const [told] = await fake.submitForm({ messageId: card.id, form, values: WORDS }).followUps();
    expect(told && textOf(told)).toContain('Only people who may manage this server');
    const refused = fake.pressButton({ messageId: card.id, customId: controlOf(card, 'words') });
    expect(textOf(await refused.response())).toContain('Only people who may manage this server');
  });
});

describe('whom to ask when nothing is found', () => {
  test('can be a role, which is named and not notified', async () => {
    const { fake } = bot;
    await pick(fake, await openSettings(fake, { server: true }), 'askRole', helpers);
    const answer = await mention(NOT_FOUND_QUESTION);
    expect(textOf(answer)).toContain(`You can ask <@&${helpers}>.`);
    expect(rolesNotified()).toEqual([]);
    expect(textOf(await mention(ANSWERED_QUESTION))).not.toContain('You can ask');
  });

  test('is notified if the server wants that, once an hour for each person, and never by a command', async () => {
    const { fake } = bot;
    const card = await pick(fake, await openSettings(fake, { server: true }), 'askRole', helpers);
    await choose(fake, card, 'pingsAskRole', 'on');
    fake.allowPing(helpers);
    await ask({ question: NOT_FOUND_QUESTION });
    expect(rolesNotified()).toEqual([]);
    await mention(NOT_FOUND_QUESTION);
    await mention(NOT_FOUND_QUESTION);
    expect(rolesNotified()).toEqual([helpers]);
  });

  /** Ids of the roles that the bot's messages could notify. */
  function rolesNotified(): string[] {
    return bot.fake.requests.flatMap(({ body }) => {
      const { allowed_mentions: allowed } = (body ?? {}) as { allowed_mentions?: { roles?: string[] } };
      return allowed?.roles ?? [];
    });
  }
});
