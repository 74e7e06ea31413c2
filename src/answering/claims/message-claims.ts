import { endsWithQuestionMark, splitSentences } from '../../text/sentences.js';
import { type Span, sliceOf } from '../../text/span.js';
import { oneLine } from '../../text/visible-text.js';
import { wordsOf } from '../../text/words.js';
import { EXIT, UserError } from '../../user-error.js';
import { dependsOnPrevious } from '../question/anaphora.js';
import { CUSTOM_EMOJI, EVERYONE, MENTION } from '../question/chat-marks.js';
import { QuestionError } from '../question/question.js';

/** Longest message, in UTF-16 code units: Discord's limit for subscribers. */
export const MAX_MESSAGE_CHARACTERS = 4000;

/** "Thank you." and "Not again!" claim nothing that could be looked up. */
const MIN_WORDS = 3;

/**
 * Only the beginning of a longer sentence is searched for, and such a sentence is never `same`. The longest judged
 * claim has about 150 characters; ranking takes time in proportion, and everything else waits for it.
 */
const MAX_SEARCHED_CHARACTERS = 400;

/** A sentence of a message. */
export interface MessageClaim {
  /** The sentence as it was written, with the formatting that touches it: a slice of the message. */
  readonly shown: string;
  /** The sentence without formatting, preceded by the one before it if it depends on that. */
  readonly searched: string;
  /** Whether `searched` has all of it. */
  readonly isWhole: boolean;
  readonly isQuestion: boolean;
}

/**
 * Finds the sentences of a message that claim something.
 *
 * @param text A message as it comes from Discord. Links, mentions, emoji, code blocks and formatting are not searched
 *   for.
 * @returns At least one claim, in order.
 * @throws {QuestionError} if no sentence has three or more words.
 * @throws {UserError} if the message is longer than `MAX_MESSAGE_CHARACTERS`.
 */
export function readClaims(text: string): MessageClaim[] {
  if (text.length > MAX_MESSAGE_CHARACTERS)
    throw new UserError(
      `The message has ${text.length.toLocaleString('en')} characters; the limit is ${MAX_MESSAGE_CHARACTERS.toLocaleString('en')}.`,
      { exitCode: EXIT.usageError },
    );
  const readable = blankOut(text);
  const sentences = linesOf(readable).flatMap((line) => splitSentences(readable, line));
  const claims = sentences.flatMap((span, index): MessageClaim[] => {
    const own = oneLine(sliceOf(readable, span));
    if (wordsOf(own).length < MIN_WORDS) return [];
    const before = sentences[index - 1];
    const whole = before !== undefined && dependsOnPrevious(own) ? `${oneLine(sliceOf(readable, before))} ${own}` : own;
    const isWhole = whole.length <= MAX_SEARCHED_CHARACTERS;
    return [
      {
        shown: sliceOf(text, withMarks(text, span)),
        searched: isWhole ? whole : own.slice(0, MAX_SEARCHED_CHARACTERS).toWellFormed(),
        isWhole,
        isQuestion: endsWithQuestionMark(own),
      },
    ];
  });
  if (claims.length === 0) throw new QuestionError('no-claims', text.length);
  return claims;
}

/** Parts of a message that Discord shows differently from how they are written, or that nothing can be found by. */
const NOT_SEARCHED = [
  /```[\s\S]*?(?:```|$)/g,
  CUSTOM_EMOJI,
  MENTION,
  // The address of a Markdown link. Its text stays.
  /\]\([^()\s]*\)/g,
  /\b(?:https?:\/\/|www\.)[^\s<>]+/gi,
  EVERYONE,
  // Quote, list and heading marks at the start of a line.
  /^[ \t]*(?:>{1,3}|#{1,3}|[-*+]|\d{1,2}\.)[ \t]+/gm,
  // Emphasis.
  /[*`~|\\[\]]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu,
];

/** Puts spaces in place of what is not searched for, so that offsets stay valid. */
function blankOut(text: string): string {
  return NOT_SEARCHED.reduce(
    (remaining, pattern) => remaining.replace(pattern, (found) => found.replace(/[^\n]/g, ' ')),
    text.toWellFormed(),
  );
}

/**
 * Splits a message into lines, because people in chats end sentences without a full stop. A line that starts in lower
 * case continues the one before.
 */
function linesOf(text: string): Span[] {
  const starts = [0, ...[...text.matchAll(/\n(?!\s*\p{Ll})/gu)].map(({ index }) => index + 1)];
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Extends a span by the formatting marks that touch it, because half of a pair would be shown differently. */
function withMarks(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && /[*_`~|]/.test(text[from - 1] ?? '')) from -= 1;
  while (to < text.length && /[*_`~|]/.test(text[to] ?? '')) to += 1;
  return { start: from, end: to };
}
