import { EXIT, UserError } from '../user-error.js';
import { hasAnaphor } from './anaphora.js';
import { contentWords } from './matched-words.js';

/** A message in Discord has at most 2,000 characters; a longer question is a pasted text. */
export const MAX_QUESTION_CHARACTERS = 2000;
/** Why a question cannot be asked. */
export type QuestionProblem = 'empty' | 'no-words' | 'too-long';

/** A question that cannot be asked; the message says it in English. */
export class QuestionError extends UserError {
  /** @param characters Of the question, as UTF-16 code units. */
  constructor(
    readonly problem: QuestionProblem,
    readonly characters: number,
  ) {
    super(PROBLEM_TEXTS[problem](characters), { exitCode: EXIT.wrongUse });
  }
}

const PROBLEM_TEXTS: Readonly<Record<QuestionProblem, (characters: number) => string>> = {
  empty: () => 'The question is empty. Ask something about the articles, such as: Who met in Reykjavik?',
  'no-words': () => 'The question has no words in it. Ask in a few words or a sentence.',
  'too-long': (characters) =>
    `The question has ${characters.toLocaleString('en')} characters, at most ${MAX_QUESTION_CHARACTERS.toLocaleString('en')} are read. Ask one thing in a sentence or two.`,
};

/**
 * The question without what is not part of it: white space around it and line ends in it.
 *
 * @throws {QuestionError} when there is nothing to look for, or too much.
 */
export function readQuestion(input: string): string {
  const question = input.toWellFormed().replace(/\s+/g, ' ').trim();
  const problem = problemOf(question);
  if (problem !== null) throw new QuestionError(problem, question.length);
  return question;
}

function problemOf(question: string): QuestionProblem | null {
  if (question === '') return 'empty';
  if (!/[\p{L}\p{N}]/u.test(question)) return 'no-words';
  return question.length > MAX_QUESTION_CHARACTERS ? 'too-long' : null;
}

/** More question marks in one message are a list or a quiz: it is looked for as a whole. */
const MAX_PARTS = 3;

const ASKING_WORD = '(?:who|whom|whose|what|which|when|where|why|how)';
const NEXT_SENTENCE = /(?<=\?)\s+(?=\S)/u;
const NEXT_CLAUSE = new RegExp(`(?:,\\s*|\\s+)and\\s+(?=${ASKING_WORD}\\b)|;\\s+(?=${ASKING_WORD}\\b)`, 'iu');
const ASKS = new RegExp(
  `^(?:${ASKING_WORD}|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|in ${ASKING_WORD})\\b`,
  'i',
);

/** A clause of fewer words that something can be found by belongs to the other: "in what year and where was it signed?". */
const MIN_TELLING_WORDS = 2;

/**
 * The questions in one message: at question marks that another question follows, and where "and" or a semicolon is followed
 * by a word that asks ("Where did they meet in 2021 and who was fired in 2017?"). What does not stand alone is not parted; a
 * message that asks one thing is its only part.
 */
export function splitQuestions(question: string): string[] {
  const sentences = parted(question, NEXT_SENTENCE, 1);
  const parts = sentences.flatMap((sentence) => parted(sentence, NEXT_CLAUSE, MIN_TELLING_WORDS));
  return parts.length <= MAX_PARTS ? parts : [question];
}

/** The parts of a text, if each asks and stands alone; else the text. */
function parted(text: string, at: RegExp, minTellingWords: number): string[] {
  const parts = text.split(at).map((part) => part.trim());
  const standsAlone = (part: string, index: number): boolean =>
    ASKS.test(part) && contentWords(part).length >= minTellingWords && (index === 0 || !hasAnaphor(part));
  return parts.length > 1 && parts.every(standsAlone) ? parts : [text];
}
