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
export const QUESTION_AUXILIARIES: readonly string[] = [
  ...FORMS_OF_BE,
  ...wordList('do does did has have had can could will would should may'),
];

/** What a question that begins with an auxiliary asks about, if that was named before, or is nobody in particular. */
export const QUESTION_SUBJECTS: readonly string[] = wordList('he she it they there i we you');

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

// What people write around a question in a chat. Each phrase is in lower case, without apostrophes. A clause that consists of
// these phrases, stop words and COURTESY_WORDS is a courtesy: "ok, many thanks to all of you for your help".

/** Turns a list with one phrase a line, or several between bars, into phrases. */
function phraseList(text: string): readonly string[] {
  return text
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}

/** Greetings and farewells, those of the bot's other languages included. */
export const GREETINGS: readonly string[] = phraseList(`
  hi | hello | hey | heya | hiya | howdy | yo | sup | whats up | greetings | good morning | good afternoon | good evening | good day
  morning | evening | afternoon | gm | good night | goodnight | gn | bye | goodbye | see you | see ya | see you later | cya | how are you | how are you all
  how are you doing | how is everyone | how is it going | hows it going | happy new year | regards | best regards | kind regards
  best wishes | sincerely | hallo | guten tag | guten morgen | guten abend | moin | servus | bonjour | bonsoir | salut | hola
  buenas | buenos días | buenos dias | buenas tardes | buenas noches | привет | здравствуйте | добрый день | доброе утро
  добрый вечер | merhaba | selam | günaydın | iyi akşamlar
`);

/** How a clause starts that wishes people well, or hopes for their patience: "hope it's ok to ask". */
export const WISHES: readonly string[] = phraseList('hope | i hope | hoping | have a | happy');

/** How a clause starts in which people say that they have tried: "I looked everywhere", "still stuck on this". */
export const EFFORT_OPENERS: ReadonlySet<string> = new Set(
  wordList(
    'i im ive id we weve still just cant couldnt been looked tried searched googled struggling stuck confused lost',
  ),
);

/** Thanks, those of the bot's other languages included. */
export const THANKS: readonly string[] = phraseList(`
  thanks | thank you | thank u | thank | thankyou | thnx | thanx | thx | thks | ty | tysm | tyvm | tia | cheers | appreciated
  appreciate | appreciation | grateful | thankful | gratitude | danke | danke schön | vielen dank | danke im voraus | merci
  merci beaucoup | merci davance | gracias | muchas gracias | gracias de antemano | спасибо | большое спасибо | заранее спасибо
  teşekkürler | teşekkür ederim | çok teşekkürler | sağ ol
`);

/** Praise and blame of an answer, or of the bot. */
export const PRAISE: readonly string[] = phraseList(`
  good bot | bad bot | nice bot | best bot | great bot | stupid bot | good job | great job | nice job | well done | nice one
  good work | great work | nice work | good answer | great answer | bad answer | wrong answer | nice | great | awesome | amazing | perfect | excellent | brilliant | very helpful
  that helped | that helps | that was helpful | that was very helpful | so helpful | love it | i love this bot | i love you
  youre the best | you are the best | works now | it works | it works now | that worked | that works
`);

/** Calls for help, and questions about the bot itself. */
export const HELP_REQUESTS: readonly string[] = phraseList(`
  help | help needed | help wanted | a hand | any ideas | any idea | any thoughts | any tips | any clue | anyone | anybody | someone
  somebody | who are you | what are you | what can you do | what do you do | how do you work | how does this bot work | can i ask
`);

/** What people ask for in a call for help. First in a clause, they are what it is about: "guidance notes". */
export const REQUESTED: readonly string[] = phraseList('assistance | guidance | advice | pointers | suggestions');

/** Apologies for asking. */
export const APOLOGIES: readonly string[] = phraseList(`
  sorry | so sorry | apologies | apologise | apologize | pardon | excuse me | forgive me | to bother you | to bother | for the bother
`);

/** Politeness that stands beside a question. */
export const POLITENESS: readonly string[] = phraseList(`
  please | pls | plz | question | questions | if possible | if you dont mind | let me know | asap | just curious | just wondering
  asking for a friend | first time here | new here
`);

/** Words by which people react, hesitate or agree. At the start of a message they add nothing to the question behind them. */
export const INTERJECTIONS: readonly string[] = phraseList(`
  ok | okay | okey | k | kk | alright | all right | right | lol | lmao | rofl | haha | hahaha | hahahaha | hehe | xd | hm | hmm | um
  uh | uhm | er | erm | ah | aha | oh | ooh | wow | wait | wait what | huh | cool | yes | yeah | yep | yup | ya | sure | no
  nope | nah | nevermind | never mind | nvm | np | no problem | oops | my bad | bruh | damn | omg | wtf | idk | fair enough | i see
  got it | understood | makes sense | brb | really | seriously | interesting | bump | btw | by the way
`);

