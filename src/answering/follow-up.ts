import { hasAnaphor } from './anaphora.js';
import type { Answer } from './answer.js';
import { contentWords } from './matched-words.js';

/** What was asked and answered before, for a question that goes on from there. */
export interface EarlierAnswer {
  /** The question as it was looked for: a follow-up with what went before it. */
  readonly question: string;
  /** Of the articles that were cited. */
  readonly articleIds: readonly string[];
}

/** An answer as what a further question may go on from; null where nothing was found. */
export function earlierFrom({ searched, citations }: Answer): EarlierAnswer | null {
  return citations.length === 0 ? null : { question: searched, articleIds: citations.map(({ article }) => article.id) };
}

const GOES_ON = /^(?:and|but|or|so|then|also|what about|how about)\b/i;
/** A question with more words of its own that something can be found by is taken as it is. */
const FEW_WORDS = 2;

const YEAR = /\b(?:1[0-9]|20)\d{2}\b/;
/** A year with the word that leads to it. */
const IN_YEAR = /(?:\b(?:in|of|from|since|until|by|during)\s+)?\b(?:1[0-9]|20)\d{2}\b/gi;

/** After many follow-ups only the last ones are still meant. */
const MAX_EARLIER_CHARACTERS = 300;

/** Whether a question means little without the one before it: "and in 2017?", "why did he leave?". */
export function isFollowUp(question: string): boolean {
  if (GOES_ON.test(question)) return true;
  return hasAnaphor(question) && contentWords(question).length <= FEW_WORDS;
}

/** Whether a follow-up asks the same of another year: then the articles of the first are less likely to answer it. */
export function changesYear(question: string, earlier: string): boolean {
  const [asked, before] = [YEAR.exec(question)?.[0], YEAR.exec(earlier)?.[0]];
  return asked !== undefined && before !== undefined && asked !== before;
}

/**
 * The follow-up as it is to be looked for: with the earlier question in front, as far as it does not stand alone ("and when
 * was Bout arrested?" does). Where both have a year it is that of the follow-up.
 */
export function completeFollowUp(question: string, earlier: string): string {
  const own = question.replace(GOES_ON, '').replace(/^[\s,:;–-]+/, '');
  if (!hasAnaphor(own) && contentWords(own).filter((word) => !/^\d+$/.test(word)).length >= FEW_WORDS) return own;
  const kept = YEAR.test(question) ? earlier.replace(IN_YEAR, '') : earlier;
  const end = kept.replace(/[\s?!.,;:]+$/, '');
  // Never half a word.
  const whole =
    end.length <= MAX_EARLIER_CHARACTERS ? end : end.slice(-MAX_EARLIER_CHARACTERS - 1).replace(/^\S*\s/, '');
  return `${whole} ${question}`.replace(/\s+/g, ' ').trim();
}
