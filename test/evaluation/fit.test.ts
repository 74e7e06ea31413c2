import { expect, test } from 'vitest';
import { decide, decisionFeatures } from '../../dist/answering/decision.js';
import type { RankingFeatures } from '../../dist/answering/ranking.js';
import type { EvaluatedQuestion } from '../../dist/evaluation/evaluate.js';
import { fitDecision, fitRanking, fitThresholds } from '../../dist/evaluation/fit.js';
import { rankedPassage } from '../answering/ranked-passage.js';

test('the feature by which right passages differ gets the factor, the others next to none', () => {
  // maxSim is always higher for the right one; maxSimIdf says the opposite as often as not.
  const questions = [
    judged(
      [
        { maxSim: 0.8, maxSimIdf: 0.3 },
        { maxSim: 0.5, maxSimIdf: 0.6 },
      ],
      0,
    ),
    judged(
      [
        { maxSim: 0.5, maxSimIdf: 0.3 },
        { maxSim: 0.8, maxSimIdf: 0.6 },
      ],
      1,
    ),
    judged(
      [
        { maxSim: 0.7, maxSimIdf: 0.4 },
        { maxSim: 0.6, maxSimIdf: 0.4 },
      ],
      0,
    ),
  ];
  const weights = fitRanking([questions]);
  expect(weights.maxSim).toBeGreaterThan(5);
  expect(Math.abs(weights.maxSimIdf)).toBeLessThan(weights.maxSim / 3);
  expect(weights.articleTermShare).toBe(0);
  expect(weights.articleSimilarity).toBe(0);
});

test('factors come out that the judgements were made by', () => {
  // Right is what has the higher 2 * maxSim + 1 * articleTermShare: the fit must find about that direction.
  const questions: EvaluatedQuestion[] = [];
  for (let a = 0; a < 6; a++) {
    for (let b = 0; b < 6; b++) {
      const first = { maxSim: a / 10, articleTermShare: b / 10 };
      const second = { maxSim: b / 10, articleTermShare: ((a * 3 + 1) % 6) / 10 };
      const score = (features: typeof first): number => 2 * features.maxSim + features.articleTermShare;
      if (Math.abs(score(first) - score(second)) < 0.05) continue;
      questions.push(judged([first, second], score(first) > score(second) ? 0 : 1));
    }
  }
  const { maxSim, articleTermShare } = fitRanking([questions]);
  expect(maxSim / articleTermShare).toBeGreaterThan(1.5);
  expect(maxSim / articleTermShare).toBeLessThan(2.7);
});

test('questions without a right passage, or with nothing else, teach the ranking nothing', () => {
  const telling = [judged([{ maxSim: 0.8 }, { maxSim: 0.5 }], 0), judged([{ maxSim: 0.4 }, { maxSim: 0.5 }], 1)];
  const hopeless = judged([{ maxSim: 0.1 }, { maxSim: 0.9 }], null);
  const trivial = judged([{ maxSim: 0.3 }], 0);
  expect(fitRanking([[...telling, hopeless, trivial]])).toEqual(fitRanking([telling]));
});

test('every set counts the same, whatever its size', () => {
  const forMaxSim = judged(
    [
      { maxSim: 0.9, maxSimIdf: 0.1 },
      { maxSim: 0.1, maxSimIdf: 0.9 },
    ],
    0,
  );
  const forIdf = judged(
    [
      { maxSim: 0.9, maxSimIdf: 0.1 },
      { maxSim: 0.1, maxSimIdf: 0.9 },
    ],
    1,
  );
  const weights = fitRanking([Array.from({ length: 20 }, () => forMaxSim), [forIdf]]);
  // One against one: neither wins. In one set of twenty-one it would be twenty to one.
  expect(weights.maxSim).toBeCloseTo(0, 1);
  expect(fitRanking([[...Array.from({ length: 20 }, () => forMaxSim), forIdf]]).maxSim).toBeGreaterThan(1);
});

