import {
  orderByPriors,
  type PlacedPassage,
  PRIOR_FEATURES,
  type PriorFeatures,
  type PriorWeights,
  priorFeatures,
} from '../answering/ranking/priors.js';
import { type JudgedRanking, mean, reciprocalRank, successAt } from './measures.js';
import { maximise } from './newton.js';
import { pairedRandomisationTest } from './resampling.js';
import { addRankingExample, type RankingExample } from './softmax-regression.js';

/** A ranked passage, and whether it answers. */
export interface JudgedCandidate extends PlacedPassage {
  readonly isRight: boolean;
}

/** A question of one collection with what was found for it. */
export interface LearningQuestion {
  /** The article that answers it. */
  readonly article: string;
  /** As they are ranked without priors, best first. */
  readonly candidates: readonly JudgedCandidate[];
}

/** How good a ranking is, over all questions. */
export interface RankingQuality {
  readonly recallAt1: number;
  readonly reciprocalRankAt10: number;
}

/** What a collection could learn, and what it gains. */
export interface PriorsReport {
  /** Null for the articles without a collection. */
  readonly collection: string | null;
  readonly questions: number;
  /** How many articles answer them. */
  readonly articles: number;
  /** How many parts the articles were divided into. */
  readonly folds: number;
  readonly without: RankingQuality;
  /** With priors, each part measured with those that were fitted on the other parts. */
  readonly with: RankingQuality;
  /** Of the randomisation test on the reciprocal ranks. */
  readonly pValue: number;
  /** Fitted on all questions, with three decimals. */
  readonly weights: PriorWeights;
  /** Whether they are worth keeping: MRR@10 rises with p < .05, and R@1 does not fall. */
  readonly pays: boolean;
}

const MAX_FOLDS = 10;
const MAX_P_VALUE = 0.05;
const SEED = 20_261_127;

/**
 * Fits the priors of a collection and measures by cross-validation what they bring. The parts are made of whole articles, because
 * questions about one article are found, or not, for the same reasons.
 *
 * @param questions At least one, all about articles of the collection.
 */
export function learnPriors(collection: string | null, questions: readonly LearningQuestion[]): PriorsReport {
  const articles = [...new Set(questions.map(({ article }) => article))].toSorted();
  const folds = Math.min(MAX_FOLDS, articles.length);
  const foldOf = new Map(articles.map((article, index) => [article, index % folds]));
  const measured = Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const isTested = ({ article }: LearningQuestion): boolean => foldOf.get(article) === fold;
    const weights = fitPriors(
      collection,
      questions.filter((question) => !isTested(question)),
    );
    return questions.filter(isTested).map((question) => ({
      without: rankingWith(question, collection, null),
      with: rankingWith(question, collection, weights),
    }));
  });
  const without = measured.map((one) => one.without);
  const withPriors = measured.map((one) => one.with);
  const { pValue } = pairedRandomisationTest(withPriors.map(reciprocalRankAt10), without.map(reciprocalRankAt10), {
    seed: SEED,
  });
  const report = { without: qualityOf(without), with: qualityOf(withPriors), pValue };
  return {
    collection,
    questions: questions.length,
    articles: articles.length,
    folds,
    ...report,
    weights: fitPriors(collection, questions),
    pays: isWorthKeeping(report),
  };
}

function isWorthKeeping({
  without,
  with: withPriors,
  pValue,
}: Pick<PriorsReport, 'without' | 'with' | 'pValue'>): boolean {
  return (
    withPriors.reciprocalRankAt10 > without.reciprocalRankAt10 &&
    pValue < MAX_P_VALUE &&
    withPriors.recallAt1 >= without.recallAt1
  );
}

/**
 * Fits the weights that make the right passages of each question most likely, by softmax regression with the score of the ranking as
 * offset. The weights have a normal distribution around 0 with standard deviation 1 before the first question is seen, so a few
 * dozen questions cannot move them far.
 *
 * @returns Weights with three decimals; all are 0 without a question that has right and wrong candidates.
 * @internal Exported for tests.
 */
export function fitPriors(collection: string | null, questions: readonly LearningQuestion[]): PriorWeights {
  const examples = questions.flatMap(({ candidates }) => exampleOf(candidates, collection) ?? []);
  const weights = maximise(
    PRIOR_FEATURES.length,
    (objective, current) => {
      for (const example of examples) addRankingExample(objective, example, current);
    },
    1,
  );
  const rounded = PRIOR_FEATURES.map((name, index) => [name, Math.round((weights[index] ?? 0) * 1000) / 1000]);
  return Object.fromEntries(rounded) as Record<keyof PriorFeatures, number>;
}

/** Only the candidates of the collection, because only these can change places. */
function exampleOf(candidates: readonly JudgedCandidate[], collection: string | null): RankingExample | null {
  const own = candidates.flatMap(({ place, ...rest }) =>
    place !== null && place.collection === collection ? [{ ...rest, features: priorFeatures(rest, place) }] : [],
  );
  const isRight = own.map((one) => one.isRight);
  if (!isRight.some(Boolean) || isRight.every(Boolean)) return null;
  return {
    weight: 1,
    rows: own.map(({ features }) => PRIOR_FEATURES.map((name) => features[name])),
    offsets: own.map(({ score }) => score),
    isRight,
  };
}

/** The ranking that people would see. */
function rankingWith(
  { candidates }: LearningQuestion,
  collection: string | null,
  weights: PriorWeights | null,
): JudgedRanking {
  const priors = new Map(weights === null ? [] : [[collection, weights]]);
  return {
    grades: orderByPriors(candidates, priors).map((index) => Number(candidates[index]?.isRight ?? false)),
    relevantGrades: [1],
  };
}

function reciprocalRankAt10(ranking: JudgedRanking): number {
  return reciprocalRank(ranking, 10);
}

function qualityOf(rankings: readonly JudgedRanking[]): RankingQuality {
  return {
    recallAt1: mean(rankings.map((ranking) => successAt(ranking, 1))),
    reciprocalRankAt10: mean(rankings.map(reciprocalRankAt10)),
  };
}
