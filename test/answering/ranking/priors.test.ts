import { expect, test } from 'vitest';
import { answerInDetail } from '../../../src/answering/answer-question.js';
import { earlierFrom } from '../../../src/answering/follow-up.js';
import type { PassagePlace } from '../../../src/answering/ports/passage-store.js';
import {
  type LearnedPriors,
  orderByPriors,
  type PlacedPassage,
  priorFeatures,
  priorOf,
} from '../../../src/answering/ranking/priors.js';
import { rankedBy, type SmallArticle, smallLibrary } from '../small-library.js';

const NONE = { early: 0, recent: 0, title: 0 };

function placed(
  collection: string | null,
  ordinal: number,
  score: number,
  rest: Partial<PassagePlace> = {},
): PlacedPassage {
  return { score, titleMaxSim: 0, place: { collection, ordinal, recency: 0.5, ...rest } };
}

test('the features are how early a passage stands, how recent its article is, and how well the title matches', () => {
  const place = { collection: null, ordinal: 3, recency: 0.7 };
  expect(priorFeatures({ titleMaxSim: 0.4 }, place)).toEqual({ early: 0.25, recent: 0.7, title: 0.4 });
  const weights = { early: 2, recent: -1, title: 0.5 };
  expect(priorOf({ score: 9, titleMaxSim: 0.4, place }, new Map([[null, weights]]))).toBeCloseTo(0.5 - 0.7 + 0.2);
});

test('a collection without priors, and a passage whose place is unknown, get nothing', () => {
  const priors: LearnedPriors = new Map([['news', { ...NONE, early: 2 }]]);
  expect(priorOf(placed('manual', 0, 1), priors)).toBe(0);
  expect(priorOf(placed(null, 0, 1), priors)).toBe(0);
  expect(priorOf({ score: 1, titleMaxSim: 1, place: null }, priors)).toBe(0);
});

test('passages change places only with those of their own collection', () => {
  const passages = [placed('news', 2, 5), placed('manual', 3, 4.9), placed('news', 0, 4.8), placed('manual', 0, 4.7)];
  // The third has 4.8 + 1, the first 5 + 1/3.
  expect(orderByPriors(passages, new Map([['news', { ...NONE, early: 1 }]]))).toEqual([2, 1, 0, 3]);
  // A habit that lifts a whole collection does not lift it above another one.
  expect(orderByPriors(passages, new Map([['manual', { ...NONE, recent: 50 }]]))).toEqual([0, 1, 2, 3]);
});

test('a small prior breaks near ties only, and equal passages stay in their order', () => {
  const passages = [placed(null, 4, 5), placed(null, 0, 3), placed(null, 0, 3)];
  expect(orderByPriors(passages, new Map([[null, { ...NONE, early: 1 }]]))).toEqual([0, 1, 2]);
  expect(orderByPriors(passages, new Map([[null, { ...NONE, early: 3 }]]))).toEqual([1, 2, 0]);
});

const ARTICLES: readonly SmallArticle[] = [
  {
    title: null,
    collection: 'news',
    passages: [['Council sold bells.'], ['Snow fell.'], ['Council sold old bells again.']],
  },
  { title: null, collection: 'manual', passages: [['Ropes rot.'], ['Oil hinges.'], ['Council bells need oil.']] },
];
const QUESTION = 'old council bells';
const coefficients = rankedBy({ maxSim: 20 });

test('an answer takes its order from the priors, and its scores from the ranking', async () => {
  const library = smallLibrary(ARTICLES);
  const before = await answerInDetail(QUESTION, { ...library, coefficients });
  expect(before.answer.ranking.map(({ passageId }) => passageId).slice(0, 3)).toEqual(['p3', 'p1', 'p6']);
  // p3 has 20, p1 two thirds of it; early differs by 2/3.
  const priors = (): LearnedPriors => new Map([['news', { ...NONE, early: 15 }]]);
  const { answer } = await answerInDetail(QUESTION, { ...library, coefficients, priors });
  expect(answer.ranking.map(({ passageId }) => passageId).slice(0, 3)).toEqual(['p1', 'p3', 'p6']);
  const scoreOf = ({ ranking }: typeof answer, id: string): number | undefined =>
    ranking.find(({ passageId }) => passageId === id)?.score;
  for (const id of ['p1', 'p3', 'p6']) expect(scoreOf(answer, id)).toBe(scoreOf(before.answer, id));
  expect(answer.trace.passages.map(({ prior }) => Number(prior.toFixed(3))).slice(0, 3)).toEqual([15, 5, 0]);
  expect(answer.trace.passages.map(({ rank }) => rank).slice(0, 3)).toEqual([1, 2, 3]);
});

test('without learned priors an answer is the same, and nothing asks where passages stand', async () => {
  const library = smallLibrary(ARTICLES);
  const store = {
    ...library.store,
    passagePlace: () => {
      throw new Error('Nobody should ask.');
    },
  };
  const priors = (): LearnedPriors => new Map();
  expect(await answerInDetail(QUESTION, { ...library, store, coefficients, priors })).toEqual(
    await answerInDetail(QUESTION, { ...library, coefficients }),
  );
});

test('a model that was not fitted has no scores that priors could be added to', async () => {
  const library = smallLibrary(ARTICLES);
  const priors = (): LearnedPriors => new Map([['news', { ...NONE, early: 50 }]]);
  const with50 = await answerInDetail(QUESTION, { ...library, coefficients: null, priors });
  expect(with50).toEqual(await answerInDetail(QUESTION, { ...library, coefficients: null }));
});

test('an article that was just cited still counts for more', async () => {
  const articles = [
    { title: null, collection: 'news', passages: [['Council sold bells.']] },
    { title: null, collection: 'news', passages: [['Snow fell.'], ['Council sold bells.']] },
  ];
  const library = smallLibrary(articles);
  const deps = { ...library, coefficients };
  const { answer } = await answerInDetail('snow fell', deps);
  const earlier = { ...earlierFrom(answer), articleIds: ['a1'] };
  const firstWith = async (early: number): Promise<string | undefined> => {
    const priors = (): LearnedPriors => new Map([['news', { ...NONE, early }]]);
    const followUp = await answerInDetail('and who sold bells', { ...deps, priors }, { earlier });
    return followUp.answer.ranking[0]?.passageId;
  };
  // The bonus of 1.5 against half the weight.
  expect(await firstWith(2.9)).toBe('p3');
  expect(await firstWith(3.1)).toBe('p1');
});
