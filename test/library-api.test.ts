import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as footnote from '../src/index.js';
import {
  type Footnote,
  indexArticles,
  NothingIndexedError,
  openFootnote,
  QuestionError,
  UserError,
} from '../src/index.js';
import { requireBuild } from './build.js';
import { createFolder } from './library/temporary-folder.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
let opened: Footnote;

beforeAll(async () => {
  requireBuild();
  folder = createFolder();
  cpSync(join(REPOSITORY, 'seeds'), join(folder, 'seeds'), { recursive: true });
  const report = await indexArticles({ seeds: join(folder, 'seeds'), index: join(folder, 'index'), workers: 1 });
  expect(report).toMatchObject({ added: report.articles, interrupted: false });
  opened = await openFootnote({ index: join(folder, 'index') });
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('only the public names are exported', () => {
  expect(Object.keys(footnote).toSorted()).toEqual([
    'DamagedIndexError',
    'NothingIndexedError',
    'QuestionError',
    'UserError',
    'indexArticles',
    'openFootnote',
  ]);
});

describe('an answer', () => {
  test('quotes the articles word for word, and each citation can be looked up', async () => {
    const { outcome, citations } = await opened.ask('When was Viktor Bout arrested?');
    expect(outcome).toBe('answered');
    for (const { passageId, passage, quote, start, article } of citations) {
      const cited = opened.cite(passageId);
      expect(cited).toMatchObject({ text: passage, article });
      expect(quote).not.toBe('');
      expect(start).toBeGreaterThanOrEqual(0);
    }
  });

  test('has the documented fields and no others', async () => {
    const answer = await opened.ask('Where is Harpa?');
    expect(Object.keys(answer)).toEqual([
      'question',
      'searched',
      'outcome',
      'confidence',
      'notes',
      'citations',
      'ranking',
      'tookMs',
    ]);
    expect(Object.keys(answer.citations[0] ?? {})).toEqual([
      'passageId',
      'article',
      'question',
      'quote',
      'start',
      'end',
      'highlights',
      'passage',
      'context',
      'location',
      'links',
      'struck',
    ]);
  });

  test('can follow up on another answer', async () => {
    const first = await opened.ask('Where were Griner and Bout exchanged?');
    const second = await opened.ask('and when was he arrested?', { after: first });
    expect(second.searched).toContain('Bout');
    expect(second.notes.map(({ kind }) => kind)).toContain('follow-up');
  });

  test('can be limited to a collection, and to a number of passages', async () => {
    const [collection = ''] = opened.collections();
    const inCollection = opened
      .articles()
      .filter((article) => article.collection === collection)
      .map(({ id }) => id);
    const { ranking } = await opened.ask('Who met whom?', { collection, limit: 3 });
    expect(ranking).toHaveLength(3);
    for (const { articleId } of ranking) expect(inCollection).toContain(articleId);
  });
});

describe('what cannot be done is reported as a UserError', () => {
  test('a question without words', async () => {
    await expect(opened.ask('???')).rejects.toThrow(UserError);
  });

  test('small talk, with its kind', async () => {
    const refusal: unknown = await opened.ask('Thanks a lot!').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(QuestionError);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toMatchObject({ problem: 'thanks', smallTalk: 'thanks' });
  });

  test('a collection that does not exist', async () => {
    await expect(opened.ask('Who?', { collection: 'sports' })).rejects.toThrow(/There is no collection "sports"/);
  });

  test('an option out of range, by the name of the option', async () => {
    const build = indexArticles({ index: join(folder, 'other'), workers: 99 });
    await expect(build).rejects.toThrow(/options are invalid:\n {2}workers: /);
  });

  test('an index that was never built', async () => {
    await expect(openFootnote({ index: join(folder, 'none') })).rejects.toThrow(NothingIndexedError);
  });

  test('a passage that is not there is null, not an error', () => {
    expect(opened.cite('aaaaaaaaaa')).toBeNull();
  });
});

describe('installed in another project', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(REPOSITORY, join(folder, 'node_modules', 'footnote'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  });

  test('the example in the documentation runs as it is', () => {
    writeFileSync(join(folder, 'example.js'), exampleIn('library.md'));
    const { status, stdout, stderr } = run(process.execPath, ['example.js']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('On 8 December 2022 Griner and Bout were swapped on the tarmac at Abu Dhabi.');
  });

  test('the example compiles with strict types', () => {
    writeFileSync(join(folder, 'example.ts'), exampleIn('library.md'));
    const compiler = join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');
    const types = ['--typeRoots', join(REPOSITORY, 'node_modules', '@types'), '--types', 'node'];
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', ...types];
    const { status, stdout } = run(process.execPath, [compiler, ...options, 'example.ts']);
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('nothing internal can be imported', () => {
    const { status, stderr } = run(process.execPath, ['--eval', "import('footnote/dist/app.js')"]);
    expect(status).toBe(1);
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  function run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(command, args, { cwd: folder, env: { PATH: process.env.PATH }, encoding: 'utf8' });
  }
});

/** The first JavaScript example of a page in docs/. */
function exampleIn(page: string): string {
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(REPOSITORY, 'docs', page), 'utf8')) ?? [];
  expect(example).toContain("from 'footnote'");
  return example;
}
