/** Messages with a log or a stack trace, asked of a small handbook with the bundled model. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { app } from '../../src/app.js';
import { type Engine, openEngine } from '../../src/engine.js';
import { readSettings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { createFolder } from '../library/temporary-folder.js';

const HANDBOOK = `# What the brewery's computers say

## Certificate

"x509: certificate has expired" appears when the till has the wrong date. Set its clock, then start it again.

## Full tank

FermenterOverflowException stands in the log when a fermenter holds more than its sensor can measure. Open the drain valve and
confirm the alarm.

## Labels

If the label printer stops with "E-4471 ribbon torn", put in a new ribbon from the drawer below it.

## Locked table

"deadlock detected" means that two tills are booking the same barrel. The second booking is tried again by itself; nothing has to be
done.

## Missing module

Python prints "No module named" if the virtual environment is not active. Run the activate script in the folder of the program.

## Opening hours

The brewery is open to visitors on Fridays and Saturdays from two to six in the afternoon. Guided tours start at three.

## Recipes

Recipes are printed on Mondays. Ask the head brewer before you change the amount of hops or malt.
`;

const LOG = `2033-05-06 07:08:09,101 INFO  [tank-7] b.f.Sensor - level 98.2
2033-05-06 07:08:11,404 ERROR [tank-7] b.f.Sensor - giving up
brewery.fermenter.FermenterOverflowException: level out of range
\tat brewery.fermenter.Sensor.read(Sensor.java:212)
\tat brewery.fermenter.Tank.poll(Tank.java:88)
\t... 11 more`;

let folder: string;
let engine: Engine;

beforeAll(async () => {
  requireBuild();
  folder = createFolder();
  mkdirSync(join(folder, 'seeds'));
  writeFileSync(join(folder, 'seeds', 'computers.md'), HANDBOOK);
  const settings = readSettings(
    { FOOTNOTE_SEEDS: join(folder, 'seeds'), FOOTNOTE_INDEX: join(folder, 'index') },
    folder,
  );
  await app.indexArticles(settings, {});
  engine = await openEngine(settings);
});

afterAll(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a paste without a question finds the passage that explains it:', () => {
  test.each([
    ['a log with a stack trace', LOG, 'Open the drain valve'],
    [
      'a traceback',
      'Traceback (most recent call last):\n  File "/opt/brew/stock.py", line 3, in <module>\n    import barrels\nModuleNotFoundError: No module named \'barrels\'',
      'virtual environment',
    ],
    [
      'a message of a database in a code block',
      '```\nERROR:  deadlock detected\nDETAIL:  Process 811 waits for ShareLock on transaction 99120; blocked by process 812.\nCONTEXT:  while updating tuple (0,7) in relation "stock"\n```',
      'two tills are booking',
    ],
    [
      'a shell session',
      'ana@till-2:~$ sync-till --now\n2033/05/06 07:08:09 Post "https://books.brewery.example/v2/sync": x509: certificate has expired or is not yet valid\nana@till-2:~$',
      'Set its clock',
    ],
    ['a single line', 'ERROR: E-4471 ribbon torn (job 88121, /var/spool/labels/88121.zpl)', 'a new ribbon'],
  ])('%s', async (_, message, words) => {
    const { outcome, ranking } = await engine.ask(message);
    expect(ranking[0]?.text).toContain(words);
    expect(outcome).not.toBe('not-found');
  });

  test.each(['what does this mean?', 'Hi all, any idea how to fix this error? Thanks!'])(
    'so does one with a question that only points at it: %s',
    async (question) => {
      expect((await engine.ask(`${question}\n\n${LOG}`)).ranking[0]?.text).toContain('Open the drain valve');
      expect((await engine.ask(`${LOG}\n${question}`)).ranking[0]?.text).toContain('Open the drain valve');
    },
  );
});

test('a question that says little is answered with the help of the paste', async () => {
  expect((await engine.ask('It has been beeping since this morning')).ranking[0]?.text).not.toContain(
    'FermenterOverflow',
  );
  expect((await engine.ask(`It has been beeping since this morning\n\n${LOG}`)).ranking[0]?.text).toContain(
    'FermenterOverflow',
  );
});

test('a question that says what it asks is not led astray by a paste', async () => {
  const question = 'When is the brewery open to visitors?';
  const [alone, together] = [await engine.ask(question), await engine.ask(`${question}\n${LOG}`)];
  expect(alone.ranking[0]?.text).toContain('Fridays and Saturdays');
  expect(together).toMatchObject({
    searched: question,
    outcome: alone.outcome,
    confidence: alone.confidence,
    ranking: alone.ranking,
  });
});

test('the answer repeats the whole message, and says what was searched for', async () => {
  const { question, searched } = await engine.ask(`What does this mean?\n${LOG}`);
  expect(question).toBe(`What does this mean? ${LOG.replace(/\s+/g, ' ')}`);
  expect(searched.split(' ')).toEqual(expect.arrayContaining(['fermenter', 'fermenteroverflowexception', 'sensor']));
  expect(searched).not.toContain('2033');
});

test('a paste that has no word in common with the articles is searched for from its beginning', async () => {
  const { searched } = await engine.ask('```\nzzyx qwfp 77 arstd\n```');
  expect(searched).toBe('zzyx qwfp 77 arstd');
});
