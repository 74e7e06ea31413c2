import type { APIMessage } from 'discord-api-types/v10';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseServerExport, type ServerExport } from '../../../src/community/server-export.js';
import { alterCommunity, passageIn } from '../bot/indexed-folder.js';
import { pin } from '../bot/pins.js';
import { readerOf } from '../bot/reader.js';
import { ANSWERED_QUESTION, REYKJAVIK } from '../bot/seeds.js';
import { choose, MANAGER, openSettings, showSetting } from '../bot/settings-card.js';
import { pinnedIn } from '../bot/shown-answer.js';
import { isPrivate, textOf } from '../bot/shown-message.js';
import { useBot } from '../bot/use-bot.js';

const bot = useBot();
const { ask, press, current, votesOn } = readerOf(bot);
const CLEAR = 'DELETE FROM settings; DELETE FROM pins; DELETE FROM votes; DELETE FROM questions';

let channel: string;

beforeAll(() => {
  [channel = ''] = bot.fake.channelIds;
});

afterEach(() => alterCommunity(bot.folder, CLEAR));

async function exported(): Promise<{ message: APIMessage; data: ServerExport; text: string }> {
  const { fake } = bot;
  const message = await fake.slash({ name: 'export', ...MANAGER }).response();
  const request = fake.requests.findLast(({ files }) => files.some(({ name }) => name === 'footnote-server.json'));
  const text = request?.files?.[0]?.text ?? '';
  return { message, data: JSON.parse(text) as ServerExport, text };
}

const imported = (data: string, url?: string): Promise<APIMessage> => {
  const file = bot.fake.uploadFile({ name: 'footnote-server.json', data, ...(url !== undefined && { url }) });
  return bot.fake.slash({ name: 'import', options: { file }, ...MANAGER }).response();
};

/** Sets two settings, pins a passage, and votes. */
async function useServer(): Promise<APIMessage> {
  const { fake } = bot;
  await choose(fake, await openSettings(fake, { channel }), 'replyPlace', 'in a thread');
  await choose(fake, await openSettings(fake, { server: true }), 'keptDays', 'for 30 days');
  await pin(fake, 'add', { question: ANSWERED_QUESTION, passage: passageIn(bot.folder, REYKJAVIK.file, 1).id });
  const answer = await ask();
  await press(answer, 'right').response();
  await press(answer, 'right', { userId: fake.otherReader.id }).response();
  return answer;
}

describe('/export and /import', () => {
  test('take no setting that could format or mention, and no roles or channels of another server', async () => {
    const { fake } = bot;
    const { data } = await exported();
    const [role = ''] = fake.roleIds;
    const values: readonly (readonly [string, unknown])[] = [
      ['signs', ['@everyone', '**', '[x](https://pier.example)', '⚪']],
      ['answerLine', 'One line\n# and a heading'],
      ['accentColour', -1],
      ['askRole', '1'],
      ['allowedRoles', [role, '1']],
      ['logChannel', '1'],
      ['collectionName', 'the harbour book'],
      ['ignoredRoles', [role]],
    ];
    const settings = values.map(([name, value]) => ({ place: fake.guildId, name, value }));
    const answer = await imported(JSON.stringify({ ...data, settings }));
    expect(textOf(answer)).toContain('Settings: 2, pins: 0, votes: 0.');
    expect(textOf(answer)).toContain('6');
    const card = await showSetting(fake, await openSettings(fake, { server: true }), 'askRole');
    expect(textOf(card)).toContain('**Name of the articles**: the harbour book');
    expect(textOf(card)).toContain('**Signs of the outcomes**: the usual');
  });

  test('bring back settings, pins and votes, and name nobody', async () => {
    const { fake } = bot;
    const answer = await useServer();
    const { message, data, text } = await exported();
    expect(isPrivate(message)).toBe(true);
    expect(textOf(message)).toContain('Settings: 2, pins: 1, votes: 2.');
    expect(parseServerExport(text)).toEqual(data);
    for (const { id } of [fake.reader, fake.otherReader]) expect(text).not.toContain(id);

    alterCommunity(bot.folder, CLEAR);
    expect(pinnedIn(await ask())).toBeNull();
    expect(textOf(await imported(text))).toBe('Imported. Settings: 2, pins: 1, votes: 2.');
    expect(textOf(await showSetting(fake, await openSettings(fake, { channel }), 'replyPlace'))).toContain(
      '**Answers to messages appear**: in a thread',
    );
    expect(pinnedIn(await ask())).toContain('four seconds');
    await press(answer, 'page').response();
    expect((await exported()).data.votes).toEqual(data.votes);

    // What is there already is not counted twice, and who voted can still change the vote or be forgotten.
    expect(textOf(await imported(text))).toBe('Imported. Settings: 2, pins: 1, votes: 0.');
    const again = await ask();
    await press(again, 'right').response();
    expect(votesOn(current(again))).toEqual(['👍 1']);
    expect(textOf(await fake.slash({ name: 'forget-me' }).response())).toContain('2 votes');
    expect((await exported()).data.votes).toHaveLength(1);
  });

  test('leave out channels that are not there and settings that this version does not know', async () => {
    const { fake } = bot;
    await useServer();
    const { data } = await exported();
    alterCommunity(bot.folder, CLEAR);
    const settings = [
      ...data.settings,
      { place: '42', name: 'answers', value: false },
      { place: channel, name: 'mood', value: 'good' },
      { place: channel, name: 'answers', value: 'maybe' },
      { place: channel, name: '__proto__', value: {} },
    ];
    const message = await imported(JSON.stringify({ ...data, settings }));
    expect(textOf(message)).toContain('Settings: 2, pins: 1, votes: 2. 4 entries were left out');
    // In another server its own channels and messages mean nothing.
    alterCommunity(bot.folder, CLEAR);
    const elsewhere = await imported(JSON.stringify({ ...data, server: '4242' }));
    expect(textOf(elsewhere)).toContain('Settings: 1, pins: 1, votes: 0.');
    expect(textOf(await openSettings(fake, { server: true }))).toContain('**Answers**: on');
  });

  test.each([
    ['is no JSON', 'Not JSON', 'isn’t a file from `/export`'],
    ['is something else', '{"settings": []}', 'isn’t a file from `/export`'],
    ['is newer', '{"format": 2}', 'from a newer version of the bot'],
    ['is too large', 'x'.repeat(10_000_001), 'too large'],
  ])('change nothing if the file %s', async (_, data, told) => {
    expect(textOf(await imported(data))).toContain(told);
  });

  test('never open an address outside Discord', async () => {
    for (const url of ['http://127.0.0.1:1/x.json', 'https://example.org/x.json', 'http://cdn.discordapp.com/x.json'])
      expect(textOf(await imported('{}', url))).toContain('I couldn’t load that file from Discord');
  });

  test('are for people who manage the server', async () => {
    const { fake } = bot;
    const file = fake.uploadFile({ name: 'x.json', data: '{}' });
    for (const command of [{ name: 'export' }, { name: 'import', options: { file } }])
      expect(textOf(await fake.slash(command).response())).toContain('Only people who may manage this server');
  });
});
