import type { APIApplicationCommand } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BotProcess, startBot } from '../bot/bot-process.js';
import { EDIT, putCommands, REPLY } from '../bot/requests.js';
import { ANSWERED_QUESTION } from '../bot/seeds.js';
import { textOf } from '../bot/shown-message.js';
import { useArticles } from '../bot/use-bot.js';
import { FakeDiscord } from '../fake/fake-discord.js';

const PATIENT = { timeoutMs: 20_000 };
const WARNING = 'another process is running this bot on this index';

interface LogLine {
  readonly msg: string;
  readonly pid: number;
  readonly otherPid?: number;
}

const articles = useArticles();
let fake: FakeDiscord;
const started: BotProcess[] = [];
let first: BotProcess;
let second: BotProcess;

beforeAll(async () => {
  fake = await FakeDiscord.start();
  first = await start(fake);
});

afterAll(async () => {
  for (const bot of started) await bot.stop();
  await fake?.stop();
  for (const { stderr } of started) expect(stderr).not.toMatch(/unhandled|"level":50/i);
});

/** Starts another process of the bot and waits until it has logged that it is ready. */
async function start(on: FakeDiscord): Promise<BotProcess> {
  const bot = await startBot({ fake: on, ...articles.folder });
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

/** How many times a process has registered the commands. */
function registrations(): number {
  return fake.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands')).length;
}

describe('a second process of the same bot on the same index', () => {
  test('logs a warning with the process id of the first one, which logs nothing', async () => {
    second = await start(fake);

    expect(warningOf(second)).toMatchObject({ pid: second.pid, otherPid: first.pid });
    expect(warningOf(first)).toBeUndefined();
  });

  test('finds the commands registered and does not register them again', () => {
    expect(fake.commands.length).toBeGreaterThan(10);
    expect(fake.commands.some(({ description_localizations: texts }) => texts?.de !== undefined)).toBe(true);
    expect(registrations()).toBe(1);
  });

  test('answers too, and people see only one answer', async () => {
    const requests = fake.requests.length;
    const question = fake.say({ content: ANSWERED_QUESTION, mentionsBot: true });
    const command = fake.slash({
      name: 'ask',
      options: { question: ANSWERED_QUESTION },
      channelId: fake.channelIds[1],
    });
    const areBothSent = ({ method, path }: typeof REPLY) => {
      const sent = fake.requests.slice(requests).filter((one) => one.method === method && path.test(one.path));
      return sent.length === 2 ? true : undefined;
    };
    await fake.waitFor('both replies', () => areBothSent(REPLY), PATIENT);
    await fake.waitFor('both edits', () => areBothSent(EDIT), PATIENT);

    expect(await fake.answersTo(question.id)).toHaveLength(1);
    expect(textOf(await command.response())).toContain('Harpa');
    expect(fake.messagesIn(fake.channelIds[1] ?? '')).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });
});

test('a bot of another application on the same index is not a second process', async () => {
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

test('a restart after a crash logs no warning, and registers the commands once if a description has changed', async () => {
  await second.stop();
  process.kill(first.pid, 'SIGKILL');
  await first.exit;
  const ours = structuredClone(fake.commands);
  await putCommands(fake, withChangedDescription(ours));
  const before = registrations();
  const next = await start(fake);

  expect(warningOf(next)).toBeUndefined();
  expect(registrations()).toBe(before + 1);
  expect(fake.commands.map(definitionOf)).toEqual(ours.map(definitionOf));
  expect(textOf(await fake.slash({ name: 'about' }).response(PATIENT))).not.toBe('');
  expect(fake.violations).toEqual([]);
});

/** The commands with a different German description of one option, as an older version might have registered them. */
function withChangedDescription(commands: readonly APIApplicationCommand[]): object[] {
  const older = structuredClone(commands.map(definitionOf)) as {
    options?: { description_localizations?: { de?: string } }[];
  }[];
  const option = older.flatMap(({ options = [] }) => options).find((one) => one.description_localizations?.de);
  if (option?.description_localizations === undefined) throw new Error('No option has a German description');
  option.description_localizations.de = 'Eine ältere Beschreibung';
  return older;
}

/** A command as the bot registers it, without what Discord adds. */
function definitionOf(command: APIApplicationCommand): object {
  const { id: _id, application_id: _application, version: _version, ...definition } = command;
  return definition;
}
