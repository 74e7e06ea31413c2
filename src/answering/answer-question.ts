import { sliceOf } from '../text/span.js';
import type { Answer, AnswerRank } from './answer.js';
import { collectNotes } from './collect-notes.js';
import type { Coefficients } from './confidence/coefficients.js';
import { decide, type Outcome, overallConfidence, overallOutcome } from './confidence/decision.js';
import { changesYear, completeFollowUp, type EarlierAnswer, isFollowUp } from './follow-up.js';
import { type CompareLanguages, checkLanguage, LANGUAGE_PASSAGES } from './language-check.js';
import type { ArticleTexts, PassageStore } from './ports/passage-store.js';
import { splitQuestions } from './question/question.js';
import type { QuestionEncoder } from './question/question-encoder.js';
import { readMessage, readWords } from './question/read-message.js';
import { isInScope, type Scope } from './question/scope.js';
import { bestPassages, type QuestionResult } from './question-result.js';
import { cite } from './quoting/cite.js';
import { rankQuestion } from './ranking/rank-question.js';
import type { RankedPassage } from './ranking/ranking.js';
import { bestReading, prepareReadings } from './readings.js';
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
  /**
   * Whether the input is search words and not a message: all of it is searched for, and nothing counts as small talk.
   * Default: false.
   */
  readonly isSearch?: boolean;
}

/**
 * Answers a question from the articles: finds candidates, ranks them, decides what the answer may claim, and quotes. If
 * a message asks several questions, each is answered and the best passage of each is cited.
 *
 * @throws {QuestionError} if the question is empty, too long, has no words or is only small talk.
 */
export async function answerQuestion(input: string, deps: AnsweringDeps, options: AnswerOptions = {}): Promise<Answer> {
  return (await answerInDetail(input, deps, options)).answer;
}

/**
 * Answers like `answerQuestion`, and also returns the result of each question in the message.
 *
 * @throws {QuestionError} if the question is empty, too long, has no words or is only small talk.
 */
export async function answerInDetail(
  input: string,
  deps: AnsweringDeps,
  { limit = 5, scope = null, earlier = null, isSearch = false }: AnswerOptions = {},
): Promise<{ readonly answer: Answer; readonly results: readonly QuestionResult[] }> {
  const { store, clock, coefficients } = deps;
  const startedAt = clock();
  const { text, question, pasted } = isSearch ? readWords(input) : readMessage(input);
  const completed = earlier !== null && isFollowUp(question) ? completeFollowUp(question, earlier.question) : null;
  const questions = completed === null ? splitQuestions(question) : [completed];
  const prepared = await Promise.all(questions.map((one) => prepareReadings(one, pasted, deps)));
  // One state of the library from ranking to quoting: otherwise a ranked article could be removed before it is quoted.
  // `prepareReadings` read before that, so spelling and token weights may come from an earlier state.
  return store.readConsistently(() => {
    const earlierArticles = earlierArticleKeys(question, earlier, scope, store);
    const weights = coefficients?.ranking ?? null;
    const results = prepared.map((readings, index) =>
      bestReading(
        readings.map((one): QuestionResult => {
          const ranking = rankQuestion(one, store, { weights, scope, earlierArticles });
          return {
            question: questions[index] || one.text,
            prepared: one,
            ranking,
            decision: decide(ranking, coefficients),
          };
        }),
      ),
    );
    const isCompleted = completed !== null && completed !== question;
    const earlierQuestion = isCompleted && earlier !== null ? earlier.question : null;
    const answer = buildAnswer({ text, question, earlierQuestion, results, limit }, deps);
    return { answer: { ...answer, tookMs: clock() - startedAt }, results };
  });
}

/** Keys of the articles that are more likely meant because an earlier answer cites them. */
function earlierArticleKeys(
  question: string,
  earlier: EarlierAnswer | null,
  scope: Scope,
  store: ArticleTexts,
): number[] {
  if (earlier === null || changesYear(question, earlier.question)) return [];
  return earlier.articleIds
    .flatMap((id) => store.articleKey(id) ?? [])
    .filter((key) => isInScope(store.article(key).reference, scope));
}

interface AnswerSources {
  /** The message as it was asked, on one line. */
  readonly text: string;
  /** The question in it; empty if there is only pasted text. */
  readonly question: string;
  /** The question that a follow-up was completed with; null for other questions. */
  readonly earlierQuestion: string | null;
  /** One per question in the message. */
  readonly results: readonly QuestionResult[];
  readonly limit: number;
}

function buildAnswer(
  { text, question, earlierQuestion, results, limit }: AnswerSources,
  { store, coefficients, compareLanguages }: AnsweringDeps,
): Omit<Answer, 'tookMs'> {
  const articleOf = articleReader(store);
  const textOf = (ranked: RankedPassage): string => sliceOf(articleOf(ranked).text, ranked.passage);
  const sample = results.flatMap(({ ranking }) => ranking.slice(0, LANGUAGE_PASSAGES).map(textOf));
  const language = checkLanguage(question, sample, compareLanguages);
  const outcomes = results.map(({ decision }) =>
    language === null ? decision.outcome : atMostClosest(decision.outcome),
  );
  const cited = selectCitations(results, outcomes);
  const citations = cited.map(({ ranked, result }) => {
    const asked = results.length > 1 ? result.question : null;
    return cite({ ranked, prepared: result.prepared, article: articleOf(ranked), question: asked }, store);
  });
  const searched = results.map(({ prepared }) => prepared.text).join(' ');
  const isCalibrated = coefficients !== null;
  const listed = bestPassages(results, limit);
  return {
    question: text,
    searched,
    outcome: overallOutcome(outcomes),
    // What was fitted in one language says nothing about another.
    confidence: language === null ? overallConfidence(results.map(({ decision }) => decision)) : null,
    notes: collectNotes({ earlierQuestion, results, outcomes, language, searched, citations, cited, isCalibrated }),
    citations,
    ranking: listed.map(
      ({ ranked }): AnswerRank => ({
        passageId: ranked.passage.id,
        articleId: articleOf(ranked).reference.id,
        text: textOf(ranked),
        score: ranked.score,
      }),
    ),
    trace: buildTrace(results, listed, cited),
  };
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
