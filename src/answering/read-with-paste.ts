import { wordsOf } from '../text/words.js';
import { rareWords, type WordStatistics } from './question/rare-words.js';
import type { QuestionResult } from './question-result.js';
import type { AskedQuestion, Reading } from './read-questions.js';

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
 * Returns the ways to read each question of a message with a pasted text: alone, and with the rare words of the paste, which may
 * have nothing to do with the question.
 *
 * @param questions In prose. A single empty one if there is only pasted text.
 */
export function readWithPaste(
  questions: readonly string[],
  pasted: string,
  statistics: WordStatistics,
): AskedQuestion[] {
  return questions.map((question) => ({
    question,
    readings: textsWithPaste(question, pasted, statistics).map(
      (text): Reading => ({
        text,
        topic: question || text,
        earlier: null,
        isJoined: false,
        hasPaste: text !== question,
      }),
    ),
  }));
}

function textsWithPaste(question: string, pasted: string, statistics: WordStatistics): string[] {
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
export function bestWithPaste(alone: QuestionResult, together: QuestionResult): QuestionResult {
  if (alone.decision.outcome === 'answered') return alone;
  const gain = (together.decision.confidence ?? 0) - (alone.decision.confidence ?? 0);
  return gain >= MIN_GAIN ? together : alone;
}
