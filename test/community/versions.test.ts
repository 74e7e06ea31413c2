import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { Community } from '../../src/community/community.js';
import { COMMUNITY_FILE } from '../../src/community/community-file.js';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/community/schema.js';
import { UserError } from '../../src/user-error.js';
import { temporaryFolder } from '../library/temporary-folder.js';

/** "FtCm", as released. It can never change. */
const APPLICATION_ID = 0x4674436d;

/** SHA-256 of every released step without its indentation. If you need to change one, add a new step instead: existing files never run an old one again. */
const RELEASED = [
  '6c27631401a5eacd4ddab16319480991f8bea5d3e785a507d660577f0949786a',
  '91b8c7c4ba7498ae9bad724ce8c4bb9bd2e90235e2e7594a08e6072d4c07744c',
  '8fdaeea0be86e8f7d1ff2f7a98ac3340bf0bc6d8e6e6d366add459f032f08e6c',
];

/** For each table, rows as the version that introduced it wrote them. */
const ROWS = [
  `INSERT INTO settings (place, name, server, value) VALUES
     ('100000000000000001', 'replyPlace', '100000000000000009', '"thread"'),
     ('100000000000000009', 'keptDays', '100000000000000009', '30')`,
  `INSERT INTO votes (message, person, server, passage, is_right, voted_at) VALUES
     ('200000000000000001', '300000000000000001', '100000000000000009', 'aaaa-0', 0, 1700000000000),
     ('200000000000000001', '300000000000000002', '100000000000000009', 'aaaa-0', 1, 1700000000001)`,
  `INSERT INTO questions (asked_in, person, server, link, text, reason, passage, asked_at, expires_at) VALUES
     ('400000000000000001', '300000000000000001', '100000000000000009', 'https://discord.com/channels/1/2', 'Where is the quay?', 'not-found', NULL, 1700000000000, 1702592000000)`,
  `INSERT INTO pins (server, question, article, text, start, person, pinned_at) VALUES
     ('100000000000000009', 'Where is the quay?', 'aaaa', 'Behind the church.', 12, '300000000000000001', 1700000000000),
     (NULL, 'When is it open?', 'aaaa', 'On Sundays.', 31, NULL, 1700000000001)`,
  `INSERT INTO judged_questions (message, asked_in, person, server, text) VALUES
     ('200000000000000001', '400000000000000001', '300000000000000001', '100000000000000009', 'Where is the quay?')`,
];

