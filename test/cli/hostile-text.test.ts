import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, objectsOf, runFootnote, Workspace } from './workspace.js';

/** One of each kind that a terminal obeys: a title, a cleared screen, a color that we never use, and reversed writing. */
const EVIL = '\u001b]0;owned\u0007\u001b[2J\u001b[35m\u009b31m\u007f\u0008\u0085\u2028\u202e';
const OBEYED = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** The styles that we use. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one.
const OURS = /\u001b\[(?:1|2|9|22|29|31|32|33|36|39)m/g;

const FERRY = {
  id: `ferry${EVIL}`,
  title: `Ferry ${EVIL}\ntimes`,
  publisher: `Harbour ${EVIL}`,
  text: `The ferry to the island leaves at seven ${EVIL} in the morning.\n\nA ticket costs four ${EVIL} crowns.`,
};

let workspace: Workspace;
let indexed: CommandResult;

beforeAll(async () => {
  workspace = new Workspace({
    [`inn${EVIL}\nskipped everything: it is evil/ferry${EVIL}\n0 articles.md`]: `---
title: "Ferry \\e]0;owned\\a\\e[2J\\x9b31m\\u202e\\u2028 times"
publisher: "Har\\e[35mbour"
url: "https://example.com/\\e[2J"
tags: {[\\e[2Ja, b]: c}
? [x, "\\e[2Jy"]
: z
published: "never\\e[2J"
---

The ferry to the island leaves at seven in the morning from the old harbour.
`,
    'text.jsonl': `${JSON.stringify(FERRY)}\n`,
    'other.txt': 'The bakery on the square opens at six in the morning and sells bread with caraway.\n',
    [`broken${EVIL}\nwarning.md`]: '',
    'harbour/_collection.yaml': `url: "\\e[2Jnot an address"\n"\\e[2Jfield\\n": 1\npublisher: !\u202etag x\n`,
    'harbour/a.txt': 'Ships of the harbour are painted blue in the spring of each year by the same two painters.\n',
  });
  indexed = await workspace.footnote(['index']);
});

afterAll(() => {
  workspace.remove();
});

function expectPrintable({ stdout, stderr }: CommandResult): void {
  for (const text of [stdout, stderr]) expect(text).not.toMatch(OBEYED);
}

/** In a terminal with colours, nothing but our own styles reaches it. */
function expectOurStylesOnly({ stdout, stderr }: CommandResult): void {
  for (const text of [stdout, stderr]) expect(text.replace(OURS, '')).not.toMatch(OBEYED);
}

async function idOf(file: string): Promise<string> {
  const articles = await workspace.json<{ id: string; file: string }[]>(['articles']);
  return articles.find((article) => article.file.includes(file))?.id ?? '';
}

test('index names hostile files on one line each', () => {
  expect(indexed.code).toBe(0);
  expectPrintable(indexed);
  const lines = indexed.stderr.trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^(?:skipped broken|warning for (?:inn|harbour\/_coll)|[34] articles, )/);
  expect(lines.filter((line) => line.includes('\\u001b[2J')).length).toBeGreaterThan(1);
});

