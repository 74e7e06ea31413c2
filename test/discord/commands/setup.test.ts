import { type APIMessage, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decodeControl } from '../../../src/discord/format/custom-id.js';
import { alterCommunity, readCommunity } from '../bot/indexed-folder.js';
import { expectReykjavik, readerOf } from '../bot/reader.js';
import { MANAGER, openSettings, pick as pickSetting, settingLists } from '../bot/settings-card.js';
import { isPrivate, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot({
  fake: { grantedIntents: GatewayIntentBits.MessageContent },
  env: { DISCORD_MESSAGE_CONTENT: 'on', FOOTNOTE_PERSON_LIMIT: '1000' },
});
const { ask } = readerOf(bot);

let channel: string;
let other: string;

beforeAll(() => {
  [channel = '', other = ''] = bot.fake.channelIds;
});

afterEach(() => alterCommunity(bot.folder, 'DELETE FROM settings'));

const open = (): Promise<APIMessage> => bot.fake.slash({ name: 'setup', ...MANAGER }).response();

/** The custom id of the button that leads to a step. */
function stepButton({ components = [] }: APIMessage, step: number): string {
  const ids = JSON.stringify(components).match(/"custom_id":"[^"]+"/g) ?? [];
  const found = ids
    .map((one) => JSON.parse(`{${one}}`).custom_id as string)
    .find((id) => {
      const control = decodeControl(id);
      return control?.action === 'setup' && control.values[0] === String(step);
    });
  if (found === undefined) throw new Error(`No button to step ${step}`);
  return found;
}

const go = (card: APIMessage, step: number): Promise<APIMessage> =>
  bot.fake.pressButton({ messageId: card.id, customId: stepButton(card, step), ...MANAGER }).response();

/** Chooses from the list of a setting. */
function choose(card: APIMessage, setting: string, ...values: readonly string[]) {
  const customId = settingLists(card).get(setting)?.custom_id ?? '';
  return bot.fake.selectOption({ messageId: card.id, customId, values, ...MANAGER });
}

describe('/setup', () => {
  test('leads through every step, forwards and back, and changes nothing by itself', async () => {
    let card = await open();
    expect(isPrivate(card)).toBe(true);
    const seen = [textOf(card)];
    for (let step = 1; step <= 7; step++) {
      card = await go(card, step);
      seen.push(textOf(card));
    }
    expect(seen.slice(0, 7).map((text) => text.split('\n')[0])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((number) => `-# Step ${number} of 7 · What you choose applies at once.`),
    );
    expect(seen.at(-1)).toContain('**Done.** Try me with `/ask`.');
    expect(textOf(await go(card, 6))).toBe(seen[6]);
    expect(readCommunity(bot.folder, 'SELECT * FROM settings')).toEqual([]);
  });

  test('answers only in the chosen channels, and everywhere again once none is chosen', async () => {
    const card = await open();
    const chosen = await choose(card, 'answers', channel).response();
    expect(textOf(chosen)).toContain(`**Channels**: <#${channel}>`);
    expectReykjavik(await ask({}, { channelId: channel }));
    expect(textOf(await ask({}, { channelId: other }))).toContain('Answers are turned off in this channel.');
    const cleared = await choose(chosen, 'answers').response();
    expect(textOf(cleared)).toContain('**Channels**: everywhere');
    expectReykjavik(await ask({}, { channelId: other }));
    expect(readCommunity(bot.folder, 'SELECT * FROM settings')).toEqual([]);
  });

  test('sets what applies in the whole server', async () => {
    const { fake } = bot;
    const [helpers = ''] = fake.roleIds;
    let card = await go(await go(await open(), 1), 2);
    card = await choose(card, 'allowedRoles', helpers).response();
    expect(textOf(card)).toContain(`**Roles that may ask**: <@&${helpers}>`);
    expect(textOf(await ask())).toBe('Only people with certain roles may ask here.');
    card = await go(card, 3);
    card = await choose(card, 'askChannel', other).response();
    card = await choose(card, 'forumPosts', fake.forumChannelId).response();
    expect(textOf(card)).toContain(`**Ask channels**: <#${other}>`);
    expect(textOf(card)).toContain(`**Forums**: <#${fake.forumChannelId}>`);
    const rows = readCommunity(bot.folder, 'SELECT place, name FROM settings ORDER BY name');
    expect(rows).toEqual([
      { place: fake.guildId, name: 'allowedRoles' },
      { place: other, name: 'askChannel' },
      { place: fake.forumChannelId, name: 'forumPosts' },
    ]);
  });

  test('goes on in the language that is chosen', async () => {
    let card = await open();
    for (let step = 1; step <= 6; step++) card = await go(card, step);
    card = await choose(card, 'language', 'de').response();
    expect(textOf(card)).toContain('Welche Sprache soll ich sprechen?');
    expect(textOf(await go(card, 7))).toContain('**Fertig.**');
  });

  test('says in the log what was chosen', async () => {
    const { fake } = bot;
    await pickSetting(fake, await openSettings(fake, { server: true }), 'logChannel', other);
    await choose(await open(), 'answers', channel).response();
    const logged = fake.messagesIn(other).map(textOf);
    expect(logged.at(-1)).toBe(
      `⚙️ <@${fake.reader.id}> changed **Channels** for this server: everywhere → <#${channel}>`,
    );
  });

  test('is only for people who manage the server, at every press', async () => {
    const { fake } = bot;
    const NOT_ALLOWED = 'Only people who may manage this server can see and change its settings.';
    expect(textOf(await fake.slash({ name: 'setup' }).response())).toBe(NOT_ALLOWED);
    const card = await open();
    const customId = settingLists(card).get('answers')?.custom_id ?? '';
    const permissions = PermissionFlagsBits.ManageMessages;
    const handle = fake.selectOption({ messageId: card.id, customId, values: [channel], permissions });
    expect(textOf(await handle.response())).toBe(NOT_ALLOWED);
    expect(readCommunity(bot.folder, 'SELECT * FROM settings')).toEqual([]);
  });
});
