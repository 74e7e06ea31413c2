import { nameOf } from '../corpus/article.js';
import { headingsAbove } from '../corpus/context.js';
import { sliceOf } from '../text/span.js';
import { oneLine } from '../text/visible-text.js';
import type { AnswerTrace, PassageTrace, QuestionTrace } from './answer.js';
import type { Coefficients } from './confidence/coefficients.js';
import type { Outcome } from './confidence/decision.js';
import { confidenceReasons } from './explanation/confidence-reasons.js';
import { passageReasons } from './explanation/passage-reasons.js';
import { interleave } from './interleave.js';
import type { CitableArticle } from './ports/passage-store.js';
import { type FoundPassage, identifyFound, type QuestionResult } from './question-result.js';
import { matchWords } from './quoting/matched-words.js';
import type { RankedPassage } from './ranking/ranking.js';

/** What an answer is explained from. */
export interface TraceSources {
  /** One per question. */
  readonly results: readonly QuestionResult[];
  /** One per result. */
  readonly outcomes: readonly Outcome[];
  /** The passages in the answer's ranking. */
  readonly listed: readonly FoundPassage[];
  /** The cited passages, which are explained even if they rank below the listed ones. */
  readonly cited: readonly FoundPassage[];
  /** Keys of the articles that count more because an earlier answer cites them. */
  readonly favoured: readonly number[];
  /** Whether the question is in the language of the articles, for which the confidence was fitted. */
  readonly isSameLanguage: boolean;
  readonly coefficients: Coefficients | null;
  readonly articleOf: (ranked: RankedPassage) => CitableArticle;
}

/** Builds the trace of an answer, which explains each passage that is shown and how sure each question's answer is. */
export function buildTrace(sources: TraceSources): AnswerTrace {
  const { results, listed, cited } = sources;
  const explained = interleave([[...listed, ...cited]], Number.POSITIVE_INFINITY, identifyFound);
  return {
    candidates: results.reduce((sum, { ranking }) => sum + ranking.length, 0),
    passages: explained.map((found) => tracePassage(found, sources)),
    decision: results[0]?.decision.features ?? null,
    questions: results.map((result, index) => traceQuestion(result, sources.outcomes[index] ?? 'not-found', sources)),
  };
}

function tracePassage(found: FoundPassage, { results, articleOf, coefficients, favoured }: TraceSources): PassageTrace {
  const { ranked, result } = found;
  const { passage, rank, score, termRank, vectorRank, features, prior = 0, matches } = ranked;
  const { encoded, vocabulary } = result.prepared;
  const article = articleOf(ranked);
  const { start } = passage.sentences.find(({ isLabel }) => !isLabel) ?? passage;
  return {
    passageId: passage.id,
    question: results.length > 1 ? result.question : null,
    article: nameOf(article.reference),
    headings: headingsAbove(article.blocks, { start }).map((heading) => oneLine(sliceOf(article.text, heading))),
    reasons: passageReasons(found, { article, weights: coefficients?.ranking ?? null, favoured }),
    rank,
    score,
    termRank,
    vectorRank,
    features,
    prior,
    words: matchWords(encoded, matches, passage, vocabulary),
  };
}

function traceQuestion(
  result: QuestionResult,
  outcome: Outcome,
  { results, coefficients, isSameLanguage, articleOf }: TraceSources,
): QuestionTrace {
  const { question, reading, decision } = result;
  const isExplained = isSameLanguage && coefficients !== null;
  return {
    question: results.length > 1 ? question : null,
    earlier: reading.earlier,
    hasPaste: reading.hasPaste === true,
    outcome,
    confidence: isExplained ? decision.confidence : null,
    reasons: isExplained
      ? confidenceReasons(result, coefficients, (ranked) => nameOf(articleOf(ranked).reference))
      : [],
  };
}
