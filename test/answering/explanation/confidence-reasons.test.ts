import { describe, expect, test } from 'vitest';
import type { QuestionTrace } from '../../../src/answering/answer.js';
import { type AnswerOptions, answerInDetail } from '../../../src/answering/answer-question.js';
import type { Coefficients } from '../../../src/answering/confidence/coefficients.js';
import type { DecisionFeatures } from '../../../src/answering/confidence/decision.js';
import { decisionWeights } from '../decision-weights.js';
import { rankedBy, type SmallArticle, smallLibrary } from '../small-library.js';

const NONE: DecisionFeatures = { similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 };
const BELLS = { title: null, passages: [['bells rang.']] };

describe('a feature is a reason if it adds or takes 0.2 of log-odds, compared with the usual question:', () => {
  // The similarity of "bells rang" with itself is 1.
  test.each<[string, number, number, string[]]>([
    ['raises', 1, 0.5, ['raises same-subject']],
    ['lowers', 1, 1.5, ['lowers other-subject']],
    ['nothing, if it is as usual', 10, 1, []],
    ['nothing, if it counts little', 0.3, 0.5, []],
    ['the weight decides the direction', -1, 0.5, ['lowers other-subject']],
  ])('%s', async (_, weight, typical, expected) => {
    const trace = await explain([BELLS], 'bells rang', { similarity: weight }, { similarity: typical });
    expect(shown(trace)).toEqual(expected);
  });
});

test('the strongest reason comes first', async () => {
  const typical = { similarity: 0.5, questionLength: 3 };
  const weak = await explain([BELLS], 'bells rang', { similarity: 1, questionLength: 1 }, typical);
  expect(shown(weak)).toEqual(['lowers short-question', 'raises same-subject']);
  const strong = await explain([BELLS], 'bells rang', { similarity: 5, questionLength: 1 }, typical);
  expect(shown(strong)).toEqual(['raises same-subject', 'lowers short-question']);
});

test('a long question is surer, and a short one is not', async () => {
  const weights = { questionLength: 1 };
  expect(shown(await explain([BELLS], 'bells', weights, { questionLength: Math.log(4) }))).toEqual([
    'lowers short-question',
  ]);
  const long = await explain([BELLS], 'bells rang loud snow fell', weights, { questionLength: Math.log(3) });
  expect(shown(long)).toEqual(['raises long-question']);
});

test('a title that matches the question alone makes it less sure', async () => {
  const titled = { ...BELLS, title: 'bells rang' };
  const weights = { titleMaxSim: -1 };
  expect(shown(await explain([titled], 'bells rang', weights, { titleMaxSim: 0.5 }))).toEqual(['lowers much-in-title']);
  expect(shown(await explain([BELLS], 'bells rang', weights, { titleMaxSim: 0.5 }))).toEqual([
    'raises little-in-title',
  ]);
});

describe('the lead', () => {
  const rival = { title: 'Loud bells', passages: [['bells rang loud.']] };
  const far = { title: 'Snow', passages: [['bells fell.']] };

  test('names the article that comes close', async () => {
    const trace = await explain([BELLS, rival], 'bells rang', { lead: 1 }, { lead: 2 });
    expect(trace.reasons).toEqual([{ kind: 'rival', effect: 'lowers', article: 'Loud bells' }]);
  });

  test('says whether no article or no passage of the only article comes close', async () => {
    const apart = await explain([BELLS, far], 'bells rang', { lead: 1 }, { lead: 1 });
    expect(apart.reasons).toEqual([{ kind: 'clear-lead', effect: 'raises', over: 'articles' }]);
    const passages = [['bells rang.'], ['bells fell.']];
    const together = await explain([{ title: null, passages }], 'bells rang', { lead: 1 }, { lead: 1 });
    expect(together.reasons).toEqual([{ kind: 'clear-lead', effect: 'raises', over: 'passages' }]);
  });

  test('names no article if only another passage comes close', async () => {
    const passages = [['bells rang.'], ['bells rang loud.']];
    const trace = await explain([{ title: null, passages }], 'bells rang', { lead: 1 }, { lead: 2 });
    expect(trace.reasons).toEqual([{ kind: 'rival', effect: 'lowers', article: null }]);
  });
});

test('where nothing is found, no article comes close', async () => {
  const library = smallLibrary([BELLS, { title: 'Loud bells', passages: [['bells rang loud.']] }]);
  const { decision, typical, ranking } = coefficients({ lead: 1 }, { lead: 2 });
  const unsure = { decision, typical, ranking, thresholds: { answered: 1, closest: 1 } };
  const { answer } = await answerInDetail('bells rang', { ...library, coefficients: unsure });
  expect(answer.trace.questions[0]?.reasons).toEqual([{ kind: 'no-lead', effect: 'lowers' }]);
});

