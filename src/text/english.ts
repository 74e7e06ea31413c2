import { wordsOf } from './words.js';

/**
 * Everything the project knows about English, in one place: word lists and the fragments that patterns are built from.
 *
 * Lists that look alike differ on purpose; the comment on each says what it is for.
 */

/**
 * Builds a pattern fragment that matches any of the given words: `(?:a|b|c)`.
 *
 * @param alternatives Words or pattern fragments. The first that matches wins, so put the longer one first
 *   unless a word boundary follows.
 */
export function anyOf(alternatives: readonly string[]): string {
  return `(?:${alternatives.join('|')})`;
}

function wordList(spaced: string): readonly string[] {
  return spaced.trim().split(/\s+/);
}

// Three lists of common words, because each has its own purpose. "may" is useless for search, but "May" can be a month,
// so NON_NAMES leaves it out; "yesterday" is never a name, but a search can find articles by it.

/** Stop words: useless for search, because they are in every question or in every sentence. Lower case. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  wordList(`
    a about after all an and any are as at be been before but by can could did do does for from had has have he
    her his how i if in into is it its many may me much my no not of on or our s she should so some t than that
    the their them then there these they this those to us was we were what when where which who whom whose why
    will with would you your
  `),
);

/** Returns the words of a text without stop words, in order and in lower case. Repeated words stay. */
export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !STOP_WORDS.has(word));
}

/** Words that are often capitalised at the start of a sentence and are hardly ever names. Lower case. */
export const NON_NAMES: ReadonlySet<string> = new Set(
  wordList(`
    i a about according after again all also although an and another any are as asked at because before both but
    by can despite did do does during each either even every few following for from had has have he her here his
    how however if in indeed instead is it its last later like many meanwhile more most much my neither never no
    nobody none nor not nothing now of on once one only or other our out over perhaps recently she since so some
    soon still such than that the their then there these they this those though through thus to today tomorrow too
    under until up was we were what when where whether which while who whose why will with within without would
    yes yesterday yet you your
  `),
);

/** Words that start a new sentence far more often than they continue one after "U.S.". Capitalised. */
export const SENTENCE_OPENERS: ReadonlySet<string> = new Set(
  wordList(`
    The A An In On At It Its He She They We I You His Her Their Our My This That These Those But And Or So Yet If
    When While As After Before Since For From With Without However Meanwhile Although Though There Here What Who
    Why How Then Now Also Still Some Many Most Both Each
  `),
);

/** The months in order, with their full names. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Letters that distinguish all months, and the usual length of an abbreviation: "Jan". */
const MONTH_STEM_LETTERS = 3;

/** The first three letters of each month, capitalised. */
export const MONTH_STEMS: readonly string[] = MONTHS.map((month) => month.slice(0, MONTH_STEM_LETTERS));

/** The common abbreviations of months, without their full stop. May has none, and September has two. */
export const MONTH_ABBREVIATIONS: readonly string[] = [...MONTH_STEMS.filter((stem) => stem !== 'May'), 'Sept'];

/** Pattern fragment for a month, in full or abbreviated, without the full stop: `Jan(?:uary)?|Feb(?:ruary)?|…`. */
export const MONTH_PATTERN = anyOf(
  MONTHS.map((month, index) =>
    month === 'September' ? 'Sept?(?:ember)?' : `${MONTH_STEMS[index]}(?:${month.slice(MONTH_STEM_LETTERS)})?`,
  ),
);

/** Pattern fragment for a day of the week, in full or abbreviated, in lower case: `(?:mon|tues?|…)(?:day)?`. */
export const WEEKDAY_PATTERN = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';

/** Pattern fragment for the ending of an ordinal number in figures: "1st", "2nd", "3rd", "5th". */
export const ORDINAL_ENDING = '(?:st|nd|rd|th)';

