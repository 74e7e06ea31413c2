import type { APIApplicationCommand } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { type IndexedFolder, indexSeeds } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeeds } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { FakeDiscord } from '../fake/fake-discord.js';

const PATIENT = { timeoutMs: 20_000 };
const WARNING = 'another process runs this bot on this index already';
const REPLY = /^\/channels\/\d+\/messages$/;

interface LogLine {
  readonly msg: string;
  readonly pid: number;
  readonly otherPid?: number;
}

let folder: IndexedFolder;
let fake: FakeDiscord;
const started: BotProcess[] = [];
let first: BotProcess;
let second: BotProcess;

beforeAll(async () => {
  folder = await indexSeeds(writeSeeds);
  fake = await FakeDiscord.start();
  first = await start(fake);
});

afterAll(async () => {
  for (const bot of started) await bot.stop();
  await fake?.stop();
  folder?.remove();
  for (const { stderr } of started) expect(stderr).not.toMatch(/unhandled|"level":50/i);
});

/** Starts a copy and waits until it has logged that it is ready. */
async function start(on: FakeDiscord): Promise<BotProcess> {
  const bot = await startBot({ fake: on, ...folder });
  started.push(bot);
  await bot.ready(PATIENT);
  await vi.waitFor(() => expect(bot.stderr).toContain('"msg":"ready"'), { timeout: 20_000 });
  return bot;
}

function warningOf({ stderr }: BotProcess): LogLine | undefined {
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
  return lines.find(({ msg }) => msg.includes(WARNING));
}

/** How often a list of commands was written. */
function writtenLists(): number {
  return fake.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands')).length;
}

describe('a second process of the same bot on the same index', () => {
  test('says so in its log, with the number of the first one, which says nothing', async () => {
    second = await start(fake);

    expect(warningOf(second)).toMatchObject({ pid: second.pid, otherPid: first.pid });
    expect(warningOf(first)).toBeUndefined();
  });

  test('finds all commands registered and writes none', () => {
    expect(fake.commands.length).toBeGreaterThan(10);
    expect(fake.commands.some(({ description_localizations: texts }) => texts?.de !== undefined)).toBe(true);
    expect(writtenLists()).toBe(1);
  });

  test('answers as well, and people see one answer', async () => {
    const requests = fake.requests.length;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const asked = fake.slash({ name: 'ask', options: { question: ANSWERED_QUESTION }, channelId: fake.channelIds[1] });
    const sent = (method: string, path: RegExp) =>
      fake.requests.slice(requests).filter((request) => request.method === method && path.test(request.path)).length;
    await fake.waitFor('both replies', () => (sent('POST', REPLY) === 2 ? true : undefined), PATIENT);
    const isEdited = () => (sent('PATCH', /^\/webhooks\//) === 2 ? true : undefined);
    await fake.waitFor('both edits', isEdited, PATIENT);

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(textOf(await asked.response())).toContain('Harpa');
    expect(fake.messagesIn(fake.channelIds[1] ?? '')).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });
});

test('another application on the same index is no second process of the same bot', async () => {
  const elsewhere = await FakeDiscord.start();
  try {
    const other = await start(elsewhere);
    expect(warningOf(other)).toBeUndefined();
    await other.stop();
    expect(elsewhere.violations).toEqual([]);
  } finally {
    await elsewhere.stop();
  }
});

test('nothing is said once the first one was killed; and one changed description is written, once', async () => {
  await second.stop();
  process.kill(first.pid, 'SIGKILL');
  await first.exit;
  const ours = structuredClone(fake.commands);
  await putWithChange(ours);
  const before = writtenLists();
  const next = await start(fake);

  expect(warningOf(next)).toBeUndefined();
  expect(writtenLists()).toBe(before + 1);
  expect(fake.commands.map(told)).toEqual(ours.map(told));
  expect(textOf(await fake.slash({ name: 'about' }).response(PATIENT))).not.toBe('');
  expect(fake.violations).toEqual([]);
});

/** Registers the commands with another German description of one option, as an older version of ours might have. */
async function putWithChange(commands: readonly APIApplicationCommand[]): Promise<void> {
  const older = structuredClone(commands.map(told)) as {
    options?: { description_localizations?: { de?: string } }[];
  }[];
  const option = older.flatMap(({ options = [] }) => options).find((one) => one.description_localizations?.de);
  if (option?.description_localizations === undefined) throw new Error('No option has a German description');
  option.description_localizations.de = 'Eine ältere Beschreibung';
  const response = await fetch(`${fake.api}/v10/applications/${fake.bot.id}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(older),
  });
  expect(response.status).toBe(200);
}

/** A command as a bot tells it, without what Discord adds. */
function told(command: APIApplicationCommand): object {
  const { id: _id, application_id: _application, version: _version, ...rest } = command;
  return rest;
}
