import {
  anyOf,
  CLAUSE_CONJUNCTION,
  contentWords,
  FOLLOW_UP_OPENERS,
  QUESTION_AUXILIARIES,
  QUESTION_OPENERS,
  QUESTION_SUBJECTS,
  QUESTION_WORDS,
} from '../../text/english.js';
import { EXIT, UserError } from '../../user-error.js';
import { hasAnaphor } from './anaphora.js';
import type { SmallTalk } from './small-talk.js';

/** Longest question, in UTF-16 code units: Discord's limit for a message. Anything longer is no question. */
export const MAX_QUESTION_CHARACTERS = 2000;

/** Longest message, in UTF-16 code units: a question with a log or a stack trace. */
export const MAX_MESSAGE_CHARACTERS = 10_000;

/** A reason to refuse a question. */
export type QuestionProblem = 'empty' | 'no-words' | 'no-claims' | 'too-long' | SmallTalk;

/** A question that is refused. The message says why in English; other languages can be built from the fields. */
export class QuestionError extends UserError {
  /** @param characters Length of the question, in UTF-16 code units. */
  constructor(
    readonly problem: QuestionProblem,
    readonly characters: number,
  ) {
    super(PROBLEM_TEXTS[problem](characters), { exitCode: EXIT.usageError });
  }

  /** What kind of small talk the message is; null if something else is the problem. */
  get smallTalk(): SmallTalk | null {
    const { problem } = this;
    return isSmallTalk(problem) ? problem : null;
  }
}

function isSmallTalk(problem: QuestionProblem): problem is SmallTalk {
  return !['empty', 'no-words', 'no-claims', 'too-long'].includes(problem);
}

const PROBLEM_TEXTS: Readonly<Record<QuestionProblem, (characters: number) => string>> = {
  empty: () => 'The question is empty. Ask about the articles in a sentence or a few words.',
  'no-words': () => 'The question has no words in it. Ask in a few words or a sentence.',
  'no-claims': () => 'The message has no sentence of three or more words, so there is nothing to search for.',
  'too-long': (characters) =>
    `The question has ${characters.toLocaleString('en')} characters; the limit is ${MAX_QUESTION_CHARACTERS.toLocaleString('en')}. Ask one thing in a sentence or two.`,
  greeting: () => 'Hello! Ask me about the articles in a sentence or a few words.',
  thanks: () => 'My pleasure! Ask me about the articles whenever you like.',
  praise: () => 'Thank you for telling me! Ask me about the articles whenever you like.',
  help: () => 'I answer questions by quoting the articles. Ask in a sentence or a few words.',
  link: () => 'I cannot open links. Ask about the articles in a sentence or a few words.',
  reaction: () => 'There is no question in that. Ask about the articles in a sentence or a few words.',
};

/** How many questions of a message are answered: as many as an answer has citations. */
export const MAX_QUESTIONS = 3;

/** How a question begins that asks whether something is so, of what was named before: "does it have", "are there". */
const ASKS_WHETHER = `${anyOf(QUESTION_AUXILIARIES)}\\s+${anyOf(QUESTION_SUBJECTS)}\\b`;
const CLAUSE_AHEAD = `(?=${anyOf(QUESTION_WORDS)}\\b|${ASKS_WHETHER})`;
const BETWEEN_QUESTIONS = /(?<=\?)\s+(?=\S)/u;
const BETWEEN_SENTENCES = /(?<=[.!])\s+/u;
const BETWEEN_CLAUSES = new RegExp(`(?:,\\s*|\\s+)${CLAUSE_CONJUNCTION}\\s+${CLAUSE_AHEAD}|;\\s+${CLAUSE_AHEAD}`, 'iu');
const OPENS_AS_QUESTION = new RegExp(`^${anyOf(QUESTION_OPENERS)}\\b`, 'i');
const OPENS_AS_WHETHER = new RegExp(`^${ASKS_WHETHER}`, 'i');
const OPENS_AS_FOLLOW_UP = new RegExp(`^${anyOf(FOLLOW_UP_OPENERS)}\\b`, 'i');
/** "Team?", "the night bus?": up to three words. */
const FRAGMENT = /^[\p{L}\p{N}'’.-]+(?:\s+[\p{L}\p{N}'’.-]+){0,2}\?+$/u;

/** A clause with fewer content words belongs to the other one: "in what year and where was it signed?", "and what did he do?". */
const MIN_CLAUSE_CONTENT_WORDS = 2;

/** Whether a message asks something, by its question mark or the first words of a sentence. */
export function isQuestionLike(message: string): boolean {
  const sentences = message.split(/(?<=[.!?…])\s+|\n+/u).map((sentence) => sentence.trim());
  return /[?？؟]/u.test(message) || sentences.some((one) => OPENS_AS_QUESTION.test(one) || OPENS_AS_WHETHER.test(one));
}

/**
 * Splits a message into the questions it asks: after a question mark, and at "and" or a semicolon before a question
 * word ("Where did they meet in 2021 and who was fired in 2017?") or before "does it", "are there" and the like. A question may refer to the first one ("Who owns it?"), and
 * after a question mark it may be a part of one ("And Team?").
 *
 * @param question A question in prose from `readMessage`.
 * @returns The questions in order; the message itself if it asks one thing.
 */
export function splitQuestions(question: string): string[] {
  return splitAtMarks(question).flatMap(splitClauses);
}

/** Splits a text after question marks if every part is a question. A statement in front of a question stays with it. */
function splitAtMarks(text: string): string[] {
  const parts = text.split(BETWEEN_QUESTIONS).map((part) => part.trim());
  const isQuestion = (part: string, index: number): boolean => {
    const last = part.split(BETWEEN_SENTENCES).at(-1) ?? part;
    if (OPENS_AS_QUESTION.test(part) || OPENS_AS_QUESTION.test(last)) return index > 0 || contentWords(part).length > 0;
    return index > 0 && (OPENS_AS_FOLLOW_UP.test(part) || FRAGMENT.test(part));
  };
  return parts.length > 1 && parts.every(isQuestion) ? parts : [text];
}

function splitClauses(text: string): string[] {
  const parts = text.split(BETWEEN_CLAUSES).map((part) => part.trim());
  const isQuestion = (part: string, index: number): boolean => {
    const minWords = index > 0 && OPENS_AS_WHETHER.test(part) ? 1 : MIN_CLAUSE_CONTENT_WORDS;
    return OPENS_AS_QUESTION.test(part) && contentWords(part).length >= minWords;
  };
  return parts.length > 1 && parts.every(isQuestion) ? parts : [text];
}

/** Whether a question in a message may need the first one to be understood: "And Team?", "who owns it?", "why?". */
export function isIncomplete(question: string): boolean {
  const hasOwnOpener = OPENS_AS_QUESTION.test(question) && !OPENS_AS_FOLLOW_UP.test(question);
  return !hasOwnOpener || contentWords(question).length === 0 || hasAnaphor(question);
}
