import type { Decision } from '../answering/decision.js';
import type { RankedPassage } from '../answering/ranking.js';
import type { JudgedQuestion, JudgedSet, JudgedStretch } from './judged-set.js';
import { areaUnderRoc, mean, recallAt, reciprocalRankAt } from './measures.js';

/** What an evaluation asks of a library in which the set's articles are indexed. */
export interface EvaluatedAnswering {
  rank(question: string): Promise<readonly RankedPassage[]>;
  decide(ranking: readonly RankedPassage[]): Decision;
  /** Given id of the article of a passage. */
  givenIdOf(articleKey: number): string;
}

/** One question with what was found. */
export interface EvaluatedQuestion {
  readonly question: JudgedQuestion;
  readonly ranking: readonly RankedPassage[];
  /** For each ranked passage whether it is right. */
  readonly isRight: readonly boolean[];
  /** Rank of the first right stretch, from 1; null when none was found, or none exists. */
  readonly rank: number | null;
  readonly decision: Decision;
}

/** Measures over the questions of one set, each 0 to 1. */
export interface EvaluationReport {
  readonly set: string;
  readonly answerable: number;
  readonly unanswerable: number;
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly reciprocalRankAt10: number;
  /** How well confidence tells answerable questions from the others; null without such questions. */
  readonly auroc: number | null;
  /** Share of the answerable questions that are `answered`. */
  readonly coverage: number;
  /** Share of all `answered` questions whose first passage is right. */
  readonly rightAmongAnswered: number;
  /** Share of the unanswerable questions that are `answered`. */
  readonly answeredAmongUnanswerable: number | null;
}

/** Asks every question of a set (or those of one half) and holds what was found against the judgements. */
export async function evaluateSet(
  set: JudgedSet,
  answering: EvaluatedAnswering,
  options: { readonly half?: 0 | 1 } = {},
): Promise<EvaluatedQuestion[]> {
  const questions = set.questions.filter(({ half }) => options.half === undefined || half === options.half);
  const evaluated: EvaluatedQuestion[] = [];
  for (const question of questions) {
    const ranking = await answering.rank(question.text);
    const found = ranking.map(({ passage }) =>
      stretchOf(passage, set.stretches.get(answering.givenIdOf(passage.articleKey)) ?? []),
    );
    const isRight = found.map((stretch) => stretch !== null && question.gold.includes(stretch));
    // A long stretch is several passages: they take one place in the ranking of stretches.
    const stretches = [...new Set(found)];
    const index = stretches.findIndex((stretch) => stretch !== null && question.gold.includes(stretch));
    evaluated.push({
      question,
      ranking,
      isRight,
      rank: index === -1 ? null : index + 1,
      decision: answering.decide(ranking),
    });
  }
  return evaluated;
}

/** Computes the measures; those over no questions at all are NaN. */
export function reportOn(set: string, evaluated: readonly EvaluatedQuestion[]): EvaluationReport {
  const answerable = evaluated.filter(({ question }) => question.isAnswerable);
  const unanswerable = evaluated.filter(({ question }) => !question.isAnswerable);
  const ranks = answerable.map(({ rank }) => rank);
  const isAnswered = ({ decision }: EvaluatedQuestion): number => (decision.outcome === 'answered' ? 1 : 0);
  const confidence = ({ decision }: EvaluatedQuestion): number => decision.confidence;
  return {
    set,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    recallAt1: recallAt(ranks, 1),
    recallAt5: recallAt(ranks, 5),
    reciprocalRankAt10: reciprocalRankAt(ranks, 10),
    auroc: unanswerable.length === 0 ? null : areaUnderRoc(answerable.map(confidence), unanswerable.map(confidence)),
    coverage: mean(answerable.map(isAnswered)),
    rightAmongAnswered: mean(evaluated.filter(isAnswered).map(({ rank }) => (rank === 1 ? 1 : 0))),
    answeredAmongUnanswerable: unanswerable.length === 0 ? null : mean(unanswerable.map(isAnswered)),
  };
}

/** The judged stretch that holds most of a passage. */
function stretchOf(
  passage: { readonly start: number; readonly end: number },
  stretches: readonly JudgedStretch[],
): JudgedStretch | null {
  const overlap = ({ start, end }: JudgedStretch): number =>
    Math.min(end, passage.end) - Math.max(start, passage.start);
  const best = stretches.reduce<JudgedStretch | null>((a, b) => (a === null || overlap(b) > overlap(a) ? b : a), null);
  return best !== null && overlap(best) > 0 ? best : null;
}
