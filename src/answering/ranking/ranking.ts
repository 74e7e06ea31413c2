import { dotProduct } from '../../vectors/dot-product.js';
import type { TokenMatches, TokenScorer } from '../../vectors/token-scorer.js';
import type { CandidatePassage } from '../ports/passage-store.js';
import type { EncodedQuestion } from '../question/question-encoder.js';
import type { Candidate } from './candidates.js';
import { bestMatches, maxSim, type TokenWeights } from './late-interaction.js';

/**
 * The features that passages are ranked by, each about 0 to 1. The title counts as part of every passage of its
 * article: paragraphs rarely repeat what the title said, but people ask for it.
 */
export interface RankingFeatures {
  /** MaxSim of passage and title, with the question tokens weighted by idf. */
  readonly maxSimIdf: number;
  /** MaxSim of passage and title, with even weights. */
  readonly maxSim: number;
  /** MaxSim, weighted by idf, of the title and the best single sentence: higher if one sentence has everything. */
  readonly sentenceMaxSim: number;
  /** MaxSim of the title alone, weighted by idf. */
  readonly titleMaxSim: number;
  /** BM25 score of the passage over that of the best passage. */
  readonly termShare: number;
  /** The best vector similarity of any candidate of the same article. */
  readonly articleSimilarity: number;
  /** How much higher the MaxSim of the title, weighted by idf, is with the headings above the passage; 0 without headings. */
  readonly sectionGain: number;
  /** How much higher `maxSimIdf` would be with the passage's other context, such as the sentence that introduces its list. */
  readonly contextGain: number;
}

/** The names of the ranking features, in the order they are summed. */
export const RANKING_FEATURES = [
  'maxSimIdf',
  'maxSim',
  'sentenceMaxSim',
  'titleMaxSim',
  'termShare',
  'articleSimilarity',
  'sectionGain',
  'contextGain',
] as const satisfies readonly (keyof RankingFeatures)[];

/** One weight per feature. The score is their dot product. */
export type RankingWeights = RankingFeatures;

/** A candidate with its score and its rank. */
export interface RankedPassage extends Candidate {
  /** From 1. */
  readonly rank: number;
  /**
   * In log-odds: passage a is e^(score of a - score of b) times as likely to answer as passage b (softmax regression).
   * For a model that was not fitted it is a sum of reciprocal ranks, which only gives the order.
   */
  readonly score: number;
  readonly features: RankingFeatures;
  /** Similarity of the vectors of passage and question, -1 to 1. */
  readonly similarity: number;
  /**
   * Weights of the question tokens, adding up to 1. The better the title matches a token, the less it weighs: what is
   * left is what the question asks beyond the title.
   */
  readonly weightsBeyondTitle: readonly number[];
  /** How well it matches the content words of the question: the mean, about 0 to 1. */
  readonly contentSimilarity: number;
  /**
   * Whether it has nearly the same text as the first passage, in another article: several papers print the same story.
   */
  readonly isNearDuplicate: boolean;
  /**
   * What the priors of its collection add to the score for sorting, in log-odds. The score itself stays: confidence was fitted
   * without priors. Default: 0.
   */
  readonly prior?: number;
  /** The best partner of each question token in the passage. */
  readonly matches: TokenMatches;
  /** The best partner of each question token in each sentence and heading of the passage. */
  readonly sentenceMatches: readonly TokenMatches[];
  /** The same in its other context, such as the sentence that introduces its list; null if it has none. */
  readonly contextMatches: TokenMatches | null;
}

/** A passage whose features are known but whose score is not. */
type MeasuredPassage = Omit<RankedPassage, 'score' | 'rank' | 'isNearDuplicate' | 'prior'>;

/** A scored passage that has no rank yet. */
type UnrankedPassage = MeasuredPassage & Pick<RankedPassage, 'score' | 'prior'>;

/** A question, embedded and weighted for ranking. */
export interface RankedQuestion {
  readonly encoded: EncodedQuestion;
  readonly scorer: TokenScorer;
  readonly weights: TokenWeights;
  /** The first token of each content word, by its index in the question. */
  readonly contentTokens: readonly number[];
}

