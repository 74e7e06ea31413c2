import { expect, test } from 'vitest';
import {
  confidenceOf,
  type DecidedPassage,
  decide,
  decisionFeatures,
} from '../../../src/answering/confidence/decision.js';
import { decisionWeights } from '../decision-weights.js';

const WEIGHTS = decisionWeights({ intercept: -1, contentSimilarity: 2, similarity: 1, lead: 0.5 });
const THRESHOLDS = { answered: 0.7, closest: 0.4 };
/** Number of content words in the question. */
const WORDS = 3;
/** The features of `scored` passages, but for the lead. */
const FEATURES = { contentSimilarity: 0.9, similarity: 0.6, titleMaxSim: 0.2, questionLength: Math.log(4) };

test('the lead is the distance to the best passage of another article', () => {
  const ranking = scored(9, 8, 7.5, 6, 4, 1).map((one, index) => ({
    ...one,
    passage: { articleKey: index < 2 ? 3 : index },
  }));
  // The second passage is from the same article as the first, the third is not.
  expect(decisionFeatures(ranking, WORDS)).toMatchObject({ lead: 1.5 });
});

test('if all passages are from one article, the lead is the distance to the fifth', () => {
  expect(decisionFeatures(scored(9, 8, 7, 6.5, 6, 1), WORDS)).toMatchObject({ lead: 3 });
});

test('with fewer than five passages from one article, the lead is the distance to the last, and 0 for a single one', () => {
  expect(decisionFeatures(scored(9, 8, 6), WORDS)).toMatchObject({ lead: 3 });
  expect(decisionFeatures(scored(9), WORDS)).toMatchObject({ lead: 0 });
  expect(decisionFeatures([], WORDS)).toBeNull();
});

test('near duplicates of the first passage do not count as rivals', () => {
  const ranking = scored(9, 8.5, 8, 7.5, 6, 1).map((one, index) => ({
    ...one,
    passage: { articleKey: index },
    isNearDuplicate: index === 1 || index === 2,
  }));
  expect(decisionFeatures(ranking, WORDS)).toMatchObject({ lead: 1.5 });
  expect(decisionFeatures(ranking.slice(0, 3), WORDS)).toMatchObject({ lead: 0 });
});

test('if all other articles only have near duplicates, the lead is the distance to the fifth of the rest', () => {
  const ranking = scored(9, 8.5, 8, 7.5, 7, 6.5, 6, 1).map((one, index) => ({
    ...one,
    passage: { articleKey: index === 1 || index === 3 ? 4 : 3 },
    isNearDuplicate: index === 1 || index === 3,
  }));
  // Without 8.5 and 7.5 the scores are 9, 8, 7, 6.5 and 6.
  expect(decisionFeatures(ranking, WORDS)).toMatchObject({ lead: 3 });
  expect(decisionFeatures(ranking.slice(0, 5), WORDS)).toMatchObject({ lead: 2 });
});

test('the lead is at most 4', () => {
  expect(decisionFeatures(scored(9, 5.5), WORDS)).toMatchObject({ lead: 3.5 });
  expect(decisionFeatures(scored(9, 5), WORDS)).toMatchObject({ lead: 4 });
  expect(decisionFeatures(scored(9, 1), WORDS)).toMatchObject({ lead: 4 });
});

test('the other features are those of the first passage and of the question', () => {
  const [first, second] = scored(3, 1);
  if (first === undefined || second === undefined) throw new Error('Expected two passages');
  const ranking = [first, { ...second, contentSimilarity: 1, similarity: 1, features: { titleMaxSim: 1 } }];
  expect(decisionFeatures(ranking, WORDS)).toEqual({ ...FEATURES, lead: 2 });
});

test('confidence is the logistic function of the weighted features', () => {
  // -1 + 2 * 0.9 + 1 * 0.6 + 0.5 * 3 = 2.9; 1 / (1 + e^-2.9) = 0.9478.
  const decision = decide(scored(9, 6), WORDS, { decision: WEIGHTS, thresholds: THRESHOLDS });
  expect(decision.confidence).toBeCloseTo(0.9478, 4);
  expect(decision.features).toEqual({ ...FEATURES, lead: 3 });
  expect(confidenceOf({ ...FEATURES, contentSimilarity: 0.5, similarity: 0, lead: 0 }, WEIGHTS)).toBe(0.5);
});

test('a confidence equal to a threshold reaches it', () => {
  const outcomeAt = (confidence: number): string => {
    const intercept = Math.log(confidence / (1 - confidence));
    return decide(scored(1), WORDS, { decision: decisionWeights({ intercept }), thresholds: THRESHOLDS }).outcome;
  };
  expect(outcomeAt(0.71)).toBe('answered');
  expect(outcomeAt(0.69)).toBe('closest');
  expect(outcomeAt(0.41)).toBe('closest');
  expect(outcomeAt(0.39)).toBe('not-found');
  // Exactly 0.5, without rounding.
  const half = decisionWeights({});
  expect(decide(scored(1), WORDS, { decision: half, thresholds: { answered: 0.5, closest: 0 } }).outcome).toBe(
    'answered',
  );
  expect(decide(scored(1), WORDS, { decision: half, thresholds: { answered: 0.6, closest: 0.5 } }).outcome).toBe(
    'closest',
  );
});

test('an empty ranking is not-found, whatever the weights', () => {
  const decision = { ...WEIGHTS, intercept: 99 };
  expect(decide([], WORDS, { decision, thresholds: THRESHOLDS })).toEqual({
    outcome: 'not-found',
    confidence: 0,
    features: null,
  });
});

test('with a model that was not fitted, the outcome is closest and there is no confidence', () => {
  expect(decide(scored(9, 6), WORDS, null)).toEqual({
    outcome: 'closest',
    confidence: null,
    features: { ...FEATURES, lead: 3 },
  });
  expect(decide([], WORDS, null)).toEqual({ outcome: 'not-found', confidence: null, features: null });
});

/** Passages of one article with these scores. */
function scored(...scores: readonly number[]): DecidedPassage[] {
  return scores.map((score) => ({
    passage: { articleKey: 3 },
    score,
    similarity: 0.6,
    contentSimilarity: 0.9,
    features: { titleMaxSim: 0.2 },
    isNearDuplicate: false,
  }));
}
