import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { type IndexedFolder, indexSeeds } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';

const COMMANDS = [
  'ask',
  'find',
  'cite',
  'sources',
  'article',
  'about',
  'forget-me',
  'settings',
  'gaps',
  'status',
  'Answer this',
  'Find the source',
];

let folder: IndexedFolder;
let fake: FakeDiscord;
let started: BotProcess[];

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
});

beforeEach(async () => {
  started = [];
  fake = await FakeDiscord.start();
});

afterEach(async () => {
  for (const bot of started) {
    await bot.stop();
    expect(bot.stderr).not.toContain(fake.token);
  }
  await fake.stop();
});

afterAll(() => folder?.remove());

async function start(env: Record<string, string> = {}): Promise<BotProcess> {
  const bot = await startBot({ fake, ...folder, env });
  started.push(bot);
  return bot;
}

async function restartFake(options: FakeDiscordOptions): Promise<void> {
  await fake.stop();
  fake = await FakeDiscord.start(options);
}

describe('registration of the commands', () => {
  test('happens once: a second start finds them unchanged and writes nothing', async () => {
    const first = await start();
    await first.ready();
    const registered = fake.commands;
    await first.stop();
    const second = await start();
    await second.ready();
    await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id);

    expect(registered.map(({ name }) => name)).toEqual(COMMANDS);
    expect(fake.commands).toEqual(registered);
    expect(writtenLists()).toHaveLength(1);
    // No privileged one, and none that is not needed: Guilds, GuildMessages, DirectMessages.
    expect(fake.identifiedIntents).toEqual(Array(2).fill((1 << 0) | (1 << 9) | (1 << 12)));
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['other ones', [{ name: 'play', description: 'Plays a song', type: 1 }]],
    ['an older form of ours', [{ name: 'about', description: 'An older description', type: 1 }]],
    [
      'our own and one more',
      [
        { name: 'about', description: 'What this bot does, what it knows and what it stores', type: 1 },
        { name: 'play', description: 'Plays a song', type: 1 },
      ],
    ],
  ])('replaces what Discord has: %s', async (_, earlier) => {
    await putCommands(earlier);
    const bot = await start();
    const isReplaced = () => (fake.commands.length === COMMANDS.length ? true : undefined);
    await fake.waitFor('our commands', isReplaced, { timeoutMs: 15_000 });
    await bot.ready();

    expect(fake.commands.map(({ name }) => name)).toEqual(COMMANDS);
    const about = fake.commands.find(({ name }) => name === 'about');
    expect(about?.description).toBe('What this bot does, what it knows and what it stores');
    expect(fake.violations).toEqual([]);
  });

  test('goes to one server when DISCORD_GUILD_ID names it, and only there', async () => {
    const env = { DISCORD_GUILD_ID: fake.guildId };
    const first = await start(env);
    await first.ready();
    await first.stop();
    const second = await start(env);
    await second.ready();
    const response = await fake.slash({ name: 'about' }).response();

    expect(textOf(response)).toContain('Footnote');
    expect(writtenLists()).toEqual([`/applications/${fake.bot.id}/guilds/${fake.guildId}/commands`]);
    expect(fake.commands.every((command) => command.guild_id === fake.guildId)).toBe(true);
    expect(fake.violations).toEqual([]);
  });

  test('in a server without the bot ends it with code 1 and the remedy', async () => {
    const bot = await start({ DISCORD_GUILD_ID: '123456789012345678' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('in the server 123456789012345678 (DISCORD_GUILD_ID): invite the bot there');
    expect(fake.violations).toEqual([]);
  });

  test('a command that Discord still shows although it is gone is answered politely', async () => {
    const bot = await start();
    await bot.ready();
    await putCommands([{ name: 'play', description: 'Plays a song', type: 1 }]);
    const response = await fake.slash({ name: 'play' }).response();

    expect(textOf(response)).toContain('This command no longer exists');
    expect(fake.violations).toEqual([]);
  });
});

describe('what keeps the bot from starting is said with the remedy:', () => {
  test('no token', async () => {
    const bot = await start({ DISCORD_TOKEN: '' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('DISCORD_TOKEN is not set. Make an application at https://discord.com/developers');
    expect(fake.requests).toEqual([]);
  });

  test('a token of two words and a server id that is none, both at once', async () => {
    const bot = await start({ DISCORD_TOKEN: 'two words', DISCORD_GUILD_ID: 'my server' });

    expect(await bot.exit).toEqual({ code: 2, signal: null });
    expect(bot.stderr).toMatch(/DISCORD_TOKEN: must be one word[\s\S]*DISCORD_GUILD_ID: must be an id/);
    expect(bot.stderr).not.toContain('two words');
    expect(fake.requests).toEqual([]);
  });

  test('a token that the API refuses', async () => {
    fake.refuseToken();
    const bot = await start();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord refuses the token. Copy it again from the Developer Portal');
    expect(fake.violations).toEqual([]);
  });

  test('a token that the gateway refuses', async () => {
    await restartFake({ refuseIdentifyWith: 4004 });
    const bot = await start();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord refuses the token. Copy it again from the Developer Portal');
    expect(fake.violations).toEqual([]);
  });

  test.each([
    [4013, 'Discord does not know the intents that were asked for. Update Footnote.'],
    [4011, 'too many servers for one connection: set DISCORD_SHARDS to 1 for each 1,000 servers, or to auto'],
  ])('a login closed with %i', async (code, words) => {
    await restartFake({ refuseIdentifyWith: code });
    const bot = await start();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain(words);
    expect(fake.violations).toEqual([]);
  });

  test('an intent that is not turned on for the application', async () => {
    const bot = await start({ DISCORD_MESSAGE_CONTENT: 'on' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord refuses the intents. With DISCORD_MESSAGE_CONTENT=on the Message Content');
    expect(fake.violations).toEqual([expect.stringContaining('4014')]);
  });

  test('nothing indexed', async () => {
    const bot = await startBot({ fake, seeds: folder.seeds, index: `${folder.index}-of-nobody` });
    started.push(bot);

    expect(await bot.exit).toEqual({ code: 3, signal: null });
    expect(bot.stderr).toContain('footnote index');
    expect(fake.requests).toEqual([]);
  });
});

describe('the login', () => {
  test('is tried again when the API has a server error and the gateway refuses the first connection', async () => {
    fake.faults.respond({ path: /\/gateway\/bot$/, status: 503, times: 2, body: '<html>503</html>' });
    fake.faults.respond({ path: /\/commands$/, status: 500, times: 2 });
    fake.gatewayFaults.refuseUpgrades(1);
    const bot = await start();
    await bot.ready();

    expect(fake.commands).toHaveLength(COMMANDS.length);
    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  test('can be given up with SIGTERM before Discord says READY', async () => {
    fake.faults.hang({ path: /\/gateway\/bot$/, times: 10 });
    const bot = await start();
    await fake.waitFor('login', () => fake.requests[0], { timeoutMs: 15_000 });
    try {
      process.kill(bot.pid, 'SIGTERM');
      expect(await Promise.race([bot.exit, sleep(2_000)])).toMatchObject({ signal: null });
    } finally {
      await bot.stop();
    }
  });
});

/** The paths at which lists of commands were written. */
function writtenLists(): string[] {
  return fake.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
}

async function putCommands(commands: readonly object[]): Promise<void> {
  const response = await fetch(`${fake.api}/v10/applications/${fake.bot.id}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(commands),
  });
  expect(response.status).toBe(200);
}
