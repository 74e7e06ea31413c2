import { describe, expect, test } from 'vitest';
import { answerInDetail } from '../../../src/answering/answer-question.js';
import type { Coefficients } from '../../../src/answering/confidence/coefficients.js';
import { fullRanking } from '../../../src/answering/question-result.js';
import {
  RANKING_FEATURES,
  type RankedPassage,
  type RankingFeatures,
  scoreOf,
} from '../../../src/answering/ranking/ranking.js';
import { rankedBy, type SmallArticle, smallLibrary } from '../small-library.js';

test('the title counts as part of every passage of its article', async () => {
  const ranking = await rank(
    [
      { title: 'The council', passages: [['bells rang.'], ['snow fell.']] },
      { title: 'The ferry', passages: [['bells fell.']] },
    ],
    'council bells',
  );
  // Even weights are 1/2. Idf with N = 3: "council" in none, ln(1 + 3.5/.5) = 2.0794; "bells" in two, ln(1 + 1.5/2.5) =
  // 0.4700; their shares of the sum 2.5494 are .8156 and .1844.
  expectFeatures(ranking, 'p1', { maxSim: 1, maxSimIdf: 1, sentenceMaxSim: 1, titleMaxSim: 0.8156 });
  expectFeatures(ranking, 'p2', { maxSim: 0.5, maxSimIdf: 0.8156, sentenceMaxSim: 0.8156, titleMaxSim: 0.8156 });
  expectFeatures(ranking, 'p3', { maxSim: 0.5, maxSimIdf: 0.1844, sentenceMaxSim: 0.1844, titleMaxSim: 0 });
});

test('a word in both title and passage counts once', async () => {
  const ranking = await rank([{ title: 'Bells', passages: [['bells rang.']] }], 'bells council');
  expectFeatures(ranking, 'p1', { maxSim: 0.5 });
});

test('an article without a title has neither an advantage nor a disadvantage', async () => {
  const articles = [
    { title: 'The ferry', passages: [['bells fell.']] },
    { title: null, passages: [['bells sank.']] },
    { title: 'The council', passages: [['bells rang.']] },
  ];
  const ranking = await rank(articles, 'council bells', rankedBy({ titleMaxSim: 1 }));
  // The idf weight of "council", N = 3: 2.0794 in none, 0.1335 for "bells" in all; .9397. Its mean with 0 is .4698.
  expect(ranking.map(({ passage }) => passage.id)).toEqual(['p3', 'p2', 'p1']);
  expectFeatures(ranking, 'p3', { titleMaxSim: 0.9397 });
  expectFeatures(ranking, 'p2', { titleMaxSim: 0.4698, maxSim: 0.5 });
  expectFeatures(ranking, 'p1', { titleMaxSim: 0 });
});

test('a title counts once in the mean, however many passages its article has', async () => {
  const ranking = await rank(
    [
      { title: 'The council', passages: [['bells rang.'], ['bells stood.'], ['bells again.']] },
      { title: 'The ferry', passages: [['bells fell.']] },
      { title: null, passages: [['bells sank.']] },
    ],
    'council bells',
  );
  // The idf weight of "council", N = 5: 2.4849 = ln(1 + 5.5/.5) against 0.0870 = ln(1 + .5/5.5); .9662, and half of it.
  expectFeatures(ranking, 'p1', { titleMaxSim: 0.9662 });
  expectFeatures(ranking, 'p5', { titleMaxSim: 0.4831 });
});

test('if no article has a title, the feature is 0 for all', async () => {
  const ranking = await rank(
    [
      { title: null, passages: [['bells rang.']] },
      { title: null, passages: [['council met.']] },
    ],
    'council bells',
  );
  for (const { features } of ranking) expect(features.titleMaxSim).toBe(0);
});

test('a passage with everything in one sentence ranks above one where it is spread out', async () => {
  const articles = [
    { title: 'Spread', passages: [['The bells rang.', 'The council met.']] },
    { title: 'Together', passages: [['The council sold bells.', 'Snow fell.']] },
  ];
  const ranking = await rank(articles, 'council bells', rankedBy({ sentenceMaxSim: 1 }));
  // Each word is in both passages, so each weighs one half.
  expect(ranking.map(({ passage }) => passage.id)).toEqual(['p2', 'p1']);
  expectFeatures(ranking, 'p2', { maxSim: 1, sentenceMaxSim: 1 });
  expectFeatures(ranking, 'p1', { maxSim: 1, sentenceMaxSim: 0.5 });
});

test('a heading counts for its passage, but not as a sentence', async () => {
  const ranking = await rank([{ title: 'A', passages: [['# Council bells', 'Snow fell.']] }], 'council bells');
  expectFeatures(ranking, 'p1', { maxSim: 1, sentenceMaxSim: 0 });
});

test('words that the title matches do not count beyond the title', async () => {
  const ranking = await rank(
    [{ title: 'Reykjavik summit', passages: [['It lasted long.'], ['Reykjavik summit opened.']] }],
    'reykjavik summit lasted hours',
  );
  // Two of the four words are in the title, so the other two have all the weight.
  for (const { weightsBeyondTitle } of ranking) expectNumbers(weightsBeyondTitle, [0, 0, 0.5, 0.5]);
});

test('without a title, or with one that contains the whole question, all words count', async () => {
  const ranking = await rank(
    [
      { title: null, passages: [['bells rang.']] },
      { title: 'Council bells', passages: [['snow fell.']] },
    ],
    'council bells',
  );
  expectNumbers(byId(ranking, 'p1').weightsBeyondTitle, [0.5, 0.5]);
  expectNumbers(byId(ranking, 'p2').weightsBeyondTitle, [0.5, 0.5]);
});

