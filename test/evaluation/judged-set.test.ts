import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from '../../src/evaluation/judged-set.js';
import { readJudgedSet } from '../../src/evaluation/read-judged-set.js';
import { EXIT, UserError } from '../../src/user-error.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const QUESTION = { relevantGrades: [], isAnswerable: false };

describe('a BEIR folder', () => {
  const CORPUS = [
    { _id: 'd1', title: 'Ferry', text: 'The ferry leaves at seven.' },
    { _id: 2, title: 'Lighthouse', text: 'Nobody knows who built it.' },
    { _id: 'd3', title: 'A mine of copper', text: '' },
    { _id: 'd4', text: 'Four thousand bats.' },
    { _id: 'd5', title: null, text: 'A psalm book.' },
  ];
  const QUERIES = [
    { _id: 'q1', text: 'When does the ferry leave?' },
    { _id: 7, text: 'Who built the lighthouse?' },
    { _id: 'q3', text: 'How many bats are there?' },
    { _id: 'q4', text: 'Who asked this?' },
    { _id: 'q5', text: 'What is for dinner?' },
  ];
  const QRELS =
    'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t1\nq1\td3\t-1\nq1\td4\t0\n7\t2\t1\nq3\td4\t3\nq3\tnot-there\t1\nq5\td3\t0\n';
  const beir = (files: Record<string, string> = {}): string =>
    folderOf({ 'corpus.jsonl': lines(CORPUS), 'queries.jsonl': lines(QUERIES), 'qrels/test.tsv': QRELS, ...files });

  test('has its documents as articles, and one of a title alone is that title', async () => {
    const { bulk, sha256, name } = await readJudgedSet(beir());
    expect(name).toBe('set');
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((bulk ?? '').split('\n').map((line) => JSON.parse(line) as object)).toEqual([
      { id: 'd1', title: 'Ferry', text: 'The ferry leaves at seven.' },
      { id: '2', title: 'Lighthouse', text: 'Nobody knows who built it.' },
      { id: 'd3', title: 'A mine of copper', text: 'A mine of copper' },
      { id: 'd4', text: 'Four thousand bats.' },
      { id: 'd5', title: null, text: 'A psalm book.' },
    ]);
  });

  test('asks only the questions that something was judged for, in the order of the queries', async () => {
    const { questions } = await readJudgedSet(beir());
    expect(questions.map(({ id, text }) => [id, text])).toEqual([
      ['q1', 'When does the ferry leave?'],
      ['7', 'Who built the lighthouse?'],
      ['q3', 'How many bats are there?'],
      ['q5', 'What is for dinner?'],
    ]);
  });

  test('has positive grades for what is relevant; 0 and negative ones say that it is not', async () => {
    const set = await readJudgedSet(beir());
    const ferry = questionOf(set, 'q1');
    expect(ferry).toMatchObject({ isAnswerable: true, relevantGrades: [2, 1], judgeSentence: null });
    const grades = ['d1', '2', 'd3', 'd4', 'd5', 'unknown'].map((article) => ferry.judge(passageOf(article)));
    expect(grades).toEqual([
      { unit: 'd1', grade: 2 },
      { unit: '2', grade: 1 },
      { unit: 'd3', grade: 0 },
      { unit: 'd4', grade: 0 },
      { unit: 'd5', grade: 0 },
      { unit: 'unknown', grade: 0 },
    ]);
  });

  test('counts as relevant also what is not among the documents, as trec_eval does', async () => {
    expect(questionOf(await readJudgedSet(beir()), 'q3').relevantGrades).toEqual([3, 1]);
  });

  test('counts a question of which nothing is judged relevant as not answerable', async () => {
    expect(questionOf(await readJudgedSet(beir()), 'q5')).toMatchObject(QUESTION);
  });

  test('is parted by the place of the document that a question is about', async () => {
    const { questions } = await readJudgedSet(beir());
    expect(questions.map(({ half }) => half)).toEqual([0, 1, 1, 0]);
  });

  test('may have line ends of Windows, a byte order mark, empty lines and a list of judgements without heading', async () => {
    const plain = await readJudgedSet(beir());
    const other = await readJudgedSet(
      beir({
        'corpus.jsonl': `\ufeff${lines(CORPUS).replaceAll('\n', '\r\n\r\n')}`,
        'qrels/test.tsv': QRELS.slice(QRELS.indexOf('\n') + 1).replaceAll('\n', '\r\n'),
      }),
    );
    expect(other.bulk).toBe(plain.bulk);
    expect(JSON.stringify(other.questions)).toBe(JSON.stringify(plain.questions));
  });

  test('has other judgements in another part, and says which file is missing', async () => {
    const folder = beir({ 'qrels/dev.tsv': 'q4\td5\t1\n' });
    expect((await readJudgedSet(folder, 'dev')).questions.map(({ id }) => id)).toEqual(['q4']);
    await expectRefusal(
      readJudgedSet(folder, 'train'),
      `${join(folder, 'qrels', 'train.tsv')} is missing. Name another part with --split.`,
    );
  });

  test.each([
    ['a grade that is no whole number', 'q1\td1\tvery'],
    ['a grade that is missing', 'q1\td1'],
    ['spaces in place of tabs', 'q1 d1 1'],
    ['the four columns of TREC', 'q1\t0\td1\t1'],
  ])('with %s is refused, the line named', async (_, line) => {
    const folder = beir({ 'qrels/test.tsv': `query-id\tcorpus-id\tscore\nq1\td1\t1\n${line}\n` });
    await expectRefusal(
      readJudgedSet(folder),
      `${join(folder, 'qrels', 'test.tsv')} line 3 cannot be used: it must be a query id, a document id and a whole number, with tabs between.`,
    );
  });

  test('without its queries is refused', async () => {
    const folder = folderOf({ 'corpus.jsonl': lines(CORPUS), 'qrels/test.tsv': QRELS });
    await expectRefusal(readJudgedSet(folder), `${join(folder, 'queries.jsonl')} is missing.`);
  });
});

