import { wordsOf } from '../text/words.js';
import { rareWords, type WordStatistics } from './question/rare-words.js';
import type { QuestionResult } from './question-result.js';
import { type PreparedQuestion, type PreparingDeps, prepareQuestion } from './ranking/rank-question.js';

/**
 * Most tokens of a question with the words of a pasted text. More of them drown what is asked: each token counts in the
 * late interaction.
 */
const MAX_TOKENS = 64;

/** English has about this many letters for each token of the model, spaces included. */
const CHARACTERS_PER_TOKEN = 4;

/** A single word that a paste has in common with the articles is there by chance. */
const MIN_COMMON_WORDS = 2;

/**
 * Prepares the ways to read a question: alone, and with the rare words of what was pasted with it. The caller ranks each
 * and takes the best, because a paste may have nothing to do with the question.
 *
 * @param question In prose; empty if there is only pasted text.
 * @returns One or two.
 */
export async function prepareReadings(
  question: string,
  pasted: string,
  deps: PreparingDeps & { readonly store: WordStatistics },
): Promise<PreparedQuestion[]> {
  return Promise.all(readingsOf(question, pasted, deps.store).map((text) => prepareQuestion(text, deps)));
}

function readingsOf(question: string, pasted: string, statistics: WordStatistics): string[] {
  if (pasted === '') return [question];
  const maxTokens = MAX_TOKENS - Math.ceil(question.length / CHARACTERS_PER_TOKEN);
  const words = maxTokens > 0 ? rareWords(pasted, maxTokens, statistics) : [];
  if (question !== '')
    return words.length < MIN_COMMON_WORDS ? [question] : [question, `${question} ${words.join(' ')}`];
  // No article has any of its words. The model may still find something like it.
  const beginning = wordsOf(pasted)
    .join(' ')
    .slice(0, CHARACTERS_PER_TOKEN * MAX_TOKENS)
    .toWellFormed();
  return [words.length > 0 ? words.join(' ') : beginning];
}

/** A smaller gain in confidence is by chance: a log always has some words in common with some article. */
const MIN_GAIN = 0.1;

/**
 * Chooses between a question alone and together with the words of a paste. Alone, unless it does not find its answer so
 * and the words make one clearly more probable. Without confidence, because nothing was fitted for the model, alone.
 */
export function bestReading([alone, together]: readonly QuestionResult[]): QuestionResult {
  if (alone === undefined) throw new RangeError('A question has at least one reading');
  if (together === undefined || alone.decision.outcome === 'answered') return alone;
  const gain = (together.decision.confidence ?? 0) - (alone.decision.confidence ?? 0);
  return gain >= MIN_GAIN ? together : alone;
}