test('the decision learns that a right first passage has the higher similarity', () => {
  const questions = [0.9, 0.85, 0.8, 0.75, 0.6].map((maxSimIdf) => judged([{ maxSimIdf }], 0));
  const misses = [0.7, 0.5, 0.45, 0.4, 0.3].map((maxSimIdf) => judged([{ maxSimIdf }], null));
  const weights = fitDecision([[...questions, ...misses]]);
  expect(weights.maxSimIdf).toBeGreaterThan(0);
  const confidence = (maxSimIdf: number): number =>
    decide(judged([{ maxSimIdf }], 0).ranking, weights, { answered: 0.5, closest: 0.2 }).confidence;
  expect(confidence(0.9)).toBeGreaterThan(0.8);
  expect(confidence(0.3)).toBeLessThan(0.2);
  // Logistic regression: the mean confidence is the share of the right ones.
  const all = [...questions, ...misses].map(({ ranking }) => confidence(decisionFeatures(ranking)?.maxSimIdf ?? 0));
  expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeCloseTo(0.5, 2);
});

test('questions for which nothing was found do not disturb the decision', () => {
  const questions = [judged([{ maxSimIdf: 0.9 }], 0), judged([{ maxSimIdf: 0.2 }], null)];
  const weights = fitDecision([[...questions, judged([], null)]]);
  expect(Object.values(weights).every(Number.isFinite)).toBe(true);
  expect(weights.maxSimIdf).toBeGreaterThan(0);
});

test('features that separate perfectly do not make factors without bound', () => {
  const questions = [judged([{ maxSim: 1 }, { maxSim: 0 }], 0)];
  const { maxSim } = fitRanking([questions]);
  expect(maxSim).toBeGreaterThan(1);
  expect(maxSim).toBeLessThan(1000);
});

test('the threshold for answered is the lowest that keeps the share of right ones', () => {
  // confidence   right   right so far   share
  // .9           yes     1              1/1
  // .8           yes     2              2/2
  // .7           no      2              2/3
  // .6           yes     3              3/4
  // .5           no      3              3/5
  const set = table([0.9, 1], [0.8, 1], [0.7, 0], [0.6, 1], [0.5, 0]);
  expect(fitThresholds([set], { rightAmongAnswered: 1, rightShown: 1 })).toEqual({ answered: 0.8, closest: 0.6 });
  expect(fitThresholds([set], { rightAmongAnswered: 0.75, rightShown: 1 })).toEqual({ answered: 0.6, closest: 0.6 });
  expect(fitThresholds([set], { rightAmongAnswered: 0.6, rightShown: 0.6 })).toEqual({ answered: 0.5, closest: 0.5 });
  // Two of the three right ones are shown from .8 on; then closest is not above answered.
  expect(fitThresholds([set], { rightAmongAnswered: 1, rightShown: 0.6 })).toEqual({ answered: 0.8, closest: 0.8 });
});

test('when no threshold keeps the share nothing is answered', () => {
  expect(fitThresholds([table([0.9, 0], [0.5, 1])], { rightAmongAnswered: 0.9, rightShown: 1 })).toEqual({
    answered: 1,
    closest: 0.5,
  });
});

test('thresholds weigh sets, not questions', () => {
  const large = Array.from({ length: 9 }, () => ({ confidence: 0.8, isRight: true }));
  const small = table([0.7, 0]);
  // Down to .7 nine of ten questions are right, but only one of two sets: (9 * 1/9) / (1 + 1).
  expect(fitThresholds([large, small], { rightAmongAnswered: 0.9, rightShown: 1 }).answered).toBe(0.8);
  expect(fitThresholds([[...large, ...small]], { rightAmongAnswered: 0.9, rightShown: 1 }).answered).toBe(0.7);
});

test('questions of the same confidence are answered together or not at all', () => {
  const set = table([0.9, 1], [0.5, 1], [0.5, 0]);
  expect(fitThresholds([set], { rightAmongAnswered: 0.9, rightShown: 0.5 }).answered).toBe(0.9);
});

/** A question whose ranking has these features, best first; `right` is the index of the right passage. */
function judged(rows: readonly Partial<RankingFeatures>[], right: number | null): EvaluatedQuestion {
  return {
    question: { id: 'q', text: 'q', isAnswerable: right !== null, gold: [], half: 0 },
    ranking: rows.map((features, index) => rankedPassage({ rank: index + 1, features })),
    isRight: rows.map((_, index) => index === right),
    rank: right === null ? null : right + 1,
    decision: { outcome: 'answered', confidence: 1, features: null },
  };
}

function table(
  ...rows: readonly (readonly [confidence: number, isRight: 0 | 1])[]
): { confidence: number; isRight: boolean }[] {
  return rows.map(([confidence, isRight]) => ({ confidence, isRight: isRight === 1 }));
}
