import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { putCommands } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles } from '../bot/use-bot.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';

const COMMANDS = [
  'ask',
  'find',
  'cite',
  'sources',
  'article',
  'about',
  'forget-me',
  'setup',
  'settings',
  'gaps',
  'pin',
  'add',
  'remove',
  'status',
  'export',
  'import',
  'Answer this',
  'Find the source',
  'Add as article',
  'This answers it',
];

const articles = useArticles();
let fake: FakeDiscord;
let started: BotProcess[];

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

async function start(env: Record<string, string> = {}): Promise<BotProcess> {
  const bot = await startBot({ fake, ...articles.folder, env });
  started.push(bot);
  return bot;
}

async function restartFake(options: FakeDiscordOptions): Promise<void> {
  await fake.stop();
  fake = await FakeDiscord.start(options);
}

describe('the registration of the commands', () => {
  test('happens once: a second start finds them unchanged and does not repeat it', async () => {
    const first = await start();
    await first.ready();
    const registered = fake.commands;
    await first.stop();
    const second = await start();
    await second.ready();
    await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id);

    expect(registered.map(({ name }) => name)).toEqual(COMMANDS);
    expect(fake.commands).toEqual(registered);
    expect(registrations()).toHaveLength(1);
    // Only what the bot needs, and nothing privileged: Guilds, GuildMessages, DirectMessages.
    expect(fake.identifiedIntents).toEqual(Array(2).fill((1 << 0) | (1 << 9) | (1 << 12)));
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['unrelated commands', [{ name: 'play', description: 'Plays a song', type: 1 }]],
    ['an older version of ours', [{ name: 'about', description: 'An older description', type: 1 }]],
    [
      'ours and one more',
      [
        { name: 'about', description: 'What this bot does, what it knows and what it stores', type: 1 },
        { name: 'play', description: 'Plays a song', type: 1 },
      ],
    ],
  ])('replaces the commands that Discord has: %s', async (_, earlier) => {
    await putCommands(fake, earlier);
    const bot = await start();
    const isReplaced = () => (fake.commands.length === COMMANDS.length ? true : undefined);
    await fake.waitFor('our commands', isReplaced, { timeoutMs: 15_000 });
    await bot.ready();

    expect(fake.commands.map(({ name }) => name)).toEqual(COMMANDS);
    const about = fake.commands.find(({ name }) => name === 'about');
    expect(about?.description).toBe('What this bot does, what it knows and what it stores');
    expect(fake.violations).toEqual([]);
  });

  test('is limited to one server when DISCORD_GUILD_ID names it', async () => {
    const env = { DISCORD_GUILD_ID: fake.guildId };
    const first = await start(env);
    await first.ready();
    await first.stop();
    const second = await start(env);
    await second.ready();
    const response = await fake.slash({ name: 'about' }).response();

    expect(textOf(response)).toContain('Footnote');
    expect(registrations()).toEqual([`/applications/${fake.bot.id}/guilds/${fake.guildId}/commands`]);
    expect(fake.commands.every((command) => command.guild_id === fake.guildId)).toBe(true);
    expect(fake.violations).toEqual([]);
  });

  test('fails with exit code 1 and advice for a server that the bot is not in', async () => {
    const bot = await start({ DISCORD_GUILD_ID: '123456789012345678' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toMatch(/in the server 123456789012345678 \(DISCORD_GUILD_ID\): .+\. Invite the bot there/);
    expect(fake.violations).toEqual([]);
  });

  test('leads to a polite answer when somebody uses a command that was removed but that Discord still shows', async () => {
    const bot = await start();
    await bot.ready();
    await putCommands(fake, [{ name: 'play', description: 'Plays a song', type: 1 }]);
    const response = await fake.slash({ name: 'play' }).response();

    expect(textOf(response)).toContain('This command no longer exists');
    expect(fake.violations).toEqual([]);
  });
});

describe('the bot says what keeps it from starting, and what to do:', () => {
  test('no token', async () => {
    const bot = await start({ DISCORD_TOKEN: '' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('DISCORD_TOKEN is not set. Create an application at https://discord.com/developers');
    expect(fake.requests).toEqual([]);
  });

  test('a token of two words and an invalid server id, in one message', async () => {
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
    expect(bot.stderr).toContain('Discord rejected the token. Copy it again from the Developer Portal');
    expect(fake.violations).toEqual([]);
  });

  test('a token that the gateway refuses', async () => {
    await restartFake({ refuseIdentifyWith: 4004 });
    const bot = await start();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain('Discord rejected the token. Copy it again from the Developer Portal');
    expect(fake.violations).toEqual([]);
  });

  test.each([
    [4013, 'Discord does not know the intents that the bot requested. Update Footnote.'],
    [4011, 'too many servers for one connection. Set DISCORD_SHARDS to auto, or to one shard per 1,000 servers'],
  ])('a login that Discord closes with %i', async (code, words) => {
    await restartFake({ refuseIdentifyWith: code });
    const bot = await start();

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain(words);
    expect(fake.violations).toEqual([]);
  });

  test('an intent that is not enabled for the application', async () => {
    const bot = await start({ DISCORD_MESSAGE_CONTENT: 'on' });

    expect(await bot.exit).toEqual({ code: 1, signal: null });
    expect(bot.stderr).toContain(
      'Discord rejected the intents. DISCORD_MESSAGE_CONTENT=on requires the Message Content',
    );
    expect(fake.violations).toEqual([expect.stringContaining('4014')]);
  });

  test('an index that does not exist', async () => {
    const bot = await startBot({ fake, seeds: articles.folder.seeds, index: `${articles.folder.index}-missing` });
    started.push(bot);

    expect(await bot.exit).toEqual({ code: 3, signal: null });
    expect(bot.stderr).toMatch(/^Nothing is indexed in .+, then run `[^`]+ index`\.$/m);
    expect(fake.requests).toEqual([]);
  });
});

describe('the login', () => {
  test('is retried when the API fails and the gateway refuses the first connection', async () => {
    fake.faults.respond({ path: /\/gateway\/bot$/, status: 503, times: 2, body: '<html>503</html>' });
    fake.faults.respond({ path: /\/commands$/, status: 500, times: 2 });
    fake.gatewayFaults.refuseUpgrades(1);
    const bot = await start();
    await bot.ready();

    expect(fake.commands).toHaveLength(COMMANDS.length);
    expect(await fake.answersTo(fake.say({ content: ANSWERED_QUESTION, mentionsBot: true }).id)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  test('can be cancelled with SIGTERM before Discord says READY', async () => {
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

/** The paths of all requests that registered commands. */
function registrations(): string[] {
  return fake.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
}
