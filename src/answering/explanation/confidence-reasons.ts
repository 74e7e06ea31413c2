import type { Coefficients } from '../confidence/coefficients.js';
import { DECISION_FEATURES, type DecisionFeatures, rivalOf } from '../confidence/decision.js';
import { wordsOfTokens } from '../question/token-words.js';
import { matchWords } from '../quoting/matched-words.js';
import type { RankedPassage } from '../ranking/ranking.js';
import type { ExplainedQuestion } from './explained-question.js';
import type { ConfidenceReason } from './reasons.js';
import { writtenWords } from './written-words.js';

/**
 * In log-odds: less than what changes 50% to 55% is no reason. The questions that the decision was fitted on then have three
 * reasons each, on average.
 */
const MIN_CONTRIBUTION = 0.2;

/** What a reason adds to the log-odds of the confidence. */
interface Contribution {
  readonly logOdds: number;
  readonly reason: ConfidenceReason;
}

/** The reason that a feature is if it is higher than usual, and if it is lower. */
interface ReasonPair {
  readonly raises: ConfidenceReason;
  readonly lowers: ConfidenceReason;
}

/**
 * Finds out what made the confidence in an answer higher or lower than usual. A feature contributes its weight times its
 * difference from the mean of the questions that the weights were fitted on; it is a reason from `MIN_CONTRIBUTION` on.
 *
 * @param articleName Returns what people call the article of a passage.
 * @returns The strongest first. Empty if nothing is unusual, and without candidates.
 */
export function confidenceReasons(
  result: ExplainedQuestion,
  { decision: weights, typical }: Pick<Coefficients, 'decision' | 'typical'>,
  articleName: (ranked: RankedPassage) => string,
): ConfidenceReason[] {
  const { features } = result.decision;
  if (features === null) return [];
  const contributionOf = (name: keyof DecisionFeatures): number => weights[name] * (features[name] - typical[name]);
  return DECISION_FEATURES.flatMap((name): Contribution[] => {
    switch (name) {
      case 'contentSimilarity':
        return wordContributions(result, weights[name], typical[name]);
      case 'lead':
        return [contribution(contributionOf(name), leadReasons(result, articleName))];
      default:
        return [contribution(contributionOf(name), SIMPLE_REASONS[name])];
    }
  })
    .filter(({ logOdds }) => Math.abs(logOdds) >= MIN_CONTRIBUTION)
    .toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
    .map(({ reason }) => reason);
}

function contribution(logOdds: number, { raises, lowers }: ReasonPair): Contribution {
  return { logOdds, reason: logOdds > 0 ? raises : lowers };
}

const SIMPLE_REASONS = {
  similarity: {
    raises: { kind: 'same-subject', effect: 'raises' },
    lowers: { kind: 'other-subject', effect: 'lowers' },
  },
  titleMaxSim: {
    raises: { kind: 'little-in-title', effect: 'raises' },
    lowers: { kind: 'much-in-title', effect: 'lowers' },
  },
  questionLength: {
    raises: { kind: 'long-question', effect: 'raises' },
    lowers: { kind: 'short-question', effect: 'lowers' },
  },
} as const satisfies Record<string, ReasonPair>;

function leadReasons(
  { ranking, decision }: ExplainedQuestion,
  articleName: (ranked: RankedPassage) => string,
): ReasonPair {
  const [first] = ranking;
  const rival = rivalOf(ranking);
  const isOther = rival !== null && rival.passage.articleKey !== first?.passage.articleKey;
  return {
    raises: { kind: 'clear-lead', effect: 'raises', over: isOther ? 'articles' : 'passages' },
    lowers:
      decision.outcome === 'not-found'
        ? { kind: 'no-lead', effect: 'lowers' }
        : { kind: 'rival', effect: 'lowers', article: isOther ? articleName(rival) : null },
  };
}

/** `contentSimilarity` is a mean over words, so each word contributes its share: those that are matched, and those that are not. */
function wordContributions({ ranking, prepared }: ExplainedQuestion, weight: number, typical: number): Contribution[] {
  const { encoded, vocabulary, contentTokens, text } = prepared;
  const [first] = ranking;
  if (first === undefined) return [];
  const matched = new Set([
    ...matchWords(encoded, first.matches, first.passage, vocabulary).map(({ question }) => question),
    ...wordsOfTokens(first.passage.tokenIds, vocabulary).map((word) => word.text),
  ]);
  const counted = contentTokens.length > 0 ? contentTokens : [...first.matches.similarities.keys()];
  const words = new Map(wordsOfTokens(encoded.tokens, vocabulary).map((word) => [word.fromToken, word.text]));
  const isMissing = (token: number): boolean => contentTokens.length > 0 && !matched.has(words.get(token) ?? '');
  const logOddsOf = (tokens: readonly number[]): number =>
    tokens.reduce((sum, token) => sum + (first.matches.similarities[token] ?? 0) - typical, 0) *
    (weight / counted.length);
  const missing = counted.filter(isMissing);
  const others = counted.filter((token) => !isMissing(token));
  const written = writtenWords(text);
  const missingWords = [...new Set(missing.map((token) => written(words.get(token) ?? '')))];
  return [
    contribution(logOddsOf(others), {
      raises: { kind: missing.length === 0 ? 'all-words' : 'most-words', effect: 'raises' },
      lowers: { kind: 'loose-words', effect: 'lowers' },
    }),
    // A word that nothing matches never raises the confidence.
    {
      logOdds: Math.min(0, logOddsOf(missing)),
      reason: { kind: 'missing-words', effect: 'lowers', words: missingWords },
    },
  ];
}
