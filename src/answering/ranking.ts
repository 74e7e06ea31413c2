import { dotProduct } from '../embedding/sign-codes.js';
import type { Candidate } from './candidates.js';
import { matchTokens, maxSim, type QuestionTables, type TokenMatch, type TokenWeights } from './late-interaction.js';
import type { EncodedQuestion } from './question.js';

/** What the ranking looks at, each 0 to 1 or so. */
export interface RankingFeatures {
  /** MaxSim with the question's tokens weighted by idf. */
  readonly maxSimIdf: number;
  /** MaxSim with even weights. */
  readonly maxSim: number;
  /** BM25 of the passage over the best passage's. */
  readonly termShare: number;
  /** BM25 of the whole article over the best article's. */
  readonly articleTermShare: number;
  /** The best vector similarity of any candidate of the same article. */
  readonly articleSimilarity: number;
}

/** One factor a feature: the score is their dot product. */
export type RankingWeights = RankingFeatures;

/** A candidate in its place. */
export interface RankedPassage extends Candidate {
  readonly rank: number;
  /** In log-odds: e^(difference) is how many times likelier one passage answers than another (softmax regression). */
  readonly score: number;
  readonly features: RankingFeatures;
  /** The best partner of each question token in this passage. */
  readonly matches: readonly TokenMatch[];
}

/** Scores the candidates by late interaction and by their article, best first; equal scores keep the older passage first. */
export function rankCandidates(
  candidates: readonly Candidate[],
  question: EncodedQuestion,
  tables: QuestionTables,
  tokenWeights: TokenWeights,
  weights: RankingWeights,
): RankedPassage[] {
  const similarities = new Map<number, number>();
  for (const { passage } of candidates) {
    const similarity = dotProduct(question.vector, passage.vector);
    similarities.set(passage.articleKey, Math.max(similarity, similarities.get(passage.articleKey) ?? -1));
  }
  return candidates
    .map((candidate) => {
      const matches = matchTokens(tables, candidate.passage.codes);
      const features: RankingFeatures = {
        maxSimIdf: maxSim(matches, tokenWeights.idf),
        maxSim: maxSim(matches, tokenWeights.even),
        termShare: candidate.termShare,
        articleTermShare: candidate.articleTermShare,
        articleSimilarity: similarities.get(candidate.passage.articleKey) ?? 0,
      };
      return { ...candidate, matches, features, score: scoreOf(features, weights) };
    })
    .sort((a, b) => b.score - a.score || a.passage.key - b.passage.key)
    .map((passage, index) => ({ ...passage, rank: index + 1 }));
}

function scoreOf(features: RankingFeatures, weights: RankingWeights): number {
  return (
    weights.maxSimIdf * features.maxSimIdf +
    weights.maxSim * features.maxSim +
    weights.termShare * features.termShare +
    weights.articleTermShare * features.articleTermShare +
    weights.articleSimilarity * features.articleSimilarity
  );
}