describe('passage judgements', () => {
  const FERRY = 'The ferry leaves at seven. It comes back at noon.';
  const BELLS = 'Two bronze bells were sold in 1897. The harbour master bought them.';
  const BATS = 'Four thousand bats live in the shafts. They are counted every winter.';
  const PASSAGES = [
    { id: 'p1', article: 'Island', title: 'The island', text: FERRY },
    { id: 'p2', article: 'Island', title: 'The island', text: BELLS },
    { id: 'p3', article: 'Hills', text: BATS },
    { id: 'p4', title: 'Alone', text: 'A psalm book.' },
    { id: 'p5', article: null, title: null, text: 'Nine barrels of salt.' },
  ];
  const sets = (queries: readonly object[], passages: readonly object[] = PASSAGES): string =>
    folderOf({ 'passages.jsonl': lines(passages), 'queries.jsonl': lines(queries) });
  const one = async (query: object): Promise<JudgedQuestion> =>
    questionOf(await readJudgedSet(sets([{ id: 'q', q: 'What?', gold: [], ...query }])), 'q');
  /** The part of the island's article from one text to another. */
  const island = `${FERRY}\n\n${BELLS}`;
  const stretch = (from: string, to = from): JudgedPassage => {
    const start = island.indexOf(from);
    const end = island.indexOf(to) + to.length;
    return { article: 'Island', start, end, text: island.slice(start, end) };
  };

  test('have one article for each that their passages name, and those of none stand alone', async () => {
    const { bulk } = await readJudgedSet(sets([{ id: 'q', q: 'What?', gold: [] }]));
    expect((bulk ?? '').split('\n').map((line) => JSON.parse(line) as object)).toEqual([
      { id: 'Island', title: 'The island', text: island },
      { id: 'Hills', title: 'Hills', text: BATS },
      { id: 'p4', title: 'Alone', text: 'A psalm book.' },
      { id: 'p5', title: null, text: 'Nine barrels of salt.' },
    ]);
  });

  test('have a passage of ours for right that lies mostly in a gold one', async () => {
    const question = await one({ gold: ['p2'] });
    expect(question).toMatchObject({ isAnswerable: true, relevantGrades: [1] });
    expect(question.judge(stretch(BELLS))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch('Two bronze bells were sold in 1897.'))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch(FERRY))).toEqual({ unit: 'p1', grade: 0 });
    expect(question.judge(stretch('It comes back at noon.', BELLS))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch(FERRY, 'Two bronze'))).toEqual({ unit: 'p1', grade: 0 });
  });

  test('have a passage of ours for right that holds a gold one among others', async () => {
    const joined = stretch(FERRY, BELLS);
    expect((await one({ gold: ['p1'] })).judge(joined)).toEqual({ unit: 'p1', grade: 1 });
    expect((await one({ gold: ['p2'] })).judge(joined)).toEqual({ unit: 'p2', grade: 1 });
    expect((await one({ gold: ['p3'] })).judge(joined).grade).toBe(0);
  });

  test('judge nothing in an article of another name, and what lies between passages by itself', async () => {
    const question = await one({ gold: ['p1'] });
    expect(question.judge({ ...stretch(FERRY), article: 'Hills' })).toEqual({ unit: 'p3', grade: 0 });
    expect(question.judge({ ...stretch(FERRY), article: 'Elsewhere' })).toEqual({ unit: 'Elsewhere 0', grade: 0 });
    expect(question.judge({ article: 'Island', start: FERRY.length, end: FERRY.length + 2, text: '\n\n' })).toEqual({
      unit: `Island ${FERRY.length}`,
      grade: 0,
    });
  });

  test('have several gold passages, also of several articles', async () => {
    const question = await one({ gold: ['p1', 'p3'] });
    expect(question.relevantGrades).toEqual([1, 1]);
    expect(question.judge(stretch(FERRY)).grade).toBe(1);
    expect(question.judge({ article: 'Hills', start: 0, end: 10, text: BATS.slice(0, 10) })).toEqual({
      unit: 'p3',
      grade: 1,
    });
    expect(question.judge(stretch(BELLS)).grade).toBe(0);
  });

  test('may not name gold passages that there are not', async () => {
    await expectRefusal(
      one({ gold: ['p1', 'p9'] }),
      'Question q names a passage "p9" that is not in passages.jsonl: correct its gold.',
    );
  });

  test('count a gold passage that is named twice once; without any the question is not answerable', async () => {
    expect(await one({ gold: ['p1', 'p1'] })).toMatchObject({ isAnswerable: true, relevantGrades: [1] });
    expect(await one({ gold: [] })).toMatchObject(QUESTION);
  });

  test('may have line ends of two characters', async () => {
    const text = 'One line.\r\nThe bells were sold.';
    const set = await readJudgedSet(
      sets(
        [{ id: 'q', q: 'What?', gold: ['b'], gold_sentences: ['The bells were sold.'] }],
        [
          { id: 'a', article: 'A', text },
          { id: 'b', article: 'A', text },
        ],
      ),
    );
    const stored = (JSON.parse(set.bulk ?? '') as { text: string }).text;
    expect(stored).not.toContain('\r');
    const start = stored.lastIndexOf('The bells');
    const sentence = { article: 'A', start, end: stored.length, text: stored.slice(start) };
    expect(questionOf(set, 'q').judge(sentence).grade).toBe(1);
    expect(questionOf(set, 'q').judgeSentence?.(sentence)).toBe(true);
  });

  test('may say of a question that it is not answerable; then nothing is right', async () => {
    const question = await one({ gold: ['p1'], answerable: false });
    expect(question).toMatchObject(QUESTION);
    expect(question.judge(stretch(FERRY)).grade).toBe(0);
  });

  test('are parted by the article of the first gold passage, else of the first near miss, else in turn', async () => {
    const { questions } = await readJudgedSet(
      sets([
        { id: 'a', q: 'a', gold: ['p2'] },
        { id: 'b', q: 'b', gold: ['p3', 'p1'] },
        { id: 'c', q: 'c', gold: [], near_miss: ['p3'], answerable: false },
        { id: 'd', q: 'd', gold: [], near_miss: ['p9', 'p1'] },
        { id: 'e', q: 'e', gold: [] },
        { id: 'f', q: 'f', gold: [] },
      ]),
    );
    expect(questions.map(({ half }) => half)).toEqual([0, 1, 1, 0, 0, 1]);
  });

  test('judge a sentence by where the answer begins', async () => {
    const at = BELLS.indexOf('harbour master');
    const { judgeSentence } = await one({ gold: ['p2'], answers: ['harbour master'], answer_start: at });
    expect(judgeSentence?.(stretch('The harbour master bought them.'))).toBe(true);
    expect(judgeSentence?.(stretch('Two bronze bells were sold in 1897.'))).toBe(false);
    expect(judgeSentence?.({ ...stretch('The harbour master bought them.'), article: 'Hills' })).toBe(false);
  });

  test('judge a sentence by the marked ones, of which it must have the greater part', async () => {
    const { judgeSentence } = await one({
      gold: ['p2'],
      gold_sentences: ['The harbour master bought them.', 'Not there.'],
    });
    expect(judgeSentence?.(stretch('The harbour master bought them.'))).toBe(true);
    expect(judgeSentence?.(stretch('harbour master'))).toBe(true);
    expect(judgeSentence?.(stretch('1897.', 'The harbour'))).toBe(true);
    expect(judgeSentence?.(stretch('were sold in 1897.', 'The h'))).toBe(false);
    expect(judgeSentence?.(stretch('Two bronze bells were sold in 1897.'))).toBe(false);
  });

  test('judge no sentence where no answer is marked in the passage', async () => {
    expect((await one({ gold: ['p2'] })).judgeSentence).toBeNull();
    expect((await one({ gold: ['p2'], gold_sentences: [] })).judgeSentence).toBeNull();
    expect((await one({ gold: ['p2'], gold_sentences: ['Not there.'] })).judgeSentence).toBeNull();
    expect((await one({ gold: [], answer_start: 0 })).judgeSentence).toBeNull();
  });

  test('name the file and the line that is not as it should be', async () => {
    const folder = folderOf({
      'passages.jsonl': lines(PASSAGES),
      'queries.jsonl': '{"id":"a","q":"a","gold":[]}\n\n{"id":"b","gold":[]}\n',
    });
    await expectRefusal(
      readJudgedSet(folder),
      new RegExp(`^${join(folder, 'queries.jsonl')} line 3 cannot be used: .*expected string.*at q`),
    );
    const broken = folderOf({ 'passages.jsonl': '{"id":"a","text":\n', 'queries.jsonl': '' });
    await expectRefusal(
      readJudgedSet(broken),
      new RegExp(`^${join(broken, 'passages.jsonl')} line 1 cannot be used: SyntaxError: .*JSON`),
    );
  });
});

