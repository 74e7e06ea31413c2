import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { JudgedPassage, JudgedQuestion, JudgedSet } from '../../src/evaluation/judged-set.js';
import { readJudgedSet } from '../../src/evaluation/read-judged-set.js';
import { EXIT, UserError } from '../../src/user-error.js';
import { temporaryFolder } from '../library/temporary-folder.js';

const UNANSWERABLE = { relevantGrades: [], isAnswerable: false };

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
    'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t1\nq1\td3\t-1\nq1\td4\t0\n7\t2\t1\nq3\td4\t3\nq5\td3\t0\n';
  const beir = (files: Record<string, string> = {}): string =>
    folderOf({ 'corpus.jsonl': lines(CORPUS), 'queries.jsonl': lines(QUERIES), 'qrels/test.tsv': QRELS, ...files });

  test('becomes a set with its documents as articles; a document without text consists of its title', async () => {
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

  test('has only the questions with judgements, in the order of the queries', async () => {
    const { questions } = await readJudgedSet(beir());
    expect(questions.map(({ id, text }) => [id, text])).toEqual([
      ['q1', 'When does the ferry leave?'],
      ['7', 'Who built the lighthouse?'],
      ['q3', 'How many bats are there?'],
      ['q5', 'What is for dinner?'],
    ]);
  });

  test('has grades: positive ones for what is relevant, 0 for grades of 0 or below', async () => {
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

  test('is rejected if it judges documents that are not in the corpus; all of them are named', async () => {
    const folder = beir({ 'qrels/test.tsv': `${QRELS}q3\tnot-there\t1\nq5\tnor-there\t0\nnot-asked\tnowhere\t1\n` });
    const qrels = join(folder, 'qrels', 'test.tsv');
    const line = QRELS.split('\n').length;
    await expectRejection(
      readJudgedSet(folder),
      [
        `${qrels} line ${line} cannot be used: the document "not-there" is not in corpus.jsonl. Add it there, or remove the line.`,
        `${qrels} line ${line + 1} cannot be used: the document "nor-there" is not in corpus.jsonl. Add it there, or remove the line.`,
      ].join('\n'),
    );
  });

  test('has an unanswerable question if none of its judgements is positive', async () => {
    expect(questionOf(await readJudgedSet(beir()), 'q5')).toMatchObject(UNANSWERABLE);
  });

  test('is split into halves by the position of the document that a question is about', async () => {
    const { questions } = await readJudgedSet(beir());
    expect(questions.map(({ half }) => half)).toEqual([0, 1, 1, 0]);
  });

  test('may have Windows line endings, a byte order mark, blank lines and judgements without a header', async () => {
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

  test('has other judgements for another split, and the error names the file that is missing', async () => {
    const folder = beir({ 'qrels/dev.tsv': 'q4\td5\t1\n' });
    expect((await readJudgedSet(folder, 'dev')).questions.map(({ id }) => id)).toEqual(['q4']);
    await expectRejection(
      readJudgedSet(folder, 'train'),
      `${join(folder, 'qrels', 'train.tsv')} is missing. Choose another split with --split.`,
    );
  });

  test.each([
    ['a grade that is not a whole number', 'q1\td1\tvery'],
    ['a missing grade', 'q1\td1'],
    ['spaces instead of tabs', 'q1 d1 1'],
    ['the four columns of TREC', 'q1\t0\td1\t1'],
  ])('with %s is rejected with the line number', async (_, line) => {
    const folder = beir({ 'qrels/test.tsv': `query-id\tcorpus-id\tscore\nq1\td1\t1\n${line}\n` });
    await expectRejection(
      readJudgedSet(folder),
      `${join(folder, 'qrels', 'test.tsv')} line 3 cannot be used: expected a query id, a document id and a whole number, separated by tabs.`,
    );
  });

  test('is rejected with the lines of documents that have one id, and of questions without words that are judged', async () => {
    const twice = beir({ 'corpus.jsonl': `${lines(CORPUS)}${lines(CORPUS.slice(0, 1))}` });
    await expectRejection(
      readJudgedSet(twice),
      new RegExp(
        `corpus\\.jsonl line ${CORPUS.length + 1} cannot be used: line 1 has the same id ".+"\\. Give one of them another\\.$`,
      ),
    );
    const asked = '{"_id":"q1","text":"?"}\n{"_id":"x","text":"!"}\n';
    await expectRejection(
      readJudgedSet(beir({ 'queries.jsonl': asked })),
      /queries\.jsonl line 1 cannot be used: text has no letters or digits\. Write the question\.$/,
    );
  });

  test('is rejected with what to do about each field that cannot be used', async () => {
    await expectRejection(
      readJudgedSet(beir({ 'corpus.jsonl': '{"title":5}\n' })),
      /line 1 cannot be used: _id is missing\. Give each document .+\n.+: title is 5\. Write the title .+\n.+: text is missing\. Write the text of the document\.$/,
    );
    await expectRejection(
      readJudgedSet(beir({ 'queries.jsonl': '{"_id":[],"text":"a"}\n' })),
      /queries\.jsonl line 1 cannot be used: _id is an empty list\. Give each question /,
    );
    await expectRejection(
      readJudgedSet(beir({ 'queries.jsonl': '{"_id":1e999,"text":"a"}\n' })),
      /queries\.jsonl line 1 cannot be used: _id is null\. Give each question /,
    );
  });

  test('without queries is rejected', async () => {
    const folder = folderOf({ 'corpus.jsonl': lines(CORPUS), 'qrels/test.tsv': QRELS });
    await expectRejection(readJudgedSet(folder), `${join(folder, 'queries.jsonl')} is missing.`);
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
  /** The text of the island's article. */
  const island = `${FERRY}\n\n${BELLS}`;
  /** The part of the island's article from the start of one text to the end of another. */
  const stretch = (from: string, to = from): JudgedPassage => {
    const start = island.indexOf(from);
    const end = island.indexOf(to) + to.length;
    return { article: 'Island', start, end, text: island.slice(start, end) };
  };

  test('have an article for each one that passages name; a passage that names none is an article of its own', async () => {
    const { bulk } = await readJudgedSet(sets([{ id: 'q', q: 'What?', gold: [] }]));
    expect((bulk ?? '').split('\n').map((line) => JSON.parse(line) as object)).toEqual([
      { id: 'Island', title: 'The island', text: island },
      { id: 'Hills', title: 'Hills', text: BATS },
      { id: 'p4', title: 'Alone', text: 'A psalm book.' },
      { id: 'p5', title: null, text: 'Nine barrels of salt.' },
    ]);
  });

  test('make one of our passages right if it mostly coincides with a gold one', async () => {
    const question = await one({ gold: ['p2'] });
    expect(question).toMatchObject({ isAnswerable: true, relevantGrades: [1] });
    expect(question.judge(stretch(BELLS))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch('Two bronze bells were sold in 1897.'))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch(FERRY))).toEqual({ unit: 'p1', grade: 0 });
    expect(question.judge(stretch('It comes back at noon.', BELLS))).toEqual({ unit: 'p2', grade: 1 });
    expect(question.judge(stretch(FERRY, 'Two bronze'))).toEqual({ unit: 'p1', grade: 0 });
  });

  test('make one of our passages right if it contains a gold one among others', async () => {
    const joined = stretch(FERRY, BELLS);
    expect((await one({ gold: ['p1'] })).judge(joined)).toEqual({ unit: 'p1', grade: 1 });
    expect((await one({ gold: ['p2'] })).judge(joined)).toEqual({ unit: 'p2', grade: 1 });
    expect((await one({ gold: ['p3'] })).judge(joined).grade).toBe(0);
  });

  test('do not apply to other articles, or to text between passages', async () => {
    const question = await one({ gold: ['p1'] });
    expect(question.judge({ ...stretch(FERRY), article: 'Hills' })).toEqual({ unit: 'p3', grade: 0 });
    expect(question.judge({ ...stretch(FERRY), article: 'Elsewhere' })).toEqual({ unit: 'Elsewhere 0', grade: 0 });
    expect(question.judge({ article: 'Island', start: FERRY.length, end: FERRY.length + 2, text: '\n\n' })).toEqual({
      unit: `Island ${FERRY.length}`,
      grade: 0,
    });
  });

  test('can have several gold passages in several articles', async () => {
    const question = await one({ gold: ['p1', 'p3'] });
    expect(question.relevantGrades).toEqual([1, 1]);
    expect(question.judge(stretch(FERRY)).grade).toBe(1);
    expect(question.judge({ article: 'Hills', start: 0, end: 10, text: BATS.slice(0, 10) })).toEqual({
      unit: 'p3',
      grade: 1,
    });
    expect(question.judge(stretch(BELLS)).grade).toBe(0);
  });

  test('are rejected if a gold passage does not exist', async () => {
    await expectRejection(
      one({ gold: ['p1', 'p9'] }),
      /queries\.jsonl line 1 cannot be used: gold "p9" is no passage in passages\.jsonl\. Write the id of one that is\.$/,
    );
  });

  test.each([-1, 1.5, -1.5, 1e300])('are rejected once if an answer starts at %d', async (start) => {
    await expectRejection(
      one({ gold: ['p1'], answer_start: start }),
      new RegExp(
        `^\\S+queries\\.jsonl line 1 cannot be used: answer_start is ${JSON.stringify(start).replace('+', '\\+')}\\. Write how many characters .+$`,
      ),
    );
  });

  test('are rejected if two passages have one id', async () => {
    const folder = folderOf({ 'passages.jsonl': lines([...PASSAGES, PASSAGES[0] ?? {}]), 'queries.jsonl': '' });
    await expectRejection(
      readJudgedSet(folder),
      new RegExp(`passages\\.jsonl line ${PASSAGES.length + 1} cannot be used: line 1 has the same id `),
    );
  });

  test('count a repeated gold passage once; without any the question is unanswerable', async () => {
    expect(await one({ gold: ['p1', 'p1'] })).toMatchObject({ isAnswerable: true, relevantGrades: [1] });
    expect(await one({ gold: [] })).toMatchObject(UNANSWERABLE);
  });

  test('may have Windows line endings', async () => {
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

  test('can declare a question unanswerable; then nothing is right', async () => {
    const question = await one({ gold: ['p1'], answerable: false });
    expect(question).toMatchObject(UNANSWERABLE);
    expect(question.judge(stretch(FERRY)).grade).toBe(0);
  });

  test('are split into halves by the article of the first gold passage, else of the first near miss, else alternately', async () => {
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

  test('make the sentence in which the answer begins right', async () => {
    const answerStart = BELLS.indexOf('harbour master');
    const { judgeSentence } = await one({ gold: ['p2'], answers: ['harbour master'], answer_start: answerStart });
    expect(judgeSentence?.(stretch('The harbour master bought them.'))).toBe(true);
    expect(judgeSentence?.(stretch('Two bronze bells were sold in 1897.'))).toBe(false);
    expect(judgeSentence?.({ ...stretch('The harbour master bought them.'), article: 'Hills' })).toBe(false);
  });

  test('make a sentence right if it mostly coincides with a marked one', async () => {
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

  test('do not judge sentences without a marked answer in the passage', async () => {
    expect((await one({ gold: ['p2'] })).judgeSentence).toBeNull();
    expect((await one({ gold: ['p2'], gold_sentences: [] })).judgeSentence).toBeNull();
    expect((await one({ gold: ['p2'], gold_sentences: ['Not there.'] })).judgeSentence).toBeNull();
    expect((await one({ gold: [], answer_start: 0 })).judgeSentence).toBeNull();
  });

  test('are rejected with the name of the file and the line that cannot be used', async () => {
    const folder = folderOf({
      'passages.jsonl': lines(PASSAGES),
      'queries.jsonl': '{"id":"a","q":"a","gold":[]}\n\n{"id":"b","gold":[]}\n',
    });
    await expectRejection(
      readJudgedSet(folder),
      new RegExp(`^${join(folder, 'queries.jsonl')} line 3 cannot be used: q is missing\\. Write the question\\.$`),
    );
    const broken = folderOf({ 'passages.jsonl': '{"id":"a","text":\n', 'queries.jsonl': '' });
    await expectRejection(
      readJudgedSet(broken),
      new RegExp(`^${join(broken, 'passages.jsonl')} line 1 cannot be used: it is not JSON \\(.+\\)\\. `),
    );
  });
});

describe('questions about the seeds folder', () => {
  const written = (questions: unknown): string =>
    join(folderOf({ 'my-questions.json': JSON.stringify({ questions }) }), 'my-questions.json');
  const one = async (gold: readonly (readonly [string, string])[], known: object = {}): Promise<JudgedQuestion> =>
    questionOf(await readJudgedSet(written([{ id: 'q', q: 'What?', gold, ...known }])), 'q');

  test('have no articles of their own, and the name of the file', async () => {
    const { questions, ...rest } = await readJudgedSet(written([{ id: 'q', q: 'What?' }]));
    expect(rest).toEqual({ name: 'my-questions', bulk: null, sha256: null });
    expect(questions).toHaveLength(1);
  });

  test('are rejected if there are none, or if one has no words', async () => {
    const none = written([]);
    await expectRejection(readJudgedSet(none), `${none} has no judged questions.`);
    await expectRejection(
      readJudgedSet(written([{ id: 'q7', q: '?!' }])),
      /my-questions\.json line 1 cannot be used: questions\[0\]\.q has no letters or digits\. Write the question\.$/,
    );
  });

  test('are cut to the maximum length of a question', async () => {
    const question = questionOf(await readJudgedSet(written([{ id: 'q', q: 'word '.repeat(1000) }])), 'q');
    expect(question.text).toHaveLength(2000);
  });

  test('are answered by a passage with the text, in an article whose path or file name starts as given', async () => {
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

  test('compare letters and digits only, and accept parts of words but not of numbers', async () => {
    const question = await one([['a', ' the  Harpa\nhall ']]);
    expect(question.judge({ ...passageOf('a.md'), text: 'in the\n\t**Harpa** hall, they' }).grade).toBe(1);
    expect(question.judge({ ...passageOf('a.md'), text: 'in the Harpa hallway' }).grade).toBe(1);
    const number = await one([['a', '5 hall']]);
    expect(number.judge({ ...passageOf('a.md'), text: 'all 5 halls' }).grade).toBe(1);
    expect(number.judge({ ...passageOf('a.md'), text: 'all 15 halls' }).grade).toBe(0);
  });

  test('name an article of a bulk file by the start of the file, and by its id after that', async () => {
    const file = await one([['news', 'Harpa']]);
    expect(file.judge({ ...passageOf('old/news.jsonl#a/b'), text: 'Harpa' }).grade).toBe(1);
    expect(file.judge({ ...passageOf('old/more.jsonl#a/news'), text: 'Harpa' }).grade).toBe(0);
    const article = await one([['news.jsonl#a/b', 'Harpa']]);
    expect(article.judge({ ...passageOf('old/news.jsonl#a/b'), text: 'Harpa' }).grade).toBe(1);
    expect(article.judge({ ...passageOf('old/news.jsonl#c/b'), text: 'Harpa' }).grade).toBe(0);
  });

  test('count all right passages as one unit, and every other passage by itself', async () => {
    const question = await one([
      ['a', 'Harpa'],
      ['b', 'Harbour'],
    ]);
    expect(question.relevantGrades).toEqual([1]);
    expect(question.judge({ ...passageOf('a.md'), text: 'Harpa' }).unit).toBe('gold');
    expect(question.judge({ ...passageOf('b.md'), text: 'Harbour' }).unit).toBe('gold');
    expect(question.judge({ ...passageOf('b.md'), start: 5, text: 'Harpa' })).toEqual({ unit: 'b.md 5', grade: 0 });
  });

  test('are unanswerable without a gold text, or if the file says so', async () => {
    expect(await one([])).toMatchObject(UNANSWERABLE);
    const declared = await one([['a', 'Harpa']], { answerable: false });
    expect(declared).toMatchObject(UNANSWERABLE);
    expect(declared.judge({ ...passageOf('a.md'), text: 'Harpa' }).grade).toBe(0);
    const omitted = questionOf(await readJudgedSet(written([{ id: 'q', q: 'What?' }])), 'q');
    expect(omitted).toMatchObject(UNANSWERABLE);
  });

  test('are assigned to the halves alternately', async () => {
    const { questions } = await readJudgedSet(written(['a', 'b', 'c'].map((id) => ({ id, q: id }))));
    expect(questions.map(({ half }) => half)).toEqual([0, 1, 0]);
  });

  test('are rejected if the file is missing or malformed', async () => {
    const missing = join(temporaryFolder(), 'none.json');
    await expectRejection(readJudgedSet(missing), `${missing} is missing.`);
    const list = join(folderOf({ 'list.json': '[]' }), 'list.json');
    await expectRejection(
      readJudgedSet(list),
      new RegExp(`^${list} line 1 cannot be used: it is an empty list\\. Write an object with a list "questions"\\.$`),
    );
    const broken = join(folderOf({ 'broken.json': '{"questions": [' }), 'broken.json');
    await expectRejection(readJudgedSet(broken), new RegExp(`^${broken} line 1 cannot be used: it is not JSON `));
  });

  test.each([[['a']], [['a', 'six', 'seven']]])('are rejected if gold is no pair: %j', async (pair) => {
    const file = written([{ id: 'q', q: 'What?', gold: [pair] }]);
    await expectRejection(
      readJudgedSet(file),
      new RegExp(
        `^${file} line 1 cannot be used: questions\\[0\\]\\.gold\\[0\\] is a list of ${pair.length}\\. Write a pair .+$`,
      ),
    );
  });
});

test('a file of questions is rejected with the line of each field that cannot be used', async () => {
  const write = (text: string): string => join(folderOf({ 'q.json': text }), 'q.json');
  const text =
    '{\n "questions": [\n  {"id": "a", "q": "Why?"},\n  {"id": "b",\n   "gold": [["a", "six"],\n    ["b", "!"]]}\n ]\n}\n';
  await expectRejection(
    readJudgedSet(write(text)),
    /q\.json line 4 cannot be used: questions\[1\]\.q is missing\. Write the question\.\n.+q\.json line 6 cannot be used: questions\[1\]\.gold\[1\]\[1\] has no letters or digits\. Write a pair /,
  );
  await expectRejection(
    readJudgedSet(write(text.replace('"Why?"', 'Why'))),
    /q\.json line 3 cannot be used: it is not JSON \(/,
  );
});

test('anything else is rejected with a list of the four formats', async () => {
  const folder = folderOf({ 'notes.txt': 'nothing' });
  for (const path of [folder, join(folder, 'missing'), join(folder, 'notes.txt')])
    await expectRejection(
      readJudgedSet(path),
      `${path} is not an evaluation set. Use a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR), a folder with passages.jsonl and queries.jsonl, a documents folder with seeds/ and questions.jsonl, or a .json file of questions about the articles in the seeds folder.`,
    );
});

test('a set is named after its folder, however the path is written', async () => {
  const folder = folderOf({ 'passages.jsonl': '', 'queries.jsonl': lines([{ id: 'q', q: 'What?', gold: [] }]) });
  for (const path of [folder, `${folder}/`, join(folder, '.'), `${folder}/./`])
    expect((await readJudgedSet(path)).name).toBe('set');
});

test.for<string>(['squad', 'clapnq'])('no article of %s has questions in both halves', async (name, { skip }) => {
  const folder = fileURLToPath(new URL(`../../../shared/eval/${name}`, import.meta.url));
  if (!existsSync(folder)) skip(`shared/eval/${name} is not next to the repository`);
  const { questions, bulk } = await readJudgedSet(folder);
  const articles = (bulk ?? '').split('\n').map((line) => JSON.parse(line) as { id: string; text: string });
  const halves = new Map<string, Set<number>>();
  for (const question of questions.filter(({ isAnswerable }) => isAnswerable)) {
    for (const { id, text } of articles) {
      // The question is about an article if any of its paragraphs is right.
      const isAbout = paragraphSpans(text).some(
        ([start, end]) => question.judge({ article: id, start, end, text: '' }).grade > 0,
      );
      if (isAbout) halves.set(id, (halves.get(id) ?? new Set()).add(question.half));
    }
  }
  expect(halves.size).toBeGreaterThan(30);
  // Unanswerable questions are about the article of their first near miss.
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

/** Start and end of each paragraph of a text. */
function paragraphSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let start = 0;
  for (const part of text.split('\n\n')) {
    spans.push([start, start + part.length]);
    start += part.length + 2;
  }
  return spans;
}

/** Creates a folder named `set` with these files. */
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
  if (question === undefined) throw new Error(`There is no question ${id}.`);
  return question;
}

function passageOf(article: string): JudgedPassage {
  return { article, start: 0, end: 10, text: 'Some words' };
}

/** Expects a UserError with the exit code for usage errors. */
async function expectRejection(reading: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error: unknown = await reading.then(
    () => new Error('The set was read.'),
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).exitCode).toBe(EXIT.usageError);
  if (typeof message === 'string') expect((error as UserError).message).toBe(message);
  else expect((error as UserError).message).toMatch(message);
}
