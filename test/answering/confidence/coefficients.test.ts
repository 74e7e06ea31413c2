import { expect, test } from 'vitest';
import { coefficientsFor } from '../../../src/answering/confidence/coefficients-for-model.js';
import { confidenceOf, DECISION_FEATURES } from '../../../src/answering/confidence/decision.js';
import { FITTED } from '../../../src/answering/confidence/fitted-coefficients.js';
import { RANKING_FEATURES } from '../../../src/answering/ranking/ranking.js';
import { bundledModel } from '../../embedding/bundled-model.js';

const PROSE = ['squad', 'clapnq'];
const DOCUMENTS = ['blog', 'manual-html', 'policy', 'recipes', 'rfc', 'selfhost'];

test('the coefficients are for the bundled model', async () => {
  const { id, fingerprint } = await bundledModel();
  expect(FITTED.model).toEqual({ id, fingerprint });
  expect(coefficientsFor(fingerprint)).toBe(FITTED);
});

test('another model has no coefficients', () => {
  expect(coefficientsFor('')).toBeNull();
  expect(coefficientsFor('0'.repeat(64))).toBeNull();
  expect(coefficientsFor(FITTED.model.fingerprint.toUpperCase())).toBeNull();
});

test('every feature counts in favour of a passage', () => {
  expect(Object.keys(FITTED.ranking).toSorted()).toEqual([...RANKING_FEATURES].toSorted());
  expect(Object.keys(FITTED.decision).toSorted()).toEqual([...DECISION_FEATURES, 'intercept'].toSorted());
  for (const name of RANKING_FEATURES) expect(FITTED.ranking[name], name).toBeGreaterThan(0);
  // The more of a question is in the title, the less is left for the passage to match.
  for (const name of DECISION_FEATURES)
    expect(FITTED.decision[name] * (name === 'titleMaxSim' ? -1 : 1), name).toBeGreaterThan(0);
});

test('a passage with nothing in common with the question is not even "closest", and a perfect one is an answer', () => {
  const { decision, thresholds } = FITTED;
  const nothing = { similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: Math.log(4) };
  expect(confidenceOf(nothing, decision)).toBeLessThan(thresholds.closest);
  const perfect = { ...nothing, similarity: 1, lead: 4, contentSimilarity: 1 };
  expect(confidenceOf(perfect, decision)).toBeGreaterThan(thresholds.answered);
});

test('the thresholds are between 0 and 1, and `answered` is the higher one', () => {
  const { answered, closest } = FITTED.thresholds;
  expect(closest).toBeGreaterThan(0);
  expect(answered).toBeGreaterThan(closest);
  expect(answered).toBeLessThan(1);
});

test('the usual question is one that is shown an answer, and all its features are in their ranges', () => {
  const { typical, decision, thresholds } = FITTED;
  expect(Object.keys(typical).toSorted()).toEqual([...DECISION_FEATURES].toSorted());
  expect(confidenceOf(typical, decision)).toBeGreaterThan(thresholds.closest);
  for (const name of DECISION_FEATURES) expect(typical[name], name).toBeGreaterThan(0);
  for (const name of ['similarity', 'contentSimilarity', 'titleMaxSim'] as const)
    expect(typical[name], name).toBeLessThan(1);
});

test('the date of the fit is valid', () => {
  expect(FITTED.fittedAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(new Date(`${FITTED.fittedAt}T00:00:00Z`).toISOString().slice(0, 10)).toBe(FITTED.fittedAt);
});

test('each set has a name, a digest of its articles, and one half for fitting and one for reporting', () => {
  expect(FITTED.sets.map(({ name }) => name)).toEqual([...PROSE, ...DOCUMENTS]);
  expect(new Set(FITTED.sets.map(({ sha256 }) => sha256)).size).toBe(FITTED.sets.length);
  for (const { name, sha256, halves } of FITTED.sets) {
    expect(sha256, name).toMatch(/^[0-9a-f]{64}$/);
    expect(
      halves.map(({ use }) => use),
      name,
    ).toEqual(['fitting', 'reporting']);
  }
});

test('the measures of each half are plausible', () => {
  for (const { name, halves } of FITTED.sets) {
    for (const half of halves) {
      expect(half.answerable, name).toBeGreaterThan(0);
      expect(half.unanswerable, name).toBeGreaterThan(0);
      for (const share of [half.recallAt1, half.reciprocalRankAt10]) {
        expect(share, name).toBeGreaterThan(0);
        expect(share, name).toBeLessThanOrEqual(1);
      }
      expect(half.coverage, name).toBeGreaterThanOrEqual(0);
      // Without an answered question there is no share of right ones.
      expect(half.rightAmongAnswered === null, name).toBe(half.coverage === 0 && !PROSE.includes(name));
      // Reciprocal rank is 1 for a first rank and still above 0 for later ones.
      expect(half.reciprocalRankAt10, name).toBeGreaterThanOrEqual(half.recallAt1);
      expect(half.auroc, name).toBeGreaterThan(0.5);
    }
  }
});

test('on the fitting half of prose, at least nine in ten answered questions have the right passage first', () => {
  for (const { name, halves } of FITTED.sets.filter((set) => PROSE.includes(set.name)))
    expect(halves[0]?.rightAmongAnswered, name).toBeGreaterThanOrEqual(0.9);
});
