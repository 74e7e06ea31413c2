import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireBuild } from '../build.js';
import { REPOSITORY, SMALL_SEEDS, Workspace } from './workspace.js';

// Only what needs a separate process is tested here; the other files run the command line inside the test process.
let workspace: Workspace;

beforeAll(async () => {
  workspace = new Workspace(SMALL_SEEDS);
  const { code, stderr } = await workspace.spawn(['index']);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => {
  workspace.remove();
});

describe.concurrent('a process ends with the exit code', () => {
  test('0 when it is done', async () => {
    const { code, stdout, stderr } = await workspace.spawn(['ask', 'Where is the Harpa concert hall?']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Harpa concert hall');
  });

  test('1 when it fails', async () => {
    expect((await workspace.spawn(['--seeds', join(workspace.path, 'none'), 'index'])).code).toBe(1);
  });

  test('2 for a usage error', async () => {
    expect((await workspace.spawn(['answer'])).code).toBe(2);
  });

  test('3 when nothing is indexed', async () => {
    expect((await workspace.spawn(['--index', join(workspace.path, 'none'), 'articles'])).code).toBe(3);
  });
});

test('a reader that closes the pipe early is not a failure', async () => {
  requireBuild();
  const child = spawn(process.execPath, ['dist/cli.js', '--index', workspace.index, 'articles'], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  expect([code, stderr]).toEqual([0, '']);
});

test('works under node --watch, which makes Node.js send messages of its own', async () => {
  const env = { WATCH_REPORT_DEPENDENCIES: '1' };
  const { code, stderr } = await workspace.spawn(['ask', 'Who met in Reykjavik?'], { env });
  expect([code, stderr]).toEqual([0, '']);
});

describe('messages name the command the way it was started', () => {
  const bin = mkdtempSync(join(tmpdir(), 'footnote-bin-'));

  afterAll(() => rmSync(bin, { recursive: true }));

  function messageOf(command: string, args: readonly string[]): string {
    return spawnSync(command, [...args, 'articles'], {
      cwd: REPOSITORY,
      env: { PATH: process.env.PATH, HOME: workspace.path, FOOTNOTE_INDEX: join(workspace.path, 'none') },
      encoding: 'utf8',
    }).stderr;
  }

  test('with node', () => {
    expect(messageOf(process.execPath, ['dist/cli.js'])).toContain('run `node dist/cli.js index`.');
  });

  test('with npm run', () => {
    expect(messageOf('npm', ['run', '-s', 'footnote', '--'])).toContain('run `npm run -s footnote -- index`.');
  });

  test('after npm link', () => {
    symlinkSync(join(REPOSITORY, 'dist', 'cli.js'), join(bin, 'footnote'));
    expect(messageOf(process.execPath, [join(bin, 'footnote')])).toContain('run `footnote index`.');
  });
});
