import { expect, test } from 'vitest';
import { bestMatches, maxSim, weighDown, weighTokens } from '../../../src/answering/ranking/late-interaction.js';

const [BLINKEN, LAVROV, MET, HARBOUR] = [0, 1, 2, 3];

test('of several parts, each question token has the best partner of all, of equal ones the first', () => {
  const parts = [
    { tokens: [0, 0, -1], similarities: [0.2, 0.5, 0] },
    { tokens: [3, 4, 5], similarities: [0.6, 0.5, 0.1] },
  ];
  expect(bestMatches(parts)).toEqual({ tokens: [3, 0, 5], similarities: [0.6, 0.5, 0.1] });
  expect(bestMatches(parts.slice(1))).toEqual(parts[1]);
  expect(bestMatches([])).toEqual({ tokens: [], similarities: [] });
});

test('MaxSim is the weighted sum of the best similarities', () => {
  // .1 * 1 + .2 * 0 + .3 * 0 + .4 * .5.
  const matches = { tokens: [1, 0, 0, 0], similarities: [1, 0, 0, 0.5] };
  expect(maxSim(matches, [0.1, 0.2, 0.3, 0.4])).toBeCloseTo(0.3, 6);
  expect(maxSim(matches, [0.25, 0.25, 0.25, 0.25])).toBeCloseTo(0.375, 6);
  // The title has the third token, and the first less well: .1 * 1 + .3 * 1 + .4 * .5.
  const title = { tokens: [0, 0, 1, 0], similarities: [0.9, 0, 1, 0.2] };
  expect(maxSim(matches, [0.1, 0.2, 0.3, 0.4], title)).toBeCloseTo(0.6, 6);
  expect(maxSim(bestMatches([]), [])).toBe(0);
});

test('rare tokens weigh more, by their inverse document frequency', () => {
  // N = 10. In 1 passage: ln(1 + 9.5 / 1.5) = 1.9924. In 9: ln(1 + 1.5 / 9.5) = 0.1466. Sum 2.1391.
  const { idf, even } = weigh([LAVROV, MET], 10, { [LAVROV]: 1, [MET]: 9 });
  expect(idf[0]).toBeCloseTo(0.9315, 4);
  expect(idf[1]).toBeCloseTo(0.0685, 4);
  expect(even).toEqual([0.5, 0.5]);
});

test('a token in no passage weighs the most, and one in every passage still weighs something', () => {
  // N = 4. In none: ln(1 + 4.5 / 0.5) = 2.3026. In all: ln(1 + 0.5 / 4.5) = 0.1054. Sum 2.4079.
  const { idf } = weigh([HARBOUR, MET], 4, { [MET]: 4 });
  expect(idf[0]).toBeCloseTo(0.9562, 4);
  expect(idf[1]).toBeCloseTo(0.0438, 4);
});

test('a frequency above the number of passages, possible while another process indexes, counts as that number', () => {
  const { idf } = weigh([HARBOUR, MET], 4, { [MET]: 9, [HARBOUR]: 9 });
  expect(idf).toEqual([0.5, 0.5]);
});

test('weights add up to 1', () => {
  const { idf, even } = weighTokens([BLINKEN, LAVROV, MET], 20, (token) => token);
  expect(idf.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  expect(even).toEqual([1 / 3, 1 / 3, 1 / 3]);
});

function weigh(
  tokens: readonly number[],
  passageCount: number,
  frequencies: Readonly<Record<number, number>>,
): ReturnType<typeof weighTokens> {
  return weighTokens(tokens, passageCount, (token) => frequencies[token] ?? 0);
}

test('the first tokens are weighed down, and all weights still add up to 1', () => {
  const weights = { even: [0.25, 0.25, 0.5], idf: [0, 0.2, 0.8] };
  expect(weighDown(weights, 2, 0.5)).toEqual({ even: [1 / 6, 1 / 6, 2 / 3], idf: [0, 0.1 / 0.9, 0.8 / 0.9] });
  expect(weighDown(weights, 0, 0.5)).toEqual(weights);
});