describe('no command passes on what a terminal would obey', () => {
  test.each([
    ['articles', ['articles']],
    ['an unknown command', [`an${EVIL}swer`]],
    ['help for an unknown command', ['help', EVIL]],
    ['an unknown option', ['ask', `--col${EVIL}our`, 'Who?']],
    ['a value of an option', ['ask', '--limit', EVIL, 'Who?']],
    ['an unknown choice', ['eval', '--split', EVIL, 'set']],
    ['an argument too many', ['articles', EVIL]],
    ['an unknown id', ['show', EVIL]],
    ['a passage that is not there', ['pin', 'add', `Who ${EVIL} rows?`, EVIL]],
    ['a pin that is not there', ['pin', 'remove', `Who ${EVIL} rows?`]],
    ['a set that is not there', ['eval', EVIL]],
    ['a path that is not there', ['index', EVIL]],
    ['help with folders', ['--seeds', EVIL, '--help']],
  ])('%s', async (_, args) => {
    expectPrintable(await workspace.footnote(args));
    expectOurStylesOnly(await workspace.footnote(args, { columns: 60, env: { FORCE_COLOR: '1' } }));
    expectPrintable(await workspace.footnote(['--json', ...args]));
  });

  test('ask', async () => {
    const question = `When does the ferry ${EVIL} to the island leave?`;
    const shown = await workspace.footnote(['ask', '--explain', question], { columns: 60, env: { FORCE_COLOR: '1' } });
    expect(shown.stdout).toContain('\\u001b]0;owned');
    expectOurStylesOnly(shown);
    expectPrintable(await workspace.footnote(['--json', 'ask', question]));
    expectPrintable(await workspace.footnote(['ask', '--collection', EVIL, 'Who?']));
  });

  test('doctor', async () => {
    expectPrintable(await workspace.footnote(['doctor']));
  });

  test('show', async () => {
    const id = await idOf('text.jsonl');
    const shown = await workspace.footnote(['show', id]);
    expect(shown.stdout).toContain('leaves at seven \\u001b]0;owned\\u0007\\u001b[2J');
    expectPrintable(shown);
    expectOurStylesOnly(await workspace.footnote(['show', '--all', id], { columns: 60 }));
  });

  test('invalid settings, and an index folder that cannot be used', async () => {
    const env = { FOOTNOTE_WORKERS: EVIL, FOOTNOTE_MODEL: EVIL, FOOTNOTE_LOG_LEVEL: `\n${EVIL}`, FOOTNOTE_HUB: EVIL };
    expectPrintable(await workspace.footnote(['articles'], { env }));
    expectPrintable(await runFootnote(['--index', join(workspace.path, EVIL), 'articles'], {}, workspace.path));
    expectPrintable(await workspace.footnote(['ask', 'Who?'], { env: { FOOTNOTE_MODELS: EVIL } }));
  });

  test('whatever is typed', async () => {
    const typed = fc
      .array(
        fc.oneof(
          fc.constantFrom('ask', 'pin', '--json', '--limit', '--seeds', 'show', 'help', EVIL, '\n', '\u001b[35m'),
          fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', '')),
        ),
        { maxLength: 4 },
      )
      // Without a command, it would index and answer.
      .map((args) => ['show', ...args]);
    await fc.assert(
      fc.asyncProperty(typed, async (args) => {
        expectPrintable(await runFootnote(args, {}, workspace.path));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a line feed in a name adds no line of its own', () => {
  test('in an error message', async () => {
    const forged = 'x\nFootnote: all is well';
    for (const args of [[forged], ['ask', `--${forged}`], ['show', forged], ['eval', forged]]) {
      const { code, stderr } = await workspace.footnote(args);
      expect(code).not.toBe(0);
      expect(stderr).toContain('x\\nFootnote: all is well');
      expect(stderr).not.toMatch(/^Footnote/m);
    }
  });

  test('in the list of articles', async () => {
    const { stdout } = await workspace.footnote(['articles'], { columns: 400, env: { NO_COLOR: '1' } });
    expect(stdout).not.toMatch(/^skipped/m);
    for (const line of stdout.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?: {2}[0-9a-z]{10} | {13}\S|\(no collection\)$|harbour$|inn\\u001b.*\\nskipped everything)/,
      );
  });

  test('in the folder of a command to run, which can be copied into a shell', async () => {
    const index = join(workspace.path, "a\nb'c");
    mkdirSync(index);
    const { stderr } = await runFootnote(['--index', index, 'articles'], {}, workspace.path);
    expect(stderr).toContain(`footnote --index $'${workspace.path}/a\\u000ab\\'c' index`);
  });
});

test('--json keeps the text as it is stored', async () => {
  const { stdout } = await workspace.footnote(['--json', 'show', await idOf('text.jsonl')]);
  const [article] = objectsOf<{ text: string; publisher: string }>(stdout);
  expect(article?.text).toContain('leaves at seven \u001b]0;owned\u0007');
  const files = await workspace.json<{ file: string }[]>(['articles']);
  expect(files.map(({ file }) => file).join()).toContain(`ferry${EVIL}\n0 articles.md`);
});

test('Node.js prints warnings and errors that nothing handles like everything else', async () => {
  const warning = `process.emitWarning("a\\u001b[2J\\u009bb\\nc")`;
  const failure = `setTimeout(() => { throw new Error("d\\u001b[2J") }, 1)`;
  const isReady = `process.listenerCount("uncaughtException") > 0`;
  const code = `const timer = setInterval(() => { if (${isReady}) { clearInterval(timer); ${warning}; ${failure} } }, 1)`;
  const script = `data:text/javascript,${encodeURIComponent(code)}`;
  const { code: exitCode, stderr } = await workspace.spawn(['ask', 'Who?'], {
    env: { NODE_OPTIONS: `--import=${script}` },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Warning: a\\u001b[2J\\u009bb\\nc\n');
  expect(stderr).toContain('Error: d\\u001b[2J\n');
  expect(stderr).not.toMatch(OBEYED);
});
