import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from '../../src/evaluation/judged-set.js';
import { readJudgedSet } from '../../src/evaluation/read-judged-set.js';
import { EXIT, UserError } from '../../src/user-error.js';
import { temporaryFolder } from '../library/temporary-folder.js';
import { type HandbookQuestion, writeHandbook } from './handbook-set.js';

describe('a documents folder', () => {
  test('is a set whose articles are read in its seeds folder', async () => {
    const folder = handbook();
    const { questions, ...rest } = await readJudgedSet(folder);
    expect(rest).toEqual({ name: 'handbook', bulk: null, sha256: null, seedsFolder: join(folder, 'seeds') });
    expect(questions.map(({ id, kind, after, isAnswerable }) => [id, kind, after, isAnswerable])).toEqual([
      ['h1', 'table', undefined, true],
      ['h2', 'prose', undefined, true],
      ['h3', 'prose', 'h2', true],
      ['h4', 'prose', undefined, true],
      ['h5', 'person', undefined, false],
    ]);
  });

  test('has questions without a kind, which are of the kind "other"', async () => {
    expect((await read([{ id: 'a', q: 'Why?', answerable: false }])).questions[0]?.kind).toBe('other');
  });

  test('is rejected without seeds', async () => {
    const folder = handbook();
    rmSync(join(folder, 'seeds'), { recursive: true });
    await expectRejection(readJudgedSet(folder), `${join(folder, 'seeds')} is missing.`);
  });
});

describe('a passage', () => {
  test('is right if it contains a gold text and is in the file of that text', async () => {
    const question = await ask(['a.md', 'six crowns'], ['b/c.md', 'seven crowns']);
    expect(question.relevantGrades).toEqual([1]);
    expect(question.judge(passage('a.md', 'It costs six crowns.'))).toEqual({ unit: 'gold', grade: 1 });
    expect(question.judge(passage('b/c.md', 'It costs seven crowns.'))).toEqual({ unit: 'gold', grade: 1 });
    expect(question.judge(passage('a.md', 'It costs seven crowns.'))).toEqual({ unit: 'a.md 0', grade: 0 });
    expect(question.judge(passage('c.md', 'It costs seven crowns.')).grade).toBe(0);
    expect(question.judgeShown?.(passage('a.md', 'six crowns'))).toBe(true);
    expect(question.judgeShown?.(passage('a.md', 'six'))).toBe(false);
  });

  test('is compared by its letters and digits only', async () => {
    const question = await ask(['a.md', 'Price: **6 kr**, per-night']);
    expect(question.judge(passage('a.md', '| PRICE |\n| 6 KR per night |')).grade).toBe(1);
  });

  test('of a bulk file is named by the id of its article', async () => {
    const question = await ask(['news.jsonl#d1', 'six crowns']);
    expect(question.judge(passage('d1', 'six crowns')).grade).toBe(1);
    expect(question.judge(passage('1', 'six crowns')).grade).toBe(0);
  });

  test('is never right for a gold text without letters and digits, nor for an unanswerable question', async () => {
    expect((await ask(['a.md', '***'])).judge(passage('a.md', '***')).grade).toBe(0);
    const set = await read([{ id: 'a', q: 'Why?', answerable: false, gold: [{ file: 'a.md', text: 'six' }] }]);
    const [question] = set.questions;
    expect(question).toMatchObject({ isAnswerable: false, relevantGrades: [] });
    expect(question?.judge(passage('a.md', 'six')).grade).toBe(0);
  });
});

