import { sliceOf } from '../text/span.js';
import type { Answer, AnswerRank } from './answer.js';
import { bestReading, type PreparedReading, prepareReadings } from './best-reading.js';
import { collectNotes } from './collect-notes.js';
import type { Coefficients } from './confidence/coefficients.js';
import { type AnswerOutcome, decide, type Outcome, overallConfidence, overallOutcome } from './confidence/decision.js';
import { changesTopic, type EarlierAnswer } from './follow-up.js';
import { type CompareLanguages, checkLanguage, LANGUAGE_PASSAGES } from './language-check.js';
import { withPinned } from './pinned-answer.js';
import type { FindPin } from './pins/find-pin.js';
import { pinKeys } from './pins/pin-keys.js';
import type { ArticleTexts, PassageStore } from './ports/passage-store.js';
import { MAX_QUESTIONS, splitQuestions } from './question/question.js';
import type { QuestionEncoder } from './question/question-encoder.js';
import { readMessage, readWords } from './question/read-message.js';
import { isInScope, type Scope } from './question/scope.js';
import { shortenQuestion } from './question/shorten-question.js';
import { bestPassages, type QuestionResult } from './question-result.js';
import { cite } from './quoting/cite.js';
import type { LearnedPriors } from './ranking/priors.js';
import { rankQuestion } from './ranking/rank-question.js';
import type { RankedPassage } from './ranking/ranking.js';
import { changesYear, readQuestions } from './read-questions.js';
import { readWithPaste } from './read-with-paste.js';
import { selectCitations } from './select-citations.js';
import { buildTrace } from './trace.js';

/** The library, the model and everything else that answering depends on. */
export interface AnsweringDeps {
  readonly store: PassageStore;
  readonly encoder: QuestionEncoder;
  /** Returns milliseconds since any fixed moment, for `tookMs`. */
  readonly clock: () => number;
  /** Null for a model that was not fitted: its passages are only ordered, and its answers have no confidence. */
  readonly coefficients: Coefficients | null;
  /** Returns what collections have learned about their articles. Default: nothing. */
  readonly priors?: () => LearnedPriors;
  /** Default: languages are not compared, only scripts. */
  readonly compareLanguages?: CompareLanguages;
}

/** Options of `answerQuestion`. */
export interface AnswerOptions {
  /** Maximum number of passages in the answer's ranking. The citations do not count towards it. Default: 5. */
  readonly limit?: number;
  /** The articles to search. Default: all. */
  readonly scope?: Scope;
  /** The answer that the question may be a follow-up to. The articles it cites then rank higher. Default: none. */
  readonly earlier?: EarlierAnswer | null;
  /** Finds what people pinned to the question. Default: nothing is pinned. */
  readonly findPin?: FindPin | null;
  /**
   * Whether the input is search words and not a message: all of it is searched for, and nothing counts as small talk.
   * Default: false.
   */
  readonly isSearch?: boolean;
}

/**
 * Answers a question from the articles: finds candidates, ranks them, decides what the answer may claim, and quotes. If
 * a message asks several questions, the first three are answered, and their quotes alternate, at most three in all.
 *
 * @throws {QuestionError} if the question is empty, too long, has no words or is only small talk.
 */
export async function answerQuestion(input: string, deps: AnsweringDeps, options: AnswerOptions = {}): Promise<Answer> {
  const { findPin = null, scope = null } = options;
  const detailed = await answerInDetail(input, deps, options);
  return findPin === null ? detailed.answer : withPinned(detailed.answer, findPin(detailed.pinKeys, scope));
}

/** An answer with what it was made from. */
export interface DetailedAnswer {
  /** Without what is pinned to the question. */
  readonly answer: Answer;
  /** The result of each question in the message. */
  readonly results: readonly QuestionResult[];
  /** The folded forms of the message, under which something may be pinned to it. */
  readonly pinKeys: readonly string[];
}

/**
 * Answers like `answerQuestion`, without pins, and also returns what the answer was made from.
 *
 * @throws {QuestionError} if the question is empty, too long, has no words or is only small talk.
 */
