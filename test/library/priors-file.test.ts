import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LivePriors } from '../../src/library/live-priors.js';
import {
  type CollectionPriors,
  forgetAllPriors,
  forgetPriors,
  PRIORS_FILE,
  readPriors,
  storePriors,
} from '../../src/library/priors-file.js';
import { temporaryFolder } from './temporary-folder.js';

const MODEL = 'f1';
const NEWS: CollectionPriors = {
  collection: 'news',
  model: MODEL,
  learnedAt: '2026-03-04',
  questions: 40,
  weights: { early: 1.5, recent: 0.25, title: -0.5 },
};
const LOOSE: CollectionPriors = { ...NEWS, collection: null, weights: { early: 0, recent: 0, title: 2 } };

let folder: string;
let notices: string[];
let live: LivePriors;

beforeEach(() => {
  folder = temporaryFolder();
  notices = [];
  live = new LivePriors(folder, MODEL, (notice) => notices.push(notice));
});

test('without a file nothing was learned', () => {
  expect(readPriors(folder)).toEqual({ entries: [], problem: null });
  expect([...live.current()]).toEqual([]);
  expect(notices).toEqual([]);
});

test('what a collection learns is in use at once, and replaces what it had learned', () => {
  expect(live.current().size).toBe(0);
  storePriors(folder, NEWS);
  expect([...live.current()]).toEqual([['news', NEWS.weights]]);
  storePriors(folder, LOOSE);
  const relearned = { ...NEWS, weights: { early: 0.75, recent: 0, title: 0 } };
  storePriors(folder, relearned);
  expect(new Map(live.current())).toEqual(
    new Map([
      [null, LOOSE.weights],
      ['news', relearned.weights],
    ]),
  );
  // Nothing half written stays behind.
  expect(readdirSync(folder)).toEqual([PRIORS_FILE]);
});

test('what was learned with another model is kept, but not used', () => {
  storePriors(folder, NEWS);
  storePriors(folder, { ...NEWS, model: 'f2', weights: LOOSE.weights });
  expect([...live.current()]).toEqual([['news', NEWS.weights]]);
  expect(readPriors(folder).entries.map(({ model }) => model)).toEqual(['f1', 'f2']);
});

test('a collection forgets what it has learned with one model or with all, and the others keep theirs', () => {
  for (const one of [NEWS, { ...NEWS, model: 'f2' }, LOOSE]) storePriors(folder, one);
  expect(forgetPriors(folder, 'news', 'f3')).toBe(false);
  expect(forgetPriors(folder, 'news', 'f2')).toBe(true);
  expect(readPriors(folder).entries).toEqual([NEWS, LOOSE]);
  expect(forgetPriors(folder, null)).toBe(true);
  expect(forgetPriors(folder, null)).toBe(false);
  expect([...live.current().keys()]).toEqual(['news']);
  expect(forgetAllPriors(folder)).toBe(true);
  expect(forgetAllPriors(folder)).toBe(false);
  expect([...live.current()]).toEqual([]);
});

describe('a file that cannot be used is ignored, and a notice says what to do:', () => {
  test.each([
    ['it is cut off', (text: string) => text.slice(0, 40)],
    ['it is no JSON object', () => '"early"'],
    ['a weight is no number', (text: string) => text.replace('1.5', '"much"')],
    ['a weight is absurd', (text: string) => text.replace('1.5', '1e9')],
    ['it is of another version', (text: string) => text.replace('"version": 1', '"version": 2')],
  ])('%s', (_, damage) => {
    storePriors(folder, NEWS);
    const file = join(folder, PRIORS_FILE);
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect([...live.current()]).toEqual([]);
    live.current();
    expect(notices).toEqual([
      `${file} is damaged or of another version, so what collections have learned is not used. Learn again with \`footnote learn\`, or remove the file with \`footnote learn --forget\`.`,
    ]);
    expect(() => forgetPriors(folder, 'news')).toThrow(/is damaged or of another version/);
    storePriors(folder, LOOSE);
    expect([...live.current().keys()]).toEqual([null]);
    expect(notices).toHaveLength(1);
  });
});
