import { contentWords } from '../../text/english.js';
import { splitSentences } from '../../text/sentences.js';
import { sliceOf } from '../../text/span.js';
import { hasAnaphor } from './anaphora.js';
import { asksSomething } from './pasted-line.js';

/**
 * Longest question that is searched for as it is, in UTF-16 code units: about 64 tokens of the model. In a longer one, what is told
 * around the question drowns it.
 */
export const MAX_SEARCHED_CHARACTERS = 300;

/** The part of a question that is searched for. */
export interface ShortenedQuestion {
  readonly text: string;
  /** Whether words were left out. */
  readonly isShortened: boolean;
}

/** A question with fewer content words needs the sentences before it: "What does that mean?". */
const MIN_CONTENT_WORDS = 2;

/**
 * Shortens a long question to the sentences that ask: those with a question mark, or else those that open as a question, the last
 * ones if they are too many. Questions that say little alone keep the sentences before them. If no sentence asks, the end is kept.
 *
 * Measured with questions about three collections of documents to choose this, and about three others to report on, each question
 * inside 1,200 to 1,900 characters about other things. The answer was shown for 79 % and 65 % of 77 questions each (8 % and 16 % with
 * the whole text, 95 % and 84 % with the question alone). Keeping the beginning had 29 % and 25 %, the end 27 % and 19 %, and the
 * rarest words 16 % and 3 %.
 *
 * @param question On one line.
 * @returns The question itself if it is short. Rows of punctuation in a long one are left out without counting as shortened.
 */
export function shortenQuestion(question: string): ShortenedQuestion {
  if (question.length <= MAX_SEARCHED_CHARACTERS) return { text: question, isShortened: false };
  const plain = question.replace(SIGNS, (signs) => (signs.includes('?') ? '? ' : ' ')).trim();
  if (plain.length <= MAX_SEARCHED_CHARACTERS) return { text: plain, isShortened: false };
  return { text: askedIn(plain), isShortened: true };
}

/** A row of punctuation: "?????", "-----", ". . . .". */
const SIGNS = /(?: ?[^\p{L}\p{M}\p{N}\s]){4,} ?/gu;

function askedIn(question: string): string {
  const sentences = splitSentences(question, { start: 0, end: question.length }).map((span) => sliceOf(question, span));
  const marked = sentences.map((sentence) => /\?["'”’)\]]*$/.test(sentence));
  const asks = marked.includes(true) ? marked : sentences.map(asksSomething);
  const last = asks.lastIndexOf(true);
  if (last === -1) return lastWords(question);
  const asked = keepLast(sentences, (index) => asks[index] === true);
  const text = joined(sentences, asked);
  const standsAlone = contentWords(text).length >= MIN_CONTENT_WORDS && !hasAnaphor(text);
  return standsAlone
    ? text
    : joined(
        sentences,
        keepLast(sentences, (index) => index <= last),
      );
}

/** The indexes of the last of these sentences that fit, at least one. */
function keepLast(sentences: readonly string[], isWanted: (index: number) => boolean): ReadonlySet<number> {
  const kept = new Set<number>();
  let room = MAX_SEARCHED_CHARACTERS;
  for (let index = sentences.length - 1; index >= 0; index--) {
    if (!isWanted(index)) continue;
    room -= (sentences[index]?.length ?? 0) + 1;
    if (room < 0 && kept.size > 0) break;
    kept.add(index);
  }
  return kept;
}

function joined(sentences: readonly string[], kept: ReadonlySet<number>): string {
  return lastWords(sentences.filter((_, index) => kept.has(index)).join(' '));
}

/** The end of a text, cut between words. */
function lastWords(text: string): string {
  if (text.length <= MAX_SEARCHED_CHARACTERS) return text;
  const end = text.slice(-MAX_SEARCHED_CHARACTERS - 1);
  // A text without spaces is cut anywhere.
  return /\s/.test(end) ? end.replace(/^\S*\s+/, '') : end.slice(1).toWellFormed();
}
