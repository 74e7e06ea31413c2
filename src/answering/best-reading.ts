import { refersBack, standsAlone } from './follow-up.js';
import type { Scope } from './question/scope.js';
import type { QuestionResult } from './question-result.js';
import { weighDown } from './ranking/late-interaction.js';
import { type PreparedQuestion, prepareQuestion } from './ranking/rank-question.js';
import type { Reading } from './read-questions.js';
import { bestWithPaste } from './read-with-paste.js';

/**
 * Weight of a word of the earlier question where it stands in front of a follow-up, against 1 for a word of the follow-up. The
 * earlier question was answered already, so what is asked now has to be found. Chosen on half 0 of `test/evaluation/conversations`:
 * of 1, .7, .5, .35, .25 and .15 it had the lowest Brier score of the confidence that was fitted then, .157 (.192 with 1).
 */
const EARLIER_WORD_WEIGHT = 0.25;

/** A way to read a question, with everything that is needed to search for it. */
export interface PreparedReading {
  readonly reading: Reading;
  readonly prepared: PreparedQuestion;
}

/**
 * Prepares the ways to read a question.
 *
 * @param readings Alone, and perhaps together with the earlier question or with what was pasted.
 * @param scope The articles to search.
 */
export async function prepareReadings(
  readings: readonly Reading[],
  deps: Parameters<typeof prepareQuestion>[1],
  scope: Scope,
): Promise<PreparedReading[]> {
  const prepared = await Promise.all(
    readings.map(async (reading) => ({ reading, prepared: await prepareQuestion(reading.text, deps, scope) })),
  );
  const ownTokens = prepared[0]?.prepared.encoded.tokens.length ?? 0;
  return prepared.map((one) => (one.reading.isJoined ? { ...one, prepared: favourEnd(one.prepared, ownTokens) } : one));
}

/**
 * @param tokens How many tokens of the question keep their full weight: the last ones. The confidence depends on the content words
 * among them: without any, as in "and why?", nobody can tell what would answer.
 */
function favourEnd(question: PreparedQuestion, tokens: number): PreparedQuestion {
  const earlierTokens = Math.max(0, question.encoded.tokens.length - tokens);
  return {
    ...question,
    weights: weighDown(question.weights, earlierTokens, EARLIER_WORD_WEIGHT),
    contentTokens: question.contentTokens.filter((token) => token >= earlierTokens),
  };
}

/**
 * In log-odds. A short question with a pronoun is read alone only if that makes an answer this much likelier; otherwise it is read
 * with the earlier question. All 21 such questions on half 0 of `test/evaluation/conversations` are follow-ups.
 */
const REFERRING_MARGIN = 2;

/**
 * Returns the reading that more probably finds its answer. A question about something else fits no passage together with the
 * earlier one, and a follow-up fits none alone. Without confidence, because nothing was fitted for the model, it depends on
 * the words.
 *
 * @param results Of the reading alone, and perhaps of that together with the earlier question or with what was pasted.
 */
export function bestReading(results: readonly QuestionResult[]): QuestionResult {
  const [alone, together] = results;
  if (alone === undefined) throw new RangeError('A question has at least one reading.');
  if (together === undefined) return alone;
  if (together.reading.hasPaste === true) return bestWithPaste(alone, together);
  const [confidence, other] = [alone.decision.confidence, together.decision.confidence];
  if (confidence === null || other === null) return standsAlone(alone.reading.text) ? alone : together;
  const margin = refersBack(alone.reading.text) ? REFERRING_MARGIN : 0;
  return logOddsOf(other) > logOddsOf(confidence) - margin ? together : alone;
}

function logOddsOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}
