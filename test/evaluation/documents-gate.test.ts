/** The minimum quality of answers from documents such as manuals and policies, half of which were used for fitting. */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgedSetOpener } from '../../src/app.js';
import { type DocumentMeasures, reportOnDocuments } from '../../src/evaluation/document-measures.js';
import { type EvaluatedQuestion, evaluateSet } from '../../src/evaluation/evaluate.js';
import { readJudgedSet } from '../../src/evaluation/read-judged-set.js';
import { readSettings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { createFolder } from '../library/temporary-folder.js';

/** Two more, policies and RFCs, take longer than these four together. */
const NAMES = ['blog', 'manual-html', 'recipes', 'selfhost'];
const documents = fileURLToPath(new URL('../../../shared/eval/documents/', import.meta.url));
const areThere = existsSync(documents);

let folder: string;
const evaluated: EvaluatedQuestion[] = [];
let all: DocumentMeasures;

// Without the collections next to the repository, there is nothing to ask.
describe.skipIf(!areThere)('four collections of documents in shared/eval next to the repository', () => {
  beforeAll(async () => {
    requireBuild();
    folder = createFolder();
    const openSet = judgedSetOpener(readSettings({ FOOTNOTE_INDEX: folder }, folder), {});
    for (const name of NAMES) {
      const set = await readJudgedSet(`${documents}${name}`);
      const opened = await openSet(set);
      evaluated.push(...(await evaluateSet(set, opened.engine)));
      await opened.close();
    }
    const report = reportOnDocuments(evaluated);
    if (report === null) throw new Error('The questions are of no kind');
    all = report.all;
  }, 400_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.for<[what: string, floor: number, measure: keyof DocumentMeasures]>([
    ['the right passage first', 0.65, 'firstPassage'],
    ['the right passage in the first three', 0.91, 'firstThreePassages'],
    ['an answer in what is shown first', 0.75, 'firstShown'],
    ['an answer in what is shown', 0.92, 'anyShown'],
    ['the outcome "answered"', 0.33, 'answeredAmongAnswerable'],
  ])('have %s for a share of at least %d of the questions', ([, floor, measure]) => {
    expect([all.answerable, all.unanswerable]).toEqual([119, 40]);
    expect((all[measure] as { estimate: number }).estimate).toBeGreaterThanOrEqual(floor);
  });

  test('are right in at least 88 of 100 answers that are called answered, and call at most three of 40 others so', () => {
    expect(all.anyShownAmongAnswered?.estimate).toBeGreaterThanOrEqual(0.88);
    expect((all.answeredAmongUnanswerable?.estimate ?? 1) * all.unanswerable).toBeLessThanOrEqual(3.01);
  });

  test('are shown with few words first, and quoted word for word', () => {
    expect(all.firstShownWords?.mean).toBeLessThanOrEqual(115);
    expect(all.firstShownWords?.highest).toBeLessThanOrEqual(250);
    expect(evaluated.reduce((sum, { wrongQuotes }) => sum + wrongQuotes, 0)).toBe(0);
  });
});
