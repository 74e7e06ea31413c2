import { anyOf, DETAIL_PREPOSITIONS } from '../text/english.js';
import { oneLine } from '../text/visible-text.js';
import { type EarlierAnswer, mayFollowUp, withoutOpener } from './follow-up.js';
import { isIncomplete } from './question/question.js';
import { swapDetail } from './swap-detail.js';

/** A way to read a question. */
export interface Reading {
  readonly text: string;
  /** What a follow-up to it would be about. */
  readonly topic: string;
  /** The earlier question that it takes words from; null if none. */
  readonly earlier: string | null;
  /** Whether `text` is the earlier question with the follow-up behind it, and not one question made of both. */
  readonly isJoined: boolean;
  /** Whether it has words of what was pasted with the question. Default: false. */
  readonly hasPaste?: boolean;
}

/** A question with the ways to read it: alone, and perhaps together with an earlier one. */
export interface AskedQuestion {
  /** As it was asked. */
  readonly question: string;
  readonly readings: readonly Reading[];
}

/**
 * Returns the ways to read the questions of a message. The first may follow up on an earlier answer. The others may follow up on
 * the first, as "who owns it?" does, or on the same as the first.
 *
 * @param questions In the order in which they are asked.
 * @param earlier The answer before the message; null if there is none.
 */
export function readQuestions(questions: readonly string[], earlier: EarlierAnswer | null): AskedQuestion[] {
  const [first = ''] = questions;
  const before = earlier?.question ?? null;
  const topic = before !== null && mayFollowUp(first) ? before : first;
  return questions.map((question, index) => {
    if (index === 0) return { question, readings: readingsAfter(question, before) };
    return { question, readings: readingsAfter(question, isIncomplete(question) ? topic : null) };
  });
}

/**
 * A detail ("and on windows?") asks nothing alone, so it is read in one way only if the earlier question has the same detail.
 */
function readingsAfter(question: string, earlier: string | null): readonly Reading[] {
  if (earlier === null) return [readAlone(question)];
  const alone = readAlone(withoutOpener(question));
  if (!mayFollowUp(question)) return [alone];
  const swapped = swapDetail(alone.text, earlier);
  if (swapped !== null) return [{ text: swapped, topic: swapped, earlier, isJoined: false }];
  return [alone, readTogether(question, earlier)];
}

function readAlone(text: string): Reading {
  return { text, topic: text, earlier: null, isJoined: false };
}

const YEAR_NUMBER = '\\b(?:1[0-9]|20)\\d{2}\\b';
const YEAR = new RegExp(YEAR_NUMBER);
/** A year, and the preposition that leads to it. */
const YEAR_PHRASE = new RegExp(`(?:\\b${anyOf(DETAIL_PREPOSITIONS)}\\s+)?${YEAR_NUMBER}`, 'gi');
const END_MARKS = /[\s?!.,;:]+$/;

/** The earlier question with the follow-up behind it. If both name a year, the follow-up's counts. */
function readTogether(question: string, earlier: string): Reading {
  const withoutYear = YEAR.test(question) ? earlier.replace(YEAR_PHRASE, '') : earlier;
  const text = oneLine(`${lastWords(withoutYear.replace(END_MARKS, ''))} ${question}`);
  return { text, topic: earlier, earlier, isJoined: true };
}

/** Of a longer earlier question only the end counts. */
const MAX_EARLIER_CHARACTERS = 300;

/** The end of a text, cut between words. */
function lastWords(text: string): string {
  return text.length <= MAX_EARLIER_CHARACTERS ? text : text.slice(-MAX_EARLIER_CHARACTERS - 1).replace(/^\S*\s/, '');
}

/** Whether a follow-up asks about another year, which makes the earlier articles less likely to answer it. */
export function changesYear(question: string, earlier: string): boolean {
  const [askedYear, earlierYear] = [YEAR.exec(question)?.[0], YEAR.exec(earlier)?.[0]];
  return askedYear !== undefined && earlierYear !== undefined && askedYear !== earlierYear;
}
