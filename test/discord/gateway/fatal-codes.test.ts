import { GatewayIntentBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import { loginRefusal } from '../../../src/discord/gateway/login-errors.js';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { useArticles } from '../bot/use-bot.js';
import { FakeDiscord, type FakeDiscordOptions } from '../fake/fake-discord.js';

const PATIENT = { timeoutMs: 20_000 };
const READS_MESSAGES = { DISCORD_MESSAGE_CONTENT: 'on' };
const ABOUT_INTENTS =
  'DISCORD_MESSAGE_CONTENT=on requires the Message Content intent. Turn it on in the Developer Portal';
const ABOUT_VERSION = 'Discord does not know the intents that the bot requested. Update Footnote.';

const articles = useArticles();
let fake: FakeDiscord;
let bot: BotProcess;

afterEach(async () => {
  await bot?.stop();
  await fake?.stop();
});

async function start(options: FakeDiscordOptions = {}, env: Readonly<Record<string, string>> = {}): Promise<void> {
  fake = await FakeDiscord.start(options);
  bot = await startBot({ fake, ...articles.folder, env });
}

/** Expects that the process exits on its own, so that a supervisor notices, and says why without a stack trace. */
async function expectEndWith(words: string, violations: readonly string[] = []): Promise<void> {
  expect(await bot.exit).toEqual({ code: 1, signal: null });
  expect(bot.stderr).toContain(words);
  expect(bot.stderr).not.toMatch(/^ {4}at |unhandled/im);
  expect(bot.stderr).not.toContain(fake.token);
  expect(fake.violations).toEqual(violations);
}

test('each code with which Discord closes a connection for good has its own advice', () => {
  const messages = [4004, 4011, 4013, 4014].map((code) => loginRefusal({ code })?.message);

  expect(messages).toEqual([
    expect.stringContaining('Discord rejected the token. Copy it again from the Developer Portal'),
    expect.stringContaining('Set DISCORD_SHARDS to auto, or to one shard per 1,000 servers'),
    ABOUT_VERSION,
    expect.stringContaining(ABOUT_INTENTS),
  ]);
});

describe('the process exits with code 1 and says what to do', () => {
  test('when the bot asks for the Message Content intent without being granted it', async () => {
    await start({}, READS_MESSAGES);
    await expectEndWith(ABOUT_INTENTS, [
      `gateway: privileged intents ${GatewayIntentBits.MessageContent} are not granted (closed with 4014)`,
    ]);
  });

  test('when Discord closes the login with 4013', async () => {
    await start({ refuseIdentifyWith: 4013 });
    await expectEndWith(ABOUT_VERSION);
  });

  test('when Discord closes the connection with 4013 later', async () => {
    await start();
    await bot.ready(PATIENT);
    fake.gatewayFaults.closeWith(4013);
    await expectEndWith(ABOUT_VERSION);
  });
});
