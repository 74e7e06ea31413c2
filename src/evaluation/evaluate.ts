import type { Answer } from '../answering/answer.js';
import type { DecisionFeatures } from '../answering/confidence/decision.js';
import { type EarlierAnswer, earlierFrom } from '../answering/follow-up.js';
import type { QuestionResult } from '../answering/question-result.js';
import { keySentence } from '../answering/quoting/highlight.js';
import { maxSim } from '../answering/ranking/late-interaction.js';
import { FUSION_K, type RankedPassage, type RankingFeatures } from '../answering/ranking/ranking.js';
import type { ArticleSpan, EvaluatedEngine, ScoredSpan } from './evaluated-engine.js';
import type { JudgedQuestion, JudgedSet, Judgement } from './judged-set.js';
import { type JudgedRanking, sortRun } from './measures.js';
import { shownText, shownWords } from './shown-text.js';

/** The rankings that are compared: each retriever alone, their fusion, late interaction alone, and the final ranking. */
export const STAGES = ['bm25', 'vectors', 'fusion', 'late interaction', 'shipped'] as const;

/** The name of a ranking that is compared. */
export type Stage = (typeof STAGES)[number];

/** Depth of the rankings of the single retrievers. */
const RETRIEVER_DEPTH = 100;

/** A candidate with everything needed to fit the ranking. */
export interface EvaluatedCandidate {
  readonly features: RankingFeatures;
  readonly judgement: Judgement;
}

/** A question of a judged set with what was found for it. */
export interface EvaluatedQuestion {
  readonly question: JudgedQuestion;
  /** The ranking of each stage. */
  readonly runs: Readonly<Record<Stage, JudgedRanking>>;
  /** Best first. */
  readonly candidates: readonly EvaluatedCandidate[];
  /** Whether the text was read as one question. Only then do the candidates form a single ranking. */
  readonly isSingleQuestion: boolean;
  readonly outcome: Answer['outcome'];
  /** Probability that what is shown answers, 0 to 1; null for a model without fitted coefficients. */
  readonly confidence: number | null;
  /** What the confidence is based on; null without candidates. */
  readonly decision: DecisionFeatures | null;
  /** Whether the key sentence of the first right passage answers the question; null if sentences are not judged. */
  readonly isSentenceRight: boolean | null;
  /** Whether what is shown of each citation answers the question, best citation first. */
  readonly shown: readonly boolean[];
  /** Number of words that each citation shows, with the context beside its quote. */
  readonly shownWords: readonly number[];
  /** Number of citations in the answer. */
  readonly quotes: number;
  /** How many of them differ from the slice of the article that they claim to be. */
  readonly wrongQuotes: number;
  /** What is shown of the first citation, for lists of failures. */
  readonly quote: string | null;
  readonly tookMs: number;
}

/** Which questions to ask, and how to report progress. */
export interface EvaluateOptions {
  /** Ask only the questions of this half. Default: all. */
  readonly half?: 0 | 1;
  /** Called after each question. */
  readonly onProgress?: (asked: number, all: number) => void;
}

/**
 * Asks the questions of a set one after the other and judges what is found. A follow-up is asked as such if the question before
 * it was asked.
 */
export async function evaluateSet(
  set: JudgedSet,
  engine: EvaluatedEngine,
  { half, onProgress = () => {} }: EvaluateOptions = {},
): Promise<EvaluatedQuestion[]> {
  const questions = set.questions.filter((question) => half === undefined || question.half === half);
  const evaluated: EvaluatedQuestion[] = [];
  const earlierAnswers = new Map<string, EarlierAnswer>();
  for (const question of questions) {
    const asked = await engine.ask(question.text, earlierAnswers.get(question.after ?? '') ?? null);
    earlierAnswers.set(question.id, earlierFrom(asked.answer));
    evaluated.push(evaluateAnswer(question, asked, engine));
    onProgress(evaluated.length, questions.length);
  }
  return evaluated;
}

function evaluateAnswer(
  question: JudgedQuestion,
  { answer, results, ranking }: Awaited<ReturnType<EvaluatedEngine['ask']>>,
  engine: EvaluatedEngine,
): EvaluatedQuestion {
  const [result] = results;
  if (result === undefined) throw new Error(`The answer to question ${question.id} has no results.`);
  const judge = createJudge(question, engine);
  const candidates = ranking.map(({ passage, features }) => ({ features, judgement: judge(passage) }));
  const isSingleQuestion = results.length === 1;
  const firstRight = result.ranking.find(({ passage }) => judge(passage).grade > 0);
  return {
    question,
    runs: {
      ...retrievalRuns(question, result, judge, engine),
      // The scores of several questions in one text cannot be compared, so the order in which passages are shown counts.
      shipped: judgedRanking(
        question,
        candidates.map(({ judgement }, index) => ({
          ...judgement,
          score: isSingleQuestion ? (ranking[index]?.score ?? 0) : -index,
        })),
      ),
    },
    candidates,
    isSingleQuestion,
    outcome: answer.outcome,
    confidence: answer.confidence,
    decision: result.decision.features,
    isSentenceRight: firstRight === undefined ? null : judgeKeySentence(question, firstRight, result, engine),
    shown: judgeShown(question, answer, engine),
    shownWords: answer.citations.map(shownWords),
    quotes: answer.citations.length,
    wrongQuotes: countWrongQuotes(answer, engine),
    quote: answer.citations.map(shownText)[0]?.text ?? null,
    tookMs: answer.tookMs,
  };
}

