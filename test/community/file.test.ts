/** The file of a community is private, is followed when it is replaced, and says when it is damaged. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { checkCommunity } from '../../src/community/check-community.js';
import { Community } from '../../src/community/community.js';
import { COMMUNITY_FILE } from '../../src/community/community-file.js';
import { DamagedCommunityError } from '../../src/community/damaged-community-error.js';
import { SCHEMA_VERSION } from '../../src/community/schema.js';
import { UserError } from '../../src/user-error.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const VOTE = { personId: '1', serverId: '9', passageId: 'a', isRight: true };

let folder: string;
let file: string;
let notices: string[];

beforeEach(() => {
  folder = join(temporaryFolder(), 'index');
  file = join(folder, COMMUNITY_FILE);
  notices = [];
});

function open(): Community {
  const community = Community.open(folder, { onNotice: (notice) => notices.push(notice) });
  onTestFinished(() => community.close());
  return community;
}

function voteIn(community: Community, messageId: string): void {
  community.votes.cast({ ...VOTE, messageId }, 0);
}

/** The messages that were voted on, as another process reads them. */
function votedMessages(path = file): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare('SELECT message FROM votes ORDER BY message').pluck().all();
  } finally {
    database.close();
  }
}

describe('what is stored about people', () => {
  test('is in files that only their owner can read', () => {
    const umask = process.umask(0);
    try {
      voteIn(open(), '1');
    } finally {
      process.umask(umask);
    }
    const names = readdirSync(folder).toSorted();
    expect(names.map((name) => [name, statSync(join(folder, name)).mode & 0o777])).toEqual([
      [COMMUNITY_FILE, 0o600],
      [`${COMMUNITY_FILE}-shm`, 0o600],
      [`${COMMUNITY_FILE}-wal`, 0o600],
    ]);
  });

  test('is made private if an earlier version left it readable by everybody', () => {
    const earlier = open();
    voteIn(earlier, '1');
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    // Opened while another shard has it open.
    const community = open();
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 1, wrong: 0 });
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    voteIn(earlier, '2');
    expect(votedMessages()).toEqual(['1', '2']);
  });
});

describe('while it is open', () => {
  test('a file that is removed is replaced by a new one before anything is written, and the operator is told', () => {
    const community = open();
    voteIn(community, '1');
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    voteIn(community, '2');
    expect(votedMessages()).toEqual(['2']);
    expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 0 });
    expect(notices).toEqual([
      `${file} was removed while it was in use, and with it settings, votes, pins and stored questions. A new, empty file is used now. To get them back, stop the bot and restore the file from a backup.`,
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a folder that is removed is made again, with the note that the bot is running', () => {
    const community = open();
    expect(community.announce('1-0', new Date())).toBeNull();
    rmSync(folder, { recursive: true });
    voteIn(community, '1');
    expect(votedMessages()).toEqual(['1']);
    expect(open().announce('1-0', new Date())).toMatchObject({ heldBy: { pid: process.pid } });
  });

  test('a file that takes its place is used from then on', () => {
    const other = join(temporaryFolder(), 'backup');
    const backup = Community.open(other);
    backup.settings.set({ locationId: '5', serverId: '9' }, 'answers', false);
    voteIn(backup, '7');
    backup.close();
    const community = open();
    voteIn(community, '1');
    // The whole folder, as when an index that was built elsewhere is put in its place.
    renameSync(folder, `${folder}-old`);
    renameSync(other, folder);
    expect(community.settings.resolve(['5']).answers).toBe(false);
    voteIn(community, '8');
    expect(votedMessages()).toEqual(['7', '8']);
    expect(notices).toEqual([`${file} was replaced while it was in use. The new file is used now.`]);
    expect(votedMessages(join(`${folder}-old`, COMMUNITY_FILE))).toEqual(['1']);
  });

  test('nothing is written if what takes its place cannot be used, until it can', () => {
    const community = open();
    voteIn(community, '1');
    rmSync(folder, { recursive: true });
    mkdirSync(file, { recursive: true });
    const refusal = `${file} is a folder, but settings, votes, pins and stored questions are kept in a file of that name. Move the folder away.`;
    expect(() => voteIn(community, '2')).toThrow(new UserError(refusal));
    expect(() => community.settings.resolve(['5'])).toThrow(new UserError(refusal));
    rmSync(file, { recursive: true });
    voteIn(community, '3');
    expect(votedMessages()).toEqual(['3']);
  });
});

describe('damage', () => {
  test.each(['version', 'application id'])('of the %s is put right: nothing is lost', (number) => {
    const before = open();
    voteIn(before, '1');
    before.close();
    const database = new Database(file);
    for (const version of [1, 3, 0, -5, SCHEMA_VERSION + 1024]) {
      database.pragma(number === 'version' ? `user_version = ${version}` : `application_id = ${version}`);
      notices = [];
      expect(checkCommunity(folder)).toEqual([expect.stringContaining(`${file} has the tables of version`)]);
      const community = open();
      expect(community.votes.countsOf('1', 'a')).toEqual({ right: 1, wrong: 0 });
      expect(notices).toEqual([
        `A number that says which version wrote ${file} was damaged and has been put right. Everything in it is there.`,
      ]);
      community.close();
      expect(checkCommunity(folder)).toEqual([]);
    }
    database.close();
  });

  test('of the tables is named, and the file stays as it is', () => {
    open().close();
    const database = new Database(file);
    database.exec('DROP TABLE pins; PRAGMA user_version = 4');
    database.close();
    const before = readFileSync(file);
    expect(open).toThrow(DamagedCommunityError);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('that shows only while it is in use is named', () => {
    const community = open();
    const database = new Database(file);
    database.exec('ALTER TABLE votes RENAME COLUMN person TO personne');
    database.close();
    expect(() => voteIn(community, '1')).toThrow(DamagedCommunityError);
    expect(() => community.forgetPerson('1')).toThrow(/Restore it from a backup, or move it away/);
    expect(community.settings.resolve(['5']).answers).toBe(true);
  });

  test('of pages and of settings is found by the deep checks', () => {
    expect(checkCommunity(folder)).toBeNull();
    const community = open();
    for (let message = 0; message < 500; message++) voteIn(community, String(message));
    community.close();
    expect(checkCommunity(folder)).toEqual([]);
    const database = new Database(file);
    database.exec("INSERT INTO settings VALUES ('5', 'answers', '9', 'no'), ('5', 'ofALaterVersion', '9', '1')");
    database.close();
    expect(checkCommunity(folder)).toEqual([
      'The setting "answers" of 5 cannot be read, so it is ignored. Set it again in Discord.',
    ]);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill('spilt ink ', bytes.length - 8192, bytes.length - 4096));
    expect(checkCommunity(folder)?.at(-1)).toContain(`${file} is damaged`);
    writeFileSync(file, 'spilt ink '.repeat(1000));
    expect(checkCommunity(folder)).toEqual([expect.stringContaining(`${file} is damaged`)]);
  });
});
