import type { AnsweringDeps } from '../../src/answering/answer-question.js';
import { decisionWeights } from './decision-weights.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

/** Confidence depends only on how many content words of the question the first passage has: -4 + 8 times the share, in log-odds. */
export const BY_SENTENCES = {
  decision: decisionWeights({ intercept: -4, contentSimilarity: 8 }),
  thresholds: { answered: 0.7, closest: 0.3 },
};

export const BELLS = { title: null, passages: [['Who council sold bells.']] };
export const FERRY = { title: null, passages: [['Snow fell.'], ['When ferry sank.']] };

/** What is needed to answer from these articles, with confidence as in `BY_SENTENCES`. */
export function depsFor(articles: readonly SmallArticle[]): AnsweringDeps {
  return { ...smallLibrary(articles), coefficients: rankedBy({ maxSim: 20 }, BY_SENTENCES) };
}
