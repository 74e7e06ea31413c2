import { RANKING_FEATURES, type RankedPassage, type RankingFeatures } from '../../src/answering/ranking/ranking.js';

/** Builds a ranked passage for a test that only cares about some of its fields. The others are 0, null or empty. */
export function rankedPassage(known: {
  readonly rank?: number;
  readonly articleKey?: number;
  readonly score?: number;
  readonly features?: Partial<RankingFeatures>;
  readonly similarity?: number;
  readonly contentSimilarity?: number;
  readonly isNearDuplicate?: boolean;
}): RankedPassage {
  const { rank = 1, articleKey = 0, score = 0, features = {}, similarity = 0 } = known;
  const { contentSimilarity = 0, isNearDuplicate = false } = known;
  const none = Object.fromEntries(RANKING_FEATURES.map((name) => [name, 0]));
  return {
    passage: {
      key: rank,
      id: `p${rank}`,
      articleKey,
      start: 0,
      end: 0,
      sentences: [],
      vector: new Float32Array(),
      tokenIds: new Uint32Array(),
      codes: new Uint8Array(),
      titleCodes: new Uint8Array(),
      sectionCodes: new Uint8Array(),
      contextCodes: new Uint8Array(),
    },
    rank,
    score,
    termRank: null,
    vectorRank: null,
    termShare: 0,
    features: { ...(none as unknown as RankingFeatures), ...features },
    similarity,
    weightsBeyondTitle: [],
    contentSimilarity,
    isNearDuplicate,
    matches: { tokens: [], similarities: [] },
    sentenceMatches: [],
    contextMatches: null,
  };
}
