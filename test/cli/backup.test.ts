import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArchive } from '../../src/backup/archive.js';
import { Community } from '../../src/community/community.js';
import type { BackupReport, RestoreReport } from '../../src/terminal/app-port.js';
import { REPOSITORY, Workspace } from './workspace.js';

const ARTICLE =
  'The old lighthouse of Vik has burned rapeseed oil since 1872. Its keeper climbs 99 steps every evening.\n';

let workspace: Workspace;
let backup: string;

beforeAll(async () => {
  workspace = new Workspace({ 'lighthouse.md': ARTICLE });
  expect((await workspace.footnote(['index'])).code).toBe(0);
  const community = Community.open(workspace.index);
  community.settings.set({ locationId: '1', serverId: '1' }, 'language', 'de');
  community.close();
  writeFileSync(join(workspace.index, 'priors.json'), JSON.stringify({ version: 1, collections: [] }));
  backup = join(workspace.path, 'backup.tar');
  expect((await workspace.footnote(['backup', backup])).stdout).toMatch(/^Backed up 4 files to .*backup\.tar \(\d/);
});

afterAll(() => workspace.remove());

/** An empty index folder. */
function emptyIndex(name: string): string {
  const folder = join(workspace.path, name);
  mkdirSync(folder);
  return folder;
}

const restoreTo = (folder: string, file = backup, ...options: string[]) =>
  workspace.footnote(['--index', folder, 'restore', ...options, file]);

describe('a backup', () => {
  test('is a tar file that only its owner can read, with the index, the community, what was learned and the graph', async () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const again = join(workspace.path, 'again.tar.gz');
    const { files } = await workspace.json<BackupReport>(['backup', again]);
    expect(files.map(({ name }) => name)).toEqual([
      'library.sqlite',
      'community.sqlite',
      expect.stringMatching(/^vectors-[0-9a-f]{12}\.hnsw$/),
      'priors.json',
    ]);
    expect(readFileSync(again).readUInt16BE()).toBe(0x1f8b);
    expect(readdirSync(workspace.path).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  test('restores everything, compressed or not', async () => {
    for (const file of [backup, join(workspace.path, 'again.tar.gz')]) {
      const folder = emptyIndex(`restored-${file.endsWith('.gz')}`);
      expect((await restoreTo(folder, file)).stdout).toMatch(/^Restored 4 files to /);
      const { stdout } = await workspace.footnote(['--index', folder, 'ask', 'What does the lighthouse burn?']);
      expect(stdout).toContain('rapeseed oil');
      const community = Community.open(folder);
      expect(community.settings.ownSettings('1')).toEqual({ language: 'de' });
      community.close();
      expect((await workspace.footnote(['--index', folder, 'doctor', '--deep'])).stdout).not.toContain('FAIL');
    }
  });

  test('is as of one moment while another process writes', async () => {
    const database = new Database(join(workspace.index, 'community.sqlite'));
    const file = join(workspace.path, 'while-writing.tar');
    const running = workspace.footnote(['backup', file]);
    const insert = database.prepare("INSERT OR REPLACE INTO settings VALUES (?, 'answers', 'x', 'true')");
    for (let count = 0; count < 200; count++) insert.run(`place-${count}`);
    expect((await running).code).toBe(0);
    database.prepare("DELETE FROM settings WHERE server = 'x'").run();
    database.close();
    const folder = emptyIndex('while-writing');
    await restoreTo(folder, file);
    const restored = new Database(join(folder, 'community.sqlite'), { readonly: true });
    expect(restored.pragma('integrity_check', { simple: true })).toBe('ok');
    restored.close();
  });

  test('ends while another process writes without a pause', async () => {
    const folder = emptyIndex('busy');
    await restoreTo(folder);
    const file = join(folder, 'community.sqlite');
    const database = new Database(file);
    // Long enough to be copied in several steps, between which the other process writes.
    const insert = database.prepare("INSERT INTO settings VALUES (?, 'answers', 'x', ?)");
    for (let count = 0; count < 300; count++) insert.run(`long-${count}`, 'x'.repeat(200_000));
    database.close();
    const writer = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import Database from 'better-sqlite3';
      const database = new Database(${JSON.stringify(file)});
      const insert = database.prepare("INSERT OR REPLACE INTO settings VALUES ('busy', 'answers', 'x', ?)");
      console.log('writing');
      for (let count = 0; ; count++) insert.run(String(count));`,
    ]);
    try {
      await new Promise((resolve) => writer.stdout.once('data', resolve));
      const { code } = await workspace.footnote(['--index', folder, 'backup', join(workspace.path, 'busy.tar')]);
      expect([code, writer.exitCode]).toEqual([0, null]);
    } finally {
      writer.kill('SIGKILL');
    }
  });

  test('replaces no file, is not put into the index folder, and needs an index', async () => {
    mkdirSync(join(workspace.index, 'below'));
    const messages = [
      ['backup', backup],
      ['backup', join(workspace.index, 'backup.tar')],
      ['backup', join(workspace.index, 'below', 'backup.tar')],
      ['backup', workspace.path],
      ['backup', join(workspace.path, 'no-folder', 'backup.tar')],
      ['--index', emptyIndex('nothing'), 'backup', join(workspace.path, 'nothing.tar')],
    ].map(async (args) => (await workspace.footnote(args)).stderr);
    expect(await Promise.all(messages)).toEqual([
      expect.stringContaining('exists. Choose another name, or replace it with `--force`.'),
      expect.stringContaining('would be in the index folder itself'),
      expect.stringContaining('would be in the index folder itself'),
      expect.stringContaining('is a folder. Name a file for the backup.'),
      expect.stringContaining('Create it first.'),
      expect.stringContaining('Nothing is indexed in'),
    ]);
    expect((await workspace.footnote(['backup', '--force', backup])).code).toBe(0);
  });

  test('leaves nothing half done when it is killed', async () => {
    const file = join(workspace.path, 'killed.tar');
    const child = spawn(process.execPath, [
      join(REPOSITORY, 'dist/cli.js'),
      '--index',
      workspace.index,
      'backup',
      file,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 120));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    if (existsSync(file)) expect((await restoreTo(emptyIndex('killed'), file)).code).toBe(0);
    expect((await workspace.footnote(['backup', '--force', file])).code).toBe(0);
  });
});

describe('restoring', () => {
  test('refuses to replace an index, and with --force keeps what was there', async () => {
    const folder = emptyIndex('twice');
    await restoreTo(folder);
    const refused = await restoreTo(folder);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('There is an index in')]);
    const { code, stdout } = await restoreTo(folder, backup, '--force', '--json');
    expect(code).toBe(0);
    const { kept } = JSON.parse(stdout) as RestoreReport;
    expect(readdirSync(folder).filter((name) => /-(?:wal|shm|journal)$/.test(name))).toEqual([]);
    expect(readdirSync(kept ?? '').toSorted()).toEqual(
      readdirSync(folder)
        .filter((name) => !name.startsWith('before-restore') && !name.startsWith('writer'))
        .toSorted(),
    );
  });

  test('says what the system says, and does not blame the backup for it', async () => {
    const reading = readArchive(
      backup,
      join(workspace.path, 'not-there'),
      () => true,
      () => {},
    );
    await expect(reading).rejects.toMatchObject({ code: 'ENOENT' });
  });

  /** Makes an archive of files that another program might have made. */
  async function archive(
    name: string,
    entries: readonly (readonly [string, string | Buffer])[],
    format = 1,
  ): Promise<string> {
    const file = join(workspace.path, name);
    const listed = entries.map(([entry, data]) => ({
      name: entry,
      bytes: Buffer.byteLength(data),
      sha256: createHash('sha256').update(data).digest('hex'),
    }));
    const tar = pack();
    tar.entry(
      { name: 'backup.json' },
      JSON.stringify({ format, footnote: '9', createdAt: '2031-01-01', files: listed }),
    );
    for (const [entry, data] of entries) tar.entry({ name: entry }, data);
    tar.finalize();
    await pipeline(tar, createWriteStream(file));
    return file;
  }

  test.each([
    ['a name outside the folder', [['../escaped.sqlite', 'x']]],
    ['an absolute name', [['/tmp/escaped.sqlite', 'x']]],
    [
      'a file that does not belong there',
      [
        ['library.sqlite', 'x'],
        ['.env', 'DISCORD_TOKEN=x'],
      ],
    ],
    ['no index', [['community.sqlite', 'x']]],
    ['an index that is no database', [['library.sqlite', 'This is no database. '.repeat(100)]]],
  ] as [string, [string, string][]][])('refuses an archive with %s, and changes nothing', async (_, entries) => {
    const folder = emptyIndex(`hostile-${Math.random()}`);
    const { code, stderr } = await restoreTo(folder, await archive('hostile.tar', entries));
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/\bat .*\.ts:/);
    expect(readdirSync(folder).filter((name) => !name.startsWith('writer'))).toEqual([]);
    expect(existsSync(join(workspace.path, 'escaped.sqlite'))).toBe(false);
  });

  test('names what is wrong with a file that is cut, changed, newer or something else', async () => {
    const whole = readFileSync(backup);
    const files = {
      cut: whole.subarray(0, Math.floor(whole.length / 2)),
      changed: Buffer.from(whole).fill(7, 20_000, 20_010),
      text: Buffer.from('Not an archive.'),
    };
    for (const [name, data] of Object.entries(files)) {
      const file = join(workspace.path, `${name}.tar`);
      writeFileSync(file, data);
      const { stderr } = await restoreTo(emptyIndex(`broken-${name}`), file);
      expect(stderr).toContain('is not a Footnote backup, or it is damaged. Nothing was changed.');
    }
    const newer = await archive('newer.tar', [['library.sqlite', 'x']], 2);
    expect((await restoreTo(emptyIndex('newer'), newer)).stderr).toContain('made by a newer Footnote');
    expect((await restoreTo(emptyIndex('missing'), join(workspace.path, 'missing.tar'))).stderr).toContain(
      'There is no file',
    );
  });
});
