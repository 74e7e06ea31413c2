import type { Answer } from '../answering/answer.js';
import type { QuestionResult } from '../answering/answer-question.js';
import { maxSim } from '../answering/late-interaction.js';
import { keySentence } from '../answering/quote.js';
import { FUSION_K, type RankedPassage, type RankingFeatures } from '../answering/ranking.js';
import type { Span } from '../text/span.js';
import type { JudgedPassage, JudgedQuestion, JudgedSet, Judgement } from './judged-set.js';
import { type JudgedRanking, sortRun } from './measures.js';

/** What is compared: each retriever alone, their fusion, late interaction alone, and the ranking as shipped. */
export const STAGES = ['bm25', 'vectors', 'fusion', 'late interaction', 'shipped'] as const;
export type Stage = (typeof STAGES)[number];

/** How deep the rankings of the single retrievers go. */
const DEPTH = 100;

/** What an evaluation asks of a library in which the set's articles are indexed. */
export interface EvaluatedAnswering {
  /** The path of every question, with what the answer was made from. */
  ask(question: string): Promise<{
    readonly answer: Answer;
    readonly found: readonly QuestionResult[];
    readonly ranking: readonly RankedPassage[];
  }>;
  /** The passages that each retriever finds alone, best first. */
  retrieve(
    part: QuestionResult,
    depth: number,
  ): { readonly terms: readonly ScoredSpan[]; readonly vectors: readonly ScoredSpan[] };
  /** Where an article comes from, as judgements name it, and its text. */
  article(articleKey: number): { readonly source: string; readonly text: string };
  articleById(id: string): { readonly text: string };
}

/** The place of a passage. */
export interface ArticleSpan extends Span {
  readonly key: number;
  readonly articleKey: number;
}

export interface ScoredSpan extends ArticleSpan {
  readonly score: number;
}

/** What is kept of a candidate: enough to rank it again with other coefficients. */
export interface EvaluatedCandidate extends Pick<RankedPassage, 'score' | 'similarity' | 'beyondTitleMaxSim'> {
  readonly passage: { readonly key: number; readonly articleKey: number };
  readonly features: RankingFeatures;
  readonly judgement: Judgement;
}

/** One question with what was found. */
export interface EvaluatedQuestion {
  readonly question: JudgedQuestion;
  readonly runs: Readonly<Record<Stage, JudgedRanking>>;
  /** Best first. */
  readonly candidates: readonly EvaluatedCandidate[];
  /** Whether the message was read as one question: only then are the candidates one ranking. */
  readonly isWhole: boolean;
  readonly outcome: Answer['outcome'];
  readonly confidence: number | null;
  /** Whether the sentence that the quote of the first right passage is built round answers; null where it is not judged. */
  readonly isSentenceRight: boolean | null;
  /** Quotes of the answer, and how many of them are not the slice of the article that they say. */
  readonly quotes: number;
  readonly wrongQuotes: number;
  /** The first citation, for a list of failures. */
  readonly quote: string | null;
  readonly tookMs: number;
}

export interface EvaluateOptions {
  /** Only the questions of one half. */
  readonly half?: 0 | 1;
  readonly onProgress?: (asked: number, all: number) => void;
}

/** Asks every question of a set (or those of one half) and holds what was found against the judgements. */
export async function evaluateSet(
  set: JudgedSet,
  answering: EvaluatedAnswering,
  { half, onProgress = () => {} }: EvaluateOptions = {},
): Promise<EvaluatedQuestion[]> {
  const questions = set.questions.filter((question) => half === undefined || question.half === half);
  const evaluated: EvaluatedQuestion[] = [];
  for (const question of questions) {
    evaluated.push(await evaluateQuestion(question, answering));
    onProgress(evaluated.length, questions.length);
  }
  return evaluated;
}

async function evaluateQuestion(question: JudgedQuestion, answering: EvaluatedAnswering): Promise<EvaluatedQuestion> {
  const { answer, found, ranking } = await answering.ask(question.text);
  const [part] = found;
  if (part === undefined) throw new Error(`Nothing was looked for to answer ${question.id}`);
  const judgedPassage = ({ articleKey, start, end }: ArticleSpan): JudgedPassage => {
    const { source, text } = answering.article(articleKey);
    return { article: source, start, end, text: text.slice(start, end) };
  };
  // Most passages stand in several of the rankings.
  const judged = new Map<number, Judgement>();
  const judge = (passage: ArticleSpan): Judgement => {
    const judgement = judged.get(passage.key) ?? question.judge(judgedPassage(passage));
    judged.set(passage.key, judgement);
    return judgement;
  };
  const candidates = ranking.map((ranked): EvaluatedCandidate => {
    const { passage, score, similarity, beyondTitleMaxSim, features } = ranked;
    const { key, articleKey } = passage;
    const judgement = judge(passage);
    return { passage: { key, articleKey }, score, similarity, beyondTitleMaxSim, features, judgement };
  });
  const isWhole = found.length === 1;
  const { terms, vectors } = answering.retrieve(part, DEPTH);
  const runOf = (passages: readonly ScoredSpan[]): JudgedRanking =>
    judgedRanking(
      question,
      passages.map((passage) => ({ ...judge(passage), score: passage.score })),
    );
  const { even } = part.prepared.weights;
  const interacted = part.ranking.map(({ passage, matches }) => ({
    ...placeOf(passage),
    score: maxSim(matches, even),
  }));
  const right = part.ranking.find(({ passage }) => judge(passage).grade > 0);
  const wrongQuotes = answer.citations.filter(
    ({ article, quote, start, end }) =>
      quote === '' || answering.articleById(article.id).text.slice(start, end) !== quote,
  );
  return {
    question,
    runs: {
      bm25: runOf(terms),
      vectors: runOf(vectors),
      fusion: runOf(fuse([terms, vectors])),
      'late interaction': runOf(interacted),
      // Of several questions in one message the order is what is shown: their scores cannot be compared.
      shipped: judgedRanking(
        question,
        candidates.map(({ judgement, score }, index) => ({ ...judgement, score: isWhole ? score : -index })),
      ),
    },
    candidates,
    isWhole,
    outcome: answer.outcome,
    confidence: answer.confidence,
    isSentenceRight: right === undefined ? null : judgeKeySentence(question, right, part, answering),
    quotes: answer.citations.length,
    wrongQuotes: wrongQuotes.length,
    quote: answer.citations[0]?.quote ?? null,
    tookMs: answer.tookMs,
  };
}

/**
 * The grades at each rank. What was judged as one thing has one rank, that of its best passage, and equal scores stand in
 * trec_eval's order.
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
  return [...fused.values()].map(({ passage, score }) => ({ ...placeOf(passage), score }));
}

function placeOf({ key, articleKey, start, end }: ArticleSpan): ArticleSpan {
  return { key, articleKey, start, end };
}

function judgeKeySentence(
  question: JudgedQuestion,
  ranked: RankedPassage,
  { prepared }: QuestionResult,
  answering: EvaluatedAnswering,
): boolean | null {
  if (question.judgeSentence === null) return null;
  const { source, text } = answering.article(ranked.passage.articleKey);
  const index = keySentence(ranked, prepared.weights.idf, ({ start, end }) => text.slice(start, end));
  const sentence = index === null ? undefined : ranked.passage.sentences[index];
  if (sentence === undefined) return null;
  const { start, end } = sentence;
  return question.judgeSentence({ article: source, start, end, text: text.slice(start, end) });
}
