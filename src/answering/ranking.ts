import { dotProduct } from '../vectors/dot-product.js';
import type { Candidate } from './candidates.js';
import {
  bestMatches,
  matchTokens,
  maxSim,
  type QuestionTables,
  type TokenMatch,
  type TokenWeights,
} from './late-interaction.js';
import type { CandidatePassage } from './ports.js';
import type { EncodedQuestion } from './question-encoder.js';

/**
 * What the ranking looks at, each 0 to 1 or so. The title counts as part of every passage of its article: paragraphs
 * seldom repeat what the title has said, and people ask for it.
 */
export interface RankingFeatures {
  /** MaxSim of passage and title, with the question's tokens weighted by idf. */
  readonly maxSimIdf: number;
  /** MaxSim of passage and title, with even weights. */
  readonly maxSim: number;
  /** MaxSim, weighted by idf, of the best single sentence and the title: a passage in which all stands together. */
  readonly sentenceMaxSim: number;
  /** MaxSim of the title alone, weighted by idf. */
  readonly titleMaxSim: number;
  /** BM25 of the passage over the best passage's. */
  readonly termShare: number;
  /** The best vector similarity of any candidate of the same article. */
  readonly articleSimilarity: number;
}

export const RANKING_FEATURES = [
  'maxSimIdf',
  'maxSim',
  'sentenceMaxSim',
  'titleMaxSim',
  'termShare',
  'articleSimilarity',
] as const satisfies readonly (keyof RankingFeatures)[];

/** One factor a feature: the score is their dot product. */
export type RankingWeights = RankingFeatures;

/** A candidate in its place. */
export interface RankedPassage extends Candidate {
  readonly rank: number;
  /**
   * In log-odds: e^(difference) is how many times likelier one passage answers than another (softmax regression). For a model
   * that nothing was fitted for a sum of reciprocal ranks, which only gives the order.
   */
  readonly score: number;
  readonly features: RankingFeatures;
  /** Similarity of the passage's vector and the question's. */
  readonly similarity: number;
  /** Weights of the question's tokens, of sum 1, each less the better the title matches it: what is asked beyond the title. */
  readonly weightsBeyondTitle: readonly number[];
  /** MaxSim by these weights of the two neighbouring sentences that match best by idf. */
  readonly beyondTitleMaxSim: number;
  /** Whether it is nearly the same text as the first passage, in another article: a story that several have printed. */
  readonly isNearDuplicate: boolean;
  /** The best partner of each question token in this passage. */
  readonly matches: readonly TokenMatch[];
  /** The same for each of its sentences and headings. */
  readonly sentenceMatches: readonly (readonly TokenMatch[])[];
}

/** A candidate before it has its place among the others. */
type ScoredCandidate = Omit<RankedPassage, 'rank' | 'isNearDuplicate'>;

/**
 * Scores the candidates by late interaction and by their article, best first; equal scores keep the older passage first.
 *
 * @param weights Null for a model that none were fitted for: similarities of models differ in scale, so only the places that
 * the features give are used.
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  question: EncodedQuestion,
  tables: QuestionTables,
  tokenWeights: TokenWeights,
  weights: RankingWeights | null,
): RankedPassage[] {
  const titles = matchTitles(candidates, tables);
  const titleSims = [...titles.values()].flatMap((matches) =>
    matches === null ? [] : [maxSim(matches, tokenWeights.idf)],
  );
  // Without a title an article is neither better nor worse than the others.
  const usualTitleSim = titleSims.reduce((sum, sim) => sum + sim, 0) / Math.max(1, titleSims.length);
  const similarities = candidates.map(({ passage }) => dotProduct(question.vector, passage.vector));
  const articleSimilarities = new Map<number, number>();
  candidates.forEach(({ passage: { articleKey } }, index) => {
    const best = Math.max(articleSimilarities.get(articleKey) ?? -1, similarities[index] ?? -1);
    articleSimilarities.set(articleKey, best);
  });
  const measured = candidates.map((candidate, index): Omit<ScoredCandidate, 'score'> => {
    const { passage } = candidate;
    const title = titles.get(passage.articleKey) ?? null;
    const withTitle = (matches: readonly TokenMatch[]): readonly TokenMatch[] =>
      title === null ? matches : bestMatches([matches, title]);
    const sentenceMatches = matchSentences(passage, tables);
    const quotable = sentenceMatches.filter((_, sentence) => passage.sentences[sentence]?.isHeading === false);
    const matches = bestMatches(sentenceMatches);
    const features: RankingFeatures = {
      maxSimIdf: maxSim(withTitle(matches), tokenWeights.idf),
      maxSim: maxSim(withTitle(matches), tokenWeights.even),
      sentenceMaxSim: highest(quotable.map((sentence) => maxSim(withTitle(sentence), tokenWeights.idf))),
      titleMaxSim: title === null ? usualTitleSim : maxSim(title, tokenWeights.idf),
      termShare: candidate.termShare,
      articleSimilarity: articleSimilarities.get(passage.articleKey) ?? 0,
    };
    const pairs = quotable.map((_, at) => bestMatches(quotable.slice(Math.max(0, at - 1), at + 1)));
    const pair = pairs.reduce<readonly TokenMatch[]>(
      (a, b) => (maxSim(b, tokenWeights.idf) > maxSim(a, tokenWeights.idf) ? b : a),
      pairs[0] ?? matches,
    );
    const weightsBeyondTitle = beyondTitle(tokenWeights.even, title);
    return {
      ...candidate,
      features,
      weightsBeyondTitle,
      similarity: similarities[index] ?? 0,
      beyondTitleMaxSim: maxSim(pair, weightsBeyondTitle),
      matches,
      sentenceMatches,
    };
  });
  const scores =
    weights === null ? scoreByPlaces(measured) : measured.map(({ features }) => scoreOf(features, weights));
  return sortByScore(measured.map((passage, index) => ({ ...passage, score: scores[index] ?? 0 })));
}

/**
 * Best first, with the rank of each; equal scores keep the older passage first.
 *
 * @param bonusOf What is added to a passage's score for its place, and not to the score itself.
 */
