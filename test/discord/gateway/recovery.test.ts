import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { expectApology } from '../bot/apology.js';
import { childrenOf } from '../bot/child-processes.js';
import { alterLibrary, passageIn } from '../bot/indexed-folder.js';
import { ANSWERED_QUESTION, writeSeed } from '../bot/seeds.js';
import { readAnswer } from '../bot/shown-answer.js';
import { textOf } from '../bot/shown-message.js';
import { useBotForEach } from '../bot/use-bot.js';

const NEW_ARTICLE =
  '---\ntitle: Opals of Andamooka\n---\n\nMiners near Andamooka found a blue opal as large as a fist.\n';
const NEW_QUESTION = 'What did miners find near Andamooka?';

const bot = useBotForEach();

function ask(question = ANSWERED_QUESTION, timeoutMs = 15_000): Promise<APIMessage> {
  return bot.fake.slash({ name: 'ask', options: { question } }).response({ timeoutMs });
}

/** Asks until the answer comes from the new article. */
async function untilOpalsAreKnown(timeoutMs = 10_000): Promise<void> {
  await expect
    .poll(async () => readAnswer(await ask(NEW_QUESTION)).sources[0]?.title, { timeout: timeoutMs, interval: 300 })
    .toBe('Opals of Andamooka');
}

async function suggestions(): Promise<string[]> {
  const typed = bot.fake.autocomplete({ name: 'find', options: { words: 'andam' }, focused: 'words' });
  return (await typed.choices()).map(({ name }) => name);
}

describe('while another process updates the index,', () => {
  test('the bot answers from new articles within ten seconds, and forgets removed ones', async () => {
    const gone = passageIn(bot.folder, 'kitchen/rye-bread.md');
    writeSeed(bot.folder.seeds, 'stones/opals.md', NEW_ARTICLE);
    writeSeed(
      bot.folder.seeds,
      'kitchen/rye-bread.md',
      '---\ntitle: No bread today\n---\n\nThe bakery is closed until spring.\n',
    );
    await bot.folder.update();
    await untilOpalsAreKnown();

    // Answers come from the new tables immediately; the suggestions, which are kept in memory, follow.
    await expect
      .poll(suggestions, { timeout: 10_000, interval: 300 })
      .toEqual(['Opals of Andamooka', expect.any(String)]);
    const found = await bot.fake.slash({ name: 'find', options: { words: `passage:${gone.id}` } }).response();
    expect(textOf(found)).toContain('no longer in the index');
    expect(textOf(await bot.fake.slash({ name: 'about' }).response())).toContain('5 articles');
    expect(bot.process.stderr).toContain('index updated');
  });

  test('every question is answered', async () => {
    for (let number = 0; number < 20; number++) writeSeed(bot.folder.seeds, `stones/${number}.md`, NEW_ARTICLE);
    const outcomes: string[] = [];
    const indexing = { isOver: false };
    const asking = (async () => {
      while (!indexing.isOver) outcomes.push(textOf(await ask()));
    })();
    await bot.folder.update();
    indexing.isOver = true;
    await asking;

    expect(outcomes.length).toBeGreaterThan(5);
    expect(outcomes.filter((content) => !content.includes('**Answered**'))).toEqual([]);
  });

  // The bot is paused while the index is rebuilt, because otherwise the outcome would depend on timing: if it looked
  // while the new write-ahead log exists, it would read the new log over the old file, which works until the first
  // checkpoint.
  test('the bot answers from an index that was rebuilt', async () => {
    writeSeed(bot.folder.seeds, 'stones/opals.md', NEW_ARTICLE);
    process.kill(bot.process.pid, 'SIGSTOP');
    await bot.folder.update('--rebuild').finally(() => process.kill(bot.process.pid, 'SIGCONT'));
    await untilOpalsAreKnown(7_000);
  });
});

describe('when something breaks,', () => {
  test('the person gets an apology with a reference that is in the log, and the next question is answered', async () => {
    await untilLibraryIsChecked();
    breakTable('passages');
    const response = await ask();
    restoreTable('passages');

    expectApology(bot, response);
    expect(JSON.stringify(response)).not.toMatch(/sqlite|no such table/i);
    expect(bot.process.stderr).toContain('no such table');
    expect(bot.process.stderr).not.toContain('Blinken');
    expect(textOf(await ask())).toContain('**Answered**');
  });

  test('a broken index does not end the bot', async () => {
    // Until then the bot is still starting, and starting may fail.
    await expect.poll(() => bot.process.stderr, { timeout: 10_000 }).toContain('"msg":"ready"');
    breakTable('passages');
    const ended = await Promise.race([bot.process.exit, sleep(5_000)]);
    restoreTable('passages');

    expect(ended).toBeUndefined();
  });

  test('an embedding process that dies is replaced, and no question is lost', async () => {
    for (let round = 0; round < 3; round++) {
      const asked = [ask(), ask()];
      for (const pid of workers()) kill(pid);
      for (const response of await Promise.all(asked)) expect(textOf(response)).toContain('**Answered**');
    }

    expect(bot.process.stderr).toContain('A model process ended (SIGKILL); starting another one.');
  });

  test('an embedding process that dies while starting is replaced too', async () => {
    const [first = 0] = workers();
    kill(first);
    await expect.poll(() => workers().filter((pid) => pid !== first), { interval: 5 }).toHaveLength(1);
    for (const pid of workers()) kill(pid);
    await sleep(1_500);

    expect(textOf(await ask(ANSWERED_QUESTION, 4_000))).not.toBe('');
  });
});

/** Waits until the bot has checked the library for changes, which it then does not do again for three seconds. */
async function untilLibraryIsChecked(): Promise<void> {
  alterLibrary(bot.folder, 'CREATE TABLE change (number)');
  await expect.poll(() => bot.process.stderr, { timeout: 10_000, interval: 20 }).toContain('index updated');
}

/** Hides a table of the library from the bot. */
function breakTable(name: string): void {
  alterLibrary(bot.folder, `ALTER TABLE ${name} RENAME TO ${name}_away`);
}

function restoreTable(name: string): void {
  alterLibrary(bot.folder, `ALTER TABLE ${name}_away RENAME TO ${name}`);
}

/** The ids of the bot's embedding processes. */
function workers(): number[] {
  return childrenOf(bot.process.pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is already dead.
  }
}