/** Creates a file as the version with this many steps would have left it. */
function fileOfVersion(version: number): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, COMMUNITY_FILE);
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  for (const step of MIGRATIONS.slice(0, version)) database.exec(step);
  for (const rows of ROWS.slice(0, version)) database.exec(rows);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${version}`);
  database.close();
  return { folder, file };
}

function refusalOf(folder: string): string {
  try {
    Community.open(folder).close();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error('The file was opened.');
}

describe('a file of an earlier version', () => {
  test('was made by steps that never change after their release', () => {
    const hashes = MIGRATIONS.map((step) => createHash('sha256').update(step.replaceAll(/^\s+/gm, '')).digest('hex'));
    expect(hashes.slice(0, RELEASED.length)).toEqual(RELEASED);
  });

  test.for(Array.from({ length: MIGRATIONS.length + 1 }, (_, version) => version))(
    'is upgraded from version %i with all its contents',
    (version) => {
      const { folder, file } = fileOfVersion(version);
      const community = Community.open(folder);
      const { settings, votes, questions, pins, judged } = community;
      expect(settings.ownSettings('100000000000000001')).toEqual(version >= 1 ? { replyPlace: 'thread' } : {});
      expect(settings.resolve(['100000000000000001', '100000000000000009'])).toMatchObject(
        version >= 1 ? { replyPlace: 'thread', keptDays: 30 } : { replyPlace: 'here', keptDays: 0 },
      );
      expect(votes.countsOf('200000000000000001', 'aaaa-0')).toEqual(
        version >= 2 ? { right: 1, wrong: 1 } : { right: 0, wrong: 0 },
      );
      expect(questions.recent('100000000000000009', 0, 10).map(({ text }) => text)).toEqual(
        version >= 3 ? ['Where is the quay?'] : [],
      );
      expect([...pins.list('100000000000000009'), ...pins.list(null)].map(({ text }) => text)).toEqual(
        version >= 4 ? ['Behind the church.', 'On Sundays.'] : [],
      );
      expect(judged.judgements()).toEqual(
        version >= 5 ? [{ question: 'Where is the quay?', passageId: 'aaaa-0', right: 1, wrong: 1 }] : [],
      );
      // All tables of the current version can be used.
      settings.set({ locationId: '1', serverId: '9' }, 'answers', false);
      votes.cast({ messageId: '5', personId: '6', serverId: null, passageId: 'b', isRight: true }, 7);
      const stored = { personId: '6', serverId: '9', link: 'l', passageId: 'b', askedAt: 7 } as const;
      questions.add({ ...stored, askedIn: '8', text: 'Why?', reason: 'voted-wrong' }, 7);
      const pinned = { serverId: '9', articleId: 'b', text: 'So.', start: 0, personId: '6', pinnedAt: 7 };
      pins.add({ ...pinned, question: 'Why?' }, () => false);
      judged.add({ messageId: '5', askedIn: '8', personId: '6', serverId: '9', text: 'Why?' });
      community.close();

      const again = Community.open(folder);
      expect(again.settings.resolve(['1']).answers).toBe(false);
      expect(again.votes.countsOf('5', 'b')).toEqual({ right: 1, wrong: 0 });
      expect(again.questions.recent('9', 0, 10)).toHaveLength(1);
      expect(again.pins.list('9')).toMatchObject([{ ...pinned, question: 'Why?' }]);
      expect(again.judged.judgements()).toContainEqual({ question: 'Why?', passageId: 'b', right: 1, wrong: 0 });
      again.close();
      const raw = new Database(file, { readonly: true });
      expect(raw.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
      expect(raw.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
      raw.close();
    },
  );
});

describe('a file that cannot be used is left unchanged, and the error says why:', () => {
  test('a newer Footnote wrote it', () => {
    const { folder, file } = fileOfVersion(SCHEMA_VERSION);
    const newer = new Database(file);
    newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    const before = readFileSync(file);
    expect(refusalOf(folder)).toBe(
      `${file} was written by a newer Footnote (schema ${SCHEMA_VERSION + 1}; this version supports up to ${SCHEMA_VERSION}). Update Footnote.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('it belongs to another program', () => {
    const folder = temporaryFolder();
    const file = join(folder, COMMUNITY_FILE);
    const database = new Database(file);
    database.exec('CREATE TABLE songs (name TEXT)');
    database.close();
    const before = readFileSync(file);
    expect(refusalOf(folder)).toBe(
      `${file} was not written by Footnote. Move it away, or choose another index folder.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test.for([
    ['its first page', 0, 4096],
    ['a page of its tables', 4096, 8192],
    ['all of it', 0, Number.POSITIVE_INFINITY],
  ] as const)('%s was overwritten', ([, from, to]) => {
    const { folder, file } = fileOfVersion(SCHEMA_VERSION);
    const bytes = readFileSync(file);
    bytes.fill('spilt ink ', from, Math.min(to, bytes.length));
    writeFileSync(file, bytes);
    const refusal = refusalOf(folder);
    // The index is not damaged, and rebuilding it would not help.
    expect(refusal).toContain(`${file} is damaged`);
    expect(refusal).not.toContain('--rebuild');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('it was truncated', () => {
    const { folder, file } = fileOfVersion(SCHEMA_VERSION);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 6000));
    expect(refusalOf(folder)).toContain(`${file} is damaged`);
  });
});

test('an empty file counts as a new one', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, COMMUNITY_FILE), '');
  const community = Community.open(folder);
  expect(community.votes.countsOf('1', 'a')).toEqual({ right: 0, wrong: 0 });
  community.close();
});
