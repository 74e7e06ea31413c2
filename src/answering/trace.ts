import type { AnswerTrace, PassageTrace } from './answer.js';
import { interleave } from './interleave.js';
import { type FoundPassage, identifyFound, type QuestionResult } from './question-result.js';
import { matchWords } from './quoting/matched-words.js';

/**
 * Builds the trace of an answer, which explains each passage that is shown.
 *
 * @param listed The passages in the answer's ranking.
 * @param cited The cited passages, which are explained even if they rank below the listed ones.
 */
export function buildTrace(
  results: readonly QuestionResult[],
  listed: readonly FoundPassage[],
  cited: readonly FoundPassage[],
): AnswerTrace {
  const explained = interleave([[...listed, ...cited]], Number.POSITIVE_INFINITY, identifyFound);
  return {
    candidates: results.reduce((sum, { ranking }) => sum + ranking.length, 0),
    passages: explained.map((found) => tracePassage(found, results.length > 1)),
    decision: results[0]?.decision.features ?? null,
  };
}

function tracePassage({ ranked, result }: FoundPassage, isOneOfSeveral: boolean): PassageTrace {
  const { passage, rank, score, termRank, vectorRank, features, prior = 0, matches } = ranked;
  const { encoded, vocabulary } = result.prepared;
  return {
    passageId: passage.id,
    question: isOneOfSeveral ? result.question : null,
    rank,
    score,
    termRank,
    vectorRank,
    features,
    prior,
    words: matchWords(encoded, matches, passage, vocabulary),
  };
}
