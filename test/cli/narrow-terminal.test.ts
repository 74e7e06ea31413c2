import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL_SEEDS, Workspace } from './workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = new Workspace({
    ...SMALL_SEEDS,
    '_collection.yaml': 'link: https://example.org/\n',
    'plan.md': '---\npublished: in spring\n---\n\nThe bridge is painted again in 2031.\n',
    'scan.pdf': 'not read',
  });
  const questions = [
    { id: 'a', q: 'In which hall did Blinken and Lavrov meet?', gold: [['reykjavik', 'Harpa concert hall']] },
    { id: 'b', q: 'How many buckets of paint did the painters need?', gold: [['bridge', 'eleven weeks']] },
    { id: 'c', q: 'Who won the chess olympiad?', answerable: false },
  ];
  writeFileSync(join(workspace.path, 'questions.json'), JSON.stringify({ questions }));
  await workspace.footnote(['index']);
});

afterAll(() => {
  workspace.remove();
});

/** Runs a command and returns the words it prints, and the lines that are wider than the terminal. */
async function shown(args: readonly string[], columns: number, input = ''): Promise<{ text: string; wide: string[] }> {
  const run = { columns, input, env: { NO_COLOR: '1' } };
  const { stdout, stderr } = await workspace.footnote(args, run);
  const text = stdout + stderr;
  // The path of a temporary folder cannot be wrapped.
  const wide = text.split('\n').filter((line) => stringWidth(line) > columns && /\s\S/.test(line.trim()));
  return { text, wide };
}

describe.each([40, 60])('in a terminal of %d columns', (columns) => {
  test.each([
    ['--help', /Exit codes/],
    ['eval --help', /reliability/],
    ['index', /indexed/],
    ['doctor', /skipped scan\.pdf/],
    ['articles', /passages/],
    ['ask Where did Blinken and Lavrov meet? --explain', /by\s+its\s+words/],
    ['eval questions.json --compare --failures', /risk-coverage/],
    ['show none', /no article or passage/],
    ['answer', /There is no command/],
    ['ask --limit 2000 Why', /whole number/],
    ['eval elsewhere', /is not an evaluation set/],
  ])('%s prints no line that is wider', async (command, words) => {
    const args = command.split(' ').map((word) => (word === 'questions.json' ? join(workspace.path, word) : word));
    const { text, wide } = await shown(args, columns);
    expect(text).toMatch(words);
    expect(wide).toEqual([]);
  });

  test('the chat prints no line that is wider', async () => {
    const typed = ['Where did Blinken and Lavrov meet?', '/help', '/in nowhere', '/in energy', '/show 1', '/nonsense'];
    const { text, wide } = await shown(['chat'], columns, `${typed.join('\n')}\n`);
    expect(text).toMatch(/There is no\s+collection/);
    expect(text).toMatch(/Searching only the\s+collection/);
    expect(wide).toEqual([]);
  });
});

test('what is not printed to a terminal has each message on one line', async () => {
  const { stderr } = await workspace.footnote(['eval', 'elsewhere']);
  expect(stderr.trimEnd()).not.toContain('\n');
});