type Judge = (passage: ArticleSpan) => Judgement;

/** Judges each passage once: most of them occur in several rankings. */
function createJudge(question: JudgedQuestion, engine: EvaluatedEngine): Judge {
  const judgements = new Map<number, Judgement>();
  return ({ key, articleKey, start, end }) => {
    const known = judgements.get(key);
    if (known !== undefined) return known;
    const { source, text } = engine.article(articleKey);
    const judgement = question.judge({ article: source, start, end, text: text.slice(start, end) });
    judgements.set(key, judgement);
    return judgement;
  };
}

function retrievalRuns(
  question: JudgedQuestion,
  result: QuestionResult,
  judge: Judge,
  engine: EvaluatedEngine,
): Record<Exclude<Stage, 'shipped'>, JudgedRanking> {
  const runOf = (passages: readonly ScoredSpan[]): JudgedRanking =>
    judgedRanking(
      question,
      passages.map((passage) => ({ ...judge(passage), score: passage.score })),
    );
  const { terms, vectors } = engine.retrieve(result, RETRIEVER_DEPTH);
  const { even } = result.prepared.weights;
  const interacted = result.ranking.map(({ passage, matches }) => ({
    ...spanOf(passage),
    score: maxSim(matches, even),
  }));
  return {
    bm25: runOf(terms),
    vectors: runOf(vectors),
    fusion: runOf(fuse([terms, vectors])),
    'late interaction': runOf(interacted),
  };
}

/**
 * Turns judged passages into a ranking of judged units, such as documents.
 *
 * @param judgements In any order. A unit has the rank of its best passage; equal scores are ordered as trec_eval does.
 */
export function judgedRanking(
  question: Pick<JudgedQuestion, 'relevantGrades'>,
  judgements: readonly (Judgement & { readonly score: number })[],
): JudgedRanking {
  const units = new Map<string, { readonly id: string; readonly grade: number; readonly score: number }>();
  for (const { unit, grade, score } of judgements) {
    const known = units.get(unit);
    if (known === undefined || score > known.score) units.set(unit, { id: unit, grade, score });
  }
  return { grades: sortRun([...units.values()]).map(({ grade }) => grade), relevantGrades: question.relevantGrades };
}

/** Reciprocal rank fusion. */
function fuse(rankings: readonly (readonly ArticleSpan[])[]): ScoredSpan[] {
  const fused = new Map<number, { readonly passage: ArticleSpan; score: number }>();
  for (const ranking of rankings) {
    ranking.forEach((passage, index) => {
      const one = fused.get(passage.key) ?? { passage, score: 0 };
      one.score += 1 / (FUSION_K + index + 1);
      fused.set(passage.key, one);
    });
  }
  return [...fused.values()].map(({ passage, score }) => ({ ...spanOf(passage), score }));
}

function spanOf({ key, articleKey, start, end }: ArticleSpan): ArticleSpan {
  return { key, articleKey, start, end };
}

function judgeKeySentence(
  question: JudgedQuestion,
  ranked: RankedPassage,
  { prepared }: QuestionResult,
  engine: EvaluatedEngine,
): boolean | null {
  if (question.judgeSentence === null) return null;
  const { source, text } = engine.article(ranked.passage.articleKey);
  const index = keySentence(ranked, prepared.weights.idf, ({ start, end }) => text.slice(start, end));
  const sentence = index === null ? undefined : ranked.passage.sentences[index];
  if (sentence === undefined) return null;
  const { start, end } = sentence;
  return question.judgeSentence({ article: source, start, end, text: text.slice(start, end) });
}

function judgeShown(question: JudgedQuestion, { citations }: Answer, engine: EvaluatedEngine): boolean[] {
  const judge = question.judgeShown ?? ((passage) => question.judge(passage).grade > 0);
  return citations.map((citation) =>
    judge({ article: engine.articleById(citation.article.id).source, ...shownText(citation) }),
  );
}

function countWrongQuotes({ citations }: Answer, engine: EvaluatedEngine): number {
  return citations.filter(
    ({ article, quote, start, end }) => quote === '' || engine.articleById(article.id).text.slice(start, end) !== quote,
  ).length;
}
