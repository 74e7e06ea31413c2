import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Article, ArticleReference } from '../../src/corpus/article.js';
import { objectsOf, runFootnote, SMALL_SEEDS, Workspace } from './workspace.js';

interface PrintedReport {
  readonly articles: number;
  readonly passages: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly seconds: number;
}

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace(SMALL_SEEDS);
});

afterEach(() => {
  workspace.remove();
});

const filesOf = (articles: readonly ArticleReference[]): string[] => articles.map(({ file }) => file);

test('index --json reports what was added, changed, removed, unchanged and skipped', async () => {
  workspace.write('picture.png', Uint8Array.of(0x89, 0x50));
  workspace.write('empty.txt', '');
  const first = await workspace.json<PrintedReport>(['index']);
  expect(Object.keys(first)).toEqual([
    'articles',
    'passages',
    'added',
    'changed',
    'removed',
    'unchanged',
    'skipped',
    'damaged',
    'hidden',
    'seconds',
  ]);
  expect(first).toEqual({
    articles: 3,
    passages: expect.any(Number),
    added: 3,
    changed: 0,
    removed: 0,
    unchanged: 0,
    skipped: [
      { file: 'picture.png', reason: "this file type isn't supported: save it as .txt, .md, .html or .jsonl" },
      { file: 'empty.txt', reason: 'there is no text in it: write the article into it, or remove it' },
    ],
    damaged: [],
    hidden: [],
    seconds: expect.any(Number),
  });
  expect(first.passages).toBeGreaterThanOrEqual(4);

  const before = await workspace.json<Article[]>(['articles']);
  workspace.write('new.txt', 'The ferry to the island leaves at seven in the morning and comes back at noon.');
  workspace.write('bridge.txt', `${SMALL_SEEDS['bridge.txt']}\nIt was painted green in 1999.\n`);
  workspace.removeArticle('energy');
  workspace.removeArticle('picture.png');
  workspace.removeArticle('empty.txt');
  expect(await workspace.json<PrintedReport>(['index'])).toMatchObject({
    articles: 3,
    added: 1,
    changed: 1,
    removed: 1,
    unchanged: 1,
    skipped: [],
  });
  const after = await workspace.json<Article[]>(['articles']);
  expect(filesOf(after)).toEqual(['bridge.txt', 'new.txt', 'diplomacy/reykjavik.md']);
  expect(after[0]?.id).toBe(before[0]?.id);
});

test('an emptied folder is refused, and the index stays as it is', async () => {
  await workspace.json<PrintedReport>(['index']);
  for (const file of ['diplomacy', 'energy', 'bridge.txt']) workspace.removeArticle(file);
  const { code, stdout, stderr } = await workspace.footnote(['index']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    `There are no articles in ${workspace.seeds}, but 3 are indexed. To remove them all, delete the files library* in ${workspace.index}.\n`,
  );
  expect(await workspace.json<Article[]>(['articles'])).toHaveLength(3);
});

test('a folder with nothing to cite exits with 3, and names every file with the reason', async () => {
  for (const file of ['diplomacy', 'energy', 'bridge.txt']) workspace.removeArticle(file);
  workspace.write('a.md', '# Listen Live');
  workspace.write('b.md', '---\ntitle: a: b\n---\n\n## They met');
  const { code, stderr } = await workspace.footnote(['index']);
  expect(code).toBe(3);
  expect(stderr).toContain('skipped a.md: it has no text besides headings and page boilerplate');
  expect(stderr).toContain('warning for b.md: line 2');
  expect(stderr).toContain('skipped b.md: it has no text besides headings');
  expect(stderr).toContain('0 articles, 0 passages indexed');
});

test('messages for people go to standard error, and --quiet turns them off', async () => {
  workspace.write(
    'note.md',
    '---\nurl: javascript:alert(1)\n---\n\nThe ferry to the island leaves at seven in the morning.',
  );
  const loud = await workspace.footnote(['index']);
  expect([loud.code, loud.stdout]).toEqual([0, '']);
  expect(loud.stderr).toMatch(
    /^warning for note\.md: line 2: url "javascript:alert\(1\)" is not an address .* it is left out$/m,
  );
  expect(loud.stderr).toMatch(/^4 articles, \d+ passages indexed \(4 added\) in \d+(\.\d)? s\.$/m);
  const again = await workspace.footnote(['index', '--rebuild', '--quiet']);
  expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a path given on the command line replaces the seeds folder', async () => {
  const report = await workspace.json<PrintedReport>(['index', join(workspace.seeds, 'bridge.txt')]);
  expect(report).toMatchObject({ articles: 1, added: 1 });
  expect(filesOf(await workspace.json<Article[]>(['articles']))).toEqual(['bridge.txt']);
});

describe('without a command', () => {
  test('indexes the articles, and exits with 0 when standard input is empty', async () => {
    const { code, stdout, stderr } = await workspace.footnote([]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^3 articles, \d+ passages indexed \(3 added\) in \d+(\.\d)? s\.$/m);
  });

  test('answers the questions on standard input after indexing, even from new articles', async () => {
    await workspace.json<PrintedReport>(['index']);
    workspace.write('ferry.txt', 'The ferry to the island of Hrísey leaves the pier at seven in the morning.');
    const input = 'When does the ferry to Hrísey leave?\nWhat colour was the bridge painted?\n';
    const { code, stdout } = await workspace.footnote(['--json'], { input });
    expect(code).toBe(0);
    const answers = objectsOf<{ ranking: { text: string }[] }>(stdout);
    expect(answers.map(({ ranking }) => ranking[0]?.text.slice(0, 10))).toEqual(['The ferry ', 'The bridge']);
  });

  test('reads settings from .env in the working folder', async () => {
    const folder = new Workspace({ '../.env': `FOOTNOTE_SEEDS=${workspace.seeds}\nFOOTNOTE_INDEX=own\n` });
    try {
      const { code, stderr } = await runFootnote(['index'], {}, folder.path);
      expect(code, stderr).toBe(0);
      expect(readFileSync(join(folder.path, 'own', 'library.sqlite')).length).toBeGreaterThan(0);
    } finally {
      folder.remove();
    }
  });
});

test('a malformed file does not stop the others from being indexed', async () => {
  workspace.write('a.jsonl', '{"text": "The lighthouse keeper rows out every evening."}\n{"text": \n');
  workspace.write('binary.txt', Uint8Array.of(0, 1, 2, 3));
  const report = await workspace.json<PrintedReport>(['index']);
  expect(report.articles).toBe(4);
  expect(report.skipped.map(({ file }) => file)).toEqual(['a.jsonl#2', 'binary.txt']);
});

test('a title that YAML reads as an alias keeps no article from being indexed', async () => {
  workspace.write('a.md', '---\ntitle: *important\n---\n\nThey met.');
  expect((await workspace.json<PrintedReport>(['index'])).articles).toBe(4);
});

test('the name of a folder cannot send control sequences to the terminal', async () => {
  workspace.write('evil\u001b[2J/a.md', 'The ferry to the island leaves at seven in the morning.');
  await workspace.json<PrintedReport>(['index']);
  const { stderr } = await workspace.footnote(['ask', '--collection', 'none', 'Who?']);
  expect(stderr).toContain('There is no collection');
  expect(stderr).not.toContain('\u001b');
});
