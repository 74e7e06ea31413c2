/** What the commands do about an index that is damaged. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMUNITY_FILE, CommunityFile } from '../../src/community/community-file.js';
import { temporaryFolder } from '../library/temporary-folder.js';
import { Workspace } from './workspace.js';

const workspace = new Workspace({
  'bridges.txt': 'The wooden bridge over the river Gera was repaired in 1897 by the carpenters of the town.',
  'bread.txt': 'Rye bread is baked for fifty minutes at two hundred degrees, and then cools for an hour.',
  'bells.txt': 'The two bronze bells of the church were cast in 1702 in the foundry of the monastery.',
  // An answer looks at the texts of the best passages: these are better than an article about something else.
  ...Object.fromEntries(
    ['baked', 'cast', 'cooled', 'sliced', 'rung', 'weighed'].map((done) => [
      `${done}.txt`,
      `Rye bread and bronze bells have this in common: some of them have never been ${done} by anybody in the monastery.`,
    ]),
  ),
});
const QUESTIONS =
  'How long is rye bread baked?\nWhen was the wooden bridge repaired?\nWhen were the bronze bells cast?\n';

beforeAll(async () => {
  expect((await workspace.footnote(['index'])).code).toBe(0);
});
afterAll(() => workspace.remove());

/** A copy of the index with the text of one article changed. */
function damagedIndex(): string {
  const index = join(temporaryFolder(), 'index');
  cpSync(workspace.index, index, { recursive: true });
  const database = new Database(join(index, 'library.sqlite'));
  database.exec("UPDATE articles SET text = replace(text, '1897', '1997') WHERE file = 'bridges.txt'");
  database.close();
  return index;
}

test('a question that would quote a damaged article is refused, and the others are answered', async () => {
  const index = damagedIndex();
  const { code, stdout, stderr } = await workspace.footnote(['--index', index, 'ask', '--limit', '1'], {
    input: QUESTIONS,
  });
  expect(stdout).toContain('fifty minutes');
  expect(stdout).toContain('cast in 1702');
  expect(stdout).not.toContain('1997');
  expect(
    stdout.replaceAll(/\s+/g, ' ').match(/is damaged: the article bridges\.txt does not match its checksum\./g),
  ).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(0);
  const json = await workspace.footnote(['--index', index, '--json', 'ask'], { input: QUESTIONS });
  expect(json.stdout.trim().split('\n')).toHaveLength(3);
  const shown = await workspace.footnote(['--index', index, 'ask', 'When was the wooden bridge repaired?']);
  expect([shown.code, shown.stdout]).toEqual([1, '']);
});

test('index says which articles were damaged, and reads them again', async () => {
  const index = damagedIndex();
  const { code, stderr } = await workspace.footnote(['--index', index, 'index']);
  expect(stderr).toContain('bridges.txt was damaged in the index and has been read again');
  expect(stderr).toContain('9 articles, 9 passages indexed (1 changed)');
  expect(code).toBe(0);
  const { stdout } = await workspace.footnote(['--index', index, 'ask', 'When was the wooden bridge repaired?']);
  expect(stdout).toContain('1897');
});

test('doctor names what is damaged only with --deep, and points to it without', async () => {
  const index = damagedIndex();
  const plain = await workspace.footnote(['--index', index, 'doctor']);
  expect(plain.code).toBe(0);
  expect(plain.stdout).toContain('doctor --deep` compares everything in it');
  const deep = await workspace.footnote(['--index', index, 'doctor', '--deep']);
  expect(deep.code).toBe(1);
  expect(deep.stdout).toMatch(/^FAIL articles in the index: bridges\.txt does not match its checksum\. Run/m);
  expect(deep.stdout).toMatch(/^FAIL frequencies:/m);
  for (const name of ['index file', 'token codes and vectors', 'search tables'])
    expect(deep.stdout).toContain(`ok   ${name}: intact`);
  expect(deep.stdout).toContain('ok   community.sqlite: there is none yet');
  expect(deep.stdout).not.toContain('doctor --deep');
});

test('doctor --deep finds an intact index intact, and a damaged community.sqlite', async () => {
  const index = join(temporaryFolder(), 'index');
  cpSync(workspace.index, index, { recursive: true });
  const ignored = (): void => {};
  new CommunityFile(index, { onNotice: ignored, onReopened: ignored }).close();
  const deepChecks = async (): Promise<{ code: number | null; failed: string[] }> => {
    const { code, stdout } = await workspace.footnote(['--index', index, '--json', 'doctor', '--deep']);
    const checks = JSON.parse(stdout) as { name: string; ok: boolean }[];
    return { code, failed: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };
  expect(await deepChecks()).toEqual({ code: 0, failed: [] });
  const file = join(index, COMMUNITY_FILE);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill('spilt ink ', 4096));
  expect(await deepChecks()).toEqual({ code: 1, failed: [COMMUNITY_FILE] });
});
