import { wordsOf } from '../corpus/words.js';
import { isFunctionWord } from './matched-words.js';

/** What was asked and answered before, for a question that goes on from there. */
export interface EarlierAnswer {
  /** The question as it was looked for: a follow-up with what went before it. */
  readonly question: string;
  /** Of the articles that were cited. */
  readonly articleIds: readonly string[];
}

const GOES_ON = /^(?:and|but|or|so|then|also|what about|how about)\b/i;
const REFERS = /\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|there|that|this|those|these)\b/i;
const MAX_OWN_WORDS = 2;

const YEAR = /\b(?:1[0-9]|20)\d{2}\b/;

/** Whether a question means little without the one before it: "and in 2017?", "why did he leave?". */
export function isFollowUp(question: string): boolean {
  if (GOES_ON.test(question)) return true;
  const telling = wordsOf(question).filter((word) => !isFunctionWord(word));
  return REFERS.test(question) && telling.length <= MAX_OWN_WORDS;
}

/** The follow-up with the earlier question in front; a year in both is that of the follow-up: "in 2021" and "and in 2017?". */
export function completeFollowUp(question: string, earlier: string): string {
  const kept = YEAR.test(question) ? earlier.replace(new RegExp(YEAR, 'g'), '') : earlier;
  return `${kept} ${question}`.replace(/\s+/g, ' ').trim();
}
