import { anyOf, CLAUSE_CONJUNCTION, contentWords, QUESTION_OPENERS, QUESTION_WORDS } from '../../text/english.js';
import { EXIT, UserError } from '../../user-error.js';
import { hasAnaphor } from './anaphora.js';
import type { SmallTalk } from './small-talk.js';

/** Longest question, in UTF-16 code units: Discord's limit for a message. Anything longer is no question. */
export const MAX_QUESTION_CHARACTERS = 2000;

/** Longest message, in UTF-16 code units: a question with a log or a stack trace. */
export const MAX_MESSAGE_CHARACTERS = 10_000;

/** A reason to refuse a question. */
export type QuestionProblem = 'empty' | 'no-words' | 'too-long' | SmallTalk;

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
    return problem === 'empty' || problem === 'no-words' || problem === 'too-long' ? null : problem;
  }
}

const PROBLEM_TEXTS: Readonly<Record<QuestionProblem, (characters: number) => string>> = {
  empty: () => 'The question is empty. Ask about the articles in a sentence or a few words.',
  'no-words': () => 'The question has no words in it. Ask in a few words or a sentence.',
  'too-long': (characters) =>
    `The question has ${characters.toLocaleString('en')} characters; the limit is ${MAX_QUESTION_CHARACTERS.toLocaleString('en')}. Ask one thing in a sentence or two.`,
  greeting: () => 'Hello! Ask me about the articles in a sentence or a few words.',
  thanks: () => 'My pleasure! Ask me about the articles whenever you like.',
  praise: () => 'Thank you for telling me! Ask me about the articles whenever you like.',
  help: () => 'I answer questions by quoting the articles. Ask in a sentence or a few words.',
  link: () => 'I cannot open links. Ask about the articles in a sentence or a few words.',
  reaction: () => 'There is no question in that. Ask about the articles in a sentence or a few words.',
};

/** A message with more questions than this is a list or a quiz, and is searched for as a whole. */
const MAX_PARTS = 3;

const QUESTION_WORD_AHEAD = `(?=${anyOf(QUESTION_WORDS)}\\b)`;
const BETWEEN_SENTENCES = /(?<=\?)\s+(?=\S)/u;
const BETWEEN_CLAUSES = new RegExp(
  `(?:,\\s*|\\s+)${CLAUSE_CONJUNCTION}\\s+${QUESTION_WORD_AHEAD}|;\\s+${QUESTION_WORD_AHEAD}`,
  'iu',
);
const OPENS_AS_QUESTION = new RegExp(`^${anyOf(QUESTION_OPENERS)}\\b`, 'i');

/** A clause with fewer content words belongs to the other one: "in what year and where was it signed?". */
const MIN_CLAUSE_CONTENT_WORDS = 2;

/**
 * Splits a message into the questions it asks: after a question mark, and at "and" or a semicolon before a question
 * word ("Where did they meet in 2021 and who was fired in 2017?"). It is only split if every part makes sense alone.
 *
 * @param question A question in prose from `readMessage`.
 * @returns Up to three questions in order; the message itself if it asks one thing or more than three.
 */
export function splitQuestions(question: string): string[] {
  const sentences = splitAt(question, BETWEEN_SENTENCES, 1);
  const parts = sentences.flatMap((sentence) => splitAt(sentence, BETWEEN_CLAUSES, MIN_CLAUSE_CONTENT_WORDS));
  return parts.length <= MAX_PARTS ? parts : [question];
}

/** Splits a text if every part is a question that makes sense alone; returns it whole otherwise. */
function splitAt(text: string, separator: RegExp, minContentWords: number): string[] {
  const parts = text.split(separator).map((part) => part.trim());
  const standsAlone = (part: string, index: number): boolean =>
    OPENS_AS_QUESTION.test(part) && contentWords(part).length >= minContentWords && (index === 0 || !hasAnaphor(part));
  return parts.length > 1 && parts.every(standsAlone) ? parts : [text];
}
