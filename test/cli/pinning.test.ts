import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../src/community/community.js';
import { COMMUNITY_FILE } from '../../src/community/community-file.js';
import { MAX_PINS } from '../../src/community/pins.js';
import { type Answer, type Footnote, openFootnote } from '../../src/index.js';
import type { PrintedPin } from '../../src/terminal/render-pins.js';
import { type CommandResult, Workspace } from './workspace.js';

const QUESTION = 'What does the crossing cost?';
const PRICE = 'A crossing is free on the first Sunday of a month.';
const ARTICLES = {
  'ferry.md': `# The ferry\n\nThe crossing costs three crowns and takes forty minutes.\n\n## Days without a fare\n\n${PRICE}\n`,
  'bread.md': '# Rye bread\n\nBakers bury their dough in hot sand, and take it out after a day.\n',
};

let workspace: Workspace;
/** Asks without starting the model anew each time. */
let footnote: Footnote;

beforeAll(async () => {
  workspace = new Workspace(ARTICLES);
  await index();
  footnote = await openFootnote({ index: workspace.index });
});

afterAll(async () => {
  await footnote.close();
  workspace.remove();
});

async function index(...options: string[]): Promise<void> {
  const { code, stderr } = await workspace.footnote(['index', ...options]);
  if (code !== 0) throw new Error(stderr);
}

const ask = (question: string): Promise<Answer> => footnote.ask(question);
const list = (): Promise<PrintedPin[]> => workspace.json<PrintedPin[]>(['pin', 'list']);

/** The id of the passage that has these words. */
async function passageWith(words: string): Promise<string> {
  const { ranking } = await ask(words);
  const found = ranking.find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`No passage has ${words}`);
  return found.passageId;
}

/** What is pinned to the question of an answer, and quoted first. */
function pinnedIn({ notes, citations, outcome, confidence }: Answer): string | null {
  if (!notes.some(({ kind }) => kind === 'pinned')) return null;
  expect([outcome, confidence]).toEqual(['answered', null]);
  return citations[0]?.quote ?? null;
}

async function refusal(...args: string[]): Promise<Pick<CommandResult, 'code' | 'stderr'>> {
  const { code, stdout, stderr } = await workspace.footnote(['pin', ...args]);
  expect(stdout).toBe('');
  expect(stderr).not.toContain('    at ');
  return { code, stderr };
}

describe('footnote pin', () => {
  test('shows a passage first whenever its question is asked, until it is removed', async () => {
    const id = await passageWith(PRICE);
    expect(pinnedIn(await ask(QUESTION))).toBeNull();
    const { code, stdout } = await workspace.footnote(['pin', 'add', QUESTION, id]);
    expect(code).toBe(0);
    expect(stdout).toContain('Pinned. Whoever asks this is shown the passage first:');
    expect(stdout).toContain(`${id} · The ferry`);

    expect(pinnedIn(await ask('hi, what does the crossing cost'))).toBe(PRICE);
    expect(pinnedIn(await ask('What does the crossing not cost?'))).toBeNull();
    const printed = await workspace.footnote(['ask', QUESTION]);
    expect(printed.stdout).toMatch(/^Answered\.\nPinned: a person chose the first source for the question “What does/m);
    expect(printed.stdout.indexOf('first Sunday')).toBeLessThan(printed.stdout.indexOf('three crowns'));

    const removed = await workspace.footnote(['pin', 'remove', 'what does the crossing cost']);
    expect([removed.code, removed.stderr]).toEqual([0, `Removed. Nothing is pinned to “${QUESTION}” any more.\n`]);
    expect(pinnedIn(await ask(QUESTION))).toBeNull();
    expect((await workspace.footnote(['pin', 'list'])).stdout).toBe('Nothing is pinned.\n');
  });

  test('pins one passage to a question, and says what it replaces', async () => {
    const [price, bread] = [await passageWith(PRICE), await passageWith('Bakers bury')];
    const first = await workspace.json<PrintedPin & { replaced: boolean }>(['pin', 'add', QUESTION, bread]);
    expect(first).toMatchObject({ question: QUESTION, passageId: bread, replaced: false });
    const second = await workspace.footnote(['pin', 'add', 'What does a crossing cost??', price]);
    expect(second.stdout).toContain('in place of what was pinned before');
    expect(await list()).toEqual([
      {
        number: first.number + 1,
        question: 'What does a crossing cost??',
        passageId: price,
        articleId: expect.stringMatching(/^[a-z2-7]{10}$/),
        text: PRICE,
        pinnedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    ]);
    const removed = await workspace.json<PrintedPin>(['pin', 'remove', String(first.number + 1)]);
    expect(removed.passageId).toBe(price);
    expect(await list()).toEqual([]);
  });

  test('works in the chat and in the library, and the chat says why a passage comes first', async () => {
    await workspace.footnote(['pin', 'add', QUESTION, await passageWith('Bakers bury')]);
    const chat = await workspace.footnote(['chat'], { input: `${QUESTION}\n/why 1\n/quit\n` });
    expect(chat.stdout).toContain('Pinned: a person chose the first source');
    expect(chat.stdout).toContain('A person pinned this passage to the question.');
    expect((await ask(QUESTION)).notes[0]).toMatchObject({ kind: 'pinned', question: QUESTION });
    await workspace.footnote(['pin', 'remove', QUESTION]);
  });

  test('follows its words when the article changes, survives a rebuilt index, and says when its passage is gone', async () => {
    await workspace.footnote(['pin', 'add', QUESTION, await passageWith(PRICE)]);
    workspace.write('ferry.md', ARTICLES['ferry.md'].replace('three crowns', 'four crowns, bicycles included,'));
    await index();
    expect(pinnedIn(await ask(QUESTION))).toBe(PRICE);
    await index('--rebuild');
    await footnote.close();
    footnote = await openFootnote({ index: workspace.index });
    expect(pinnedIn(await ask(QUESTION))).toBe(PRICE);

    workspace.write('ferry.md', ARTICLES['ferry.md'].replace(PRICE, 'There are none any more.'));
    await index();
    expect(pinnedIn(await ask(QUESTION))).toBeNull();
    expect(await list()).toMatchObject([{ question: QUESTION, passageId: null, text: PRICE }]);
    const { stdout } = await workspace.footnote(['pin', 'list']);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Its passage is gone, so this pin is not used\. .* or remove the pin with `pin remove \d+`\./,
    );

    workspace.write('ferry.md', ARTICLES['ferry.md']);
    await index();
    expect(pinnedIn(await ask(QUESTION))).toBe(PRICE);
    await workspace.footnote(['pin', 'remove', QUESTION]);
  });
});

