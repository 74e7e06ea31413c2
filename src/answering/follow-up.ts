import { anyOf, contentWords, FOLLOW_UP_OPENERS, TOPIC_CHANGES } from '../text/english.js';
import type { Answer } from './answer.js';
import { hasAnaphor } from './question/anaphora.js';
import { splitQuestions } from './question/question.js';

/** The question and answer that a follow-up refers to. */
export interface EarlierAnswer {
  /** The last question that could be understood alone. It says what the follow-ups after it are about. */
  readonly question: string;
  /** Ids of the cited articles. */
  readonly articleIds: readonly string[];
}

/** Returns what a follow-up needs to know of an answer. */
export function earlierFrom({ topic, citations }: Answer): EarlierAnswer {
  return { question: topic, articleIds: [...new Set(citations.map(({ article }) => article.id))] };
}

const OPENER = new RegExp(`^(?:${anyOf(FOLLOW_UP_OPENERS)}\\b[\\s,:;–-]*)+`, 'i');
const TOPIC_CHANGE = new RegExp(TOPIC_CHANGES, 'iu');

/** A question with more content words is understood alone, unless it opens as a follow-up or refers to something. */
const MAX_UNMARKED_CONTENT_WORDS = 3;

/** With more content words it is understood alone in any case. */
const MAX_FOLLOW_UP_CONTENT_WORDS = 12;

/** Whether the first question of a message may mean little without the one before it: "and in 2017?", "why did he leave?". */
export function mayFollowUp(message: string): boolean {
  const [question = message] = splitQuestions(message);
  const words = contentWords(question).length;
  if (words > MAX_FOLLOW_UP_CONTENT_WORDS || changesTopic(question)) return false;
  return words <= MAX_UNMARKED_CONTENT_WORDS || OPENER.test(question) || hasAnaphor(question);
}

/** Whether a question says that it is about something else: "other question: who paid?". */
export function changesTopic(question: string): boolean {
  return TOPIC_CHANGE.test(question);
}

/** Returns a question without what opens it ("and", "other question:"), unless nothing else is left of it. */
export function withoutOpener(question: string): string {
  const rest = question.replace(TOPIC_CHANGE, '').replace(OPENER, '');
  return /[\p{L}\p{N}]/u.test(rest) ? rest : question;
}

/** "when was he arrested?", "what did they say about visas?": with more content words it may itself name who is meant. */
const MAX_REFERRING_CONTENT_WORDS = 2;

/** Whether a question is short and refers to something, which is then most likely in an earlier one. */
export function refersBack(question: string): boolean {
  return hasAnaphor(question) && contentWords(question).length <= MAX_REFERRING_CONTENT_WORDS;
}

/** Whether a question surely means little without the one before it: it opens as a follow-up, or is short and refers to something. */
export function isFollowUp(question: string): boolean {
  return OPENER.test(question) || refersBack(question);
}

const MIN_STANDALONE_CONTENT_WORDS = 2;

/** Whether a question has enough words to be searched for alone. Only asked where there is no confidence to compare. */
export function standsAlone(question: string): boolean {
  const words = contentWords(question).filter((word) => !/^\d+$/.test(word));
  return !hasAnaphor(question) && words.length >= MIN_STANDALONE_CONTENT_WORDS;
}
