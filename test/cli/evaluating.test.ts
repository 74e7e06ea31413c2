import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAGES } from '../../src/evaluation/evaluate.js';
import type { EvaluationReport } from '../../src/evaluation/report.js';
import type { SetReport } from '../../src/evaluation/run-evaluation.js';
import { writeHandbook } from '../evaluation/handbook-set.js';
import { measuresShape, shapeOf } from '../evaluation/report-shape.js';
import { TINY_COUNTS, writeTinySet } from '../evaluation/tiny-set.js';
import { parseXml } from '../evaluation/xml.js';
import { SMALL_SEEDS, Workspace } from './workspace.js';

let workspace: Workspace;
let set: string;

beforeAll(async () => {
  workspace = new Workspace(SMALL_SEEDS);
  set = writeTinySet(join(workspace.path, 'tiny'));
  // The articles are indexed once, before the tests that use them.
  const { code, stderr } = await workspace.footnote(['eval', set]);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => {
  workspace.remove();
});

describe.sequential('eval prints', () => {
  test('each measure with its interval, for people', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['eval', set]);
    expect([code, stderr]).toEqual([0, '']);
    expect(shapeOf(stdout)).toBe(
      `tiny: 11 answerable questions, 3 unanswerable ones\n${measuresShape({ quotes: 13 })}`,
    );
  });

  test('one object with the measures, with --json', async () => {
    const { code, stdout, stderr } = await workspace.footnote(['--json', 'eval', set]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd()).not.toContain('\n');
    const report = JSON.parse(stdout) as EvaluationReport;
    expect(Object.keys(report)).toEqual([
      'set',
      'half',
      'answerable',
      'unanswerable',
      'ranking',
      'decision',
      'sentencePrecisionAt1',
      'quotes',
      'milliseconds',
      'skipped',
      'warnings',
    ]);
    expect(report).toMatchObject({ skipped: [], warnings: [] });
    expect(report).toMatchObject({ set: 'tiny', half: null, ...TINY_COUNTS, sentencePrecisionAt1: null });
    const interval = { estimate: expect.any(Number), lower: expect.any(Number), upper: expect.any(Number) };
    expect(report.ranking).toEqual({
      recallAt1: interval,
      recallAt5: interval,
      reciprocalRankAt10: interval,
      ndcgAt10: interval,
      averagePrecision: interval,
      recallAt100: interval,
    });
    expect(report.decision).toEqual({
      auroc: interval,
      coverage: interval,
      rightAmongAnswered: interval,
      rightAt60: interval,
      answeredAmongUnanswerable: interval,
      expectedCalibrationError: expect.any(Number),
      areaUnderRiskCoverage: expect.any(Number),
      riskCoverage: expect.any(Array),
      reliability: expect.any(Array),
      thresholds: { answered: expect.any(Number), closest: expect.any(Number) },
    });
    expect(report.quotes.wrong).toBe(0);
  });

  test('every stage with --compare, and the worst misses with their ranks with --failures', async () => {
    const report = await workspace.json<EvaluationReport>(['eval', '--half', '1', '--compare', '--failures', '3', set]);
    expect(report.half).toBe(1);
    expect(report.answerable).toBeLessThan(TINY_COUNTS.answerable);
    expect(Object.keys(report.stages ?? {})).toEqual([...STAGES]);
    expect(report.comparisons).toHaveLength(STAGES.length * (STAGES.length - 1));
    for (const { pValue } of report.comparisons ?? []) {
      expect(pValue).toBeGreaterThan(0);
      expect(pValue).toBeLessThanOrEqual(1);
    }
    expect(report.failures?.length).toBeLessThanOrEqual(3);
    for (const { ranks } of report.failures ?? []) expect(Object.keys(ranks)).toEqual([...STAGES]);
  });

  test('only the result with --quiet', async () => {
    const fresh = join(workspace.path, 'quiet');
    const { code, stdout, stderr } = await workspace.footnote([
      '--quiet',
      '--index',
      fresh,
      'eval',
      '--plot',
      join(workspace.path, 'quiet.svg'),
      set,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^tiny: 11 answerable questions, 3 unanswerable ones\n/);
  });
});