/**
 * Ranks candidates by late interaction and by their article.
 *
 * @param weights Null for a model that was not fitted. The similarities of models differ in scale, so only the order of
 *   the candidates in each feature counts then.
 * @returns Best first. Ties go to the older passage.
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  question: RankedQuestion,
  weights: RankingWeights | null,
): RankedPassage[] {
  const measured = measureCandidates(candidates, question);
  const scores = weights === null ? fuseRanks(measured) : measured.map(({ features }) => scoreOf(features, weights));
  return sortByScore(measured.map((passage, index) => ({ ...passage, score: scores[index] ?? 0 })));
}

function measureCandidates(candidates: readonly Candidate[], question: RankedQuestion): MeasuredPassage[] {
  const titles = matchTitles(candidates, question);
  const meanTitleMaxSim = mean([...titles.values()].flatMap(({ titleMaxSim }) => titleMaxSim ?? []));
  const similarities = candidates.map(({ passage }) => dotProduct(question.encoded.vector, passage.vector));
  const articleSimilarities = bestByArticle(candidates, similarities);
  return candidates.map((candidate, index) => {
    const { articleKey } = candidate.passage;
    return measureCandidate(candidate, question, {
      title: titles.get(articleKey) ?? matchTitle(null, question),
      meanTitleMaxSim,
      similarity: similarities[index] ?? 0,
      articleSimilarity: articleSimilarities.get(articleKey) ?? 0,
    });
  });
}

/** The features of a candidate that depend on its article and the other candidates. */
interface CandidateContext {
  readonly title: MatchedTitle;
  /** Mean over all titles. An article without a title gets this, so it is neither favoured nor penalised. */
  readonly meanTitleMaxSim: number;
  readonly similarity: number;
  readonly articleSimilarity: number;
}

function measureCandidate(
  { passage, termRank, vectorRank, termShare }: Candidate,
  { scorer, weights: { even, idf }, contentTokens }: RankedQuestion,
  { title, meanTitleMaxSim, similarity, articleSimilarity }: CandidateContext,
): MeasuredPassage {
  const lengths = passage.sentences.map(({ tokens }) => tokens);
  const sentenceMatches = scorer.match(passage.codes, lengths);
  const quotable = sentenceMatches.filter((_, index) => passage.sentences[index]?.isLabel === false);
  const matches = bestMatches(sentenceMatches);
  const withTitle = title.matches === null ? matches : bestMatches([matches, title.matches]);
  const maxSimIdf = maxSim(withTitle, idf);
  const titleMaxSim = title.titleMaxSim ?? meanTitleMaxSim;
  const section = matchCodes(passage.sectionCodes, scorer);
  const contextMatches = matchCodes(passage.contextCodes, scorer);
  // A question of stop words is about all of them.
  const content = contentTokens.length > 0 ? contentTokens : [...matches.similarities.keys()];
  return {
    passage,
    termRank,
    vectorRank,
    termShare,
    features: {
      maxSimIdf,
      maxSim: maxSim(withTitle, even),
      sentenceMaxSim: highest(quotable.map((sentence) => maxSim(sentence, idf, title.matches))),
      titleMaxSim,
      termShare,
      articleSimilarity,
      sectionGain: section === null ? 0 : maxSim(section, idf) - titleMaxSim,
      contextGain: contextMatches === null ? 0 : maxSim(withTitle, idf, contextMatches) - maxSimIdf,
    },
    similarity,
    weightsBeyondTitle: title.weightsBeyond,
    contentSimilarity: mean(content.map((token) => matches.similarities[token] ?? 0)),
    matches,
    sentenceMatches,
    contextMatches,
  };
}

/**
 * The matches of each sentence together with what it belongs to: a definition says something only with its term, an answer with
 * its question, a row with its header. Labels keep their own matches.
 */
export function labelledMatches({
  passage: { sentences },
  sentenceMatches,
  contextMatches,
}: Pick<RankedPassage, 'passage' | 'sentenceMatches' | 'contextMatches'>): TokenMatches[] {
  let labels: readonly TokenMatches[] = contextMatches === null ? [] : [contextMatches];
  return sentenceMatches.map((own, index) => {
    if (sentences[index]?.isLabel !== true) return bestMatches([own, ...labels]);
    const isFirstLabel = sentences[index - 1]?.isLabel !== true;
    labels = isFirstLabel ? [own] : [...labels, own];
    return own;
  });
}

/**
 * Sorts passages by score and numbers them. Ties go to the older passage.
 *
 * @param bonusOf Returns what is added to a passage's score for sorting; the score itself stays. Default: 0.
 */
export function sortByScore(
  passages: readonly UnrankedPassage[],
  bonusOf: (passage: UnrankedPassage) => number = () => 0,
): RankedPassage[] {
  const sortKeyOf = (passage: UnrankedPassage): number => passage.score + bonusOf(passage);
  return numberPassages(passages.toSorted((a, b) => sortKeyOf(b) - sortKeyOf(a) || a.passage.key - b.passage.key));
}

