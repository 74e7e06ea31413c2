import { wordsOf } from '../text/words.js';

/**
 * What two texts must have in common to say the same, however near they are otherwise: numbers, dates, names, who did it to
 * whom, and whether it is denied. Similarity hardly sees these: "in May" and "in April" are neighbours to a model.
 *
 * All is told from the words, and in doubt the texts differ. English only, as the articles are mostly.
 */

/** What keeps a text from saying the same as a claim. */
export type Difference = 'numbers' | 'dates' | 'names' | 'roles' | 'denial';

/**
 * Finds what of a claim a sentence does not have, the first of its kind; null where all agrees.
 *
 * @param sentence With those before it that say who "he" is.
 * @param quote The sentence and what is quoted beside it: a year may stand there.
 * @param articleText Tells full names ("Rex Tillerson" for "Tillerson"), and which words are none.
 */
export function differenceOf(claim: string, sentence: string, quote: string, articleText: string): Difference | null {
  const known = numbersOf(quote);
  if ([...numbersOf(claim)].some((number) => !known.has(number))) return 'numbers';
  if (!agreesInDates(claim, sentence)) return 'dates';
  const isCommon = (word: string): boolean => hasWord(articleText, word);
  const names = namesOf(claim, isCommon);
  const quoted = namesOf(sentence, isCommon);
  if (names.some((name) => !isNamed(name, names, quoted, claim, articleText))) return 'names';
  if (exchangesRoles(claim, names, sentence, quoted)) return 'roles';
  return denies(claim) === denies(sentence) ? null : 'denial';
}

const SMALL_NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const NUMBER_WORDS = new Map<string, number>([
  ...SMALL_NUMBERS.split(' ').map((word, value) => [word, value] as const),
  ...TENS.split(' ').map((word, index) => [word, 20 + 10 * index] as const),
  ['twice', 2],
  ['dozen', 12],
]);
const SCALES = new Set(['hundred', 'thousand', 'million', 'billion', 'trillion']);

/** A figure with its thousands and decimals ("1,550", "2.5"), or a word. Letters around a figure are of it: "G20", "5th". */
const NUMBER_OR_WORD = /\p{L}*\d+(?:[.,]\d+)*\p{L}*|\p{L}+/gu;
const ORDINAL = /(?<=\d)(?:st|nd|rd|th)$/;

/**
 * The numbers of a text in figures, each once: "twenty-five" is 25, "1,550" is 1550, "3 million" is 3 and million. "One" is
 * left out, a pronoun as often as a number, and so is a figure within a name ("G20"), which is compared as a name.
 */
export function numbersOf(text: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  let tens: number | null = null;
  const closeTens = (): void => {
    if (tens !== null) numbers.add(String(tens));
    tens = null;
  };
  for (const [match] of text.normalize('NFKC').toLowerCase().matchAll(NUMBER_OR_WORD)) {
    const value = NUMBER_WORDS.get(match);
    if (tens !== null && value !== undefined && value > 0 && value < 10) {
      numbers.add(String(tens + value));
      tens = null;
      continue;
    }
    closeTens();
    const figure = match.replace(ORDINAL, '');
    if (value !== undefined && value >= 20) tens = value;
    else if (value !== undefined && match !== 'one') numbers.add(String(value));
    else if (SCALES.has(match)) numbers.add(match);
    else if (/^\d[\d.,]*$/.test(figure)) numbers.add(figure.replace(/,(?=\d{3}(?!\d))/g, ''));
  }
  closeTens();
  return numbers;
}

const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\b\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(\\d{4})';
const DATE = new RegExp(
  `(?:\\b${DAY}\\s+(?:of\\s+)?)?\\b${MONTH}(?:\\s+${DAY}\\b(?!\\s*[.,]?\\d))?(?:,?\\s+${YEAR}\\b)?`,
  'g',
);
const IS_MONTH = new RegExp(`^${MONTH}$`, 'i');

interface CalendarDate {
  readonly day: number | null;
  /** The first three letters. */
  readonly month: string;
  readonly year: number | null;
}

function datesOf(text: string): CalendarDate[] {
  return [...text.matchAll(DATE)].map(([, before, month = '', after, year]) => {
    const day = before ?? after;
    return {
      day: day === undefined ? null : Number(day),
      month: month.slice(0, 3),
      year: year === undefined ? null : Number(year),
    };
  });
}

/** Whether each date of a claim is one of the quote's, as far as both say: "5 February 2010" is none of "8 April 2010" and "5 February 2011". */
function agreesInDates(claim: string, quote: string): boolean {
  const quoted = datesOf(quote);
  return datesOf(claim).every(({ day, month, year }) =>
    quoted.some(
      (other) =>
        other.month === month &&
        (day === null || other.day === null || other.day === day) &&
        (year === null || other.year === null || other.year === year),
    ),
  );
}

/** Words that begin a sentence with a capital far oftener than they are a name. */
const NO_NAMES = new Set(
  'i a about according after again all also although an and another any are as asked at because before both but by can despite did do does during each either even every few following for from had has have he her here his how however if in indeed instead is it its last later like many meanwhile more most much my neither never no nobody none nor not nothing now of on once one only or other our out over perhaps recently she since so some soon still such than that the their then there these they this those though through thus to today tomorrow too under until up was we were what when where whether which while who whose why will with within without would yes yesterday yet you your'.split(
    ' ',
  ),
);