/** Who a courtesy is addressed to. As a clause of its own it is none: "friends, cast" may be what somebody looks for. */
export const ADDRESSEES: readonly string[] = phraseList(`
  all | everyone | everybody | guys | folks | team | there | people | friends | friend | mate | mates | man | bro | dude | sir | yall
  community | mods | mod | admins | admin | bot | footnote | gang | lads | fam | pal | buddy | zusammen | leute | tout le monde
  a todos | всем | herkese
`);

/** Light words that can stand in any courtesy, besides stop words: "good morning once again". */
export const LIGHT_WORDS: ReadonlySet<string> = new Set(
  wordList(`
    lot lots very much super again anyway anyways though now then once more also just here still maybe sure today us im id ive youre
    youd its thats
  `),
);

/** What can stand beside thanks, an apology or a call for help: "sorry for the quick beginner question, I'm new here". */
export const COURTESY_WORDS: ReadonlySet<string> = new Set(
  wordList(`
    bunch million ton advance ahead time kindly possible possibly little bit quick quickly simple basic small short random silly stupid
    dumb noob newbie beginner newcomer new obvious wrong right place channel asked asking ask reading patience answer answers reply
    replies response responses helping helpful kind great nice good lovely best well fine day night week weekend hope hoping any one
    ones ill is wont dont am know knows u ya yall needed need want wanted wants could give lend out forever glad happy truly highly
    greatly deeply wondering curious english bad thing things having doing stuck struggling confused lost searched googled looked
    tried everywhere anywhere anything find found couldnt cant post
  `),
);

/** Who does what a call for help asks for: "can anyone help", "is there any advice", "may I ask". */
export const AUXILIARY_SUBJECTS: readonly string[] = wordList(
  'you u yall anyone anybody someone somebody any there i we',
);

/** Pronouns for people. A clause with one of them is about somebody, so it is no courtesy. */
export const PERSONAL_PRONOUNS: readonly string[] = wordList('he she they him her them his their hers theirs');

/** Openers that need no comma before a clause: "hi is it open". Others could be its subject: "morning is when …". */
export const OPENERS: readonly string[] = phraseList(`
  hi | hello | hey | heya | hiya | howdy | yo | greetings | good morning | good afternoon | good evening | ok | okay | lol | haha
  hahaha | btw | by the way | uh | hm | hmm | oh | ah | wow | sorry | thanks | thank you | excuse me | hallo | bonjour | salut | hola
  привет | merhaba | selam
`);

/** Courtesies that need no comma before them at the end of a question, because they are never part of it. */
export const TRAILING_COURTESIES: readonly string[] = phraseList(
  'thanks in advance | thank you in advance | thx | tysm | tia | please | pls | plz',
);

/** Stands between an opener and a question: "ok so who signed it". */
export const OPENER_LINK = 'so';

const SOMEONE = anyOf([
  '(?:some|any)(?: ?one|body)(?: here| of you| else)?',
  'any of you',
  "you(?: guys| all| folks)?|u|y['’]?all",
]);
const SOFTENERS = `(?: ${anyOf(['please', 'pls', 'plz', 'kindly', 'maybe', 'possibly', 'perhaps', 'happen to', 'by chance', 'quickly'])})*`;

/**
 * Pattern fragments for the ways to lead to a question: "could someone please tell me", "does anyone know". What follows
 * is the question.
 */
export const LEAD_INS: readonly string[] = [
  `(?:can|could|would|will) ${SOMEONE}${SOFTENERS} (?:tell|remind|show|let|help)${SOFTENERS} (?:me|us)(?: out)?(?: know| understand| find out| figure out| with)?`,
  `(?:can|could|would|will) ${SOMEONE}${SOFTENERS} explain(?: to (?:me|us))?`,
  `(?:do|does|would|might) ${SOMEONE}${SOFTENERS} know`,
  `(?:do|does) ${SOMEONE}${SOFTENERS} have (?:any|an) ideas?`,
  `${SOMEONE} knows?`,
  "(?:i['’]?m |i am |i was |was |just )+(?:wondering|curious)(?: if| whether| about)?(?: (?:some|any)(?:one|body)(?: here)? (?:knows?|(?:can|could) tell me))?",
  "i(?:['’]?d| would) (?:like|love) to (?:know|ask)",
  'i (?:just )?(?:want|wanted|need) to (?:know|ask)',
  '(?:please|pls|plz|kindly)(?: (?:tell|remind|explain to) (?:me|us))?',
  '(?:tell|remind) (?:me|us)(?: please| pls)?',
  'may i ask',
  'mind telling me',
  '(?:i (?:have|had|got) )?an? (?:quick |small |short )?question (?:about|regarding|on)',
  'any idea',
];