/** Numbers passages in the order that they have, and compares each with the first. */
export function numberPassages(passages: readonly UnrankedPassage[]): RankedPassage[] {
  const first = passages[0]?.passage;
  return passages.map((ranked, index) => ({
    ...ranked,
    rank: index + 1,
    isNearDuplicate: first !== undefined && isNearDuplicate(ranked.passage, first),
  }));
}

/** Passages with vectors this similar differ in a word or two; two accounts of one event have about 0.7. */
const NEAR_DUPLICATE_SIMILARITY = 0.97;

function isNearDuplicate(passage: CandidatePassage, first: CandidatePassage): boolean {
  return passage.articleKey !== first.articleKey && areNearDuplicates(passage, first);
}

/** Whether two passages have nearly the same text. */
export function areNearDuplicates(a: Pick<CandidatePassage, 'vector'>, b: Pick<CandidatePassage, 'vector'>): boolean {
  return dotProduct(a.vector, b.vector) >= NEAR_DUPLICATE_SIMILARITY;
}

/** Lowers each weight by how well the title matches the token, and scales the rest to the sum 1. */
function weighBeyondTitle(weights: readonly number[], title: TokenMatches | null): readonly number[] {
  if (title === null) return weights;
  const rest = weights.map((weight, index) => weight * (1 - Math.min(1, Math.max(0, title.similarities[index] ?? 0))));
  const total = rest.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? rest.map((weight) => weight / total) : weights;
}

/** What the title of an article matches. */
interface MatchedTitle {
  /** Null if the article has no title. */
  readonly matches: TokenMatches | null;
  /** MaxSim of the title, weighted by idf; null if there is none. */
  readonly titleMaxSim: number | null;
  /** Even weights of what the question asks beyond the title. */
  readonly weightsBeyond: readonly number[];
}

/** What the titles match, by article key. */
function matchTitles(candidates: readonly Candidate[], question: RankedQuestion): Map<number, MatchedTitle> {
  const titles = new Map<number, MatchedTitle>();
  for (const { passage } of candidates) {
    if (titles.has(passage.articleKey)) continue;
    titles.set(passage.articleKey, matchTitle(matchCodes(passage.titleCodes, question.scorer), question));
  }
  return titles;
}

function matchTitle(matches: TokenMatches | null, { weights: { even, idf } }: RankedQuestion): MatchedTitle {
  return {
    matches,
    titleMaxSim: matches === null ? null : maxSim(matches, idf),
    weightsBeyond: weighBeyondTitle(even, matches),
  };
}

/** The best partner of each question token among these tokens; null if there are none. */
function matchCodes(codes: Uint8Array, scorer: TokenScorer): TokenMatches | null {
  return codes.length === 0 ? null : (scorer.match(codes)[0] ?? null);
}

/** The highest similarity of each article's candidates, by article key. */
function bestByArticle(candidates: readonly Candidate[], similarities: readonly number[]): Map<number, number> {
  const best = new Map<number, number>();
  candidates.forEach(({ passage: { articleKey } }, index) => {
    best.set(articleKey, Math.max(best.get(articleKey) ?? -1, similarities[index] ?? -1));
  });
  return best;
}

/** Returns the score of a passage: the dot product of its features and their weights. */
export function scoreOf(features: RankingFeatures, weights: RankingWeights): number {
  return RANKING_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0);
}

/** The constant k of reciprocal rank fusion, score = sum of 1 / (k + rank) (Cormack, Clarke & Büttcher 2009). */
export const FUSION_K = 60;

/** The features of passage and article. What structure adds says little alone, and nothing in running text. */
const FUSED_FEATURES = [
  'maxSimIdf',
  'maxSim',
  'sentenceMaxSim',
  'titleMaxSim',
  'termShare',
  'articleSimilarity',
] as const satisfies readonly (keyof RankingFeatures)[];

/** Scores by reciprocal rank fusion over these features. Equal values share the best of their ranks. */
function fuseRanks(measured: readonly { readonly features: RankingFeatures }[]): number[] {
  const orders = FUSED_FEATURES.map((name) => measured.map(({ features }) => features[name]).toSorted((a, b) => b - a));
  return measured.map(({ features }) =>
    FUSED_FEATURES.reduce((sum, name, at) => sum + 1 / (FUSION_K + 1 + (orders[at]?.indexOf(features[name]) ?? 0)), 0),
  );
}

/** The mean of numbers, or 0 if there are none. */
function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** The highest number, or 0 if there are none. */
function highest(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.max(...numbers);
}
