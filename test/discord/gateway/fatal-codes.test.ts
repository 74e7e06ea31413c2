import { GatewayIntentBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loginRefusal } from '../../../src/discord/gateway/login-errors.js';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { type IndexedFolder, indexSeeds } from '../bot/running-bot.js';
import { writeSeeds } from '../bot/seeds.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';

const PATIENT = { timeoutMs: 20_000 };
const READS_MESSAGES = { DISCORD_MESSAGE_CONTENT: 'on' };
const ABOUT_INTENTS =
  'With DISCORD_MESSAGE_CONTENT=on the Message Content intent has to be turned on for the application in the Developer Portal';
const ABOUT_VERSION = 'Discord does not know the intents that were asked for. Update Footnote.';

let folder: IndexedFolder;
let fake: FakeDiscord;
let bot: BotProcess;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
});

afterEach(async () => {
  await bot?.stop();
  await fake?.stop();
});

afterAll(() => folder?.remove());

async function start(options: FakeDiscordOptions = {}, env: Readonly<Record<string, string>> = {}): Promise<void> {
  fake = await FakeDiscord.start(options);
  bot = await startBot({ fake, ...folder, env });
}

/** The process ends by itself, so that whoever watches over it notices, and says why in words. */
async function expectEndWith(words: string, violations: readonly string[] = []): Promise<void> {
  expect(await bot.exit).toEqual({ code: 1, signal: null });
  expect(bot.stderr).toContain(words);
  expect(bot.stderr).not.toMatch(/^ {4}at |unhandled/im);
  expect(bot.stderr).not.toContain(fake.token);
  expect(fake.violations).toEqual(violations);
}

test('each code that Discord closes a connection with for good has its remedy', () => {
  const remedies = [4004, 4011, 4013, 4014].map((code) => loginRefusal({ code })?.message);

  expect(remedies).toEqual([
    expect.stringContaining('Discord refuses the token. Copy it again from the Developer Portal'),
    expect.stringContaining('set DISCORD_SHARDS to 1 for each 1,000 servers, or to auto'),
    ABOUT_VERSION,
    expect.stringContaining(ABOUT_INTENTS),
  ]);
});

describe('the process ends with code 1 and the remedy', () => {
  test('when messages are to be read and the application may not', async () => {
    await start({}, READS_MESSAGES);
    await expectEndWith(ABOUT_INTENTS, [
      `gateway: privileged intents ${GatewayIntentBits.MessageContent} are not granted (closed with 4014)`,
    ]);
  });

  test('when a login is closed with 4013', async () => {
    await start({ refuseIdentifyWith: 4013 });
    await expectEndWith(ABOUT_VERSION);
  });

  test('when the connection is closed with 4013 later', async () => {
    await start();
    await bot.ready(PATIENT);
    fake.gatewayFaults.closeWith(4013);
    await expectEndWith(ABOUT_VERSION);
  });
});
