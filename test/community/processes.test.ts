import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { Community } from '../../src/community/community.js';
import { COMMUNITY_FILE } from '../../src/community/community-file.js';
import { SCHEMA_VERSION } from '../../src/community/schema.js';
import { requireBuild } from '../build.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const SCRIPT = fileURLToPath(new URL('./community-process.mjs', import.meta.url));

/** Time for the processes to start before they all open the file. */
const STARTUP_MS = 700;
const KILLS = 4;

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(folder: string, mode: string, number: number): Child {
  requireBuild();
  const child = spawn(process.execPath, [SCRIPT, folder, mode, String(number)], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function killed(child: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function firstLine(child: Child): Promise<string> {
  const lines = createInterface(child.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

test('processes that open a new file at the same moment can all write to it', async () => {
  const folder = temporaryFolder();
  const at = Date.now() + STARTUP_MS;
  const children = Array.from({ length: 3 }, () => start(folder, 'open', at));
  const ends = await Promise.all(
    children.map(async (child) => {
      let printed = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
      const [code] = (await once(child, 'close')) as [number];
      return { code, printed };
    }),
  );
  expect(ends).toEqual(children.map(() => ({ code: 0, printed: '' })));
  const database = new Database(join(folder, COMMUNITY_FILE), { readonly: true });
  expect(database.prepare('SELECT message FROM votes ORDER BY message').pluck().all()).toEqual(
    children.map(({ pid }) => String(pid)).toSorted(),
  );
  expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
  database.close();
});

test('a process killed while writing loses nothing it had committed', async () => {
  const folder = temporaryFolder();
  for (let kill = 0; kill < KILLS; kill++) {
    const child = start(folder, 'write', 0);
    let reported = 0;
    for await (const line of createInterface(child.stdout)) {
      reported = Number(line);
      // At a different point each time.
      if (reported >= 30 + kill * 17) child.kill('SIGKILL');
    }
    const community = Community.open(folder);
    const texts = community.questions.recent('9', 0, reported * 10).map(({ text }) => text);
    const written = Array.from({ length: reported }, (_, count) => `Question number ${count + 1}`);
    expect(written.filter((text) => !texts.includes(text))).toEqual([]);
    expect(community.votes.countsOf(String(reported), 'a')).toEqual({ right: 1, wrong: 0 });
    // The next process starts with an empty file.
    community.forgetServer('9');
    community.close();
  }
});

test('a second process on a folder learns which one was first, until that one is killed', async () => {
  const folder = temporaryFolder();
  const since = Date.parse('2026-03-04T05:06:07Z');
  const first = start(folder, 'announce', since);
  expect(await firstLine(first)).toBe('null');

  const second = start(folder, 'announce', since + 1000);
  expect(JSON.parse(await firstLine(second))).toEqual({
    heldBy: { pid: first.pid, startedAt: '2026-03-04T05:06:07.000Z' },
  });
  // Other bots, and other shards of the same bot, are not affected.
  const other = Community.open(folder);
  expect(other.announce('1-1', new Date())).toBeNull();
  expect(other.announce('2-0', new Date())).toBeNull();
  other.close();

  await killed(first);
  const third = start(folder, 'announce', since + 2000);
  expect(await firstLine(third)).toBe('null');
  const fourth = Community.open(folder);
  expect(fourth.announce('1-0', new Date())).toEqual({
    heldBy: { pid: third.pid, startedAt: '2026-03-04T05:06:09.000Z' },
  });
  fourth.close();
});

test('the folder is free again after the community is closed', () => {
  const folder = temporaryFolder();
  const first = Community.open(folder);
  expect(first.announce('1-0', new Date())).toBeNull();
  first.close();
  const second = Community.open(folder);
  expect(second.announce('1-0', new Date())).toBeNull();
  second.close();
});