/** Abbreviations that come before a name, a number or an example, so their full stop never ends a sentence. */
export const TITLES_AND_MEASURES: readonly string[] = [
  ...wordList('Mr Mrs Ms Mx Dr Prof Gen Sen Rep Gov Lt Col Sgt Capt Cmdr Adm Maj Rev Hon Pres Amb St Mt Ft'),
  ...wordList('Mme Mlle Messrs vs Fig Figs Vol Vols pp ca cf Cf approx Approx incl Incl excl viz esp resp'),
  'e\\.g',
  'i\\.e',
  ...MONTH_ABBREVIATIONS,
];

/**
 * Pattern fragment for the abbreviation of "number", singular or plural. Unlike a title, "No." can also be a sentence.
 */
export const NUMBER_ABBREVIATION = '[Nn]os?';

/**
 * Abbreviations before the number, numeral or letter of a part: "Art. 9", "Ch. IV", "App. B". Before anything else they may end
 * a sentence.
 */
export const PART_ABBREVIATIONS: readonly string[] = wordList(
  'Art Arts art arts Sec Secs sec secs Para Paras para paras App Ch Chs ch Sect sect Tab Eq Eqs Ex Pt Bk Ser Sched Cl cl Reg fn p vol fig Nr ext est tel',
);

/** Abbreviations that end a company's name or a person's. A sentence can end or go on behind them; the next word decides. */
export const NAME_ENDINGS: readonly string[] = wordList('Co Ltd Inc Corp Bros Plc LLC Cie Jr Sr Assn Dept Univ Intl');

/** Words that open a clause, so that a sentence without any marks can be parted before them. Lower case. */
export const CLAUSE_OPENERS: ReadonlySet<string> = new Set(
  wordList('and but so then because although though while whereas when where which who that if unless until since or'),
);

/** Kinds of notes that authors set apart and that say something about what the note is. Lower case. */
export const NOTE_KINDS: ReadonlySet<string> = new Set([
  ...wordList('note info tip hint important attention warning warn caution danger error failure bug deprecated'),
  ...wordList('success example question quote abstract summary faq todo seealso'),
  'see also',
]);

/** Words by which captions describe what is heard besides speech: "[Applause]". Lower case. */
export const SOUNDS: ReadonlySet<string> = new Set(
  wordList(`
    music song singing applause applauding clapping cheering cheers laughter laughs laughing chuckles chuckling giggles sighs
    sighing sobbing crying coughs coughing gasps groans grunts screams screaming shouting whispers whispering mumbling
    humming silence pause inaudible indistinct unintelligible crosstalk chatter background noise static beep beeping ringing
    rings knocking footsteps door sound sounds bell engine barking thunder explosion gunshot gunshots speaking
  `),
);

