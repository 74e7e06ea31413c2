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
    // What is shown is judged in the same way.
    expect(question.judge(passage('a.md', 'six crowns')).grade).toBe(1);
    expect(question.judge(passage('a.md', 'six')).grade).toBe(0);
  });

  test('is compared by its letters and digits only', async () => {
    const question = await ask(['a.md', 'Price: **6 kr**, per-night']);
    expect(question.judge(passage('a.md', '| PRICE |\n| 6 KR per night |')).grade).toBe(1);
  });

  test('of a bulk file is named by the file and the id of its article', async () => {
    const question = await ask(['news.jsonl#d1', 'six crowns']);
    expect(question.judge(passage('news.jsonl#d1', 'six crowns')).grade).toBe(1);
    expect(question.judge(passage('old-news.jsonl#d1', 'six crowns')).grade).toBe(0);
    expect(question.judge(passage('news.jsonl#d12', 'six crowns')).grade).toBe(0);
  });

  test('is not right for a gold text that is only a part of its words and numbers', async () => {
    const question = await ask(['a.md', '5 days']);
    expect(question.judge(passage('a.md', 'Pay within 5 days.')).grade).toBe(1);
    expect(question.judge(passage('a.md', 'Pay within 15 days.')).grade).toBe(0);
  });

  test('is never right for an unanswerable question', async () => {
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
    [
      'a line without a question',
      [line({}), { id: 'b', answerable: false }],
      / line 2 cannot be used: q is missing\. Write the question\.$/,
    ],
    [
      'a line that does not say whether it is answerable',
      [{ id: 'b', q: 'Why?' }],
      / line 1 cannot be used: answerable is missing\. Write true if the articles answer the question, otherwise false\.$/,
    ],
    [
      'a text instead of true or false',
      [line({ answerable: 'yes' })],
      / line 1 cannot be used: answerable is "yes"\. Write true if /,
    ],
    [
      'an answerable question without gold',
      [line({ answerable: true })],
      / line 1 cannot be used: gold has no text, but "answerable" is true\. List the texts that answer the question, such as \[\{"file": "guide\.md", "text": "at six"\}\]\. Where nothing answers it, set "answerable" to false\.$/,
    ],
    [
      'gold that is not an object',
      [line({ gold: [{ file: 'a.md', text: 'six' }, 'b.md'] })],
      / line 1 cannot be used: gold\[1\] is "b\.md"\. Write an object such as \{"file": "guide\.md", "text": "at six"\}\.$/,
    ],
    [
      'gold that is a list',
      [line({ gold: [['b.md', 'six']] })],
      / line 1 cannot be used: gold\[0\] is a list of 2\. Write an object such as \{"file": "guide\.md", "text": "at six"\}\.$/,
    ],
    [
      'a list instead of an object',
      [[1, 2]],
      / line 1 cannot be used: it is a list of 2\. Write an object with "id", "q", /,
    ],
    [
      'a question without words',
      [line({ q: '?!' })],
      / line 1 cannot be used: q has no letters or digits\. Write the question\.$/,
    ],
    [
      'gold without letters or digits',
      [line({ answerable: true, gold: [{ file: 'a.md', text: ' *** ' }] })],
      / line 1 cannot be used: gold\[0\]\.text has no letters or digits\. Copy words of the article that answer the question\.$/,
    ],
    [
      'gold without a file, and an empty id',
      [line({ id: '', answerable: true, gold: [{ file: '', text: 'six' }] })],
      / line 1 cannot be used: id is empty\. Give .+\n.+ line 1 cannot be used: gold\[0\]\.file is empty\. Write the path of the article in seeds\/\.$/,
    ],
    [
      'an id that occurs twice',
      [line({}), line({ id: 'b' }), line({})],
      / line 3 cannot be used: line 1 has the same id "a"\. Give one of them another\.$/,
    ],
    ['a half that is neither 0 nor 1', [line({ half: 2 })], / line 1 cannot be used: half is 2\./],
    [
      'a follow-up to a question that does not exist',
      [line({}), line({ id: 'b', after: 'z' })],
      / line 2 cannot be used: question "b" comes after "z", but no question has that id\. Correct "after"\.$/,
    ],
    [
      'a follow-up to a question further down',
      [line({ after: 'b' }), line({ id: 'b' })],
      / line 1 cannot be used: question "a" comes after "b", which is on line 2\. Move it below that line\.$/,
    ],
    [
      'a follow-up to itself',
      [line({ after: 'a' })],
      / line 1 cannot be used: question "a" comes after itself\. Leave "after" out\.$/,
    ],
    [
      'follow-ups in a circle',
      [line({ after: 'c' }), line({ id: 'b', after: 'a' }), line({ id: 'c', after: 'b' })],
      / line 1 cannot be used: questions "a" and "c" come after each other\. Leave "after" out of the first one\.$/,
    ],
    [
      'a follow-up to a question of a circle',
      [line({ after: 'b' }), line({ id: 'b', after: 'c' }), line({ id: 'c', after: 'b' })],
      / line 1 cannot be used: question "a" comes after "b", which is on line 2\./,
    ],
  ])('for %s', async (_, lines, message) => {
    await expectRejection(read(lines), message);
  });

  test('with the number of the line in the file, in which blank lines count', async () => {
    const folder = handbook();
    const lines = ['', JSON.stringify(line({})), ' ', JSON.stringify(line({}))];
    writeFileSync(join(folder, 'questions.jsonl'), lines.join('\r\n'));
    await expectRejection(readJudgedSet(folder), / line 4 cannot be used: line 2 has the same id "a"\. /);
  });

  test('for a line that is not JSON', async () => {
    const folder = handbook();
    writeFileSync(join(folder, 'questions.jsonl'), '\n{"id":\n');
    await expectRejection(
      readJudgedSet(folder),
      / line 2 cannot be used: it is not JSON \(.+\)\. Write one JSON object on each line\.$/,
    );
  });

  test('with all of its mistakes, each on a line of the message, but no more than ten', async () => {
    const file = '[^\\n]+questions\\.jsonl';
    await expectRejection(
      read([line({ q: 1 }), line({ id: 'b' }), line({ id: null, kind: ['a'] })]),
      new RegExp(
        `^${file} line 1 cannot be used: q is 1\\. .+\\n${file} line 3 cannot be used: id is null\\. .+\\n${file} line 3 cannot be used: kind is a list of 1\\. .+$`,
      ),
    );
    const many = Array.from({ length: 13 }, (_, index) => line({ id: `q${index}`, q: {} }));
    await expectRejection(read(many), /^(?:.+ q is an object\. Write the question\.\n){10}and 3 more$/);
    await expectRejection(
      read([line({ after: 'x' }), line({ id: 'b', after: 'y' })]),
      / line 1 cannot be used: .+\n.+ line 2 cannot be used: /,
    );
  });

  test('with the beginning of a long value only', async () => {
    const shown = `"${'long '.repeat(11)}long`;
    await expectRejection(read([line({ answerable: 'long '.repeat(1000) })]), `answerable is ${shown}…. Write true`);
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