describe.sequential('eval --plot', () => {
  test('draws a diagram with the thresholds, and names the file on standard error', async () => {
    const file = join(workspace.path, 'diagram.svg');
    const { code, stdout, stderr } = await workspace.footnote(['--json', 'eval', '--plot', file, set]);
    expect([code, stderr]).toEqual([0, `The reliability diagram is in ${file}.\n`]);
    const { decision } = JSON.parse(stdout) as EvaluationReport;
    const elements = parseXml(readFileSync(file, 'utf8'));
    expect(elements[0]?.name).toBe('svg');
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('tiny');
    const { answered = 0, closest = 0 } = decision?.thresholds ?? {};
    const texts = elements.map(({ text }) => text);
    expect(texts).toContain(`answered from ${answered}`);
    expect(texts).toContain(`closest passages from ${closest}`);
  });

  test('prints the report even if the folder for the diagram does not exist, and says what is wrong without a stack trace', async () => {
    const { code, stdout, stderr } = await workspace.footnote([
      'eval',
      '--plot',
      join(workspace.path, 'none', 'x.svg'),
      set,
    ]);
    expect(code).not.toBe(0);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toContain('MRR@10');
  });
});

describe.sequential('eval exits with 2 and prints no result for', () => {
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await workspace.footnote(['eval', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain('    at ');
    return stderr;
  };

  test('a folder that is not an evaluation set', async () => {
    expect(await refused([workspace.path])).toMatch(/is not an evaluation set\. Use a folder with corpus\.jsonl/);
    expect(await refused([join(workspace.path, 'missing')])).toMatch(/is not an evaluation set\./);
  });

  test('a missing questions file', async () => {
    expect(await refused([join(workspace.path, 'none.json')])).toBe(
      `${join(workspace.path, 'none.json')} is missing.\n`,
    );
  });

  test('a split that the folder does not have, and a split that does not exist at all', async () => {
    expect(await refused(['--split', 'dev', set])).toBe(
      `${join(set, 'qrels', 'dev.tsv')} is missing. Choose another split with --split.\n`,
    );
    expect(await refused(['--split', 'all', set])).toMatch(/Allowed choices are test, dev, train/);
  });

  test('a line that is not JSON, naming its file and number', async () => {
    const folder = join(workspace.path, 'broken');
    mkdirSync(folder);
    writeFileSync(join(folder, 'passages.jsonl'), '{"id":"a","text":"Some words."}\n{"id":"b",\n');
    writeFileSync(join(folder, 'queries.jsonl'), '');
    expect(await refused([folder])).toMatch(
      /passages\.jsonl line 2 cannot be used: it is not JSON \(.+\)\. Write one JSON object on each line\.\n$/,
    );
  });

  test.each([
    ['no path', []],
    ['a half that does not exist', ['--half', '2', 'x']],
    ['a limit of 0 failures', ['--failures', '0', 'x']],
  ])('%s', async (_, args) => {
    expect(await refused(args)).toMatch(/footnote eval --help/);
  });
});

test.sequential('gold that is in no article is an error that names the question, before any question is asked', async () => {
  const file = join(workspace.path, 'mistaken.json');
  const questions = [{ id: 'a', q: 'Where did they meet?', gold: [['reykjavik', 'in the Hofdi house']] }];
  writeFileSync(file, JSON.stringify({ questions }));
  expect(await workspace.footnote(['--quiet', 'eval', file])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'Some gold matches nothing in the corpus. Correct it, or add the articles.\nQuestion a: reykjavik does not contain "in the Hofdi house".\n',
  });
});

