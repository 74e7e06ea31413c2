import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../cli/workspace.js';

const ADDED = join('added', '@900000000000000001', '00000000000000aa', 'notes.md');

let workspace: Workspace;

beforeAll(async () => {
  workspace = new Workspace({ 'lighthouse.md': 'The old lighthouse of Vik has burned rapeseed oil since 1872.\n' });
  expect((await workspace.footnote(['index'])).code).toBe(0);
  const file = join(workspace.index, ADDED);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'The tram to the quarry leaves every eleven minutes.\n');
});

afterAll(() => workspace.remove());

const files = async (): Promise<string[]> =>
  (await workspace.json<{ file: string }[]>(['articles'])).map(({ file }) => file).toSorted();
const ADDED_FILE = '@900000000000000001/00000000000000aa/notes.md';

test('what people have added is indexed on its own without reading the seeds, and the seeds stay', async () => {
  workspace.removeArticle('lighthouse.md');
  expect((await workspace.footnote(['index', '--added'])).stderr).toContain('(1 added)');
  expect(await files()).toEqual([ADDED_FILE, 'lighthouse.md']);
  workspace.write('lighthouse.md', 'The old lighthouse of Vik has burned rapeseed oil since 1872.\n');
});

test('it stays when everything is indexed, also anew, and goes when its file is gone', async () => {
  expect((await workspace.footnote(['index'])).stderr).toContain('nothing changed');
  expect((await workspace.footnote(['index', '--rebuild'])).code).toBe(0);
  expect(await files()).toEqual([ADDED_FILE, 'lighthouse.md']);
  rmSync(join(workspace.index, 'added'), { recursive: true });
  expect((await workspace.footnote(['index', '--added'])).stderr).toContain('(1 removed)');
  expect(await files()).toEqual(['lighthouse.md']);
});

test('a folder of the seeds cannot pass for what was added', async () => {
  workspace.write('@900000000000000001/forged/notes.md', 'The tram is free for everyone.\n');
  workspace.write('@home.md', 'A file may be called what it likes, and the tram too.\n');
  const { stderr } = await workspace.footnote(['index']);
  expect(stderr).toContain('names of folders that begin with @ are reserved');
  expect(await files()).toEqual(['@home.md', 'lighthouse.md']);
});

test('an empty seeds folder still loses nothing, although something was added', async () => {
  const file = join(workspace.index, ADDED);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'The tram to the quarry leaves every eleven minutes.\n');
  for (const name of ['lighthouse.md', '@home.md', '@900000000000000001']) workspace.removeArticle(name);
  const { code, stderr } = await workspace.footnote(['index']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('but 2 are indexed')]);
});
