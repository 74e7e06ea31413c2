/**
 * The minimum quality of answers in forty conversations: follow-ups, and questions about something else. What reads follow-ups was
 * chosen on half 0. Half 1 only reports.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgedSetOpener } from '../../src/app.js';
import { evaluateSetAt } from '../../src/evaluation/run-evaluation.js';
import { readSettings } from '../../src/settings.js';
import { requireBuild } from '../build.js';
import { createFolder } from '../library/temporary-folder.js';

const CONVERSATIONS = fileURLToPath(new URL('conversations', import.meta.url));

/** Of 40 follow-ups and of 8 questions about something else: how many have the right passage first, and in the first three. */
interface Floors {
  readonly 'follow-up': readonly [first: number, firstThree: number];
  readonly 'new-topic': readonly [first: number, firstThree: number];
}

let folder: string;

beforeAll(() => {
  requireBuild();
  folder = createFolder();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each<[half: 0 | 1, floors: Floors]>([
  [0, { 'follow-up': [35, 38], 'new-topic': [7, 7] }],
  [1, { 'follow-up': [28, 36], 'new-topic': [6, 6] }],
])('the conversations of half %d have the right passages first', { timeout: 120_000 }, async (half, floors) => {
  const settings = readSettings({ FOOTNOTE_SEEDS: folder, FOOTNOTE_INDEX: join(folder, 'index') }, folder);
  const { documents, quotes } = await evaluateSetAt(CONVERSATIONS, { half }, judgedSetOpener(settings, {}));
  const measured = documents?.kinds.map(({ kind, answerable, firstPassage, firstThreePassages }) => {
    const count = (share: number | undefined): number => Math.round((share ?? 0) * answerable);
    return { kind, answerable, first: count(firstPassage?.estimate), firstThree: count(firstThreePassages?.estimate) };
  });
  expect(measured?.map(({ kind, answerable }) => [kind, answerable])).toEqual([
    ['first', 20],
    ['follow-up', 40],
    ['new-topic', 8],
  ]);
  for (const kind of ['follow-up', 'new-topic'] as const) {
    const { first = 0, firstThree = 0 } = measured?.find((one) => one.kind === kind) ?? {};
    expect(first, JSON.stringify(measured)).toBeGreaterThanOrEqual(floors[kind][0]);
    expect(firstThree, JSON.stringify(measured)).toBeGreaterThanOrEqual(floors[kind][1]);
  }
  expect(quotes.wrong).toBe(0);
});
