import { anyOf, DEMONYM_ENDINGS, NAME_FORMS, NON_NAMES, NUMBER_WORDS, UNITED_STATES } from '../../text/english.js';
import { foldWord } from '../../text/words.js';
import { isMonth } from './calendar-dates.js';

const CAPITALISED_WORD = /(?<![\p{L}\p{M}\p{N}])\p{Lu}(?:[\p{L}\p{M}\p{N}]|\.(?=\p{Lu}))*/gu;
const TWO_WORD_NAME = new RegExp(`\\b${UNITED_STATES}\\b`, 'g');
const SENTENCE_START = /(?:^|[.!?:]["”’')\]]*\s+|\n)["“‘'([]*$/;
const REGULAR_ENDING = new RegExp(`^${anyOf(DEMONYM_ENDINGS)}$`);

/**
 * Characters that `SENTENCE_START` looks back: enough for an end mark, closing and opening quotation marks and a space.
 */
const LOOK_BEHIND = 10;

/** One capitalised word of a text: "Rex Tillerson" is two. */
export interface Name {
  /** Lower case without accents; irregular forms are replaced (see `NAME_FORMS`). */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the names of a text: capitalised words, except those that are no names and common words at the start of a
 * sentence.
 *
 * @param articleText A word that also occurs here in lower case is not a name.
 */
export function namesOf(text: string, articleText: string): Name[] {
  // The replacement has the same length, so offsets stay valid.
  const joined = text.replace(TWO_WORD_NAME, (name) => 'USA'.padEnd(name.length));
  return [...joined.matchAll(CAPITALISED_WORD)].flatMap(({ 0: word, index }) => {
    const folded = foldWord(word);
    const name = { text: NAME_FORMS.get(folded) ?? folded, start: index, end: index + word.length };
    if (NON_NAMES.has(folded) || NUMBER_WORDS.has(folded)) return [];
    const startsSentence = SENTENCE_START.test(joined.slice(Math.max(0, index - LOOK_BEHIND), index));
    return startsSentence && !isMonth(word) && hasWord(articleText, folded) ? [] : [name];
  });
}

/** Whether two names are the same, or one is a regular form of the other: "Iran" and "Iranian". */
export function isSameName({ text: a }: Name, { text: b }: Name): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short) && REGULAR_ENDING.test(long.slice(short.length));
}

/** A text and the names in it. */
export interface NamedText {
  readonly text: string;
  readonly names: readonly Name[];
}

/**
 * Whether the quote contains this name of the claim, or at least its other half: "Rex" is known from "Tillerson" if the
 * article has "Rex Tillerson" somewhere.
 */
export function quoteContainsName(name: Name, claim: NamedText, quoted: readonly Name[], articleText: string): boolean {
  if (quoted.some((other) => isSameName(name, other))) return true;
  return claim.names.some((neighbour) => {
    const [first, second] = neighbour.start < name.start ? [neighbour, name] : [name, neighbour];
    return (
      neighbour !== name &&
      claim.text.slice(first.end, second.start) === ' ' &&
      quoted.some((other) => isSameName(neighbour, other)) &&
      articleText.includes(claim.text.slice(first.start, second.end))
    );
  });
}

function hasWord(text: string, word: string): boolean {
  const isPartOfWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isPartOfWord(text[at - 1]) && !isPartOfWord(text[at + word.length])) return true;
  }
  return false;
}
