/**
 * Decides from the words alone whether two texts can mean the same thing: they must agree on numbers, dates, names, who
 * did what to whom, and what is denied. Similarity hardly notices these: to a model "in May" and "in April" are
 * neighbours. When in doubt, they count as different. English only, like most of the articles.
 */
import {
  anyOf,
  CONTRACTED_NOT,
  DENIALS,
  NAME_CONJUNCTIONS,
  PLACE_OR_TIME_PREPOSITION,
  SENTENCE_PRONOUNS,
} from '../../text/english.js';
import { wordsOf } from '../../text/words.js';
import { datesAgree } from './calendar-dates.js';
import { isSameName, type Name, type NamedText, namesOf, quoteContainsName } from './names.js';
import { numbersOf } from './numbers.js';

/** The ways in which a text can contradict or miss a claim, in the order they are checked. */
export type Difference = 'numbers' | 'dates' | 'names' | 'roles' | 'denial';

/**
 * Compares a claim with a sentence of an article.
 *
 * @param sentence The sentence, preceded by the ones that say who "he" is.
 * @param quote The sentence and what is quoted around it: its year may be there.
 * @param articleText The whole article: it gives full names ("Rex Tillerson" for "Tillerson") and shows which
 *   capitalised words are ordinary ones.
 * @returns The first kind of difference in the order of `Difference`, or null if the two agree.
 */
export function differenceOf(claim: string, sentence: string, quote: string, articleText: string): Difference | null {
  const quotedNumbers = numbersOf(quote);
  if ([...numbersOf(claim)].some((number) => !quotedNumbers.has(number))) return 'numbers';
  if (!datesAgree(claim, sentence)) return 'dates';
  const claimed = { text: claim, names: namesOf(claim, articleText) };
  const quoted = { text: sentence, names: namesOf(sentence, articleText) };
  if (claimed.names.some((name) => !quoteContainsName(name, claimed, quoted.names, articleText))) return 'names';
  if (swapsRoles(claimed, quoted)) return 'roles';
  return denies(claim) === denies(sentence) ? null : 'denial';
}

/** What is between a name and the one it acts on: one to eight words, without a comma. */
const ACTION = /^(?:['’]s)?(?:\s+[\p{L}\p{M}\p{N}'’-]+){1,8}\s+$/u;

/** What is between two who act together, or leads to a place or time: "Tillerson left Moscow in April". */
const NO_ACTION = new RegExp(`\\s${anyOf(NAME_CONJUNCTIONS)}\\s|\\s${PLACE_OR_TIME_PREPOSITION}\\s+$`);

/** A new sentence about the first of two names: "Blinken was calm. He told Lavrov …". */
const PRONOUN_SENTENCE = new RegExp(`[.!?]["”’')]*\\s+${anyOf(SENTENCE_PRONOUNS)}\\s`);

/**
 * Whether two names that act on each other swap roles: "Putin telephoned Biden" and "Biden telephoned Putin" have the
 * same words. A passive counts as a swap too, because the words alone do not tell who acts.
 */
function swapsRoles(claim: NamedText, quoted: NamedText): boolean {
  return claim.names.some((first, index) =>
    claim.names.slice(index + 1).some((second) => {
      if (isSameName(first, second) || !actsOn(claim.text, first, second)) return false;
      const firsts = quoted.names.filter((other) => isSameName(first, other));
      const seconds = quoted.names.filter((other) => isSameName(second, other));
      const isSameOrder = firsts.some((one) => seconds.some((other) => one.start < other.start));
      const acts = (one: Name, other: Name): boolean =>
        actsOn(quoted.text, one, other) || actsByPronoun(quoted.text, one, other);
      return !isSameOrder && seconds.some((one) => firsts.some((other) => acts(one, other)));
    }),
  );
}

function actsOn(text: string, first: Name, second: Name): boolean {
  const between = text.slice(first.end, second.start);
  return ACTION.test(between) && !NO_ACTION.test(between);
}

function actsByPronoun(text: string, first: Name, second: Name): boolean {
  return first.end < second.start && PRONOUN_SENTENCE.test(text.slice(first.end, second.start));
}

const CONTRACTED_DENIAL = new RegExp(CONTRACTED_NOT, 'u');

/** Whether a text denies anything: "not", "never", "without", "refused". */
function denies(text: string): boolean {
  return CONTRACTED_DENIAL.test(text) || wordsOf(text).some((word) => DENIALS.has(word));
}
