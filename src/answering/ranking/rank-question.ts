import { createTokenScorer } from '../../vectors/token-scorer.js';
import type { PassagePlaces, PassageSearch, TokenStatistics } from '../ports/passage-store.js';
import type { EncodedQuestion, QuestionEncoder } from '../question/question-encoder.js';
import type { Scope } from '../question/scope.js';
import { correctSpelling, type Spelling, type SpellingChange } from '../question/spelling.js';
import { isContentWord, wordsOfTokens } from '../question/token-words.js';
import { type FoundByWords, findCandidates, searchWords } from './candidates.js';
import { weighTokens } from './late-interaction.js';
import { type LearnedPriors, orderByPriors, type PlacedPassage, priorOf } from './priors.js';
import {
  numberPassages,
  type RankedPassage,
  type RankedQuestion,
  type RankingWeights,
  rankCandidates,
  sortByScore,
} from './ranking.js';

/** A question with everything that is needed to search for it. */
export interface PreparedQuestion extends RankedQuestion {
  /** The question as it is searched for: misspelt words are replaced. */
  readonly text: string;
  readonly changes: readonly SpellingChange[];
  /** Whether tokens were left out because there were more than `MAX_SCORED_TOKENS`. */
  readonly isCut: boolean;
  /** The text of each token, by token id. */
  readonly vocabulary: readonly string[];
  /** What its words find in the scope that it was prepared for. */
  readonly found: FoundByWords;
}

/** What a question is prepared with. */
export interface PreparingDeps {
  readonly store: TokenStatistics & Spelling & Pick<PassageSearch, 'searchTerms' | 'searchArticles'>;
  readonly encoder: QuestionEncoder;
}

/**
 * Corrects the spelling of a question, embeds it, selects and weighs the tokens that are scored, and searches for its words.
 *
 * @param scope The articles to search.
 */
export async function prepareQuestion(
  question: string,
  { store, encoder }: PreparingDeps,
  scope: Scope,
): Promise<PreparedQuestion> {
  const vocabulary = await encoder.vocabulary();
  const { question: text, changes } = correctSpelling(question, wholeWords(vocabulary), store);
  const embedding = encoder.embedQuestion(text);
  // If the search fails, nobody waits for the embedding.
  embedding.catch(() => {});
  // The model runs in another process, and the search takes about as long.
  const found = searchWords(text, store, scope);
  const whole = await embedding;
  const words = [...whole.tokens.keys()].filter((index) => isWordToken(vocabulary[whole.tokens[index] ?? -1]));
  const encoded = selectTokens(whole, selectScored(words, whole.tokens));
  const weights = weighTokens(encoded.tokens, store.passageCount, (token) => store.tokenFrequency(token));
  const contentTokens = wordsOfTokens(encoded.tokens, vocabulary)
    .filter(isContentWord)
    .map(({ fromToken }) => fromToken);
  return {
    text,
    changes,
    isCut: words.length > MAX_SCORED_TOKENS,
    encoded,
    scorer: createTokenScorer(encoded.tokenVectors),
    weights,
    contentTokens,
    vocabulary,
    found,
  };
}

/**
 * Most tokens of a question that are compared with those of passages. The time of an answer grows with them, and so does what is
 * beside the point.
 */
export const MAX_SCORED_TOKENS = 64;

/** Punctuation says nothing about what is asked. */
function isWordToken(text = ''): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/**
 * Chooses the tokens that are scored, by their index. If they are too many, each is taken once, where it occurs last, and then the
 * last ones: a long question ends with what is asked.
 */
function selectScored(words: readonly number[], tokens: Uint32Array): readonly number[] {
  if (words.length <= MAX_SCORED_TOKENS) return words;
  const last = new Map(words.map((index) => [tokens[index], index]));
  return words.filter((index) => last.get(tokens[index]) === index).slice(-MAX_SCORED_TOKENS);
}

function selectTokens({ vector, tokens, tokenVectors }: EncodedQuestion, indexes: readonly number[]): EncodedQuestion {
  return {
    vector,
    tokens: Uint32Array.from(indexes, (index) => tokens[index] ?? 0),
    tokenVectors: indexes.flatMap((index) => tokenVectors[index] ?? []),
  };
}

/** Options of `rankQuestion`. */
export interface RankOptions {
  /** Null for a model that was not fitted. */
  readonly weights: RankingWeights | null;
  readonly scope: Scope;
  /**
   * Keys of articles that an earlier answer cited: they are more likely meant, and all their passages are candidates.
   */
  readonly earlierArticles: readonly number[];
  /** What collections have learned about their articles. Default: nothing. */
  readonly priors?: LearnedPriors;
}

/**
 * Ranks the passages that any retriever proposes for a question, best first. Earlier articles and priors change the order but not
 * the scores, because confidence was fitted without conversations and without priors.
 */
export function rankQuestion(
  question: PreparedQuestion,
  store: PassageSearch & PassagePlaces,
  { weights, scope, earlierArticles, priors = NO_PRIORS }: RankOptions,
): RankedPassage[] {
  const candidates = findCandidates(question.text, question.encoded, question.found, store, scope, earlierArticles);
  const ranking = rankCandidates(candidates, question, weights);
  if (weights === null) return ranking;
  const bonusOf = earlierArticleBonus(new Set(earlierArticles));
  const sorted = earlierArticles.length === 0 ? ranking : sortByScore(ranking, bonusOf);
  return priors.size === 0 ? sorted : favourByPriors(sorted, bonusOf, store, priors);
}

const NO_PRIORS: LearnedPriors = new Map();

/**
 * In log-odds: a passage from an article that was just cited counts as e^1.5, about 4.5 times, as likely to be meant.
 * There was no conversation data to fit it on. It breaks near ties; it cannot rescue a poor match.
 */
const EARLIER_ARTICLE_BONUS = 1.5;

type BonusOf = (ranked: Pick<RankedPassage, 'passage'>) => number;

function earlierArticleBonus(articles: ReadonlySet<number>): BonusOf {
  return ({ passage }) => (articles.has(passage.articleKey) ? EARLIER_ARTICLE_BONUS : 0);
}

function favourByPriors(
  ranking: readonly RankedPassage[],
  bonusOf: BonusOf,
  store: PassagePlaces,
  priors: LearnedPriors,
): RankedPassage[] {
  const placed = ranking.map(
    (ranked): PlacedPassage => ({
      score: ranked.score + bonusOf(ranked),
      titleMaxSim: ranked.features.titleMaxSim,
      place: store.passagePlace(ranked.passage.key),
    }),
  );
  const withPriors = ranking.map((ranked, index) => {
    const one = placed[index];
    return one === undefined ? ranked : { ...ranked, prior: priorOf(one, priors) };
  });
  return numberPassages(orderByPriors(placed, priors).flatMap((index) => withPriors[index] ?? []));
}

const WHOLE_WORDS = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The tokens that are whole words, in lower case: in SentencePiece those that begin with "▁", in WordPiece those that
 * do not continue another with "##". Computed once per vocabulary.
 */
function wholeWords(vocabulary: readonly string[]): ReadonlySet<string> {
  const known = WHOLE_WORDS.get(vocabulary);
  if (known !== undefined) return known;
  const begin = vocabulary.filter((token) => token.startsWith('▁')).map((token) => token.slice(1));
  const whole = begin.length > 0 ? begin : vocabulary.filter((token) => !token.startsWith('##'));
  const words = new Set(whole.map((token) => token.toLowerCase()));
  WHOLE_WORDS.set(vocabulary, words);
  return words;
}
