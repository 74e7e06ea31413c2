import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BUNDLED_MODEL_ID } from '../src/bundled-model.js';
import { PROJECT_FOLDER, readSettings } from '../src/settings.js';
import { EXIT, UserError } from '../src/user-error.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-settings-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function refusal(environment: Record<string, string>): UserError {
  try {
    readSettings(environment, folder);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`Accepted: ${JSON.stringify(environment)}`);
}

test('without settings, seeds and index are in the working folder and the bundled model is used', () => {
  const settings = readSettings({}, folder);
  expect(settings).toEqual({
    discord: {
      token: null,
      api: 'https://discord.com/api',
      guildId: null,
      readsMessages: false,
      shards: 1,
      stuckAfterMs: 60_000,
    },
    limits: { perPerson: 20, perServer: 600, waitingMs: 15_000, answeringMs: 15_000 },
    seedsFolder: join(folder, 'seeds'),
    indexFolder: join(folder, 'index'),
    model: { id: BUNDLED_MODEL_ID, modelsFolder: resolve(PROJECT_FOLDER, 'models'), hub: 'https://huggingface.co' },
    workers: expect.any(Number),
    logLevel: 'info',
  });
  expect(settings.workers).toBeGreaterThanOrEqual(1);
  expect(settings.workers).toBeLessThanOrEqual(16);
});

test('every setting can be set in the environment', () => {
  const environment = {
    DISCORD_TOKEN: 'a.token',
    DISCORD_API: 'http://127.0.0.1:8080/api/',
    DISCORD_GUILD_ID: '12345678901234567',
    DISCORD_MESSAGE_CONTENT: 'on',
    DISCORD_SHARDS: '4',
    DISCORD_STUCK_S: '5',
    FOOTNOTE_PERSON_LIMIT: '2',
    FOOTNOTE_SERVER_LIMIT: '30',
    FOOTNOTE_TIMEOUT_S: '7',
    FOOTNOTE_SEEDS: 'articles',
    FOOTNOTE_INDEX: '/var/footnote',
    FOOTNOTE_MODEL: 'Xenova/other',
    FOOTNOTE_MODELS: '../models',
    FOOTNOTE_HUB: 'http://127.0.0.1:8081//',
    FOOTNOTE_WORKERS: '3',
    FOOTNOTE_LOG_LEVEL: 'warn',
  };
  expect(readSettings(environment, folder)).toEqual({
    discord: {
      token: 'a.token',
      api: 'http://127.0.0.1:8080/api',
      guildId: '12345678901234567',
      readsMessages: true,
      shards: 4,
      stuckAfterMs: 5_000,
    },
    limits: { perPerson: 2, perServer: 30, waitingMs: 3_500, answeringMs: 3_500 },
    seedsFolder: join(folder, 'articles'),
    indexFolder: '/var/footnote',
    model: { id: 'Xenova/other', modelsFolder: resolve(folder, '../models'), hub: 'http://127.0.0.1:8081' },
    workers: 3,
    logLevel: 'warn',
  });
});

test('all mistakes are named in one message, with the exit code for usage errors', () => {
  const mistakes = {
    DISCORD_TOKEN: 'two words',
    DISCORD_API: 'discord.com',
    DISCORD_GUILD_ID: 'my server',
    DISCORD_MESSAGE_CONTENT: 'yes',
    DISCORD_SHARDS: 'some',
    DISCORD_STUCK_S: 'soon',
    FOOTNOTE_PERSON_LIMIT: 'none',
    FOOTNOTE_SERVER_LIMIT: 'none',
    FOOTNOTE_TIMEOUT_S: 'soon',
    FOOTNOTE_MODEL: 'MiniLM',
    FOOTNOTE_HUB: 'file:///hub',
    FOOTNOTE_WORKERS: 'many',
    FOOTNOTE_LOG_LEVEL: 'loud',
  };
  const { message, exitCode } = refusal(mistakes);
  expect(exitCode).toBe(EXIT.usageError);
  const lines = message.split('\n');
  expect(lines).toHaveLength(1 + Object.keys(mistakes).length);
  for (const name of Object.keys(mistakes))
    expect(lines.filter((line) => line.startsWith(`  ${name}: `))).toHaveLength(1);
});

test('an invalid token is not shown', () => {
  expect(refusal({ DISCORD_TOKEN: 'secret words' }).message).not.toContain('secret');
});

describe('is refused', () => {
  test.each([
    ['FOOTNOTE_WORKERS', '0'],
    ['FOOTNOTE_WORKERS', '17'],
    ['FOOTNOTE_WORKERS', '1.5'],
    ['FOOTNOTE_WORKERS', '-1'],
    ['FOOTNOTE_MODEL', 'a/b/c'],
    ['FOOTNOTE_MODEL', 'a/'],
    ['DISCORD_GUILD_ID', '1234567890123456'],
    ['DISCORD_API', 'javascript:alert(1)'],
    ['DISCORD_MESSAGE_CONTENT', 'true'],
    ['DISCORD_SHARDS', '0'],
    ['DISCORD_SHARDS', '1001'],
    ['DISCORD_SHARDS', '1.5'],
    ['DISCORD_SHARDS', 'AUTO'],
    ['DISCORD_STUCK_S', '0'],
    ['DISCORD_STUCK_S', '3601'],
    ['FOOTNOTE_PERSON_LIMIT', '0'],
    ['FOOTNOTE_PERSON_LIMIT', '100001'],
    ['FOOTNOTE_SERVER_LIMIT', '0'],
    ['FOOTNOTE_SERVER_LIMIT', '1e9'],
    ['FOOTNOTE_TIMEOUT_S', '0'],
    ['FOOTNOTE_TIMEOUT_S', '601'],
    ['FOOTNOTE_LOG_LEVEL', 'INFO'],
  ])('%s=%s', (name, value) => {
    expect(refusal({ [name]: value }).message).toContain(`  ${name}: `);
  });
});

