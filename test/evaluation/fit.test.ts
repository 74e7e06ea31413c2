import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceOf, type DecisionFeatures } from '../../src/answering/confidence/decision.js';
import type { RankingFeatures } from '../../src/answering/ranking/ranking.js';
import type { EvaluatedQuestion } from '../../src/evaluation/evaluate.js';
import {
  type DecisionExample,
  fitDecision,
  fitDecisionWeights,
  fitRanking,
  fitThresholds,
  fittedHalf,
} from '../../src/evaluation/fit.js';
import type { JudgedConfidence } from '../../src/evaluation/measures.js';
import { decisionWeights } from '../answering/decision-weights.js';
import { randomNumbers } from '../library/random.js';
import { evaluatedQuestion, judgedQuestion, type MadeUpCandidate } from './made-up-questions.js';

describe('the ranking', () => {
  test('gives weight to the feature that distinguishes right passages, and little to the others', () => {
    // maxSim is always higher for the right passage, maxSimIdf only sometimes.
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
    const weights = fitRanking(prose(questions));
    expect(weights.maxSim).toBeGreaterThan(5);
    expect(Math.abs(weights.maxSimIdf)).toBeLessThan(weights.maxSim / 3);
    expect(weights.titleMaxSim).toBe(0);
    expect(weights.articleSimilarity).toBe(0);
  });

  test('recovers the factors that the judgements were made with', () => {
    // The right passage has the higher 2 * maxSim + 1 * termShare. The fit must find about that ratio.
    const questions: EvaluatedQuestion[] = [];
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        const first = { maxSim: a / 10, termShare: b / 10 };
        const second = { maxSim: b / 10, termShare: ((a * 3 + 1) % 6) / 10 };
        const score = (features: typeof first): number => 2 * features.maxSim + features.termShare;
        if (Math.abs(score(first) - score(second)) < 0.05) continue;
        questions.push(judged([first, second], score(first) > score(second) ? 0 : 1));
      }
    }
    const { maxSim, termShare } = fitRanking(prose(questions));
    expect(maxSim / termShare).toBeGreaterThan(1.5);
    expect(maxSim / termShare).toBeLessThan(2.7);
  });

  test('ignores questions whose candidates are all right or all wrong', () => {
    const informative = [judged([{ maxSim: 0.8 }, { maxSim: 0.5 }], 0), judged([{ maxSim: 0.4 }, { maxSim: 0.5 }], 1)];
    const hopeless = judged([{ maxSim: 0.1 }, { maxSim: 0.9 }], null);
    const trivial = judged([{ maxSim: 0.3 }], 0);
    expect(fitRanking(prose([...informative, hopeless, trivial, judged([], null)]))).toEqual(
      fitRanking(prose(informative)),
    );
  });

  test('treats a question as solved if any of its right passages is first', () => {
    const both = evaluatedQuestion([
      { features: { maxSim: 0.9 }, grade: 1 },
      { features: { maxSim: 0.2 }, grade: 2 },
      { features: { maxSim: 0.5 } },
    ]);
    // One right passage is below the wrong one, and still the factor stays positive.
    expect(fitRanking(prose([both])).maxSim).toBeGreaterThan(1);
  });

  test('every set counts the same, whatever its size', () => {
    const rows = [
      { maxSim: 0.9, maxSimIdf: 0.1 },
      { maxSim: 0.1, maxSimIdf: 0.9 },
    ];
    const forMaxSim = judged(rows, 0);
    const forIdf = judged(rows, 1);
    // As two sets they cancel out. In a single set of 21 questions it is twenty against one.
    expect(
      fitRanking(
        prose(
          Array.from({ length: 20 }, () => forMaxSim),
          [forIdf],
        ),
      ).maxSim,
    ).toBeCloseTo(0, 1);
    expect(fitRanking(prose([...Array.from({ length: 20 }, () => forMaxSim), forIdf])).maxSim).toBeGreaterThan(1);
  });

  test('keeps factors finite if a feature separates perfectly', () => {
    const { maxSim } = fitRanking(prose([judged([{ maxSim: 1 }, { maxSim: 0 }], 0)]));
    expect(maxSim).toBeGreaterThan(1);
    expect(maxSim).toBeLessThan(1000);
  });

  test('has only factors of zero without questions', () => {
    expect(Object.values(fitRanking(prose()))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(Object.values(fitRanking(prose([])))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('the weights of the decision', () => {
  const RIGHT = [0.9, 0.85, 0.8, 0.75, 0.6];
  const WRONG = [0.7, 0.5, 0.45, 0.4, 0.3];
  const NONE: DecisionFeatures = { similarity: 0, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 };
  const example = (known: Partial<DecisionFeatures>, isRight: boolean): DecisionExample => ({
    features: { ...NONE, ...known },
    isRight,
  });

  test('learn which answers are right', () => {
    const weights = fitDecisionWeights([
      [
        ...RIGHT.map((contentSimilarity) => example({ contentSimilarity }, true)),
        ...WRONG.map((contentSimilarity) => example({ contentSimilarity }, false)),
      ],
    ]);
    const confidence = (contentSimilarity: number): number => confidenceOf({ ...NONE, contentSimilarity }, weights);
    expect(weights.contentSimilarity).toBeGreaterThan(0);
    expect([weights.similarity, weights.lead]).toEqual([0, 0]);
    expect(confidence(0.9)).toBeGreaterThan(0.8);
    expect(confidence(0.3)).toBeLessThan(0.2);
    // In logistic regression the mean confidence equals the share that is right.
    const mean = [...RIGHT, ...WRONG].reduce((sum, one) => sum + confidence(one), 0) / 10;
    expect(mean).toBeCloseTo(0.5, 2);
  });

  test('give every set of a kind the same weight, and all documents as much as all prose', () => {
    const many = Array.from({ length: 30 }, () => example({ similarity: 0.5 }, true));
    const wrong = [example({ similarity: 0.5 }, false)];
    const confidence = (...sets: Parameters<typeof fitDecisionWeights>): number =>
      confidenceOf({ ...NONE, similarity: 0.5 }, fitDecisionWeights(...sets));
    expect(confidence([many, wrong])).toBeCloseTo(0.5, 2);
    expect(confidence([[...many, ...wrong]])).toBeGreaterThan(0.9);
    expect(confidence([many], [wrong, wrong, wrong])).toBeCloseTo(0.5, 2);
    expect(confidence([many], [wrong, many])).toBeCloseTo(0.75, 2);
  });
});

describe('the decision', () => {
  const FEATURES: DecisionFeatures = {
    similarity: 0,
    lead: 0,
    contentSimilarity: 0,
    titleMaxSim: 0,
    questionLength: 0,
  };
  const shown = (similarity: number, ...right: boolean[]): EvaluatedQuestion =>
    evaluatedQuestion([], { question: judgedQuestion(), decision: { ...FEATURES, similarity }, shown: right });

  test('is about anything that is shown', () => {
    const right = [0.9, 0.8, 0.85].map((similarity) => shown(similarity, false, true));
    const wrong = [0.1, 0.2, 0.15].map((similarity) => shown(similarity, false, false));
    const { decision, thresholds } = fitDecision(prose([...right, ...wrong]));
    expect(decision.similarity).toBeGreaterThan(0);
    expect(thresholds.answered).toBeLessThan(confidenceOf({ ...FEATURES, similarity: 0.8 }, decision));
    expect(thresholds.answered).toBeGreaterThan(confidenceOf({ ...FEATURES, similarity: 0.2 }, decision));
    expect(thresholds.closest).toBeLessThanOrEqual(thresholds.answered);
  });

  test('says what is usual: the mean of its features, in which all sets of prose count as much as all documents', () => {
    const [one, two] = [shown(0.2, true), shown(0.6, false)];
    expect(fitDecision(prose([one, two])).typical).toEqual({ ...FEATURES, similarity: 0.4 });
    // Prose: the mean of 0.2 and 0.6. Documents: 0.6.
    const both = fitDecision({ prose: [[one, one, one], [two]], documents: [[two]] });
    expect(both.typical).toEqual({ ...FEATURES, similarity: 0.5 });
  });

  test('ignores questions without candidates, and texts that were read as several questions', () => {
    const set = [shown(0.9, true), shown(0.2, false)];
    const several = { ...shown(0.1, true), isSingleQuestion: false };
    expect(fitDecision(prose([...set, evaluatedQuestion([]), several]))).toEqual(fitDecision(prose(set)));
  });

  test('holds for the documents of all sets together, which are too few in each', () => {
    const sure = Array.from({ length: 40 }, (_, index) => shown(0.5 + index / 100, true));
    const mixed = [shown(0.6, false), ...Array.from({ length: 20 }, () => shown(0.7, true))];
    const one = fitDecision({ prose: [sure], documents: [mixed, [shown(0.6, false)], [shown(0.6, false)]] });
    const confidence = confidenceOf({ ...FEATURES, similarity: 0.6 }, one.decision);
    // With the three wrong ones, 20 of 23 documents would be right.
    expect(one.thresholds.answered).toBeGreaterThan(confidence);
  });
});

describe('the thresholds', () => {
  test('answered is the lowest threshold that keeps the share of right answers', () => {
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
    // From .8 on, two of the three right ones are shown. closest is at most answered.
    expect(fitThresholds([set], { rightAmongAnswered: 1, rightShown: 0.6 })).toEqual({ answered: 0.8, closest: 0.8 });
  });

  test('nothing is answered if no threshold keeps the share', () => {
    expect(fitThresholds([table([0.9, 0], [0.5, 1])], { rightAmongAnswered: 0.9, rightShown: 1 })).toEqual({
      answered: 1,
      closest: 0.5,
    });
  });

  test('answered keeps the share in each set separately', () => {
    const easy = Array.from({ length: 98 }, () => ({ confidence: 0.6, isRight: true }));
    const hard = table([0.8, 1], [0.7, 0]);
    // Taken together, 99 of 100 are right from .6 on, but in the hard set only one of two.
    const goals = { rightAmongAnswered: 0.9, rightShown: 1 };
    expect(fitThresholds([[...easy, ...hard]], goals).answered).toBe(0.6);
    expect(fitThresholds([easy, hard], goals).answered).toBe(0.8);
    expect(fitThresholds([hard, easy], goals).answered).toBe(0.8);
  });

  test('closest shows a share of the right passages, and every set counts the same', () => {
    // Each of the nine right ones in the first set weighs 1/9, each of the two in the second 1/4: 1.5 in total.
    const large = Array.from({ length: 9 }, () => ({ confidence: 0.8, isRight: true }));
    const small = table([0.95, 0], [0.9, 1], [0.3, 1], [0.1, 0]);
    const closest = (rightShown: number): number =>
      fitThresholds([large, small], { rightAmongAnswered: 1, rightShown }).closest;
    // The weights are .25 from .9 on, 1.25 from .8 on and 1.5 from .3 on. Counted as questions: 1, 10 and 11 of 11.
    expect(closest(0.8)).toBe(0.8);
    expect(closest(0.85)).toBe(0.3);
  });

  test('either all questions with equal confidence are answered, or none', () => {
    const set = table([0.9, 1], [0.5, 1], [0.5, 0]);
    expect(fitThresholds([set], { rightAmongAnswered: 0.9, rightShown: 0.5 }).answered).toBe(0.9);
  });

  test('without questions both thresholds are 0', () => {
    const { answered, closest } = fitThresholds([], { rightAmongAnswered: 0.9, rightShown: 0.99 });
    expect(answered).toBeCloseTo(0);
    expect(closest).toBeCloseTo(0);
  });

  const confidences = fc.array(
    fc.record({ confidence: fc.integer({ min: 0, max: 1000 }).map((part) => part / 1000), isRight: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  );

  test('closest is at most answered, and both are confidences with three decimals', () => {
    fc.assert(
      fc.property(fc.array(confidences, { minLength: 1, maxLength: 3 }), (sets) => {
        const { answered, closest } = fitThresholds(sets, { rightAmongAnswered: 0.9, rightShown: 0.99 });
        expect(closest).toBeLessThanOrEqual(answered);
        for (const threshold of [answered, closest]) {
          expect(threshold).toBeGreaterThanOrEqual(0);
          expect(threshold).toBeLessThanOrEqual(1);
          expect(Math.round(threshold * 1000) / 1000).toBe(threshold);
        }
      }),
    );
  });

  test('the share is kept for any confidences in one set', () => {
    fc.assert(
      fc.property(confidences, (set) => {
        const { answered } = fitThresholds([set], { rightAmongAnswered: 0.7, rightShown: 0.9 });
        expect(shareRight(set, answered)).toBeGreaterThanOrEqual(answered === 1 ? 0 : 0.7);
      }),
    );
  });

  test('nothing is answered if no threshold keeps the share in both of two sets', () => {
    // In the first set nine of ten are right from .5 on, but none of one from .7 on, which the second set needs.
    const first = [
      { confidence: 0.7, isRight: false },
      ...Array.from({ length: 9 }, () => ({ confidence: 0.5, isRight: true })),
    ];
    const second = table([0.7, 1], [0.6, 0]);
    expect(fitThresholds([first, second], { rightAmongAnswered: 0.9, rightShown: 1 }).answered).toBe(1);
  });

  test('the share is kept at the rounded threshold', () => {
    const set = [
      { confidence: 0.9, isRight: false },
      ...Array.from({ length: 9 }, () => ({ confidence: 0.8001, isRight: true })),
    ];
    const { answered } = fitThresholds([set], { rightAmongAnswered: 0.9, rightShown: 1 });
    expect(shareRight(set, answered)).toBeGreaterThanOrEqual(0.9);
  });
});

describe('sets of documents', () => {
  const inSection = judged(
    [
      { maxSim: 0.5, sectionGain: 0.2 },
      { maxSim: 0.5, sectionGain: 0 },
    ],
    0,
  );

  test('show what structure is worth', () => {
    const { sectionGain, contextGain } = fitRanking({
      prose: [randomSet(1)],
      documents: [Array.from({ length: 10 }, () => inSection)],
    });
    expect(sectionGain).toBeGreaterThan(1);
    expect(contextGain).toBe(0);
    expect(fitRanking(prose(randomSet(1))).sectionGain).toBe(0);
  });

  test('count far less than sets of prose', () => {
    const forMaxSim = judged([{ maxSim: 0.9 }, { maxSim: 0.1 }], 0);
    const against = judged([{ maxSim: 0.9 }, { maxSim: 0.1 }], 1);
    expect(fitRanking({ prose: [[forMaxSim]], documents: [[against]] }).maxSim).toBeGreaterThan(1);
    expect(fitRanking({ prose: [[against]], documents: [[forMaxSim]] }).maxSim).toBeLessThan(-1);
  });
});

test('fitting gives the same each time, ignores texts with several questions, and does not change the questions', () => {
  const sets = [randomSet(1), randomSet(2)];
  const before = JSON.stringify(sets);
  const fitted = fitRanking({ prose: sets, documents: sets });
  const several = evaluatedQuestion([{ features: { maxSim: 0 }, grade: 1 }, { features: { maxSim: 1 } }], {
    isSingleQuestion: false,
  });
  const again = [randomSet(1), randomSet(2)].map((set) => [several, ...set]);
  expect(fitRanking({ prose: again, documents: again })).toEqual(fitted);
  expect(JSON.stringify(sets)).toBe(before);
});

describe('the measures on one half', () => {
  // Confidence grows with similarity: .5 at 0, .73 at 1, .88 at 2, .95 at 3.
  const coefficients = {
    decision: decisionWeights({ similarity: 1 }),
    thresholds: { answered: 0.8, closest: 0.1 },
  };
  const found = (similarity: number, rank: number | null): EvaluatedQuestion => {
    const rows = Array.from(
      { length: 4 },
      (_, index): MadeUpCandidate => ({
        features: { maxSim: 1 - index / 10 },
        grade: index + 1 === rank ? 1 : 0,
      }),
    );
    return evaluatedQuestion(rows, {
      question: judgedQuestion({ isAnswerable: rank !== null }),
      decision: { similarity, lead: 0, contentSimilarity: 0, titleMaxSim: 0, questionLength: 0 },
      shown: [rank === 1],
    });
  };

  test('are those of the new decision', () => {
    const half = [found(3, 1), found(2, 2), found(1, 1), found(0, 4), found(2.5, null), found(-1, null)];
    const measured = fittedHalf(half, 'reporting', coefficients);
    expect(measured).toEqual({
      use: 'reporting',
      answerable: 4,
      unanswerable: 2,
      recallAt1: 0.5,
      // (1 + 1/2 + 1 + 1/4) / 4
      reciprocalRankAt10: 0.688,
      // The answerable question has more confidence in 5 of 8 pairs: 3 exceeds both unanswerable ones; 2, 1 and 0 one.
      auroc: 0.625,
      // Those with similarity 3, 2 and 2.5 are answered: two of the four answerable ones. One of the three is right.
      coverage: 0.5,
      rightAmongAnswered: 0.333,
    });
  });

  test('include no area under the ROC curve if every question is answerable', () => {
    expect(fittedHalf([found(3, 1)], 'fitting', coefficients)).toMatchObject({
      use: 'fitting',
      unanswerable: 0,
      auroc: null,
    });
  });

  test('count a question without candidates as not answered', () => {
    const nothing = evaluatedQuestion([], { question: judgedQuestion() });
    expect(fittedHalf([found(3, 1), nothing], 'fitting', coefficients)).toMatchObject({
      answerable: 2,
      recallAt1: 0.5,
      coverage: 0.5,
      rightAmongAnswered: 1,
    });
  });
});

/** Sets of prose alone. */
function prose(...sets: readonly (readonly EvaluatedQuestion[])[]): { prose: typeof sets; documents: [] } {
  return { prose: sets, documents: [] };
}

/** A question with candidates with these features. `right` is the index of the right one. */
function judged(rows: readonly Partial<RankingFeatures>[], right: number | null): EvaluatedQuestion {
  return evaluatedQuestion(rows.map((features, index) => ({ features, grade: index === right ? 1 : 0 })));
}

/** Questions whose right passages mostly have a higher maxSim. */
function randomSet(seed: number): EvaluatedQuestion[] {
  const random = randomNumbers(seed);
  return Array.from({ length: 60 }, (_, number) => {
    const isAnswerable = number % 3 !== 0;
    const rows = Array.from({ length: 5 }, (__, index): MadeUpCandidate => {
      const isRight = isAnswerable && index === 2;
      const lift = isRight ? 0.4 : 0;
      return {
        features: { maxSim: random() * 0.6 + lift, maxSimIdf: random(), termShare: random() },
        grade: isRight ? 1 : 0,
      };
    });
    return evaluatedQuestion(rows);
  });
}

function shareRight(set: readonly JudgedConfidence[], answered: number): number {
  const above = set.filter(({ confidence }) => confidence >= answered);
  return above.filter(({ isRight }) => isRight).length / Math.max(1, above.length);
}

function table(
  ...rows: readonly (readonly [confidence: number, isRight: 0 | 1])[]
): { confidence: number; isRight: boolean }[] {
  return rows.map(([confidence, isRight]) => ({ confidence, isRight: isRight === 1 }));
}
