import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IndexedFolder, indexSeeds, type RunningBot, readPassages, runBot } from '../bot/running-bot.js';
import { ANSWERED_QUESTION, writeSeed, writeSeeds } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';

const NEW_ARTICLE =
  '---\ntitle: Opals of Andamooka\n---\n\nMiners near Andamooka found a blue opal as large as a fist.\n';
const NEW_QUESTION = 'What did miners find near Andamooka?';
const HONEST = /^Something went wrong on my side\. Please try again; .* the reference ([0-9a-f]{6})\.$/;

let original: IndexedFolder;
let folder: IndexedFolder;
let running: RunningBot;

beforeAll(async () => {
  original = await indexSeeds(writeSeeds);
});

beforeEach(async () => {
  // Each test spoils its own copy.
  folder = original.copy();
  running = await runBot(folder);
});

afterEach(async () => {
  await running?.end();
  folder?.remove();
});

afterAll(() => original?.remove());

function ask(question = ANSWERED_QUESTION, timeoutMs = 15_000): Promise<APIMessage> {
  return running.fake.slash({ name: 'ask', options: { question } }).response({ timeoutMs });
}

/** Asks until the answer quotes the opals. */
async function untilOpalsAreKnown(timeoutMs = 10_000): Promise<void> {
  await expect
    .poll(async () => readAnswer(await ask(NEW_QUESTION)).sources[0]?.title, { timeout: timeoutMs, interval: 300 })
    .toBe('Opals of Andamooka');
}

async function choices(): Promise<string[]> {
  const typed = running.fake.autocomplete({ name: 'find', options: { words: 'andam' }, focused: 'words' });
  return (await typed.choices()).map(({ name }) => name);
}

describe('while another process indexes,', () => {
  test('the bot answers from what is new within ten seconds, and forgets what is gone', async () => {
    const gone = readPassages(folder).find(({ article }) => article.file === 'kitchen/rye-bread.md');
    writeSeed(folder.seeds, 'stones/opals.md', NEW_ARTICLE);
    writeSeed(
      folder.seeds,
      'kitchen/rye-bread.md',
      '---\ntitle: No bread today\n---\n\nThe bakery is closed until spring.\n',
    );
    await folder.update();
    await untilOpalsAreKnown();

    // Questions read the new tables at once, what is kept in memory follows.
    await expect.poll(choices, { timeout: 10_000, interval: 300 }).toEqual(['Opals of Andamooka', expect.any(String)]);
    const found = await running.fake.slash({ name: 'find', options: { words: `passage:${gone?.id}` } }).response();
    expect(textOf(found)).toContain('no longer in the index');
    expect(textOf(await running.fake.slash({ name: 'about' }).response())).toContain('5 articles');
    expect(running.bot.stderr).toContain('index updated');
  });

  test('every question is answered', async () => {
    for (let number = 0; number < 20; number++) writeSeed(folder.seeds, `stones/${number}.md`, NEW_ARTICLE);
    const outcomes: string[] = [];
    const indexing = { isOver: false };
    const asking = (async () => {
      while (!indexing.isOver) outcomes.push(textOf(await ask()));
    })();
    await folder.update();
    indexing.isOver = true;
    await asking;

    expect(outcomes.length).toBeGreaterThan(5);
    expect(outcomes.filter((content) => !content.includes('**Answered**'))).toEqual([]);
  });

  // It is stopped meanwhile, because else chance decides: if it looks while the new write-ahead log is there, it reads the
  // new log over the old file, which answers until the first checkpoint.
  test('the bot answers from an index that was built anew', async () => {
    writeSeed(folder.seeds, 'stones/opals.md', NEW_ARTICLE);
    process.kill(running.bot.pid, 'SIGSTOP');
    await folder.update('--rebuild').finally(() => process.kill(running.bot.pid, 'SIGCONT'));
    await untilOpalsAreKnown(7_000);
  });
});

describe('when something breaks inside,', () => {
  test('a person gets an honest message with a reference that is in the log, and the next question an answer', async () => {
    await untilLibraryWasLookedAt();
    breakTable('passages');
    const response = await ask();
    restoreTable('passages');

    expectHonest(response);
    expect(JSON.stringify(response)).not.toMatch(/sqlite|no such table/i);
    expect(running.bot.stderr).toContain('no such table');
    expect(running.bot.stderr).not.toContain('Blinken');
    expect(textOf(await ask())).toContain('**Answered**');
  });

  test('a broken index does not end the bot', async () => {
    // Until then it is still starting, and a start may fail.
    await expect.poll(() => running.bot.stderr, { timeout: 10_000 }).toContain('"msg":"ready"');
    breakTable('passages');
    const ended = await Promise.race([running.bot.exit, sleep(5_000)]);
    restoreTable('passages');

    expect(ended).toBeUndefined();
  });

  test('an embedding process that dies is replaced, and no question is lost', async () => {
    for (let round = 0; round < 3; round++) {
      const asked = [ask(), ask()];
      for (const pid of workers()) kill(pid);
      for (const response of await Promise.all(asked)) expect(textOf(response)).toContain('**Answered**');
    }

    expect(running.bot.stderr).toContain('An embedding process ended (SIGKILL); another takes its place.');
  });

  test('an embedding process that dies while it starts is replaced too', async () => {
    const [first = 0] = workers();
    kill(first);
    await expect.poll(() => workers().filter((pid) => pid !== first), { interval: 5 }).toHaveLength(1);
    for (const pid of workers()) kill(pid);
    await sleep(1_500);

    expect(textOf(await ask(ANSWERED_QUESTION, 4_000))).not.toBe('');
  });
});

function expectHonest(message: APIMessage): void {
  const text = textOf(message);
  const reference = HONEST.exec(text)?.[1];
  expect(text).toMatch(HONEST);
  expect(running.bot.stderr).toContain(`"reference":"${reference}"`);
}

/** Waits until the bot has looked at the library: it does not do so again for three seconds. */
async function untilLibraryWasLookedAt(): Promise<void> {
  alter('CREATE TABLE change (number)');
  await expect.poll(() => running.bot.stderr, { timeout: 10_000, interval: 20 }).toContain('index updated');
}

/** Takes a table out of the library behind the bot's back. */
function breakTable(name: string): void {
  alter(`ALTER TABLE ${name} RENAME TO ${name}_away`);
}

function restoreTable(name: string): void {
  alter(`ALTER TABLE ${name}_away RENAME TO ${name}`);
}

function alter(statement: string): void {
  const database = new Database(join(folder.index, 'library.sqlite'));
  database.pragma('legacy_alter_table = ON');
  database.exec(statement);
  database.close();
}

/** The bot's child processes, from /proc. */
function workers(): number[] {
  const tasks = `/proc/${running.bot.pid}/task`;
  return readdirSync(tasks)
    .flatMap((task) => readFileSync(join(tasks, task, 'children'), 'utf8').split(' '))
    .filter(Boolean)
    .map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has died by itself.
  }
}