describe.sequential('eval of a documents folder', () => {
  let folder: string;

  beforeAll(() => {
    folder = writeHandbook(join(workspace.path, 'handbook'));
  });

  test('prints the measures, then what is found and shown for each kind of question', async () => {
    const { code, stdout } = await workspace.footnote(['--quiet', 'eval', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^handbook: 4 answerable questions, 1 unanswerable one\n\nR@1 /);
    expect(stdout).toMatch(/^prose +3 /m);
    expect(stdout).toMatch(/^total +4 /m);
  });

  test('answers the follow-up from the article of the question before it, and quotes word for word', async () => {
    const { documents, quotes } = await workspace.json<EvaluationReport>(['eval', folder]);
    expect(documents?.all).toMatchObject({ answerable: 4, unanswerable: 1, firstThreePassages: { estimate: 1 } });
    expect(documents?.all.answeredAmongUnanswerable?.estimate).toBe(0);
    expect(documents?.kinds.map(({ kind }) => kind)).toEqual(['person', 'prose', 'table']);
    expect(documents?.kinds[1]?.firstPassage?.estimate).toBe(1);
    expect(quotes.wrong).toBe(0);
  });

  test('reads the articles where they are, in an index of its own', async () => {
    const built = readdirSync(join(workspace.index, 'evaluation')).filter((name) => name.startsWith('handbook-'));
    expect(built).toHaveLength(1);
    expect(readdirSync(join(workspace.index, 'evaluation', built[0] ?? ''))).not.toContain('seeds');
  });

  test('asks the halves, compares the stages, lists failures and draws a diagram', async () => {
    const answerable: (number | undefined)[] = [];
    for (const half of ['0', '1'])
      answerable.push(
        (await workspace.json<EvaluationReport>(['eval', '--half', half, folder])).documents?.all.answerable,
      );
    // The follow-up about the sauna goes with the question before it, whose first gold is about the berths.
    expect(answerable).toEqual([3, 1]);
    const file = join(workspace.path, 'handbook.svg');
    const report = await workspace.json<EvaluationReport>(['eval', '--compare', '--failures', '--plot', file, folder]);
    expect(Object.keys(report.stages ?? {})).toEqual([...STAGES]);
    expect(report.failures).toBeDefined();
    expect(existsSync(file)).toBe(true);
  });

  test('names the files that were skipped or had something that could not be used, before it finds gold missing', async () => {
    const flawed = writeHandbook(join(workspace.path, 'flawed'));
    const write = (file: string, content: string): void => writeFileSync(join(flawed, 'seeds', file), content);
    write('_collection.yaml', 'publisher: Sailing club\nlink: https://club.example/\n');
    write('rules.pdf', 'not read');
    write('map.md', '---\npublished: in spring\n---\n\nThe jetty is north of the lighthouse.\n');
    const named = [
      'skipped rules.pdf: ',
      'warning for _collection.yaml: ',
      'warning for map.md: line 2: published "in spring" ',
    ];
    const { code, stdout, stderr } = await workspace.footnote(['--json', 'eval', flawed]);
    expect(code).toBe(0);
    for (const text of named) expect(stderr).toContain(text);
    const { skipped, warnings } = JSON.parse(stdout) as SetReport;
    expect(skipped.map(({ file }) => file)).toEqual(['rules.pdf']);
    expect(warnings.map(({ file }) => file)).toEqual(['_collection.yaml', 'map.md']);
    const gold = { id: 'a', q: 'Which rule?', answerable: true, gold: [{ file: 'rules.pdf', text: 'not read' }] };
    writeFileSync(join(flawed, 'questions.jsonl'), JSON.stringify(gold));
    const missing = await workspace.footnote(['eval', flawed]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/skipped rules\.pdf: .*there is no indexed article rules\.pdf/s);
    expect((await workspace.footnote(['--quiet', 'eval', flawed])).stderr).not.toContain('skipped');
  });

  test('names gold that is not in the article of its file, and files that are not there', async () => {
    const mistaken = writeHandbook(join(workspace.path, 'mistaken'), [
      { id: 'a', q: 'When?', answerable: true, gold: [{ file: 'sauna.html', text: 'on Mondays' }] },
      { id: 'b', q: 'Why?', answerable: true, gold: [{ file: 'fire.txt', text: 'powder' }] },
    ]);
    const { code, stdout, stderr } = await workspace.footnote(['--quiet', 'eval', mistaken]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Question a: sauna.html does not contain "on Mondays".');
    expect(stderr).toContain('Question b: there is no indexed article fire.txt, for "powder".');
  });
});

test.sequential('questions in a file are asked about the seeds', async () => {
  const file = join(workspace.path, 'about-seeds.json');
  const questions = [
    { id: 'a', q: 'In which hall did Blinken and Lavrov meet?', gold: [['reykjavik', 'Harpa  concert hall']] },
    { id: 'b', q: 'How many buckets of paint did the bridge need?', gold: [['bridge', 'four hundred buckets']] },
    { id: 'c', q: 'Who won the chess olympiad?', answerable: false },
  ];
  writeFileSync(file, JSON.stringify({ questions }));
  const report = await workspace.json<EvaluationReport>(['eval', file]);
  expect(report).toMatchObject({ set: 'about-seeds', answerable: 2, unanswerable: 1 });
  expect(report.ranking.recallAt1.estimate).toBe(1);
  // The regular library is left alone.
  expect(existsSync(join(workspace.index, 'library.sqlite'))).toBe(false);
});