describe('footnote pin exits with 2 and says what to do', () => {
  const long = `What ${'is it '.repeat(60)}?`;
  test.each([
    ['with an unknown passage', ['add', QUESTION, 'aaaaaaaaaa'], 'There is no passage with the id "aaaaaaaaaa".'],
    ['with two questions', ['add', 'Where is the pier? Who built the pier?', 'aaaaaaaaaa'], 'Pin each on its own.'],
    ['with a follow-up', ['add', 'And in 2017?', 'aaaaaaaaaa'], 'Write it out in full.'],
    ['with a long question', ['add', long, 'aaaaaaaaaa'], 'can have 300 characters'],
    ['with an empty question', ['add', '', 'aaaaaaaaaa'], 'The question is empty.'],
    ['with an unquoted question', ['add', 'What', 'does', 'it', 'cost'], 'too many arguments'],
    ['with an unknown number', ['remove', '99'], 'There is no pin 99. List the pins with `footnote '],
    ['with nothing to remove', ['remove', 'Where is it?'], 'Nothing is pinned to “Where is it?”.'],
    ['with no words to remove', ['remove', '?!'], 'The question has no words in it.'],
    ['with more than a list', ['list', 'all'], 'too many arguments'],
  ])('%s', async (_, args, message) => {
    const { code, stderr } = await refusal(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('and with 1 if there are as many pins as there can be', async () => {
    const id = await passageWith(PRICE);
    const community = Community.open(workspace.index);
    const pinned = { serverId: null, articleId: 'a', text: 'x', start: 0, personId: null, pinnedAt: 0 };
    for (let count = 1; count <= MAX_PINS; count++)
      community.pins.add({ ...pinned, question: `Who is ${count}?` }, () => false);
    community.close();
    const { code, stderr } = await refusal('add', QUESTION, id);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`There are ${MAX_PINS} pins already`)]);
    expect(stderr).toMatch(/`footnote .*pin remove`/);
    expect((await workspace.footnote(['pin', 'add', 'who is 7', id])).code).toBe(0);
  });

  test('and with 3 if nothing is indexed', async () => {
    const empty = new Workspace();
    const { code, stderr } = await empty.footnote(['pin', 'list']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('Nothing is indexed')]);
    empty.remove();
  });
});

test('questions are answered without pins if their file cannot be read, with a notice', async () => {
  const damaged = new Workspace(ARTICLES);
  await damaged.footnote(['index']);
  writeFileSync(join(damaged.index, COMMUNITY_FILE), 'spilt ink '.repeat(1000));
  const { code, stdout, stderr } = await damaged.footnote(['--json', 'ask', QUESTION]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ question: QUESTION });
  expect(stderr).toContain('Pins are not used: ');
  expect(stderr).toContain('is damaged');
  const pinning = await damaged.footnote(['pin', 'list']);
  expect([pinning.code, pinning.stderr]).toEqual([1, expect.stringContaining('is damaged')]);
  damaged.remove();
});
