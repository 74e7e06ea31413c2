import { describe, expect, test } from 'vitest';
import {
  fitPriors,
  type JudgedCandidate,
  type LearningQuestion,
  learnPriors,
} from '../../src/evaluation/learn-priors.js';

/** A question with two candidates of nearly the same score: the first passage of its article, and the third, which ranks higher. */
function question(article: string, right: 'early' | 'late', collection: string | null = 'news'): LearningQuestion {
  const candidate = (ordinal: number, score: number, isRight: boolean): JudgedCandidate => ({
    score,
    titleMaxSim: 0.5,
    place: { collection, ordinal, recency: 0.5 },
    isRight,
  });
  return { article, candidates: [candidate(2, 1.1, right === 'late'), candidate(0, 1, right === 'early')] };
}

const times = <One>(count: number, make: (index: number) => One): One[] =>
  Array.from({ length: count }, (_, index) => make(index));

test('a collection whose first passages answer learns so, and the gain is shown on articles that were not learned from', () => {
  const report = learnPriors(
    'news',
    times(36, (index) => question(`story-${index % 12}`, 'early')),
  );
  expect(report).toMatchObject({
    collection: 'news',
    questions: 36,
    articles: 12,
    folds: 10,
    without: { recallAt1: 0, reciprocalRankAt10: 0.5 },
    with: { recallAt1: 1, reciprocalRankAt10: 1 },
    pays: true,
  });
  expect(report.pValue).toBeLessThan(0.001);
  expect(report.weights.early).toBeGreaterThan(1);
  // Both passages have the same title and date, which therefore say nothing.
  expect(report.weights).toMatchObject({ recent: 0, title: 0 });
});

test('a collection that answers anywhere learns nothing that pays', () => {
  const report = learnPriors(
    'manual',
    times(40, (index) => question(`page-${index % 20}`, index % 2 === 0 ? 'early' : 'late', 'manual')),
  );
  expect(report.pays).toBe(false);
  expect(Math.abs(report.weights.early)).toBeLessThan(0.2);
});

test('one long article cannot vouch for the others: its questions are never in two parts', () => {
  // Learned from the rest, each article is ranked the wrong way round. With its own questions among the rest, the long one would win.
  const questions = [
    ...times(60, () => question('long', 'early')),
    ...times(4, (index) => times(10, () => question(`short-${index}`, 'late'))).flat(),
  ];
  const report = learnPriors('news', questions);
  expect(report).toMatchObject({ articles: 5, folds: 5, pays: false });
  expect(report.with.recallAt1).toBe(0);
});

test('a gain that could be chance is not kept', () => {
  const good = times(4, (index) => question(`story-${index}`, 'early'));
  // Nothing right is found for these, so they change nothing.
  const missed = times(30, (index) => {
    const { article, candidates } = question(`other-${index}`, 'early');
    return { article, candidates: candidates.map((one) => ({ ...one, isRight: false })) };
  });
  const report = learnPriors('news', [...good, ...missed]);
  expect(report.with.reciprocalRankAt10).toBeGreaterThan(report.without.reciprocalRankAt10);
  expect(report.pValue).toBeGreaterThan(0.05);
  expect(report.pays).toBe(false);
});

describe('the weights', () => {
  test('grow with the number of questions that agree', () => {
    const [few, many] = [5, 50].map(
      (count) =>
        fitPriors(
          'news',
          times(count, () => question('a', 'early')),
        ).early,
    );
    expect(few).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(few ?? 0);
  });

  test('are 0 without a question to fit, and ignore passages of other collections', () => {
    const none = { early: 0, recent: 0, title: 0 };
    expect(fitPriors('news', [])).toEqual(none);
    expect(
      fitPriors(
        'news',
        times(9, () => question('a', 'early', 'manual')),
      ),
    ).toEqual(none);
  });

  test('are those of a logistic regression with a normal prior if there are two candidates', () => {
    // p(right) = 1 / (1 + e^-(w (1 - 1/3) - 0.1)) and w = 10 (2/3) (1 - p), worked out by iteration.
    const { early } = fitPriors(
      'news',
      times(10, () => question('a', 'early')),
    );
    const wrong = 1 - 1 / (1 + Math.exp(-((early * 2) / 3 - 0.1)));
    expect(early).toBeCloseTo((10 * 2 * wrong) / 3, 2);
  });
});