export async function answerInDetail(
  input: string,
  deps: AnsweringDeps,
  { limit = 5, scope = null, earlier = null, isSearch = false }: Omit<AnswerOptions, 'findPin'> = {},
): Promise<DetailedAnswer> {
  const { store, clock, coefficients } = deps;
  const startedAt = clock();
  const { text, question, pasted } = isSearch ? readWords(input) : readMessage(input);
  const { text: searched, isShortened } = shortenQuestion(question);
  const questions = splitQuestions(searched);
  const read = questions.slice(0, MAX_QUESTIONS);
  const asked = pasted === '' ? readQuestions(read, earlier) : readWithPaste(read, pasted, store);
  const prepared = await Promise.all(asked.map(({ readings }) => prepareReadings(readings, deps, scope)));
  // One state of the library from ranking to quoting: otherwise a ranked article could be removed before it is quoted.
  // `prepareReadings` read before that, so spelling and token weights may come from an earlier state.
  return store.readConsistently(() => {
    const earlierArticles = earlierArticleKeys(question, earlier, scope, store);
    const options = {
      weights: coefficients?.ranking ?? null,
      scope,
      earlierArticles,
      ...(deps.priors && { priors: deps.priors() }),
    };
    const results = prepared.map((readings, index) => {
      const rank = (one: PreparedReading): QuestionResult => {
        const ranking = rankQuestion(one.prepared, store, options);
        return {
          ...one,
          question: asked[index]?.question || one.reading.text,
          ranking,
          decision: decide(ranking, one.prepared.contentTokens.length, coefficients),
        };
      };
      return bestReading(readings.map(rank));
    });
    const skipped = questions.length - asked.length;
    const answer = buildAnswer(
      { text, question, isShortened, results, skipped, limit, favoured: earlierArticles },
      deps,
    );
    const alone = prepared[0]?.[0]?.prepared;
    return {
      answer: { ...answer, tookMs: clock() - startedAt },
      results,
      pinKeys: alone === undefined ? [] : [...pinKeys(text, alone), ...pinKeys(question, alone)],
    };
  });
}

/** Keys of the articles that are more likely meant because an earlier answer cites them. */
function earlierArticleKeys(
  question: string,
  earlier: EarlierAnswer | null,
  scope: Scope,
  store: ArticleTexts,
): number[] {
  if (earlier === null || changesTopic(question) || changesYear(question, earlier.question)) return [];
  return earlier.articleIds
    .flatMap((id) => store.articleKey(id) ?? [])
    .filter((key) => isInScope(store.article(key).reference, scope));
}

interface AnswerSources {
  /** The message as it was asked, on one line. */
  readonly text: string;
  /** The question in it; empty if there is only pasted text. */
  readonly question: string;
  /** Whether only a part of the question was searched for. */
  readonly isShortened: boolean;
  /** One per question in the message. */
  readonly results: readonly QuestionResult[];
  /** How many more questions the message asked. */
  readonly skipped: number;
  readonly limit: number;
  /** Keys of the articles that count more because an earlier answer cites them. */
  readonly favoured: readonly number[];
}

function buildAnswer(
  { text, question, isShortened, results, skipped, limit, favoured }: AnswerSources,
  { store, coefficients, compareLanguages }: AnsweringDeps,
): Omit<Answer, 'tookMs'> {
  const articleOf = articleReader(store);
  const textOf = (ranked: RankedPassage): string => sliceOf(articleOf(ranked).text, ranked.passage);
  const sample = results.flatMap(({ ranking }) => ranking.slice(0, LANGUAGE_PASSAGES).map(textOf));
  const language = checkLanguage(question, sample, compareLanguages);
  const outcomes = results.map(({ decision }) =>
    language === null ? decision.outcome : atMostClosest(decision.outcome),
  );
  const isCalibrated = coefficients !== null;
  const cited = selectCitations(results, outcomes, { store, articleOf, isCalibrated });
  const citations = cited.map(({ quote, ranked, result }) =>
    cite({ ...quote, passage: ranked.passage }, articleOf(ranked), results.length > 1 ? result.question : null),
  );
  const searched = results.map(({ prepared }) => prepared.text).join(' ');
  const listed = bestPassages(results, limit);
  return {
    question: text,
    searched,
    topic: [...new Set(results.map(({ reading }) => reading.topic))].join(' '),
    outcome: skipped > 0 ? withSkipped(overallOutcome(outcomes)) : overallOutcome(outcomes),
    // What was fitted in one language says nothing about another.
    confidence: language === null ? overallConfidence(results.map(({ decision }) => decision)) : null,
    notes: collectNotes({
      results,
      isShortened,
      skipped,
      outcomes,
      language,
      searched,
      citations,
      cited,
      isCalibrated,
    }),
    citations,
    ranking: listed.map(
      ({ ranked }): AnswerRank => ({
        passageId: ranked.passage.id,
        articleId: articleOf(ranked).reference.id,
        text: textOf(ranked),
        score: ranked.score,
      }),
    ),
    trace: buildTrace({
      results,
      outcomes,
      listed,
      cited,
      favoured,
      isSameLanguage: language === null,
      coefficients,
      articleOf,
    }),
  };
}

/** A question that was skipped is not answered. */
function withSkipped(outcome: AnswerOutcome): AnswerOutcome {
  return outcome === 'answered' ? 'partly' : outcome;
}

/** Across languages only names match, and confidence was never measured for that. */
function atMostClosest(outcome: Outcome): Outcome {
  return outcome === 'answered' ? 'closest' : outcome;
}

/** Returns a function that reads the article of a passage, each article once. */
function articleReader(
  store: Pick<ArticleTexts, 'article'>,
): (ranked: RankedPassage) => ReturnType<ArticleTexts['article']> {
  const articles = new Map<number, ReturnType<ArticleTexts['article']>>();
  return ({ passage }) => {
    const article = articles.get(passage.articleKey) ?? store.article(passage.articleKey);
    articles.set(passage.articleKey, article);
    return article;
  };
}