test.each([
  ['FOOTNOTE_WORKERS', 'many', 'must be a whole number from 1 to 16'],
  ['FOOTNOTE_WORKERS', '17', 'must be a whole number from 1 to 16'],
  ['FOOTNOTE_WORKERS', '1.5', 'must be a whole number from 1 to 16'],
  ['DISCORD_SHARDS', 'some', 'must be a whole number from 1 to 1000, or auto'],
  ['DISCORD_SHARDS', '0', 'must be a whole number from 1 to 1000, or auto'],
  ['DISCORD_MESSAGE_CONTENT', 'yes', 'must be one of on, off'],
  ['DISCORD_API', 'discord.com', 'must be an address that starts with https:// or http://'],
  ['FOOTNOTE_MODEL', 'MiniLM', `must be a name like ${BUNDLED_MODEL_ID}`],
  [
    'DISCORD_TOKEN',
    'two words',
    'must be one word without spaces: copy it again from the Developer Portal (Bot, Reset Token)',
  ],
  [
    'DISCORD_GUILD_ID',
    'my server',
    'must be an id of 17 to 20 digits (in Discord, turn on Developer Mode, right-click the server and choose Copy Server ID)',
  ],
])('%s=%s says which values are possible', (name, value, problem) => {
  expect(
    refusal({ [name]: value })
      .message.split('\n')
      .slice(1),
  ).toEqual([`  ${name}: ${problem}`]);
});

test('a message about settings tells where they are described', () => {
  const problem = { FOOTNOTE_WORKERS: 'many' };
  expect(refusal(problem).message).toContain(`(see ${join(PROJECT_FOLDER, '.env.example')})`);
  expect(() => readSettings(problem, PROJECT_FOLDER)).toThrow('(see .env.example)');
  expect(() => readSettings(problem, join(PROJECT_FOLDER, '..'))).toThrow(/\(see [^/]+\/\.env\.example\)/);
});

test('FOOTNOTE_MODEL cannot name a folder outside the models folder', () => {
  expect(refusal({ FOOTNOTE_MODEL: '../..' }).message).toContain('  FOOTNOTE_MODEL: ');
});

test('the number of shards can be left to Discord', () => {
  expect(readSettings({ DISCORD_SHARDS: 'auto' }, folder).discord.shards).toBe('auto');
});

describe('.env.example', () => {
  const example = readFileSync(join(PROJECT_FOLDER, '.env.example'), 'utf8');
  const named = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)];

  test('mentions every setting once, and sets none', () => {
    const source = readFileSync(join(PROJECT_FOLDER, 'src', 'settings.ts'), 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z]+_[A-Z_]+):/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(10);
    expect(named).toHaveLength(known.length);
    expect(new Set(named.map(([, name]) => name))).toEqual(new Set(known));
    expect(named.filter(([, , value]) => value !== '')).toEqual([]);
  });

  test('can be used as it is', () => {
    writeFileSync(join(folder, '.env'), example);
    const settings = readSettings({}, folder);
    rmSync(join(folder, '.env'));
    expect(settings).toEqual(readSettings({}, folder));
  });
});

test('an empty value means "not set"', () => {
  const empty = {
    DISCORD_TOKEN: '',
    DISCORD_API: ' ',
    DISCORD_GUILD_ID: '',
    FOOTNOTE_SEEDS: '',
    FOOTNOTE_WORKERS: '',
    FOOTNOTE_LOG_LEVEL: '\t',
  };
  expect(readSettings(empty, folder)).toEqual(readSettings({}, folder));
  writeFileSync(join(folder, '.env'), 'DISCORD_TOKEN=\nFOOTNOTE_WORKERS=\n');
  expect(readSettings({}, folder).discord.token).toBeNull();
});

test('.env fills in what the environment does not set', () => {
  writeFileSync(
    join(folder, '.env'),
    '# a comment\nDISCORD_TOKEN="from.file"\nFOOTNOTE_SEEDS=from-file\nFOOTNOTE_LOG_LEVEL=debug\n',
  );
  const settings = readSettings({ FOOTNOTE_SEEDS: 'from-environment' }, folder);
  expect(settings.discord.token).toBe('from.file');
  expect(settings.logLevel).toBe('debug');
  expect(settings.seedsFolder).toBe(join(folder, 'from-environment'));
  expect(process.env.DISCORD_TOKEN).not.toBe('from.file');
});

test('a mistake in .env is reported like any other', () => {
  writeFileSync(join(folder, '.env'), 'FOOTNOTE_WORKERS=many\n');
  expect(refusal({}).message).toContain('  FOOTNOTE_WORKERS: ');
  expect(readSettings({ FOOTNOTE_WORKERS: '2' }, folder).workers).toBe(2);
});

test('other environment variables are ignored', () => {
  expect(readSettings({ PATH: '/bin', FOOTNOTE_UNKNOWN: 'x' }, folder)).toEqual(readSettings({}, folder));
});
