import { COEFFICIENTS } from '../../dist/answering/coefficients.js';
import type { RankedPassage, RankingFeatures } from '../../dist/answering/ranking.js';

/** A ranked passage of which only some things matter to a test; features that it does not name are 0. */
export function rankedPassage(known: {
  readonly rank?: number;
  readonly score?: number;
  readonly features?: Partial<RankingFeatures>;
}): RankedPassage {
  const none = Object.fromEntries(Object.keys(COEFFICIENTS.ranking).map((name) => [name, 0]));
  return {
    passage: {
      key: known.rank ?? 1,
      id: `p${known.rank ?? 1}`,
      articleKey: 0,
      start: 0,
      end: 0,
      sentences: [],
      vector: new Float32Array(),
      tokenIds: new Uint32Array(),
      codes: new Uint8Array(),
    },
    rank: known.rank ?? 1,
    score: known.score ?? 0,
    termRank: null,
    vectorRank: null,
    termShare: 0,
    articleTermShare: 0,
    matches: [],
    features: { ...(none as unknown as RankingFeatures), ...known.features },
  };
}