export function sortByScore(
  passages: readonly ScoredCandidate[],
  bonusOf: (passage: ScoredCandidate) => number = () => 0,
): RankedPassage[] {
  const placeOf = (passage: ScoredCandidate): number => passage.score + bonusOf(passage);
  const sorted = [...passages].sort((a, b) => placeOf(b) - placeOf(a) || a.passage.key - b.passage.key);
  const first = sorted[0]?.passage;
  return sorted.map((ranked, index) => {
    const { articleKey, vector } = ranked.passage;
    const isOfAnother = first !== undefined && articleKey !== first.articleKey;
    return {
      ...ranked,
      rank: index + 1,
      isNearDuplicate: isOfAnother && dotProduct(vector, first.vector) >= REPEATED_SIMILARITY,
    };
  });
}

/** Passages with so similar vectors differ in a word or two; two accounts of one event have .7 or so. */
const REPEATED_SIMILARITY = 0.97;

/** Weights less by how well the title matches each token, and again of sum 1. */
function beyondTitle(weights: readonly number[], title: readonly TokenMatch[] | null): readonly number[] {
  if (title === null) return weights;
  const rest = weights.map((weight, index) => weight * (1 - Math.min(1, Math.max(0, title[index]?.similarity ?? 0))));
  const total = rest.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? rest.map((weight) => weight / total) : weights;
}

/** For each article its title's matches, null without a title. */
function matchTitles(
  candidates: readonly Candidate[],
  tables: QuestionTables,
): Map<number, readonly TokenMatch[] | null> {
  const titles = new Map<number, readonly TokenMatch[] | null>();
  for (const { passage } of candidates) {
    if (titles.has(passage.articleKey)) continue;
    titles.set(passage.articleKey, passage.titleCodes.length === 0 ? null : matchTokens(tables, passage.titleCodes));
  }
  return titles;
}

/** The best partner of each question token in each sentence; tokens are counted from the beginning of the passage. */
function matchSentences({ sentences, codes }: CandidatePassage, tables: QuestionTables): (readonly TokenMatch[])[] {
  let from = 0;
  return sentences.map(({ tokens }) => {
    const matches = matchTokens(tables, codes, from, from + tokens);
    from += tokens;
    return matches;
  });
}

/** The score of a passage with these features. */
export function scoreOf(features: RankingFeatures, weights: RankingWeights): number {
  return RANKING_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0);
}

/** The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009). */
export const FUSION_K = 60;

/** Reciprocal rank fusion over the features; equal values share the best of their places. */
function scoreByPlaces(measured: readonly { readonly features: RankingFeatures }[]): number[] {
  const orders = RANKING_FEATURES.map((name) => measured.map(({ features }) => features[name]).sort((a, b) => b - a));
  return measured.map(({ features }) =>
    RANKING_FEATURES.reduce(
      (sum, name, at) => sum + 1 / (FUSION_K + 1 + (orders[at]?.indexOf(features[name]) ?? 0)),
      0,
    ),
  );
}

/** 0 for none. */
function highest(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.max(...numbers);
}
