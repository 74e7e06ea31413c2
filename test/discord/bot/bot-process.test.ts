import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeDiscord } from '../fake/fake-discord.js';
import { type BotProcess, startBot } from './bot-process.js';

const entryPoint = fileURLToPath(new URL('./small-bot.mjs', import.meta.url));
const loopbackOnly = fileURLToPath(new URL('./loopback-only.mjs', import.meta.url));

let fake: FakeDiscord;
let bot: BotProcess | undefined;

beforeEach(async () => {
  fake = await FakeDiscord.start();
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await fake.stop();
});

function start(env: Record<string, string> = {}) {
  return startBot({ fake, seeds: 'seeds', index: 'index', args: ['--more'], env, entryPoint });
}

test('a bot gets only the environment it is given, answers, and exits on SIGTERM', async () => {
  bot = await start({ MODE: 'curious' });
  await bot.ready({ timeoutMs: 10_000 });
  const question = fake.say({ content: 'hello', mentionsBot: true });
  await fake.answersTo(question.id);

  expect(await bot.stop()).toBe(0);
  const { args, env, cwd } = JSON.parse(bot.stdout.split('\n')[0] ?? '');
  expect(args).toEqual(['bot', '--seeds', resolve('seeds'), '--index', resolve('index'), '--more']);
  expect(env).toEqual(['DISCORD_API', 'DISCORD_TOKEN', 'HOME', 'MODE', 'PATH']);
  expect(existsSync(cwd)).toBe(false);
  expect(bot.stdout).toContain('refused: ENETUNREACH');
  expect(bot.stderr).toContain('connection to 192.0.2.1 refused');
  expect(fake.violations).toEqual([]);
}, 20_000);

test('waiting for a bot that exits early rejects with what it printed', async () => {
  bot = await start({ MODE: 'fails' });

  await expect(bot.ready()).rejects.toThrow(/code 3[\s\S]*no articles found/);
  expect(await bot.exit).toEqual({ code: 3, signal: null });
});

test('a bot that ignores SIGTERM is killed after five seconds', async () => {
  bot = await start({ MODE: 'stubborn' });
  await bot.ready({ timeoutMs: 10_000 });

  expect(await bot.stop()).toBeNull();
  expect(await bot.exit).toEqual({ code: null, signal: 'SIGKILL' });
}, 20_000);

test.each([
  ['fetch("http://example.org")', 'connection to example.org'],
  ['new (require("ws"))("wss://gateway.discord.gg")', 'connection to gateway.discord.gg'],
  ['require("net").connect(443, "8.8.8.8")', 'connection to 8.8.8.8'],
  ['require("dgram").createSocket("udp4").send("x", 53, "8.8.8.8")', 'datagram to 8.8.8.8'],
  ['require("dns").promises.resolve("discord.com")', 'dns.resolve of discord.com'],
  [
    'new (require("worker_threads").Worker)(new URL("data:text/javascript,fetch(\'http://example.net\')"))',
    'connection to example.net',
  ],
])('loopback-only refuses %s', (code, refusal) => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', loopbackOnly, '-e', code], {
    encoding: 'utf8',
    timeout: 10_000,
  });

  expect(stderr).toContain(`loopback-only: ${refusal} refused`);
  expect(status).not.toBe(0);
});