test('the content words of the question are compared with the passage, and stop words and the title are not', async () => {
  const ranking = await rank(
    [{ title: 'Bells', passages: [['The council met.'], ['The bells rang for the council.']] }],
    'what did the council and the bells',
  );
  expect(byId(ranking, 'p1').contentSimilarity).toBeCloseTo(0.5, 6);
  expect(byId(ranking, 'p2').contentSimilarity).toBeCloseTo(1, 6);
  // A question of stop words is about all of them.
  const [first] = await rank([{ title: null, passages: [['Why was it.']] }], 'why was that');
  expect(first?.contentSimilarity).toBeCloseTo(2 / 3, 6);
});

test('the score is the weighted sum of the features', () => {
  const features = {
    maxSimIdf: 0.5,
    maxSim: 0.25,
    sentenceMaxSim: 0.125,
    titleMaxSim: 1,
    termShare: 0.75,
    articleSimilarity: -1,
    sectionGain: 0,
    contextGain: 0,
  };
  const weights = {
    maxSimIdf: 2,
    maxSim: 4,
    sentenceMaxSim: 8,
    titleMaxSim: 0.5,
    termShare: 4,
    articleSimilarity: 1,
    sectionGain: 0,
    contextGain: 0,
  };
  // 1 + 1 + 1 + .5 + 3 - 1.
  expect(scoreOf(features, weights)).toBe(5.5);
});

test('without coefficients, passages are ranked by their ranks in each feature', async () => {
  const ranking = await rank(
    [
      { title: null, passages: [['bells fell']] },
      { title: null, passages: [['council bells rang']] },
      { title: null, passages: [['bells fell']] },
      { title: null, passages: [['bells fell from here']] },
    ],
    'council bells',
    null,
  );
  // In maxSimIdf, maxSim, sentenceMaxSim and termShare p2 is first and the others share rank 2. In titleMaxSim all
  // share rank 1. In articleSimilarity, 2/sqrt(6), 1/2, 1/2 and 1/sqrt(8), p4 is fourth.
  const best = 6 / 61;
  const shared = 4 / 62 + 1 / 61 + 1 / 62;
  const last = 4 / 62 + 1 / 61 + 1 / 64;
  expect(ranking.map(({ passage }) => passage.id)).toEqual(['p2', 'p1', 'p3', 'p4']);
  expectNumbers(
    ranking.map(({ score }) => score),
    [best, shared, shared, last],
  );
});

test('with a model that was not fitted, the outcome is closest and a note says so', async () => {
  const library = smallLibrary([{ title: 'A', passages: [['bells rang.']] }]);
  const { answer } = await answerInDetail('bells rang', { ...library, coefficients: null });
  expect(answer).toMatchObject({ outcome: 'closest', confidence: null, notes: [{ kind: 'uncalibrated' }] });
  expect(answer.citations.map(({ quote }) => quote)).toEqual(['bells rang.']);
  const nothing = await answerInDetail('zeppelin', { ...library, coefficients: null });
  // Without citations there is nothing to warn about.
  expect(nothing.answer).toMatchObject({ outcome: 'not-found', confidence: null, citations: [], notes: [] });
});

describe('a passage is a near duplicate of the first', () => {
  const FIFTEEN = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';
  const nearDuplicates = async (articles: readonly SmallArticle[], question = 'one'): Promise<[string, boolean][]> =>
    (await rank(articles, question)).map(({ passage, isNearDuplicate }) => [passage.id, isNearDuplicate]);

  test('from a similarity of 0.97', async () => {
    // n words and the same with one more have the similarity sqrt(n / (n + 1)): .9682 for 15 and .9701 for 16.
    const pair = (text: string): SmallArticle[] =>
      [text, `${text} more`].map((sentence) => ({ title: null, passages: [[sentence]] }));
    expect(await nearDuplicates(pair(FIFTEEN))).toEqual([
      ['p1', false],
      ['p2', false],
    ]);
    expect(await nearDuplicates(pair(`${FIFTEEN} sixteen`))).toEqual([
      ['p1', false],
      ['p2', true],
    ]);
  });

  test('only in another article, whichever of the two is older', async () => {
    const articles = [
      { title: null, passages: [['Bells rang.'], ['Ferry sank.']] },
      { title: null, passages: [['Bells bells ferry.'], ['Bells bells ferry.'], ['Bells rang.']] },
      { title: null, passages: [['Bells bells ferry.']] },
    ];
    expect(await nearDuplicates(articles, 'bells ferry')).toEqual([
      ['p3', false],
      ['p4', false],
      ['p6', true],
      ['p1', false],
      ['p2', false],
      ['p5', false],
    ]);
  });
});

test('every ranking feature is computed', async () => {
  const [first] = await rank([{ title: 'A', passages: [['bells rang.']] }], 'bells');
  expect(Object.keys(first?.features ?? {}).toSorted()).toEqual([...RANKING_FEATURES].toSorted());
});

async function rank(
  articles: readonly SmallArticle[],
  question: string,
  coefficients: Coefficients | null = rankedBy({ maxSim: 1 }),
): Promise<readonly RankedPassage[]> {
  return fullRanking((await answerInDetail(question, { ...smallLibrary(articles), coefficients })).results);
}

function byId(ranking: readonly RankedPassage[], id: string): RankedPassage {
  const found = ranking.find(({ passage }) => passage.id === id);
  if (found === undefined) throw new Error(`${id} is not in the ranking`);
  return found;
}

function expectFeatures(ranking: readonly RankedPassage[], id: string, expected: Partial<RankingFeatures>): void {
  for (const name of RANKING_FEATURES) {
    const value = expected[name];
    if (value !== undefined) expect(byId(ranking, id).features[name], `${name} of ${id}`).toBeCloseTo(value, 4);
  }
}

function expectNumbers(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 6);
}
