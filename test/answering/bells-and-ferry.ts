import type { AnsweringDeps } from '../../src/answering/answer-question.js';
import { rankedBy, type SmallArticle, smallLibrary } from './small-library.js';

/** Confidence depends only on how much of the question the best sentences contain: -4 + 8 times that, in log-odds. */
export const BY_SENTENCES = {
  decision: { intercept: -4, beyondTitleMaxSim: 8, similarity: 0, lead: 0 },
  thresholds: { answered: 0.7, closest: 0.3 },
};

export const BELLS = { title: null, passages: [['Who council sold bells.']] };
export const FERRY = { title: null, passages: [['Snow fell.'], ['When ferry sank.']] };

/** What is needed to answer from these articles, with confidence as in `BY_SENTENCES`. */
export function depsFor(articles: readonly SmallArticle[]): AnsweringDeps {
  return { ...smallLibrary(articles), coefficients: rankedBy({ maxSim: 1 }, BY_SENTENCES) };
}
