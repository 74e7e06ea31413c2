import { expect, test } from 'vitest';
import { COEFFICIENTS } from '../../dist/answering/coefficients.js';
import { decide, decisionFeatures } from '../../dist/answering/decision.js';
import type { RankedPassage } from '../../dist/answering/ranking.js';
import { rankedPassage } from './ranked-passage.js';

const WEIGHTS = { intercept: -1, maxSimIdf: 2, maxSim: 0, margin: 0.5 };
const THRESHOLDS = { answered: 0.7, closest: 0.4 };

test('the margin is how far the first score is ahead of the fifth', () => {
  expect(decisionFeatures(scored(9, 8, 7, 6, 4, 1))).toMatchObject({ margin: 5 });
});

test('with fewer than five passages the margin is that to the last, and with one it is nothing', () => {
  expect(decisionFeatures(scored(9, 8, 6))).toMatchObject({ margin: 3 });
  expect(decisionFeatures(scored(9))).toMatchObject({ margin: 0 });
  expect(decisionFeatures([])).toBeNull();
});

test('the confidence is the logistic function of the features by their factors', () => {
  // -1 + 2 * 0.9 + 0.5 * 4 = 2.8; 1 / (1 + e^-2.8) = 0.9427.
  const ranking = scored(9, 8, 7, 6, 5);
  const decision = decide(ranking, WEIGHTS, THRESHOLDS);
  expect(decision.confidence).toBeCloseTo(0.9427, 4);
  expect(decision.features).toEqual({ maxSimIdf: 0.9, maxSim: 0.8, margin: 4 });
});

test('a confidence at a threshold reaches it, one below does not', () => {
  const outcomeAt = (confidence: number): string => {
    const intercept = Math.log(confidence / (1 - confidence));
    return decide(scored(1), { intercept, maxSimIdf: 0, maxSim: 0, margin: 0 }, THRESHOLDS).outcome;
  };
  expect(outcomeAt(0.71)).toBe('answered');
  expect(outcomeAt(0.69)).toBe('closest');
  expect(outcomeAt(0.41)).toBe('closest');
  expect(outcomeAt(0.39)).toBe('not-found');
  // Exactly one half, without rounding.
  expect(
    decide(scored(1), { intercept: 0, maxSimIdf: 0, maxSim: 0, margin: 0 }, { answered: 0.5, closest: 0 }).outcome,
  ).toBe('answered');
});

test('without a passage nothing was found, whatever the factors', () => {
  expect(decide([], { ...WEIGHTS, intercept: 99 }, THRESHOLDS)).toEqual({
    outcome: 'not-found',
    confidence: 0,
    features: null,
  });
});

test('the coefficients in use make sense', () => {
  const { decision, thresholds, ranking } = COEFFICIENTS;
  expect(thresholds.answered).toBeGreaterThan(thresholds.closest);
  expect(thresholds.answered).toBeLessThan(1);
  expect(thresholds.closest).toBeGreaterThan(0);
  // What is more alike is never less likely to answer.
  expect(decision.maxSimIdf + decision.maxSim).toBeGreaterThan(0);
  expect(decision.margin).toBeGreaterThanOrEqual(0);
  for (const [name, factor] of Object.entries(ranking)) expect(factor, name).toBeGreaterThanOrEqual(0);
});

function scored(...scores: readonly number[]): RankedPassage[] {
  return scores.map((score, index) =>
    rankedPassage({ rank: index + 1, score, features: { maxSimIdf: 0.9, maxSim: 0.8 } }),
  );
}
