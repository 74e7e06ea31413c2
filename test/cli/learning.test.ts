import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Community } from '../../src/community/community.js';
import type { LearnReport } from '../../src/evaluation/render-learned.js';
import { MANUAL_QUESTIONS, MANUALS, NEWS, NEWS_QUESTIONS, writeQuestions } from '../evaluation/habits-set.js';
import { Workspace } from './workspace.js';

let workspace: Workspace;
let news: string;
let manuals: string;
let priors: string;

beforeAll(async () => {
  workspace = new Workspace({ ...NEWS, ...MANUALS });
  news = writeQuestions(join(workspace.path, 'about-news.json'), NEWS_QUESTIONS);
  manuals = writeQuestions(join(workspace.path, 'about-manuals.json'), MANUAL_QUESTIONS);
  priors = join(workspace.index, 'priors.json');
  const { code, stderr } = await workspace.footnote(['index']);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => workspace.remove());

interface RankedAnswer {
  readonly confidence: number | null;
  readonly ranking: readonly {
    readonly passageId: string;
    readonly articleId: string;
    readonly text: string;
    readonly score: number;
  }[];
}

const ask = (question: string, ...options: string[]): Promise<RankedAnswer> =>
  workspace.json<RankedAnswer>(['ask', '--limit', '100', ...options, question]);

/** The ids of the passages, best first. */
const order = ({ ranking }: RankedAnswer): (string | undefined)[] => ranking.map(({ passageId }) => passageId);

describe.sequential('a collection', () => {
  test('measures what it could learn, and keeps nothing with --dry-run', async () => {
    const report = await workspace.json<LearnReport>(['learn', '--dry-run', news]);
    expect(report).toMatchObject({ set: 'about-news', tooFew: [], leftOut: 0 });
    expect(report.collections).toMatchObject([
      { collection: 'news', questions: 36, articles: 12, folds: 10, pays: true, stored: false, removed: false },
    ]);
    const [learned] = report.collections;
    expect(learned?.without.recallAt1).toBeLessThan(0.5);
    expect(learned?.with.recallAt1).toBeGreaterThan(0.9);
    expect(learned?.pValue).toBeLessThan(0.001);
    expect(learned?.weights.early).toBeGreaterThan(1);
    expect(existsSync(priors)).toBe(false);
  });

  test('refuses to keep what does not pay', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['--quiet', 'learn', manuals]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('manual: 36 questions about 12 articles, cross-validated in 10 parts by article\n');
    expect(stdout).toMatch(/Not kept: it does not pay\./);
    expect(existsSync(priors)).toBe(false);
  });

  test('keeps what pays, and answers about it change their order, but not their scores, and others change nothing', async () => {
    const about = ['When will the ice rink in Farrow open?', 'Where is the bird reserve in Kestrel?'];
    const inManuals = 'Who is the caretaker of the canal lock in Lowmere?';
    const before = await Promise.all(about.map((question) => ask(question)));
    const manualBefore = await ask(inManuals, '--collection', 'manual');

    const { code, stdout } = await workspace.footnote(['--quiet', 'learn', news]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^R@1 +\.\d{3} +1?\.\d{3} +\+\.\d{3}$/m);
    expect(stdout).toMatch(/^Kept: from now on, answers from news are ranked with this\.$/m);

    const collectionOf = new Map(
      (await workspace.json<{ id: string; collection: string }[]>(['articles'])).map(({ id, collection }) => [
        id,
        collection,
      ]),
    );
    const after = await Promise.all(about.map((question) => ask(question)));
    for (const [index, answer] of after.entries()) {
      const earlier = before[index] as RankedAnswer;
      expect(order(answer)).not.toEqual(order(earlier));
      const ofManuals = ({ ranking }: RankedAnswer): object[] =>
        ranking.map(({ articleId, ...rest }) => (collectionOf.get(articleId) === 'news' ? {} : { articleId, ...rest }));
      expect(ofManuals(answer)).toEqual(ofManuals(earlier));
      const scores = ({ ranking }: RankedAnswer): Map<string, number> =>
        new Map(ranking.map(({ passageId, score }) => [passageId, score]));
      expect(scores(answer)).toEqual(scores(earlier));
    }
    expect(await ask(inManuals, '--collection', 'manual')).toEqual({ ...manualBefore, tookMs: expect.any(Number) });
  });

  test('shows how in the explanation of an answer', async () => {
    const { stdout } = await workspace.footnote([
      '--quiet',
      'ask',
      '--explain',
      'When will the ice rink in Farrow open?',
    ]);
    expect(stdout).toContain('Its collection has learned to prefer a passage like this one.');
  });

  test('gives the same result each time, and what it has learned plays no part in what it learns', async () => {
    const stored = readFileSync(priors, 'utf8');
    const report = await workspace.json<LearnReport>(['learn', news]);
    expect(report.collections[0]).toMatchObject({ stored: true, pays: true });
    expect(readFileSync(priors, 'utf8')).toBe(stored);
  });

  test('keeps it when the articles are indexed again, even from nothing', async () => {
    const question = 'When will the ice rink in Farrow open?';
    const before = await ask(question);
    expect((await workspace.footnote(['index', '--rebuild'])).code).toBe(0);
    expect(order(await ask(question))).toEqual(order(before));
  });

  test('is listed by doctor', async () => {
    const { stdout } = await workspace.footnote(['--quiet', 'doctor']);
    expect(stdout).toMatch(
      /^ok +learned: news: early passages \+\d\.\d{3}, recent articles [+−]\d\.\d{3},\s+titles\s+[+−]\d\.\d{3}/m,
    );
    expect(stdout).toMatch(/\(36\s+questions,\s+20\d\d-\d\d-\d\d\)/);
  });

  test('forgets what no longer pays', async () => {
    const stored = JSON.parse(readFileSync(priors, 'utf8')) as { collections: object[] };
    const manual = { ...stored.collections[0], collection: 'manual' };
    writeFileSync(priors, JSON.stringify({ ...stored, collections: [...stored.collections, manual] }));
    const report = await workspace.json<LearnReport>(['learn', manuals]);
    expect(report.collections).toMatchObject([{ collection: 'manual', pays: false, stored: false, removed: true }]);
    expect(readFileSync(priors, 'utf8')).not.toContain('"manual"');
    expect(readFileSync(priors, 'utf8')).toContain('"news"');
  });
});