const NAME = /(?<![\p{L}\p{M}\p{N}])\p{Lu}(?:[\p{L}\p{M}\p{N}]|\.(?=\p{Lu}))*/gu;
const UNITED_STATES = /\bUnited States\b/g;
const OPENS_SENTENCE = /(?:^|[.!?:]["”’')\]]*\s+|\n)["“‘'([]*$/;

/** Forms of one name that do not begin alike; those that do are told by their endings ("Iran", "Iranian"). */
const SAME_NAMES = new Map([
  ['us', 'america'],
  ['u.s', 'america'],
  ['usa', 'america'],
  ['u.s.a', 'america'],
  ['uk', 'britain'],
  ['u.k', 'britain'],
  ['british', 'britain'],
  ['swiss', 'switzerland'],
  ['french', 'france'],
]);
const ENDINGS = /^(?:s|n|ns|an|ans|ian|ians|y)$/;

interface Name {
  /** In lower case without accents. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The capitalised words of a text, but for common ones that begin a sentence. @param isCommon Of a word in lower case. */
function namesOf(text: string, isCommon: (word: string) => boolean): Name[] {
  // Of the same length, so that offsets stay.
  const joined = text.replace(UNITED_STATES, (name) => 'USA'.padEnd(name.length));
  return [...joined.matchAll(NAME)].flatMap(({ 0: word, index }) => {
    const folded = word
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '');
    const name = { text: SAME_NAMES.get(folded) ?? folded, start: index, end: index + word.length };
    if (NO_NAMES.has(folded) || NUMBER_WORDS.has(folded)) return [];
    const opens = OPENS_SENTENCE.test(joined.slice(Math.max(0, index - 10), index));
    return opens && !IS_MONTH.test(word) && isCommon(folded) ? [] : [name];
  });
}

function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}

function isSameName({ text: a }: Name, { text: b }: Name): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short) && ENDINGS.test(long.slice(short.length));
}

/** Whether a name of the claim stands in the quote, or is the rest of one that does: "Rex" of "Rex Tillerson". */
function isNamed(
  name: Name,
  names: readonly Name[],
  quoted: readonly Name[],
  claim: string,
  articleText: string,
): boolean {
  if (quoted.some((other) => isSameName(name, other))) return true;
  return names.some((beside) => {
    const [first, second] = beside.start < name.start ? [beside, name] : [name, beside];
    return (
      beside !== name &&
      claim.slice(first.end, second.start) === ' ' &&
      quoted.some((other) => isSameName(beside, other)) &&
      articleText.includes(claim.slice(first.start, second.end))
    );
  });
}

/** Between two names of which one acts on the other: one to eight words, without a comma. */
const ACTS_ON = /^(?:['’]s)?(?:\s+[\p{L}\p{M}\p{N}'’-]+){1,8}\s+$/u;
/** Two who act together, and a place or a time: "Tillerson left Moscow in April". */
const NO_ACT = /\s(?:and|or|nor)\s|\s(?:in|at|on|near|during|since|until|before|after)(?:\s+the)?\s+$/;

/** A sentence between two names that goes on about the first of them: "Blinken was calm. He told Lavrov …". */
const BY_PRONOUN = /[.!?]["”’')]*\s+(?:He|She|They|It)\s/;

/**
 * Whether two names that stand near each other do so in the other order: "Putin telephoned Biden" and "Biden telephoned Putin" have
 * the same words. A passive is taken for an exchange as well: who acts cannot be told from the words.
 */
function exchangesRoles(claim: string, names: readonly Name[], quote: string, quoted: readonly Name[]): boolean {
  const actsOn = (text: string, first: Name, second: Name): boolean => {
    const between = text.slice(first.end, second.start);
    return ACTS_ON.test(between) && !NO_ACT.test(between);
  };
  return names.some((first, index) =>
    names.slice(index + 1).some((second) => {
      if (isSameName(first, second) || !actsOn(claim, first, second)) return false;
      const firsts = quoted.filter((other) => isSameName(first, other));
      const seconds = quoted.filter((other) => isSameName(second, other));
      const isKept = firsts.some((one) => seconds.some((other) => one.start < other.start));
      const acts = (one: Name, other: Name): boolean =>
        actsOn(quote, one, other) || (one.end < other.start && BY_PRONOUN.test(quote.slice(one.end, other.start)));
      return !isKept && seconds.some((one) => firsts.some((other) => acts(one, other)));
    }),
  );
}

const DENIALS = new Set(
  'not no never none nobody nothing neither nor without cannot hardly scarcely deny denies denied denying refuse refuses refused refusing decline declines declined reject rejects rejected rejecting fail fails failed'.split(
    ' ',
  ),
);

/** Whether anything is denied in a text: "not", "never", "without", "refused". */
function denies(text: string): boolean {
  return /\p{L}n['’]t\b/u.test(text) || wordsOf(text).some((word) => DENIALS.has(word));
}
