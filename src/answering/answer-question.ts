import { type ArticleReference, sliceOf } from '../corpus/article.js';
import type { Citation } from '../corpus/citation.js';
import type { Answer, AnswerRank, PassageTrace } from './answer.js';
import { findCandidates } from './candidates.js';
import { COEFFICIENTS, type Coefficients } from './coefficients.js';
import { decide } from './decision.js';
import { matchTokens, type QuestionTables, type TokenWeights, tablesOf, weighTokens } from './late-interaction.js';
import { findWords, matchWords } from './matched-words.js';
import type { PassageStore, Scope } from './passage-store.js';
import type { EncodedQuestion, QuestionEncoder } from './question.js';
import { readQuestion } from './question.js';
import { chooseQuote } from './quote.js';
import { type RankedPassage, rankCandidates } from './ranking.js';
import { mainScript } from './script.js';

const MAX_CITATIONS = 3;

/** A further article is cited while the odds that its passage answers are at least e^-2 (1 to 7) of the first one's. */
const MAX_SCORE_BEHIND = 2;

/** What a question is answered from and with. */
export interface AnsweringParts {
  readonly store: PassageStore;
  readonly encoder: QuestionEncoder;
  /** Milliseconds from any fixed moment, for `tookMs`. */
  readonly clock: () => number;
  readonly coefficients?: Coefficients;
}

export interface AnswerOptions {
  /** Passages listed in `ranking` and `trace`; 5 by default. */
  readonly limit?: number;
  /** Answers from one collection only. */
  readonly collection?: Scope;
}

/**
 * Answers a question from the articles: candidates, ranking, decision, quote.
 *
 * @throws {UserError} when the question is empty, too long or has no words.
 */
export async function answerQuestion(
  input: string,
  parts: AnsweringParts,
  options: AnswerOptions = {},
): Promise<Answer> {
  const { store, clock } = parts;
  const startedAt = clock();
  const question = readQuestion(input);
  const prepared = await prepareQuestion(question, parts);
  // One state of the library: an article that is replaced meanwhile would be ranked, and gone when it is quoted.
  const answer = store.reading(() => answerPrepared(prepared, parts, options));
  return { ...answer, tookMs: clock() - startedAt };
}

function answerPrepared(
  prepared: PreparedQuestion,
  { store, coefficients = COEFFICIENTS }: AnsweringParts,
  { limit = 5, collection = null }: AnswerOptions,
): Omit<Answer, 'tookMs'> {
  const { question } = prepared;
  const ranking = rank(prepared, store, coefficients, collection);
  const { outcome, confidence, features } = decide(ranking, coefficients.decision, coefficients.thresholds);

  const articles = new Map<number, { reference: ArticleReference; text: string }>();
  const articleOf = ({ passage }: RankedPassage): { reference: ArticleReference; text: string } => {
    const article = articles.get(passage.articleKey) ?? store.article(passage.articleKey);
    articles.set(passage.articleKey, article);
    return article;
  };
  const textOf = (ranked: RankedPassage): string => sliceOf(articleOf(ranked).text, ranked.passage);
  const cited = outcome === 'not-found' ? [] : foldByArticle(ranking);
  const best = ranking.slice(0, limit);
  return {
    question,
    outcome,
    confidence,
    advice: outcome === 'not-found' ? adviceFor(question, best.map(textOf)) : null,
    citations: cited.map((ranked) => cite(ranked, articleOf(ranked), prepared)),
    ranking: best.map(
      (ranked): AnswerRank => ({
        passageId: ranked.passage.id,
        articleId: articleOf(ranked).reference.id,
        text: textOf(ranked),
        score: ranked.score,
      }),
    ),
    trace: {
      candidates: ranking.length,
      passages: best.map((ranked) => traceOf(ranked, prepared)),
      decision: features,
    },
  };
}

/** Words in letters that the articles do not use cannot match theirs. */
function adviceFor(question: string, passages: readonly string[]): string | null {
  const asked = mainScript(question);
  const written = mainScript(passages.join(' '));
  if (asked === null || written === null || asked === written) return null;
  return `The question is in ${asked} script and the articles are in ${written} script: ask in the language of the articles.`;
}

/** A question with all that is looked for by. */
interface PreparedQuestion {
  readonly question: string;
  readonly encoded: EncodedQuestion;
  readonly tables: QuestionTables;
  readonly weights: TokenWeights;
  readonly vocabulary: readonly string[];
}

async function prepareQuestion(question: string, { store, encoder }: AnsweringParts): Promise<PreparedQuestion> {
  const encoded = await encoder.embedQuestion(question);
  const vocabulary = await encoder.vocabulary();
  const isWord = Array.from(encoded.tokens, (token) => /[\p{L}\p{N}]/u.test(vocabulary[token] ?? ''));
  const weights = weighTokens(encoded.tokens, isWord, store.passageCount, (token) => store.tokenFrequency(token));
  return { question, encoded, tables: tablesOf(encoded), weights, vocabulary };
}

/** Ranks the passages for a question, as far as any retriever proposed them. */
export async function rankPassages(question: string, parts: AnsweringParts): Promise<readonly RankedPassage[]> {
  const prepared = await prepareQuestion(question, parts);
  return parts.store.reading(() => rank(prepared, parts.store, parts.coefficients ?? COEFFICIENTS, null));
}

function rank(
  { question, encoded, tables, weights }: PreparedQuestion,
  store: PassageStore,
  coefficients: Coefficients,
  collection: Scope,
): RankedPassage[] {
  const candidates = findCandidates(question, encoded, store, collection);
  return rankCandidates(candidates, encoded, tables, weights, coefficients.ranking);
}

/** The best passage of each of the best articles: a second article is worth more to a reader than a second passage of the first. */
function foldByArticle(ranking: readonly RankedPassage[]): RankedPassage[] {
  const bestScore = ranking[0]?.score ?? 0;
  const folded = new Map<number, RankedPassage>();
  for (const ranked of ranking) {
    if (folded.size === MAX_CITATIONS || ranked.score < bestScore - MAX_SCORE_BEHIND) break;
    if (!folded.has(ranked.passage.articleKey)) folded.set(ranked.passage.articleKey, ranked);
  }
  return [...folded.values()];
}

function cite(
  { passage }: RankedPassage,
  article: { readonly reference: ArticleReference; readonly text: string },
  { encoded, tables, weights, vocabulary }: PreparedQuestion,
): Citation {
  const span = chooseQuote(passage, tables, weights.idf, (sentence) => sliceOf(article.text, sentence));
  const quote = sliceOf(article.text, span);
  const matches = matchTokens(tables, passage.codes, span.fromToken, span.toToken);
  const words = matchWords(encoded, matches, passage, vocabulary).map((match) => match.passage);
  return {
    passageId: passage.id,
    article: article.reference,
    quote,
    start: span.start,
    end: span.end,
    passage: sliceOf(article.text, passage),
    passageStart: passage.start,
    matches: findWords(quote, words),
  };
}

function traceOf(ranked: RankedPassage, { encoded, vocabulary }: PreparedQuestion): PassageTrace {
  const { passage, rank: place, score, termRank, vectorRank, features } = ranked;
  const words = matchWords(encoded, ranked.matches, passage, vocabulary);
  return { passageId: passage.id, rank: place, score, termRank, vectorRank, features, words };
}
