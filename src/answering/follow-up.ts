import { anyOf, contentWords, FOLLOW_UP_OPENERS, YEAR_PREPOSITIONS } from '../text/english.js';
import { oneLine } from '../text/visible-text.js';
import type { Answer } from './answer.js';
import { hasAnaphor } from './question/anaphora.js';

/** The question and answer that a follow-up refers to. */
export interface EarlierAnswer {
  /** The question as it was searched for: if it was a follow-up itself, with the question before it. */
  readonly question: string;
  /** Ids of the cited articles. */
  readonly articleIds: readonly string[];
}

/** Returns what a follow-up needs to know of an answer, or null if nothing was cited. */
export function earlierFrom({ searched, citations }: Answer): EarlierAnswer | null {
  return citations.length === 0 ? null : { question: searched, articleIds: citations.map(({ article }) => article.id) };
}

const FOLLOW_UP_OPENER = new RegExp(`^${anyOf(FOLLOW_UP_OPENERS)}\\b`, 'i');

/** A question with more content words than this is clear enough without the one before it. */
const MAX_FOLLOW_UP_CONTENT_WORDS = 2;

/** A follow-up with at least this many content words, numbers not counted, can be searched for alone. */
const MIN_STANDALONE_CONTENT_WORDS = 2;

const YEAR_NUMBER = '\\b(?:1[0-9]|20)\\d{2}\\b';
const YEAR = new RegExp(YEAR_NUMBER);
/** A year, and the preposition that leads to it. */
const YEAR_PHRASE = new RegExp(`(?:\\b${anyOf(YEAR_PREPOSITIONS)}\\s+)?${YEAR_NUMBER}`, 'gi');

/** After a chain of follow-ups only the last few still matter. */
const MAX_EARLIER_CHARACTERS = 300;

/** Whether a question means little without the one before it: "and in 2017?", "why did he leave?". */
export function isFollowUp(question: string): boolean {
  if (FOLLOW_UP_OPENER.test(question)) return true;
  return hasAnaphor(question) && contentWords(question).length <= MAX_FOLLOW_UP_CONTENT_WORDS;
}

/** Whether a follow-up asks about another year, which makes the earlier articles less likely to answer it. */
export function changesYear(question: string, earlier: string): boolean {
  const [askedYear, earlierYear] = [YEAR.exec(question)?.[0], YEAR.exec(earlier)?.[0]];
  return askedYear !== undefined && earlierYear !== undefined && askedYear !== earlierYear;
}

/**
 * Turns a follow-up into a question that can be searched for. Usually the earlier question goes in front of it; one
 * that stands alone ("and when was Bout arrested?") only loses its opener. If both name a year, the follow-up's counts.
 */
export function completeFollowUp(question: string, earlier: string): string {
  const standalone = question.replace(FOLLOW_UP_OPENER, '').replace(/^[\s,:;–-]+/, '');
  if (standsAlone(standalone)) return standalone;
  const withoutYear = YEAR.test(question) ? earlier.replace(YEAR_PHRASE, '') : earlier;
  return oneLine(`${lastWords(withoutYear.replace(/[\s?!.,;:]+$/, ''))} ${question}`);
}

function standsAlone(question: string): boolean {
  const words = contentWords(question).filter((word) => !/^\d+$/.test(word));
  return !hasAnaphor(question) && words.length >= MIN_STANDALONE_CONTENT_WORDS;
}

/** The end of a text, cut between words. */
function lastWords(text: string): string {
  return text.length <= MAX_EARLIER_CHARACTERS ? text : text.slice(-MAX_EARLIER_CHARACTERS - 1).replace(/^\S*\s/, '');
}