describe('the halves', () => {
  const about = (id: string, file: string | null, after?: string): HandbookQuestion => ({
    id,
    q: id,
    answerable: file !== null,
    gold: file === null ? [] : [{ file, text: 'words' }],
    ...(after !== undefined && { after }),
  });
  const halves = async (questions: readonly HandbookQuestion[]): Promise<number[]> =>
    (await read(questions)).questions.map(({ half }) => half);

  test('alternate by the file of the first gold text, in sorted order', async () => {
    expect(await halves(['c.md', 'a.md', 'b.md', 'a.md', 'c.md'].map((file, i) => about(`q${i}`, file)))).toEqual([
      0, 0, 1, 0, 0,
    ]);
  });

  test('alternate by position for questions without gold', async () => {
    expect(await halves([about('a', null), about('b', null), about('c', null)])).toEqual([0, 1, 0]);
  });

  test('keep a follow-up with the question that it follows', async () => {
    expect(await halves([about('a', 'b.md'), about('b', 'a.md', 'a'), about('c', null, 'b')])).toEqual([1, 1, 1]);
  });

  test('are those that the questions name', async () => {
    const named = { ...about('a', 'a.md'), half: 1 };
    expect(
      await halves([named, about('b', 'b.md', 'a'), about('c', 'c.md'), { ...about('d', 'd.md'), half: null }]),
    ).toEqual([1, 1, 0, 1]);
  });
});

describe('questions.jsonl is rejected', () => {
  const line = (rest: object): object => ({ id: 'a', q: 'Why?', answerable: false, ...rest });

  test.each<[what: string, lines: readonly object[], message: RegExp]>([
    ['a line without a question', [line({}), { id: 'b', answerable: false }], / line 2 cannot be used: q: /],
    [
      'a line that does not say whether it is answerable',
      [{ id: 'b', q: 'Why?' }],
      / line 1 cannot be used: answerable: /,
    ],
    [
      'an answerable question without gold',
      [line({ answerable: true })],
      / line 1 cannot be used: gold: an answerable question needs at least one$/,
    ],
    ['a half that is neither 0 nor 1', [line({ half: 2 })], / line 1 cannot be used: half: /],
    ['gold that is not an object', [line({ gold: ['a.md'] })], / line 1 cannot be used: gold\[0\]: /],
    ['an id that occurs twice', [line({}), line({})], / cannot be used: two questions have the id "a"\.$/],
    [
      'a follow-up to a question that does not exist',
      [line({ after: 'z' })],
      / cannot be used: question "a" comes after "z", but no earlier question has that id\.$/,
    ],
    [
      'a follow-up to a later question, or to itself',
      [line({ after: 'b' }), line({ id: 'b', after: 'b' })],
      / question "a" comes after "b", but no earlier question has that id\.$/,
    ],
  ])('for %s', async (_, lines, message) => {
    await expectRejection(read(lines), message);
  });

  test('for a line that is not JSON', async () => {
    const folder = handbook();
    writeFileSync(join(folder, 'questions.jsonl'), '\n{"id":\n');
    await expectRejection(readJudgedSet(folder), / line 2 cannot be used: SyntaxError/);
  });
});

function handbook(): string {
  return writeHandbook(join(temporaryFolder(), 'handbook'));
}

function read(lines: readonly object[]): Promise<JudgedSet> {
  const folder = join(temporaryFolder(), 'set');
  mkdirSync(join(folder, 'seeds'), { recursive: true });
  writeFileSync(join(folder, 'questions.jsonl'), lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return readJudgedSet(folder);
}

/** An answerable question with these pairs of a file and a gold text. */
async function ask(...gold: readonly (readonly [file: string, text: string])[]): Promise<JudgedQuestion> {
  const line = { id: 'a', q: 'Why?', answerable: true, gold: gold.map(([file, text]) => ({ file, text })) };
  const [question] = (await read([line])).questions;
  if (question === undefined) throw new Error('There is no question.');
  return question;
}

function passage(article: string, text: string): JudgedPassage {
  return { article, start: 0, end: text.length, text };
}

/** Expects a UserError with the exit code for usage errors. */
async function expectRejection(reading: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error: unknown = await reading.then(
    () => new Error('The set was read.'),
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).exitCode).toBe(EXIT.usageError);
  expect((error as UserError).message).toMatch(message);
}