describe('questions about the seeds', () => {
  const written = (questions: unknown): string =>
    join(folderOf({ 'my-questions.json': JSON.stringify({ questions }) }), 'my-questions.json');
  const one = async (gold: readonly (readonly [string, string])[], known: object = {}): Promise<JudgedQuestion> =>
    questionOf(await readJudgedSet(written([{ id: 'q', q: 'What?', gold, ...known }])), 'q');

  test('have no articles of their own, and the file’s name', async () => {
    const { questions, ...rest } = await readJudgedSet(written([{ id: 'q', q: 'What?' }]));
    expect(rest).toEqual({ name: 'my-questions', bulk: null, sha256: null });
    expect(questions).toHaveLength(1);
  });

  test('are refused when there are none, and when one has no words', async () => {
    const none = written([]);
    await expectRefusal(readJudgedSet(none), `${none} has no questions that are judged.`);
    await expectRefusal(
      readJudgedSet(written([{ id: 'q7', q: '?!' }])),
      'Question q7 has no words in it: correct it or leave it out.',
    );
  });

  test('are asked as far as a question is read', async () => {
    const question = questionOf(await readJudgedSet(written([{ id: 'q', q: 'word '.repeat(1000) }])), 'q');
    expect(question.text).toHaveLength(2000);
  });

  test('are answered by a passage that holds the text, in an article whose path or name begins so', async () => {
    const question = await one([['diplomacy/reyk', 'in the Harpa hall']]);
    const text = 'They met in the Harpa hall.';
    expect(question).toMatchObject({ isAnswerable: true, relevantGrades: [1], half: 0, judgeSentence: null });
    expect(question.judge({ ...passageOf('diplomacy/reykjavik.md'), text })).toEqual({ unit: 'gold', grade: 1 });
    expect(question.judge({ ...passageOf('diplomacy/geneva.md'), text }).grade).toBe(0);
    expect(question.judge({ ...passageOf('diplomacy/reykjavik.md'), text: 'They met elsewhere.' }).grade).toBe(0);
    const byName = await one([['reyk', 'in the Harpa hall']]);
    expect(byName.judge({ ...passageOf('diplomacy/reykjavik.md'), text }).grade).toBe(1);
    expect(byName.judge({ ...passageOf('old-reykjavik.md'), text }).grade).toBe(0);
  });

  test('take white space the same however it is written', async () => {
    const question = await one([['a', ' the  Harpa\nhall ']]);
    expect(question.judge({ ...passageOf('a.md'), text: 'in the\n\tHarpa hall, they' }).grade).toBe(1);
  });

  test('count all passages that answer as one, and every other by itself', async () => {
    const question = await one([
      ['a', 'Harpa'],
      ['b', 'Harbour'],
    ]);
    expect(question.relevantGrades).toEqual([1]);
    expect(question.judge({ ...passageOf('a.md'), text: 'Harpa' }).unit).toBe('gold');
    expect(question.judge({ ...passageOf('b.md'), text: 'Harbour' }).unit).toBe('gold');
    expect(question.judge({ ...passageOf('b.md'), start: 5, text: 'Harpa' })).toEqual({ unit: 'b.md 5', grade: 0 });
  });

  test('are not answerable without a gold text, or where that is said', async () => {
    expect(await one([])).toMatchObject(QUESTION);
    const denied = await one([['a', 'Harpa']], { answerable: false });
    expect(denied).toMatchObject(QUESTION);
    expect(denied.judge({ ...passageOf('a.md'), text: 'Harpa' }).grade).toBe(0);
    const left = questionOf(await readJudgedSet(written([{ id: 'q', q: 'What?' }])), 'q');
    expect(left).toMatchObject(QUESTION);
  });

  test('are parted in turn', async () => {
    const { questions } = await readJudgedSet(written(['a', 'b', 'c'].map((id) => ({ id, q: id }))));
    expect(questions.map(({ half }) => half)).toEqual([0, 1, 0]);
  });

  test('in a file that is missing or not as it should be are refused', async () => {
    const missing = join(temporaryFolder(), 'none.json');
    await expectRefusal(readJudgedSet(missing), `${missing} is missing.`);
    const list = join(folderOf({ 'list.json': '[]' }), 'list.json');
    await expectRefusal(readJudgedSet(list), new RegExp(`^${list} cannot be used: .*expected object`));
    const broken = join(folderOf({ 'broken.json': '{"questions": [' }), 'broken.json');
    await expectRefusal(readJudgedSet(broken), new RegExp(`^${broken} cannot be used: SyntaxError`));
    const gold = written([{ id: 'q', q: 'What?', gold: [['a']] }]);
    await expectRefusal(readJudgedSet(gold), new RegExp(`^${gold} cannot be used: .*questions\\[0\\]\\.gold\\[0\\]`));
  });
});

