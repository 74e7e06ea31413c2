import { GatewayIntentBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from './bot-process.js';
import { FakeDiscord, type FakeDiscordOptions } from './fake-discord.js';
import { type IndexedFolder, indexSeeds } from './running-bot.js';
import { writeSeeds } from './seeds.js';

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

describe('a login that Discord closes for good ends the process with code 1 and the remedy:', () => {
  test.each([
    [4012, 'code 4012'],
    [4013, ABOUT_VERSION],
  ])('code %i', async (code, words) => {
    await start({ refuseIdentifyWith: code });
    await expectEndWith(words);
  });

  test('code 4014, because messages are to be read and the application may not', async () => {
    await start({}, READS_MESSAGES);
    await expectEndWith(ABOUT_INTENTS, [
      `gateway: privileged intents ${GatewayIntentBits.MessageContent} are not granted (closed with 4014)`,
    ]);
  });
});

describe('a connection that Discord closes for good later ends the process with code 1 and the remedy:', () => {
  test.each([
    [4011, 'set DISCORD_SHARDS to 1 for each 1,000 servers, or to auto', {}],
    [4014, ABOUT_INTENTS, READS_MESSAGES],
  ])('code %i', async (code, words, env) => {
    await start({ grantedIntents: GatewayIntentBits.MessageContent }, env);
    await bot.ready(PATIENT);
    fake.closeWith(code);
    await expectEndWith(words);
  });
});
