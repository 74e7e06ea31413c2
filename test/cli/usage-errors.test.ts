import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPOSITORY, Workspace } from './workspace.js';

let workspace: Workspace;

beforeAll(() => {
  workspace = new Workspace();
});

afterAll(() => {
  workspace.remove();
});

describe.concurrent('help', () => {
  test('lists every command, the exit codes and what happens without a command', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['ask', 'index', 'articles', 'show', 'pin', 'chat', 'bot', 'doctor', 'eval'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 usage error, 3 nothing indexed.');
    expect(stdout).toContain('Without a command, ');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/^ {2}fit /m);
  });

  test.each([
    ['ask', ['--collection', '--limit', '--explain']],
    ['index', ['--rebuild']],
    ['articles', []],
    ['show', ['--all']],
    ['pin', []],
    ['pin add', []],
    ['pin list', []],
    ['pin remove', []],
    ['chat', []],
    ['bot', []],
    ['doctor', []],
    ['eval', ['--half', '--split', '--compare', '--failures', '--plot']],
  ])('of %s lists its own options and the global ones', async (name, options) => {
    const { code, stdout, stderr } = await workspace.footnote([...name.split(' '), '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: footnote ${name}`);
    for (const option of [...options, '--seeds', '--index', '--json', '--quiet'])
      expect(stdout).toContain(`${option} `);
  });

  test('can be asked for with a command too', async () => {
    const { code, stdout } = await workspace.footnote(['help', 'ask']);
    expect([code, stdout]).toEqual([0, (await workspace.footnote(['ask', '--help'])).stdout]);
  });

  test('--version prints the version in package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
    expect(await workspace.footnote(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe.concurrent('a usage error exits with 2, says what is wrong and prints no result', () => {
  test.each([
    ['an unknown command', ['answer'], /^There is no command "answer"\./],
    ['help for an unknown command', ['help', 'answer'], /^There is no command "answer"\./],
    ['an unknown option', ['ask', '--colour', 'blue', 'Who?'], /unknown option '--colour'/],
    ['a limit of 0', ['ask', '--limit', '0', 'Who?'], /Give a whole number from 1 to 100\./],
    ['a limit that is not a number', ['ask', '--limit', 'all', 'Who?'], /Give a whole number from 1 to 100\./],
    ['a half that does not exist', ['eval', '--half', '3', 'set.json'], /Give 0 or 1\./],
    ['show without an id', ['show'], /missing required argument 'id'/],
    ['pin without saying what to do', ['pin'], /^Say what to do: pin add, pin list, or pin remove\./],
    ['an unknown command of pin', ['pin', 'move', '1'], /^There is no command "pin move"\./],
    ['pin add without a passage', ['pin', 'add', 'Who?'], /missing required argument 'passage'/],
    ['pin remove without a question', ['pin', 'remove'], /missing required argument 'question'/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await workspace.footnote(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/footnote (\w+ )*--help/);
    expect(stderr).not.toContain('    at ');
  });

  test('an argument to a command that takes none', async () => {
    const { code, stderr } = await workspace.footnote(['articles', 'more']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/too many arguments/);
  });

  test('--json in the chat, which has none', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['chat', '--json']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('ask --json`');
  });

  test('invalid settings: all of them are named', async () => {
    const env = { FOOTNOTE_WORKERS: 'many', FOOTNOTE_MODEL: 'MiniLM', FOOTNOTE_HUB: 'hub' };
    const { code, stdout, stderr } = await workspace.footnote(['articles'], { env });
    expect([code, stdout]).toEqual([2, '']);
    for (const name of Object.keys(env)) expect(stderr).toContain(`  ${name}: `);
    expect(stderr).not.toContain('    at ');
  });
});

describe.concurrent('where nothing is indexed', () => {
  test.each([[['articles']], [['ask', 'Who?']], [['chat']]])('%s exits with 3 and says what to do', async (args) => {
    const { code, stdout, stderr } = await workspace.footnote(args);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      `Nothing is indexed in ${workspace.index}. Put articles into the seeds folder, then run \`footnote --seeds ${workspace.seeds} --index ${workspace.index} index\`.\n`,
    );
  });

  test('a folder with a space in its name is quoted in the command to run', async () => {
    const { stderr } = await workspace.footnote(['--index', 'built here', 'articles']);
    expect(stderr).toContain(`then run \`footnote --seeds ${workspace.seeds} --index 'built here' index\`.`);
  });

  test('the doctor reports it and exits with 1', async () => {
    const { code, stdout } = await workspace.footnote(['doctor', '--json'], { env: { FOOTNOTE_INDEX: 'other' } });
    expect(code).toBe(1);
    const checks = JSON.parse(stdout) as { name: string; ok: boolean; note: string }[];
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['articles', 'index']);
    expect(checks.find(({ name }) => name === 'index')?.note).toMatch(/footnote .* index`/);
  });

  test('the doctor names what index would say of the articles, and stops after twenty', async () => {
    const flawed = join(workspace.path, 'flawed');
    mkdirSync(flawed);
    writeFileSync(join(flawed, '_collection.yaml'), 'publisher: Sailing club\nlink: https://club.example/\n');
    writeFileSync(join(flawed, 'map.md'), '---\npublished: in spring\n---\n\nThe jetty is north of the lighthouse.\n');
    writeFileSync(join(flawed, 'rules.pdf'), 'not read');
    const noteOf = async (): Promise<string> => {
      const { stdout } = await workspace.footnote(['--seeds', flawed, 'doctor', '--json']);
      const checks = JSON.parse(stdout) as { name: string; ok: boolean; note: string }[];
      const { ok, note = '' } = checks.find(({ name }) => name === 'articles') ?? {};
      expect(ok).toBe(true);
      return note;
    };
    const lines = (await noteOf()).split('\n');
    expect(lines[0]).toMatch(/^1 file in /);
    expect(lines[1]).toMatch(/^skipped rules\.pdf: /);
    expect(lines[2]).toMatch(/^warning for _collection\.yaml: /);
    expect(lines[3]).toMatch(/^warning for map\.md: line 2: published "in spring" is not a date/);
    expect(lines).toHaveLength(4);
    for (let index = 0; index < 30; index++) writeFileSync(join(flawed, `${index}.pdf`), '');
    const many = (await noteOf()).split('\n');
    expect(many).toHaveLength(22);
    expect(many.at(-1)).toMatch(/^and 13 more problems \(run `.*index` to see all\)$/);
  });

  test('an empty seeds folder exits with 3 and names the folder', async () => {
    const empty = join(workspace.path, 'empty');
    mkdirSync(empty);
    const options = ['--seeds', empty, '--index', join(workspace.path, 'none')];
    const { code, stdout, stderr } = await workspace.footnote([...options, 'index']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      `There are no articles in ${empty}. Put .txt, .md, .html or .jsonl files into it, then run \`footnote ${options.join(' ')} index\`.\n`,
    );
  });

  test('a missing seeds folder is named, with advice on what to do', async () => {
    const missing = join(workspace.path, 'missing');
    const { code, stdout, stderr } = await workspace.footnote(['--seeds', missing, 'index']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `There is no file or folder ${missing}. Create the folder and put articles (.txt, .md, .html or .jsonl) into it`,
    );
    expect(stderr).not.toContain('    at ');
  });
});
