import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceOf, type DecisionFeatures } from '../../src/answering/decision.js';
import type { RankingFeatures } from '../../src/answering/ranking.js';
import type { EvaluatedQuestion } from '../../src/evaluation/evaluate.js';
import { fitCoefficients, fitDecision, fitRanking, fitThresholds, fittedHalf } from '../../src/evaluation/fit.js';
import type { JudgedConfidence } from '../../src/evaluation/measures.js';
import { randomNumbers } from '../library/random.js';
import { evaluatedQuestion, judgedQuestion, type MadeUpCandidate } from './made-up-questions.js';

/** Ranks by `maxSim` alone. */
const BY_MAX_SIM: RankingFeatures = {
  maxSimIdf: 0,
  maxSim: 1,
  sentenceMaxSim: 0,
  titleMaxSim: 0,
  termShare: 0,
  articleSimilarity: 0,
};

describe('the ranking', () => {
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
    expect(weights.titleMaxSim).toBe(0);
    expect(weights.articleSimilarity).toBe(0);
  });

  test('factors come out that the judgements were made by', () => {
    // Right is what has the higher 2 * maxSim + 1 * termShare: the fit must find about that direction.
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
    const { maxSim, termShare } = fitRanking([questions]);
    expect(maxSim / termShare).toBeGreaterThan(1.5);
    expect(maxSim / termShare).toBeLessThan(2.7);
  });

  test('questions without a right passage, or with nothing else, teach it nothing', () => {
    const telling = [judged([{ maxSim: 0.8 }, { maxSim: 0.5 }], 0), judged([{ maxSim: 0.4 }, { maxSim: 0.5 }], 1)];
    const hopeless = judged([{ maxSim: 0.1 }, { maxSim: 0.9 }], null);
    const trivial = judged([{ maxSim: 0.3 }], 0);
    expect(fitRanking([[...telling, hopeless, trivial, judged([], null)]])).toEqual(fitRanking([telling]));
  });

  test('a question with several right passages is content with any of them first', () => {
    const both = evaluatedQuestion([
      { features: { maxSim: 0.9 }, grade: 1 },
      { features: { maxSim: 0.2 }, grade: 2 },
      { features: { maxSim: 0.5 } },
    ]);
    // One right passage stands below the wrong one and does not turn the factor round.
    expect(fitRanking([[both]]).maxSim).toBeGreaterThan(1);
  });

  test('every set counts the same, whatever its size', () => {
    const rows = [
      { maxSim: 0.9, maxSimIdf: 0.1 },
      { maxSim: 0.1, maxSimIdf: 0.9 },
    ];
    const forMaxSim = judged(rows, 0);
    const forIdf = judged(rows, 1);
    // One against one: neither wins. In one set of twenty-one it would be twenty to one.
    expect(fitRanking([Array.from({ length: 20 }, () => forMaxSim), [forIdf]]).maxSim).toBeCloseTo(0, 1);
    expect(fitRanking([[...Array.from({ length: 20 }, () => forMaxSim), forIdf]]).maxSim).toBeGreaterThan(1);
  });

  test('features that separate perfectly do not make factors without bound', () => {
    const { maxSim } = fitRanking([[judged([{ maxSim: 1 }, { maxSim: 0 }], 0)]]);
    expect(maxSim).toBeGreaterThan(1);
    expect(maxSim).toBeLessThan(1000);
  });

  test('of no questions at all every factor is 0', () => {
    expect(Object.values(fitRanking([]))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Object.values(fitRanking([[]]))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('the decision', () => {
  const RIGHT = [0.9, 0.85, 0.8, 0.75, 0.6];
  const WRONG = [0.7, 0.5, 0.45, 0.4, 0.3];

  test('learns that a right first passage matches more of what is asked beyond the title', () => {
    const questions = [
      ...RIGHT.map((beyondTitleMaxSim) => evaluatedQuestion([{ beyondTitleMaxSim, grade: 1 }])),
      ...WRONG.map((beyondTitleMaxSim) => evaluatedQuestion([{ beyondTitleMaxSim }])),
    ];
    const weights = fitDecision([questions], BY_MAX_SIM);
    const confidence = (beyondTitleMaxSim: number): number =>
      confidenceOf({ beyondTitleMaxSim, similarity: 0, lead: 0 }, weights);
    expect(weights.beyondTitleMaxSim).toBeGreaterThan(0);
    expect([weights.similarity, weights.lead]).toEqual([0, 0]);
    expect(confidence(0.9)).toBeGreaterThan(0.8);
    expect(confidence(0.3)).toBeLessThan(0.2);
    // Logistic regression: the mean confidence is the share of the right ones.
    const mean = [...RIGHT, ...WRONG].reduce((sum, one) => sum + confidence(one), 0) / 10;
    expect(mean).toBeCloseTo(0.5, 2);
  });

  test('sees the first passage of the order that the weights of the ranking make', () => {
    const first = { features: { maxSim: 0.9 }, beyondTitleMaxSim: 0.9, grade: 1 };
    const second = { features: { maxSim: 0.1 }, beyondTitleMaxSim: 0.1 };
    const wrong = evaluatedQuestion([{ beyondTitleMaxSim: 0.2 }]);
    const asShipped = fitDecision([[evaluatedQuestion([first, second]), wrong]], BY_MAX_SIM);
    expect(fitDecision([[evaluatedQuestion([second, first]), wrong]], BY_MAX_SIM)).toEqual(asShipped);
    expect(asShipped.beyondTitleMaxSim).toBeGreaterThan(0);
    // Weighed the other way round, the wrong passage is first in both.
    const turned = fitDecision([[evaluatedQuestion([first, second]), wrong]], { ...BY_MAX_SIM, maxSim: -1 });
    expect(confidenceOf({ beyondTitleMaxSim: 0.1, similarity: 0, lead: 0 }, turned)).toBeLessThan(0.1);
  });

  test('learns from the lead over the best passage of another article', () => {
    const withLead = (lead: number, grade: number): EvaluatedQuestion =>
      evaluatedQuestion([
        { features: { maxSim: 5 }, articleKey: 1, grade },
        { features: { maxSim: 5 }, articleKey: 1 },
        { features: { maxSim: 5 - lead }, articleKey: 2 },
      ]);
    const questions = [
      ...[3, 2.5, 2, 1].map((lead) => withLead(lead, 1)),
      ...[1.5, 0.5, 0.2].map((lead) => withLead(lead, 0)),
    ];
    const weights = fitDecision([questions], BY_MAX_SIM);
    expect(weights.lead).toBeGreaterThan(0);
    expect(weights.similarity).toBe(0);
  });

  test('questions for which nothing was found do not disturb it', () => {
    const questions = [evaluatedQuestion([{ similarity: 0.9, grade: 1 }]), evaluatedQuestion([{ similarity: 0.2 }])];
    const weights = fitDecision([[...questions, evaluatedQuestion([])]], BY_MAX_SIM);
    expect(weights).toEqual(fitDecision([questions], BY_MAX_SIM));
    expect(weights.similarity).toBeGreaterThan(0);
  });

  test('every set counts the same, whatever its size', () => {
    const right = evaluatedQuestion([{ similarity: 0.5, grade: 1 }]);
    const wrong = evaluatedQuestion([{ similarity: 0.5 }]);
    const features: DecisionFeatures = { beyondTitleMaxSim: 0, similarity: 0.5, lead: 0 };
    const half = fitDecision([Array.from({ length: 30 }, () => right), [wrong]], BY_MAX_SIM);
    expect(confidenceOf(features, half)).toBeCloseTo(0.5, 2);
    const most = fitDecision([[...Array.from({ length: 30 }, () => right), wrong]], BY_MAX_SIM);
    expect(confidenceOf(features, most)).toBeGreaterThan(0.9);
  });
});

describe('the thresholds', () => {
  test('answered is the lowest that keeps the share of right ones', () => {
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

  test('when none keeps the share nothing is answered', () => {
    expect(fitThresholds([table([0.9, 0], [0.5, 1])], { rightAmongAnswered: 0.9, rightShown: 1 })).toEqual({
      answered: 1,
      closest: 0.5,
    });
  });

  test('answered holds in each set by itself, however the others do', () => {
    const easy = Array.from({ length: 98 }, () => ({ confidence: 0.6, isRight: true }));
    const hard = table([0.8, 1], [0.7, 0]);
    // Taken together 99 of 100 are right from .6 on; in the hard set only every second.
    const goals = { rightAmongAnswered: 0.9, rightShown: 1 };
    expect(fitThresholds([[...easy, ...hard]], goals).answered).toBe(0.6);
    expect(fitThresholds([easy, hard], goals).answered).toBe(0.8);
    expect(fitThresholds([hard, easy], goals).answered).toBe(0.8);
  });

  test('closest shows a share of what is right, every set counting the same', () => {
    // Each of the nine right ones of the first set weighs 1/9, each of the two of the second 1/4: 1.5 in all.
    const large = Array.from({ length: 9 }, () => ({ confidence: 0.8, isRight: true }));
    const small = table([0.95, 0], [0.9, 1], [0.3, 1], [0.1, 0]);
    const closest = (rightShown: number): number =>
      fitThresholds([large, small], { rightAmongAnswered: 1, rightShown }).closest;
    // .25 from .9 on, 1.25 from .8 on, all 1.5 from .3 on; as questions 1, 10 and 11 of 11.
    expect(closest(0.8)).toBe(0.8);
    expect(closest(0.85)).toBe(0.3);
  });

  test('questions of the same confidence are answered together or not at all', () => {
    const set = table([0.9, 1], [0.5, 1], [0.5, 0]);
    expect(fitThresholds([set], { rightAmongAnswered: 0.9, rightShown: 0.5 }).answered).toBe(0.9);
  });

  test('of no questions at all nothing is kept back', () => {
    const { answered, closest } = fitThresholds([], { rightAmongAnswered: 0.9, rightShown: 0.99 });
    expect(answered).toBeCloseTo(0);
    expect(closest).toBeCloseTo(0);
  });

  const confidences = fc.array(
    fc.record({ confidence: fc.integer({ min: 0, max: 1000 }).map((part) => part / 1000), isRight: fc.boolean() }),
    { minLength: 1, maxLength: 12 },
  );

  test('closest is never above answered, and both are confidences with three decimals', () => {
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

  test('in one set the share holds for any confidences of three decimals', () => {
    fc.assert(
      fc.property(confidences, (set) => {
        const { answered } = fitThresholds([set], { rightAmongAnswered: 0.7, rightShown: 0.9 });
        expect(shareRight(set, answered)).toBeGreaterThanOrEqual(answered === 1 ? 0 : 0.7);
      }),
    );
  });

  test('where no threshold keeps the share in each of two sets nothing is answered', () => {
    // From .5 on nine of ten of the first set are right, from .7 on none of one: the second set asks for .7.
    const first = [
      { confidence: 0.7, isRight: false },
      ...Array.from({ length: 9 }, () => ({ confidence: 0.5, isRight: true })),
    ];
    const second = table([0.7, 1], [0.6, 0]);
    expect(fitThresholds([first, second], { rightAmongAnswered: 0.9, rightShown: 1 }).answered).toBe(1);
  });

  test('the share holds at the threshold as it is rounded', () => {
    const set = [
      { confidence: 0.9, isRight: false },
      ...Array.from({ length: 9 }, () => ({ confidence: 0.8001, isRight: true })),
    ];
    const { answered } = fitThresholds([set], { rightAmongAnswered: 0.9, rightShown: 1 });
    expect(shareRight(set, answered)).toBeGreaterThanOrEqual(0.9);
  });
});

describe('all coefficients together', () => {
  test('are those of ranking, decision and thresholds, each fitted with the ones before it', () => {
    const sets = [randomSet(1), randomSet(2)];
    const { ranking, decision, thresholds } = fitCoefficients(sets);
    expect(ranking).toEqual(fitRanking(sets));
    expect(decision).toEqual(fitDecision(sets, ranking));
    expect(ranking.maxSim).toBeGreaterThan(1);
    expect(decision.similarity).toBeGreaterThan(0);
    expect(thresholds.closest).toBeLessThan(thresholds.answered);
    expect(thresholds.answered).toBeLessThan(1);
  });

  test('are the same each time, and leave what they were fitted on as it was', () => {
    const sets = [randomSet(1), randomSet(2)];
    const before = JSON.stringify(sets);
    const fitted = fitCoefficients(sets);
    expect(fitCoefficients([randomSet(1), randomSet(2)])).toEqual(fitted);
    expect(JSON.stringify(sets)).toBe(before);
  });

  test('leave out messages that were read as several questions', () => {
    const sets = [randomSet(1), randomSet(2)];
    const several = evaluatedQuestion([{ features: { maxSim: 0 }, grade: 1 }, { features: { maxSim: 1 } }], {
      isSingleQuestion: false,
    });
    expect(fitCoefficients(sets.map((set) => [several, ...set]))).toEqual(fitCoefficients(sets));
  });
});

describe('what coefficients reach on a half', () => {
  // Confidence rises with similarity: .5 at 0, .73 at 1, .88 at 2, .95 at 3.
  const coefficients = {
    ranking: BY_MAX_SIM,
    decision: { intercept: 0, beyondTitleMaxSim: 0, similarity: 1, lead: 0 },
    thresholds: { answered: 0.8, closest: 0.1 },
  };
  const found = (similarity: number, rank: number | null): EvaluatedQuestion => {
    const rows = Array.from(
      { length: 4 },
      (_, index): MadeUpCandidate => ({
        features: { maxSim: 1 - index / 10 },
        similarity: index === 0 ? similarity : 0,
        grade: index + 1 === rank ? 1 : 0,
      }),
    );
    return evaluatedQuestion(rows, { question: judgedQuestion({ isAnswerable: rank !== null }) });
  };

  test('is measured in the order that they make, whatever was asked with', () => {
    const half = [found(3, 1), found(2, 2), found(1, 1), found(0, 4), found(2.5, null), found(-1, null)];
    const measured = fittedHalf(half, 'reporting', coefficients);
    expect(measured).toEqual({
      use: 'reporting',
      answerable: 4,
      unanswerable: 2,
      recallAt1: 0.5,
      // (1 + 1/2 + 1 + 1/4) / 4
      reciprocalRankAt10: 0.688,
      // Pairs in which the answerable is above: 3 over both, 2, 1 and 0 over the lower one: 5 of 8.
      auroc: 0.625,
      // Answered are the similarities 3, 2 and 2.5; of the answerable two of four, and one of the three is right.
      coverage: 0.5,
      rightAmongAnswered: 0.333,
    });
    const shuffled = half.map((one) => ({ ...one, candidates: one.candidates.toReversed() }));
    expect(fittedHalf(shuffled, 'reporting', coefficients)).toEqual(measured);
  });

  test('has no area under the ROC curve where every question is answerable', () => {
    expect(fittedHalf([found(3, 1)], 'fitting', coefficients)).toMatchObject({
      use: 'fitting',
      unanswerable: 0,
      auroc: null,
    });
  });

  test('counts a question for which nothing was found as not answered', () => {
    const nothing = evaluatedQuestion([], { question: judgedQuestion() });
    expect(fittedHalf([found(3, 1), nothing], 'fitting', coefficients)).toMatchObject({
      answerable: 2,
      recallAt1: 0.5,
      coverage: 0.5,
      rightAmongAnswered: 1,
    });
  });
});

/** A question with candidates of these features; `right` is the index of the right one. */
function judged(rows: readonly Partial<RankingFeatures>[], right: number | null): EvaluatedQuestion {
  return evaluatedQuestion(rows.map((features, index) => ({ features, grade: index === right ? 1 : 0 })));
}

/** Questions of which the right passage mostly has the higher maxSim, and right ones the higher similarity. */
function randomSet(seed: number): EvaluatedQuestion[] {
  const random = randomNumbers(seed);
  return Array.from({ length: 60 }, (_, number) => {
    const isAnswerable = number % 3 !== 0;
    const rows = Array.from({ length: 5 }, (__, index): MadeUpCandidate => {
      const isRight = isAnswerable && index === 2;
      const lift = isRight ? 0.4 : 0;
      return {
        features: { maxSim: random() * 0.6 + lift, maxSimIdf: random(), termShare: random() },
        similarity: random() * 0.7 + (isRight ? 0.3 : 0),
        beyondTitleMaxSim: random(),
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