/** Returns a kind of note as the title of a note that has no other: "Warning". */
export function kindAsTitle(kind: string): string {
  const words = kind.toLowerCase() === 'seealso' ? 'see also' : kind.toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words by which a sentence speaks of the table or code that follows it. */
export const POINTERS: readonly string[] = wordList(
  'following follows below this these here table list lists command commands code example examples sample output',
);

const SUBJECT_PRONOUNS = wordList('he she they it');
const POSSESSIVE_PRONOUNS = wordList('his her their its');
const DEMONSTRATIVES = wordList('this that these those');
const FORMS_OF_BE = wordList('is are was were');

/** Pronouns at the start of a sentence that can stand for the subject of the one before. Capitalised. */
export const SENTENCE_PRONOUNS: readonly string[] = SUBJECT_PRONOUNS.map(
  (pronoun) => `${pronoun.slice(0, 1).toUpperCase()}${pronoun.slice(1)}`,
);

/** Words that can stand for a person, thing or place named earlier. */
export const PRONOUNS: readonly string[] = [
  ...SUBJECT_PRONOUNS,
  ...POSSESSIVE_PRONOUNS,
  ...wordList('him hers them theirs there'),
];

/** Words that refer back in a question: pronouns, demonstratives, and "else" and "other". */
export const ANAPHORS: readonly string[] = [...PRONOUNS, ...DEMONSTRATIVES, 'else', 'other'];

/**
 * First words of a sentence that cannot be understood without the one before it. Unlike `ANAPHORS`, these leave out
 * words that refer back from inside a sentence ("him"), and include the conjunctions that continue a thought.
 */
export const CONTINUATION_OPENERS: readonly string[] = [
  ...SUBJECT_PRONOUNS,
  ...POSSESSIVE_PRONOUNS,
  ...DEMONSTRATIVES,
  ...wordList('but and also however instead then there such'),
];

/** Pattern fragment for the "there" of "is there a treaty?" and "how many are there?", which refers to nothing. */
export const EXISTENTIAL_THERE = anyOf([
  `\\b${anyOf(FORMS_OF_BE)} there(?=\\s+\\p{L})`,
  `\\bhow (?:many|much)\\b.*\\b${anyOf(FORMS_OF_BE)} there\\b`,
]);

/** Question words: who, what, when and so on. */
export const QUESTION_WORDS: readonly string[] = wordList('who whom whose what which when where why how');

/** Verbs that can open a question: "is it …?", "did they …?". */
const QUESTION_AUXILIARIES = [...FORMS_OF_BE, ...wordList('do does did has have had can could will would should may')];

/** The ways a question can start: a question word, with or without "in", or a verb. Pattern fragments. */
export const QUESTION_OPENERS: readonly string[] = [
  ...QUESTION_WORDS,
  ...QUESTION_AUXILIARIES,
  `in ${anyOf(QUESTION_WORDS)}`,
];

/** The conjunction between two questions in one sentence. */
export const CLAUSE_CONJUNCTION = 'and';

/** Words and phrases that open a follow-up question: "and in 2017?", "what about Oslo?". */
export const FOLLOW_UP_OPENERS: readonly string[] = [...wordList('and but or so then also'), 'what about', 'how about'];

/**
 * Pattern for what opens a question about something else than before: "other question: who paid?", "thanks. something else,
 * who paid?". Punctuation or a question has to follow, because "something else" can be what is asked about.
 */
export const TOPIC_CHANGES = [
  `^(?:${anyOf(wordList('ok okay so and but well now thx thanks alright anyway'))}[\\s,.;:!–-]+)*`,
  `(?:(?:on )?(?:an? )?(?:another|other|different|new|unrelated|separate) ${anyOf(wordList('question thing topic subject note matter'))}`,
  '|something (?:else|different)|changing (?:the )?(?:topic|subject)|unrelated(?:ly)?|off topic)',
  `(?: (?:entirely|completely|though|now))?(?:\\s*[:;,.–—-]+\\s*(?=\\S)|\\s+(?=${anyOf(QUESTION_OPENERS)}\\b))`,
].join('');

/** Prepositions of details that a follow-up may change: "on linux", "in 2021", "since 2021". */
export const DETAIL_PREPOSITIONS: readonly string[] = wordList(
  'in of from since until by during on at for with to before after under',
);

const PLACE_OR_TIME_WORDS = wordList('in at on near during since until before after');

/** Pattern fragment for what leads to a place or a time: the name after it is not the object of the verb. */
export const PLACE_OR_TIME_PREPOSITION = `${anyOf(PLACE_OR_TIME_WORDS)}(?:\\s+the)?`;

/** Words that join names of people who act together. */
export const NAME_CONJUNCTIONS: readonly string[] = wordList('and or nor');

/** Words that deny what the sentence says, verbs of refusing and failing included. Lower case. */
export const DENIALS: ReadonlySet<string> = new Set(
  wordList(`
    not no never none nobody nothing neither nor without cannot hardly scarcely deny denies denied denying refuse
    refuses refused refusing decline declines declined reject rejects rejected rejecting fail fails failed
  `),
);

/** Pattern fragment for a contracted "not": "didn't". */
export const CONTRACTED_NOT = "\\p{L}n['’]t\\b";

/** The values of number words. "twenty-five" is two of them: 20 and 5. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...wordList(`
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
  `).map((word, value) => [word, value] as const),
  ...wordList('twenty thirty forty fifty sixty seventy eighty ninety').map(
    (word, index) => [word, 20 + 10 * index] as const,
  ),
  ['twice', 2],
  ['dozen', 12],
]);

/** Words that multiply the number before them. They are compared as words: "3 million" is 3 and million. */
export const NUMBER_SCALES: ReadonlySet<string> = new Set(wordList('hundred thousand million billion trillion'));

/**
 * Irregular forms of one name, all mapped to the same word. Lower case, without accents. Regular ones ("Iran" and
 * "Iranian") are recognised by `DEMONYM_ENDINGS`.
 */
export const NAME_FORMS: ReadonlyMap<string, string> = new Map([
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

/** The country whose name is two words and has a single word in `NAME_FORMS`. */
export const UNITED_STATES = 'United States';

/** Endings that make a name plural or turn a country into its people: "Iran", "Iranian", "Iranians". */
export const DEMONYM_ENDINGS: readonly string[] = wordList('s n ns an ans ian ians y');

// Words that make no difference to what a question asks, for telling whether it was asked before. They are much fewer than the stop
// words: "before" and "after", "who" and "whom", "is" and "was" make another question.

/** Articles. "a" is left out at the end of a question and where it has a capital: "plan A". Lower case. */
export const ARTICLES: ReadonlySet<string> = new Set(wordList('a an the'));

/** What people say before they ask, as one or two words. Lower case. */
export const GREETINGS: ReadonlySet<string> = new Set([
  ...wordList('hi hello hey heya hiya greetings'),
  ...['hi', 'hello', 'hey'].flatMap((word) => ['there', 'all', 'everyone', 'guys'].map((other) => `${word} ${other}`)),
  ...wordList('morning afternoon evening day').map((time) => `good ${time}`),
]);

/** What people say after they have asked, as one or two words. Lower case. */
export const THANKS: ReadonlySet<string> = new Set([
  ...wordList('thanks thx ty cheers'),
  'thank you',
  'many thanks',
  'thanks all',
]);

/** Words that make a request polite. Lower case. */
export const POLITE_WORDS: ReadonlySet<string> = new Set(wordList('please pls plz'));

/** Prepositions that open a phrase in front of a question: "On Linux, how …?". Lower case. */
export const PHRASE_PREPOSITIONS: ReadonlySet<string> = new Set(
  wordList('in on at with without for by since until during before after from under using as within throughout'),
);

/** The ways to begin a question that asks how something is done. "how do you" asks how somebody else does it. */
export const HOW_TO_OPENERS: readonly string[] = ['do', 'can'].flatMap((verb) =>
  ['i', 'we'].map((person) => `how ${verb} ${person}`),
);

/** What stands for all of `HOW_TO_OPENERS`. */
export const HOW_TO = 'how to';

/** Contractions in full, with and without their apostrophe, which people leave out in a chat. Lower case. */
export const CONTRACTIONS: ReadonlyMap<string, string> = new Map([
  ['cannot', 'can not'],
  ...[
    ...wordList('do does did is are was were has have had could would should must').map(
      (verb) => [verb, verb] as const,
    ),
    ['ca', 'can'] as const,
    ['wo', 'will'] as const,
  ].flatMap(([stem, verb]) => ["n't", 'nt'].map((ending) => [`${stem}${ending}`, `${verb} not`] as const)),
  ...wordList('what where who how when why that').flatMap((word) =>
    ["'s", 's'].map((ending) => [`${word}${ending}`, `${word} is`] as const),
  ),
  ...wordList('it there here he she').map((word) => [`${word}'s`, `${word} is`] as const),
  ...wordList('i you we they').map((word) => [`${word}'ve`, `${word} have`] as const),
  ...wordList('i you we they he she it').map((word) => [`${word}'ll`, `${word} will`] as const),
  ...wordList('you we they').map((word) => [`${word}'re`, `${word} are`] as const),
  ["i'm", 'i am'],
]);