describe('the words', () => {
  const weights = { contentSimilarity: 4 };

  test('are all there', async () => {
    expect(shown(await explain([BELLS], 'bells rang', weights, { contentSimilarity: 0.6 }))).toEqual([
      'raises all-words',
    ]);
  });

  test('contribute apart: those that are missing, as they were written, and those that are there', async () => {
    const trace = await explain([BELLS], 'Zeppelin bells', weights, { contentSimilarity: 0.6 });
    // Two words: 4 * (0 - 0.6) / 2 for one, and 4 * (1 - 0.6) / 2 for the other.
    expect(trace.reasons).toEqual([
      { kind: 'missing-words', effect: 'lowers', words: ['Zeppelin'] },
      { kind: 'most-words', effect: 'raises' },
    ]);
  });

  test('that are missing are no reason where there are many others', async () => {
    const long = { title: null, passages: [['bells rang loud snow fell ferry sank lamp bronze council.']] };
    const question = 'zeppelin bells rang loud snow fell ferry sank lamp bronze council';
    expect(shown(await explain([long], question, weights, { contentSimilarity: 0.5 }))).toEqual(['raises most-words']);
  });

  test('fit loosely if they are there but in another meaning', async () => {
    const typical = { contentSimilarity: 1.5 };
    expect(shown(await explain([BELLS], 'bells rang', weights, typical))).toEqual(['lowers loose-words']);
  });

  test('of a question without important words are never missing', async () => {
    const trace = await explain([BELLS], 'what is it', weights, { contentSimilarity: 0.6 });
    expect(shown(trace)).not.toContain('lowers missing-words');
  });
});

test('a follow-up says which question it was read with', async () => {
  const earlier = { question: 'When did bells ring?', articleIds: [] };
  const trace = await explain([BELLS], 'and why?', { contentSimilarity: 4 }, {}, { earlier });
  expect(trace.earlier).toBe(earlier.question);
  expect((await explain([BELLS], 'bells rang', {}, {})).earlier).toBeNull();
});

test('a question says whether words of a paste were searched for with it', async () => {
  const weights = { contentSimilarity: 9 };
  const message = 'any idea?\n```\nzeppelin bells rang\n```';
  expect((await explain([BELLS], message, weights, {})).hasPaste).toBe(true);
  expect((await explain([BELLS], 'bells rang', weights, {})).hasPaste).toBe(false);
});

test('each question of a message has its own confidence and reasons', async () => {
  const { answer } = await askSeveral('Who sold bells? Who saw zeppelin?');
  expect(answer.trace.questions.map(({ question, outcome }) => [question, outcome])).toEqual([
    ['Who sold bells?', 'answered'],
    ['Who saw zeppelin?', 'closest'],
  ]);
  expect(answer.trace.questions.map((one) => shown(one)[0])).toEqual(['raises all-words', 'lowers missing-words']);
});

test('without a confidence there are no reasons for one', async () => {
  const { answer } = await answerInDetail('bells rang', { ...smallLibrary([BELLS]), coefficients: null });
  expect(answer.trace.questions).toEqual([
    { question: null, earlier: null, hasPaste: false, outcome: 'closest', confidence: null, reasons: [] },
  ]);
  const language = await answerInDetail('bells rang', {
    ...smallLibrary([BELLS]),
    coefficients: coefficients({ similarity: 1 }, {}),
    compareLanguages: () => ({ asked: 'de', written: 'en' }),
  });
  expect(language.answer.trace.questions).toMatchObject([{ confidence: null, reasons: [] }]);
});

test('where nothing was found there are no reasons', async () => {
  const { answer } = await answerInDetail('zeppelin', {
    ...smallLibrary([BELLS]),
    coefficients: coefficients({ similarity: 1 }, {}),
  });
  expect(answer.trace.questions).toMatchObject([{ outcome: 'not-found', confidence: 0, reasons: [] }]);
});

function askSeveral(question: string) {
  const library = smallLibrary([
    { title: null, passages: [['Who council sold bells.']] },
    { title: null, passages: [['Who saw snow.']] },
  ]);
  const weights = { contentSimilarity: 6 };
  return answerInDetail(question, { ...library, coefficients: coefficients(weights, { contentSimilarity: 0.7 }) });
}

function coefficients(weights: Partial<DecisionFeatures>, typical: Partial<DecisionFeatures>): Coefficients {
  return rankedBy(
    { maxSim: 4 },
    {
      decision: decisionWeights({ ...weights, intercept: -3 }),
      thresholds: { answered: 0.9, closest: 0 },
      typical: { ...NONE, ...typical },
    },
  );
}

/** Explains the confidence in the answer to a question, with these weights and usual values. The others are 0. */
async function explain(
  articles: readonly SmallArticle[],
  question: string,
  weights: Partial<DecisionFeatures>,
  typical: Partial<DecisionFeatures>,
  options: AnswerOptions = {},
): Promise<QuestionTrace> {
  const deps = { ...smallLibrary(articles), coefficients: coefficients(weights, typical) };
  const { answer } = await answerInDetail(question, deps, options);
  const [trace] = answer.trace.questions;
  if (trace === undefined) throw new Error('There is no explanation');
  return trace;
}

function shown({ reasons }: QuestionTrace): string[] {
  return reasons.map(({ kind, effect }) => `${effect} ${kind}`);
}
