import { findCandidates } from './candidates.js';
import type { Coefficients } from './coefficients.js';
import { type QuestionTables, type TokenWeights, tablesOf, weighTokens } from './late-interaction.js';
import type { PassageSearch, TokenStatistics } from './ports.js';
import type { EncodedQuestion, QuestionEncoder } from './question-encoder.js';
import { type RankedPassage, rankCandidates, sortByScore } from './ranking.js';
import type { Scope } from './scope.js';
import { correctSpelling, type Spelling, type SpellingChange } from './spelling.js';

/** A question with all that is looked for by. */
export interface PreparedQuestion {
  /** As it is looked for: misspelt words replaced. */
  readonly text: string;
  readonly changes: readonly SpellingChange[];
  readonly encoded: EncodedQuestion;
  readonly tables: QuestionTables;
  readonly weights: TokenWeights;
  /** The text of each token, by token id. */
  readonly vocabulary: readonly string[];
}

/** Reads misspelt words, embeds the question and weighs its tokens. */
export async function prepareQuestion(
  question: string,
  { store, encoder }: { readonly store: TokenStatistics & Spelling; readonly encoder: QuestionEncoder },
): Promise<PreparedQuestion> {
  const vocabulary = await encoder.vocabulary();
  const { question: text, changes } = correctSpelling(question, wholeWords(vocabulary), store);
  const encoded = await encoder.embedQuestion(text);
  const isWord = Array.from(encoded.tokens, (token) => /[\p{L}\p{N}]/u.test(vocabulary[token] ?? ''));
  const weights = weighTokens(encoded.tokens, isWord, store.passageCount, (token) => store.tokenFrequency(token));
  return { text, changes, encoded, tables: tablesOf(encoded), weights, vocabulary };
}

/** What a ranking is made with. */
export interface RankOptions {
  readonly coefficients: Coefficients | null;
  readonly scope: Scope;
  /** Articles that an earlier answer cited: more likely meant, and all their passages are candidates. */
  readonly earlierArticles: readonly number[];
}

/** Ranks the passages for a question, as far as any retriever proposed them. */
export function rankQuestion(
  { text, encoded, tables, weights }: PreparedQuestion,
  store: PassageSearch,
  { coefficients, scope, earlierArticles }: RankOptions,
): RankedPassage[] {
  const candidates = findCandidates(text, encoded, store, scope, earlierArticles);
  const ranking = rankCandidates(candidates, encoded, tables, weights, coefficients?.ranking ?? null);
  return earlierArticles.length === 0 || coefficients === null ? ranking : favour(ranking, new Set(earlierArticles));
}

/**
 * In log-odds: a passage of an article that was cited just before is e^1.5, some four times, likelier to be meant. No set of
 * conversations was at hand to fit it; it decides between near ties and cannot lift what hardly matches.
 */
const EARLIER_ARTICLE_BONUS = 1.5;

/** Changes the order and not the scores: confidence was fitted without conversations. */
function favour(ranking: readonly RankedPassage[], articles: ReadonlySet<number>): RankedPassage[] {
  return sortByScore(ranking, ({ passage }) => (articles.has(passage.articleKey) ? EARLIER_ARTICLE_BONUS : 0));
}

const WHOLE_WORDS = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The tokens that are whole words: in SentencePiece those that begin with "▁", in WordPiece those that do not go on with "##". */
function wholeWords(vocabulary: readonly string[]): ReadonlySet<string> {
  const known = WHOLE_WORDS.get(vocabulary);
  if (known !== undefined) return known;
  const begin = vocabulary.filter((token) => token.startsWith('▁')).map((token) => token.slice(1));
  const whole = begin.length > 0 ? begin : vocabulary.filter((token) => !token.startsWith('##'));
  const words = new Set(whole.map((token) => token.toLowerCase()));
  WHOLE_WORDS.set(vocabulary, words);
  return words;
}