test('what is none of the three forms is refused with a list of them', async () => {
  const folder = folderOf({ 'notes.txt': 'nothing' });
  for (const path of [folder, join(folder, 'missing'), join(folder, 'notes.txt')])
    await expectRefusal(
      readJudgedSet(path),
      `${path} is not an evaluation. Give a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR), one with passages.jsonl and queries.jsonl, or a .json file of questions about the articles in the seeds folder.`,
    );
});

test('a set is called after its folder, however the path is written', async () => {
  const folder = folderOf({ 'passages.jsonl': '', 'queries.jsonl': lines([{ id: 'q', q: 'What?', gold: [] }]) });
  for (const path of [folder, `${folder}/`, join(folder, '.'), `${folder}/./`])
    expect((await readJudgedSet(path)).name).toBe('set');
});

test.for<string>(['squad', 'clapnq'])('no article of %s is asked about in both halves', async (name, { skip }) => {
  const folder = fileURLToPath(new URL(`../../../shared/eval/${name}`, import.meta.url));
  if (!existsSync(folder)) skip(`the folder shared/eval/${name} is not beside the repository`);
  const { questions, bulk } = await readJudgedSet(folder);
  const articles = (bulk ?? '').split('\n').map((line) => JSON.parse(line) as { id: string; text: string });
  const halves = new Map<string, Set<number>>();
  for (const question of questions.filter(({ isAnswerable }) => isAnswerable)) {
    for (const { id, text } of articles) {
      // A passage of any part of a right article is right for some place in it.
      const isAbout = placesOf(text).some(
        ([start, end]) => question.judge({ article: id, start, end, text: '' }).grade > 0,
      );
      if (isAbout) halves.set(id, (halves.get(id) ?? new Set()).add(question.half));
    }
  }
  expect(halves.size).toBeGreaterThan(30);
  // Questions without an answer are about the article of their nearest miss.
  const linesOf = <Line>(file: string): Line[] =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const passages = linesOf<{ id: string; article: string | null }>('passages.jsonl');
  const articleOf = new Map(passages.map(({ id, article }) => [id, article ?? id]));
  const queries = linesOf<{ gold: string[]; near_miss?: string[] }>('queries.jsonl');
  queries.forEach(({ gold, near_miss: nearMisses = [] }, index) => {
    const about = articleOf.get([...gold, ...nearMisses][0] ?? '');
    const half = questions[index]?.half;
    if (about !== undefined && half !== undefined) halves.set(about, (halves.get(about) ?? new Set()).add(half));
  });
  expect([...halves].filter(([, found]) => found.size > 1).map(([id]) => id)).toEqual([]);
  const sizes = [0, 1].map((half) => questions.filter((question) => question.half === half).length);
  expect(Math.min(...sizes) / questions.length).toBeGreaterThan(0.4);
});

/** The paragraphs of a text. */
function placesOf(text: string): [number, number][] {
  const places: [number, number][] = [];
  let start = 0;
  for (const part of text.split('\n\n')) {
    places.push([start, start + part.length]);
    start += part.length + 2;
  }
  return places;
}

/** A folder called `set` with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'set');
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

function lines(objects: readonly object[]): string {
  return `${objects.map((one) => JSON.stringify(one)).join('\n')}\n`;
}

function questionOf({ questions }: JudgedSet, id: string): JudgedQuestion {
  const question = questions.find((each) => each.id === id);
  if (question === undefined) throw new Error(`There is no question ${id}`);
  return question;
}

function passageOf(article: string): JudgedPassage {
  return { article, start: 0, end: 10, text: 'Some words' };
}

/** Wrong use, said in one message for people. */
async function expectRefusal(reading: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error: unknown = await reading.then(
    () => new Error('It was read'),
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).exitCode).toBe(EXIT.wrongUse);
  if (typeof message === 'string') expect((error as UserError).message).toBe(message);
  else expect((error as UserError).message).toMatch(message);
}