/** The word with which an apology turns to what is asked. */
export const APOLOGY_END = 'but';

/** Pattern fragments for an apology in front of a question, as far as "but": "sorry if this was asked before, but". */
export const APOLOGY_OPENERS: readonly string[] = [
  "(?:so |i[’']?m |i am )?sorry (?:if|for|to)\\b",
  'apologies (?:if|for)\\b',
  'not sure (?:if|whether) this\\b',
  'this (?:may|might) be a (?:dumb|stupid|silly|basic|noob)\\b',
];

/** Words that a clause starts with after a greeting that has no comma: "hi i need", "hey my dog". */
export const CLAUSE_STARTERS: ReadonlySet<string> = new Set([
  ...QUESTION_WORDS,
  ...QUESTION_AUXILIARIES,
  ...wordList(`
    i im ive id we my our please pls plz quick just need any anyone anybody someone so sorry tell explain got having if wondering
    looking trying
  `),
]);

/**
 * How people begin when they ask each other and not for knowledge: "who wants to play?", "anyone here?". Those of the bot's other
 * languages are included.
 */
export const INVITATIONS: readonly string[] = phraseList(`
  who wants to | who want to | who wanna | who is up for | whos up for | anyone up for | anybody up for | anyone want
  anyone wants | anybody want | anybody wants | anyone wanna | anybody wanna
  does anyone want | does anybody want | anyone online | anyone here | anyone there | anyone around | anyone playing | anyone down
  anyone awake | anybody online | anybody here | anybody there | anybody around | is anyone here | is anyone there | is anyone online
  is anyone around | is anybody here | is anybody there | wanna | do you wanna | do you want to | you wanna | shall we
  are you there | you there | are you here | are you alive | are you ok | are you okay | are you real | are you human
  are you a bot | are you a robot | are you an ai | what are you doing | what are you up to | what is everyone doing
  wer hat lust | hat jemand lust | will jemand | ist jemand da | jemand da | bist du da
  qui est là | quelquun veut | il y a quelquun | tu es là | alguien quiere | hay alguien | estás ahí
  кто хочет | кто играет | есть кто | кто тут | ты тут | kim ister | isteyen var mı | kimse var mı | orada mısın
`);

/** Like {@link INVITATIONS}, but only as a whole: "who is in?" is one, and "who is in charge?" is not. */
export const WHOLE_INVITATIONS: ReadonlySet<string> = new Set(
  phraseList(`
    who is in | whos in | who is down | whos down | who is online | whos online | who is here | whos here | who is on | whos on
    who is playing | whos playing | who is coming | whos coming | who is around | whos around | lets play | lets go
  `),
);

/** Words by which people speak of what they have pasted, so that it is what they ask about: "why do I keep getting this error?". */
export const PASTE_WORDS: ReadonlySet<string> = new Set(
  wordList(`
    above again anyone appear appears anything below broken cant cause caused causes code come comes crash crashed crashes deal
    didnt dies doesnt dont error errors exception explain fail failed failing fails fix following get gets getting give gives
    giving go goes going got happen happened happening happens help here idea ideas im isnt issue issues ive just keep keeps kind
    know like log logs look looking looks mean meaning means message messages now one output paste pasted please problem problems
    reason resolve rid say saying says see seeing shows solve something stack stacktrace still stuff suddenly tell thats thing
    throw throwing throws trace traceback tried try trying understand warning went whats work working works wrong
  `),
);

/** Words for a day seen from today, with how many days it can be away at most. Of several that match, the nearest day counts. */
export const RELATIVE_DATES: readonly { readonly pattern: RegExp; readonly days: number }[] = [
  { pattern: /\b(?:last|this|next|past) year\b|\ba year ago\b/i, days: 731 },
  { pattern: /\b(?:last|this|next|past) month\b|\ba month ago\b|\bweeks ago\b/i, days: 62 },
  {
    pattern:
      /\b(?:last|this|next|past) (?:week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b(?:days?|a week) ago\b/i,
    days: 14,
  },
  {
    pattern:
      /\b(?:yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening)|(?:hours?|minutes?) ago|just now)\b/i,
    days: 3,
  },
];

/**
 * Matches the name of a tag by which people mark a post as solved, in the languages that the bot speaks. "Not solved" and "looking for
 * a solution" are others.
 */
export const SOLVED_TAG =
  /(?<!\p{L})(?<!(?:not|un|nicht|no|non|pas|не)[\s-])(?:solved|resolved|answered|fixed|done|closed|gelöst|erledigt|beantwortet|resuelt[oa]|solucionad[oa]|résolue?|çözüldü|реш[её]н[оа]?)(?!\p{L})/iu;