describe.sequential('a damaged file', () => {
  test('is reported and ignored, fails doctor, and is replaced by learning again', async () => {
    const question = 'When will the ice rink in Farrow open?';
    const learned = await ask(question);
    writeFileSync(priors, '{"version": 1, "coll');
    const { code, stderr } = await workspace.footnote(['ask', question]);
    expect(code).toBe(0);
    expect(stderr).toContain(`${priors} is damaged or of another version`);
    expect(order(await ask(question))).not.toEqual(order(learned));
    const doctor = await workspace.footnote(['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toContain('FAIL learned: ');
    expect((await workspace.footnote(['--quiet', 'learn', news])).code).toBe(0);
    expect(order(await ask(question))).toEqual(order(learned));
  });
});

describe.sequential('learn --forget', () => {
  test('forgets one collection, or all', async () => {
    expect((await workspace.footnote(['learn', '--forget', '--collection', 'manual'])).stdout).toBe(
      'There was nothing to forget.\n',
    );
    expect(await workspace.json(['learn', '--forget', '--collection', 'news'])).toEqual({
      collection: 'news',
      forgotten: true,
    });
    expect((await workspace.footnote(['learn', '--forget'])).stdout).toBe('Forgotten.\n');
    expect(existsSync(priors)).toBe(false);
    expect((await workspace.footnote(['learn', '--forget'])).stdout).toBe('There was nothing to forget.\n');
  });
});

describe.sequential('learn --judgements', () => {
  const SERVER = '900000000000000001';

  /** Votes the first passage of each of the news right, as people in a server would. */
  async function voteOnNews(): Promise<void> {
    const community = Community.open(workspace.index);
    const files = new Map(
      (await workspace.json<{ id: string; file: string }[]>(['articles'])).map(({ file, id }) => [file, id]),
    );
    for (const { id, q, gold } of NEWS_QUESTIONS) {
      const articleId = files.get(`${gold[0]?.[0]}.md`) ?? '';
      const { ranking } = await ask(q, '--collection', 'news');
      const passage = ranking.find(
        (ranked) => ranked.articleId === articleId && ranked.text.includes(gold[0]?.[1] ?? ''),
      );
      const vote = { messageId: id, serverId: SERVER, passageId: passage?.passageId ?? '', isRight: true };
      community.votes.cast({ ...vote, personId: '1' }, Date.now());
      community.judged.add({ messageId: id, askedIn: `asked-${id}`, personId: '2', serverId: SERVER, text: q });
    }
    community.close();
  }

  test('says how to get votes if there are none', async () => {
    const { code, stderr } = await workspace.footnote(['learn', '--judgements']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/There are no votes to learn from\. In Discord, turn on \*Learn from votes\*/);
  });

  test('learns what people voted right', async () => {
    await voteOnNews();
    const report = await workspace.json<LearnReport>(['learn', '--judgements', '--dry-run']);
    expect(report).toMatchObject({ set: 'votes', collections: [{ collection: 'news', questions: 36, pays: true }] });
  });

  test('needs no path, and a path needs no judgements', async () => {
    const { code, stderr } = await workspace.footnote(['learn', '--judgements', news]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Say what to learn from: .* learn --judgements`, for votes\./);
  });
});

describe.sequential('learn exits with 2 and keeps nothing for', () => {
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await workspace.footnote(['--quiet', 'learn', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(existsSync(priors)).toBe(false);
    return stderr;
  };

  test('too few questions, with how many there are of each collection', async () => {
    const few = writeQuestions(join(workspace.path, 'few.json'), [
      ...NEWS_QUESTIONS.slice(0, 29),
      ...MANUAL_QUESTIONS.slice(0, 2),
    ]);
    expect(await refused([few])).toBe(
      'A collection learns from at least 30 answerable questions about at least 5 of its articles, or the gain could be chance. There are too few in few:\n' +
        'manual: 2 questions about 1 article\nnews: 29 questions about 10 articles\n' +
        'Add more questions: the more articles they are about, the better.\n',
    );
    expect(await refused(['--collection', 'manual', news])).toContain('\nmanual: 0 questions about 0 articles\n');
  });

  test('many questions about a few articles', async () => {
    const question = NEWS_QUESTIONS[0];
    const same = Array.from({ length: 40 }, (_, index) => ({ ...question, id: `q${index}` }));
    expect(await refused([writeQuestions(join(workspace.path, 'same.json'), same)])).toContain(
      'news: 40 questions about 1 article\n',
    );
  });

  test('gold that is in no article, and a collection that does not exist', async () => {
    const wrong = writeQuestions(join(workspace.path, 'wrong.json'), [
      { id: 'a', q: 'When?', gold: [['news/farrow', 'on Christmas Eve']] },
    ]);
    expect(await refused([wrong])).toContain('Question a: news/farrow does not contain "on Christmas Eve".');
    expect(await refused(['--collection', 'sports', news])).toContain('There is no collection "sports".');
  });

  test('a set with articles of its own', async () => {
    const beir = join(workspace.path, 'beir');
    mkdirSync(join(beir, 'qrels'), { recursive: true });
    writeFileSync(join(beir, 'corpus.jsonl'), '{"_id":"d","text":"A word."}');
    writeFileSync(join(beir, 'queries.jsonl'), '{"_id":"q","text":"Which word?"}');
    writeFileSync(join(beir, 'qrels', 'test.tsv'), 'q\td\t1\n');
    expect(await refused([beir])).toMatch(/has articles of its own, .* Write a \.json file of questions/);
    const documents = join(workspace.path, 'documents');
    mkdirSync(join(documents, 'seeds'), { recursive: true });
    writeFileSync(join(documents, 'questions.jsonl'), '{"id":"a","q":"Why?","answerable":false}');
    expect(await refused([documents])).toContain(`\`--seeds ${join(documents, 'seeds')}\``);
  });

  test('no path, and --forget with a path', async () => {
    expect(await refused([])).toContain('footnote');
    expect(await refused(['--forget', news])).toContain('With --forget nothing is learned');
  });
});

test.sequential('unanswerable questions, small talk and several questions in one are left out', async () => {
  const more = [
    { id: 'x', q: 'Who won the chess olympiad?', answerable: false },
    { ...NEWS_QUESTIONS[0], id: 'y', q: 'hello!' },
    {
      ...NEWS_QUESTIONS[0],
      id: 'z',
      q: 'When will the ice rink in Farrow open? Who will open the music hall in Harle?',
    },
  ];
  const mixed = writeQuestions(join(workspace.path, 'mixed.json'), [...NEWS_QUESTIONS, ...more]);
  const report = await workspace.json<LearnReport>(['learn', '--dry-run', mixed]);
  expect(report).toMatchObject({ leftOut: 3, collections: [{ questions: 36 }] });
});

test.sequential('without an index there is nothing to learn about', async () => {
  const { code } = await workspace.footnote(['--index', join(workspace.path, 'none'), 'learn', news]);
  expect(code).toBe(3);
});
